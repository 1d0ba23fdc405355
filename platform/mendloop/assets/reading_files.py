"""The lines of a BOM out of a file: a workbook of Excel, or a table as text. They come as text that can be edited."""

import csv
import io
from collections.abc import Iterable, Sequence

from mendloop.assets.positions import MOST_POSITIONS
from mendloop.importing.excel.workbook import read_book
from mendloop.problems import Problem, Refusal

MOST_BYTES = 8_000_000
MOST_ROWS = MOST_POSITIONS + 50
"""Lines, with room for headings and empty rows; more are refused, for half a BOM is worse than none."""
_BOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
_BOOK_NAMES = (".xlsx", ".xlsm", ".xls")
_ENCODINGS = ("utf-8-sig", "gb18030")
"""What Excel writes text files in, in most places and in China."""


def text_of_file(content: bytes, name: str = "") -> str:
    """The rows of the first sheet that has any, or of a text file; refused when it cannot be read, or not whole.

    What is called a workbook, and is none, is no table either, whatever letters it could be read as.
    """
    if content.startswith(_BOOKS):
        return _of_book(content)
    if content.strip() and name.lower().endswith(_BOOK_NAMES):
        raise Refusal(Problem("bom.file_unreadable", at="/file"))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, ("utf-16",))
    return _decoded(content, _ENCODINGS)


def as_table(rows: Iterable[Sequence[str]]) -> str:
    """Rows with tabs between their cells, as Excel pastes them: quotes around what holds a quote or a line break."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()


def _of_book(content: bytes) -> str:
    book = read_book(content, MOST_ROWS)
    sheet = next((each for each in book.sheets if each.rows), None)
    if sheet is None:
        raise Refusal(Problem("bom.file_empty", at="/file"))
    # A sheet does not always tell how long it is: one that is full to the last row that is read may go on.
    told = any(each.why == "too_many_rows" and each.sheet == sheet.title for each in book.left_out)
    if told or sheet.rows[-1].number >= MOST_ROWS:
        raise Refusal(Problem("bom.file_too_long", at="/file", params={"limit": MOST_POSITIONS}))
    return as_table(row.cells for row in sheet.rows)


def _decoded(content: bytes, encodings: Sequence[str]) -> str:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip():
            raise Refusal(Problem("bom.file_empty", at="/file"))
        if "\0" not in text:
            return text
    raise Refusal(Problem("bom.file_unreadable", at="/file"))
