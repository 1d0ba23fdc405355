"""Rows of any feature as files that other programs read: CSV and XLSX, with nothing in them that is computed there."""

from mendloop.tables.cells import Cell, exact, harmless
from mendloop.tables.files import KINDS, as_file, stream_csv, write_csv, write_xlsx

__all__ = ["KINDS", "Cell", "as_file", "exact", "harmless", "stream_csv", "write_csv", "write_xlsx"]
