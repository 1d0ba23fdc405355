"""Rows of any feature as files that other programs read: CSV and XLSX, with nothing in them that is computed there."""

from mendloop.tables.cells import Cell, exact, harmless
from mendloop.tables.files import KINDS, MOST_XLSX_ROWS, as_file, refuse_too_many, stream_csv, write_csv, write_xlsx

__all__ = [
    "KINDS",
    "MOST_XLSX_ROWS",
    "Cell",
    "as_file",
    "exact",
    "harmless",
    "refuse_too_many",
    "stream_csv",
    "write_csv",
    "write_xlsx",
]
