"""Mendloop (修程): repair processes as templates, executed on a phone, recorded for good."""

__version__ = "0.1.0"
