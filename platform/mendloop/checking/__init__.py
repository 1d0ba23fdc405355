"""Checking templates while they are designed: the schema, all problems of a draft, its expressions, completion."""
