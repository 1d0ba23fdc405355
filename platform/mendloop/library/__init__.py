"""What an organisation repairs and how: products, fault codes, templates and their versions."""
