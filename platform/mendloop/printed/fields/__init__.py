"""Fields as they are printed."""

from mendloop.printed.fields.printing import PrintedField, print_fields

__all__ = ["PrintedField", "print_fields"]
