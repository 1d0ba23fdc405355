"""Reading workbooks of strangers as plain text, in bounded time and memory. Values only: no formula is worked out."""

import datetime as dt
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from mendloop.importing.registry import LeftOut
from mendloop.problems import Problem, Refusal

MOST_BYTES = 25_000_000
MOST_PARTS = 2_000
MOST_SHEETS = 100
MOST_ROWS = 3_000
MOST_COLUMNS = 60
MOST_FORMATS = 1_000_000
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BROKEN = (
    SyntaxError,  # what lxml raises, where openpyxl finds it
    *(BadZipFile, InvalidFileException, ParseError, zlib.error, EOFError, RecursionError, NotImplementedError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, RuntimeError, OSError),
)
"""What openpyxl and zipfile raise for files that are no workbooks, or broken ones."""


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of one row; its number counts from 1."""

    number: int
    cells: tuple[str, ...]

    def filled(self) -> list[tuple[int, str]]:
        """The cells that are not empty, with their columns."""
        return [(column, text) for column, text in enumerate(self.cells) if text]


def column_letter(column: int) -> str:
    """What Excel calls a column that counts from 0."""
    return get_column_letter(column + 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the rows that are not empty."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The visible sheets, and what could not be read."""

    sheets: tuple[Sheet, ...]
    left_out: tuple[LeftOut, ...]


def read_book(content: bytes, most_rows: int = MOST_ROWS) -> Book:
    """The workbook in `content`, so many rows of each sheet; refused when it is none, encrypted, has macros, or is far
    too large."""
    _refuse_old_office(content)
    try:
        has_formulas = _look_inside(content)
        return _read(content, has_formulas, most_rows)
    except BROKEN as error:
        raise Refusal(Problem("import.excel_broken")) from error


def _refuse_old_office(content: bytes) -> None:
    if content.startswith(OLD_OFFICE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise Refusal(Problem("import.excel_encrypted" if encrypted else "import.excel_old"))
    if not content.startswith(b"PK"):
        raise Refusal(Problem("import.excel_broken"))


def _look_inside(content: bytes) -> bool:
    """Refuses what would take too long, before anything is unpacked; answers whether there are formulas."""
    with ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
            raise Refusal(Problem("import.excel_too_large", params={"megabytes": MOST_BYTES // 1_000_000}))
        if any(part.flag_bits & 1 for part in parts):
            raise Refusal(Problem("import.excel_encrypted"))
        names = {part.filename for part in parts}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Refusal(Problem("import.excel_macros"))
        if "[Content_Types].xml" not in names or b"macroEnabled" in archive.read("[Content_Types].xml"):
            raise Refusal(Problem("import.excel_macros" if "[Content_Types].xml" in names else "import.excel_broken"))
        return _look_at_xml(archive)


def _look_at_xml(archive: ZipFile) -> bool:
    formulas = False
    for part in archive.infolist():
        if not part.filename.endswith((".xml", ".rels")):
            continue
        text = archive.read(part)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text[:200]:
            raise Refusal(Problem("import.excel_broken"))
        if part.filename.endswith("styles.xml") and len(text) > MOST_FORMATS:
            raise Refusal(Problem("import.excel_too_large", params={"megabytes": MOST_BYTES // 1_000_000}))
        formulas = formulas or ("/worksheets/" in part.filename and re.search(rb"<(\w+:)?f[ >/]", text) is not None)
    return formulas


def _read(content: bytes, has_formulas: bool, most_rows: int) -> Book:
    values = _open(content, data_only=True)
    written = _open(content, data_only=False) if has_formulas else None
    sheets: list[Sheet] = []
    left: list[LeftOut] = []
    for number, sheet in enumerate(values.worksheets):
        if sheet.sheet_state != "visible" or number >= MOST_SHEETS:
            left.append(LeftOut(sheet.title, None, "", "hidden" if number < MOST_SHEETS else "too_many_sheets"))
            continue
        formulas = written.worksheets[number] if written is not None else None
        sheets.append(Sheet(sheet.title, tuple(_rows(sheet, formulas, left, most_rows))))
    left += [LeftOut(sheet.title, None, "", "chart") for sheet in values.chartsheets]
    return Book(tuple(sheets), tuple(left))


def _open(content: bytes, *, data_only: bool) -> Any:
    return load_workbook(BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _rows(sheet: Any, formulas: Any, left: list[LeftOut], most_rows: int) -> Iterator[Row]:
    limits = {"min_row": 1, "max_row": most_rows, "max_col": MOST_COLUMNS, "values_only": True}
    told = sheet.max_row, sheet.max_column
    sheet.reset_dimensions()
    _tell_what_is_beyond(sheet.title, told, left, most_rows)
    written = formulas.iter_rows(**limits) if formulas is not None else None
    for number, values in enumerate(sheet.iter_rows(**limits), 1):
        beside = next(written, ()) if written is not None else ()
        cells = tuple(_text(value) for value in values)
        _tell_empty_formulas(sheet.title, number, values, beside, left)
        if any(cells):
            yield Row(number, cells)


def _tell_what_is_beyond(title: str, told: tuple[int | None, int | None], left: list[LeftOut], most_rows: int) -> None:
    rows, columns = told
    if rows is not None and rows > most_rows:
        left.append(LeftOut(title, most_rows + 1, f"{most_rows + 1}–{rows}", "too_many_rows"))
    if columns is not None and columns > MOST_COLUMNS:
        left.append(LeftOut(title, None, f"{MOST_COLUMNS + 1}–{columns}", "too_many_columns"))


def _tell_empty_formulas(title: str, number: int, values: Any, written: Any, left: list[LeftOut]) -> None:
    """A formula whose value was never stored is all that can be said of its cell."""
    for column, (value, formula) in enumerate(zip(values, written, strict=False)):
        if value is None and isinstance(formula, str) and formula.startswith("="):
            left.append(LeftOut(title, number, formula[:200], "formula_without_value", column_letter(column)))


def _text(value: Any) -> str:
    """A value as a person would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    # What stands for a control character in a workbook, half characters and NUL are no text of ours.
    plain = re.sub(r"_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "", str(value))
    return plain.replace("\r\n", "\n").strip(" \t\n\u3000\u00a0\ufeff")
