"""Rows of cells, whatever they came in: a workbook, a file of comma-separated values, or cells that were pasted."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mendloop.importing.excel.workbook import read_book
from mendloop.problems import Problem, Refusal
from mendloop.tables import harmless

MOST_ROWS, MOST_COLUMNS, MOST_BYTES, LONGEST_CELL = 3_000, 60, 8_000_000, 20_000


@dataclass(frozen=True, slots=True)
class GridRow:
    """The cells of one row by what their columns are called here; `number` is the row's own in the file, from 1."""

    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows, the columns nobody knows, and the whole as text that can be sent again."""

    rows: tuple[GridRow, ...]
    unknown: tuple[str, ...]
    cells: str


Headings = Mapping[str, Sequence[str]]
"""What each column may be called, in small letters."""


def from_file(name: str, content: bytes, headings: Headings) -> Grid:
    """The rows of a file; refused when it cannot be read."""
    if not content:
        raise Refusal(Problem("import.empty"))
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or name.lower().endswith((".xlsx", ".xls", ".xlsm")):
        sheets = [sheet for sheet in read_book(content).sheets if sheet.rows]
        if not sheets:
            raise Refusal(Problem("import.empty"))
        return _grid([(row.number, list(row.cells)) for row in sheets[0].rows], headings)
    return from_text(_decoded(content), headings)


def from_text(text: str, headings: Headings) -> Grid:
    """The rows of cells that were pasted: tabs between them, or commas, or semicolons."""
    if "\0" in text or not text.strip():
        raise Refusal(Problem("import.empty"))
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    delimiter = max("\t,;", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Refusal(Problem("import.cells_broken")) from error
    return _grid(rows, headings)


def _decoded(content: bytes) -> str:
    """UTF-8, or what Excel in China writes."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(Problem("import.cells_broken"))


def _grid(rows: Sequence[tuple[int, Sequence[str]]], headings: Headings) -> Grid:
    if len(rows) - 1 > MOST_ROWS:
        raise Refusal(Problem("import.rows_too_many", params={"limit": MOST_ROWS}))
    head = [cell.strip() for cell in rows[0][1][:MOST_COLUMNS]] if rows else []
    columns = [_column(cell, headings) for cell in head]
    if "number" not in columns:
        raise Refusal(Problem("import.number_column_missing"))
    found = tuple(GridRow(number, dict(_cells(columns, row))) for number, row in rows[1:])
    if not found:
        raise Refusal(Problem("import.empty"))
    unknown = tuple(cell for cell, column in zip(head, columns, strict=True) if not column and cell)
    return Grid(found, unknown, _as_text(row for _, row in rows))


def _column(cell: str, headings: Headings) -> str:
    said = cell.casefold().replace("*", "").strip()
    return next((column for column, names in headings.items() if said in names), "")


def _cells(columns: Sequence[str], row: Sequence[str]) -> Iterator[tuple[str, str]]:
    for column, cell in zip(columns, row, strict=False):
        if column:
            yield column, _unprotected(cell)[:LONGEST_CELL]


def _unprotected(cell: str) -> str:
    """Without the apostrophe that our own files put before what a spreadsheet would compute."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell


def _as_text(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(row[:MOST_COLUMNS] for row in rows)
    return out.getvalue()
