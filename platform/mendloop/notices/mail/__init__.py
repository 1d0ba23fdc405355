"""E-mail: one of the channels."""
