"""Orders of the demonstration: scenarios of the built-in templates, played through the same services as real work."""
