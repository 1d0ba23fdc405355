"""Rows as files, however many there are: CSV piece by piece, XLSX as far as a spreadsheet is of use."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from werkzeug.wrappers import Response

from mendloop.problems import Conflict, Missing, Problem
from mendloop.tables.cells import Cell, plain

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Of files, with their media types."""
MOST_XLSX_ROWS = 100_000
AT_ONCE = 1000
PIECE = 64 * 1024
Rows = Iterable[Sequence[Cell]]


def as_file(kind: str, name: str, rows: Rows, title: str = "") -> Response:
    """An answer that a browser keeps as the file `name.kind`; `Missing` for a kind of file that there is not.

    Rows that come one by one are counted by whoever has them, with `refuse_too_many`, before any of them is made.
    """
    if kind not in KINDS:
        raise Missing
    if isinstance(rows, Sized):
        refuse_too_many(kind, len(rows) - 1)
    body = stream_csv(rows) if kind == "csv" else _pieces_of(_file_xlsx(title or name, rows))
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(body, content_type=KINDS[kind], headers=headers)


def refuse_too_many(kind: str, rows: int) -> None:
    """So many rows below the heading are no use in a spreadsheet: CSV takes them all."""
    if kind == "xlsx" and rows > MOST_XLSX_ROWS:
        raise _too_many()


def _too_many() -> Conflict:
    return Conflict(Problem("stock.too_many_rows", params={"limit": f"{MOST_XLSX_ROWS:,}"}))


def stream_csv(rows: Rows) -> Iterator[bytes]:
    """UTF-8 with a mark at its beginning, so that spreadsheets read Chinese; piece by piece."""
    yield b"\xef\xbb\xbf"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for number, row in enumerate(rows, 1):
        writer.writerow([plain(cell) for cell in row])
        if number % AT_ONCE == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def write_csv(rows: Rows) -> bytes:
    """The same as a whole."""
    return b"".join(stream_csv(rows))


def write_xlsx(title: str, rows: Rows) -> bytes:
    """One sheet, its first row in bold. Texts are texts, whatever they look like."""
    with _file_xlsx(title, rows) as file:
        return file.read()


def _file_xlsx(title: str, rows: Rows) -> IO[bytes]:
    """In a file of its own, at its beginning; refused where there are too many rows after all."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for number, row in enumerate(rows):
        if number > MOST_XLSX_ROWS:
            sheet.close()
            book.close()
            raise _too_many()
        sheet.append([_typed(sheet, cell, number == 0) for cell in row])
    made = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    book.save(made)
    made.seek(0)
    return made


def _pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """What is in the file, piece by piece; it is closed at the end, or when nobody wants more."""
    with file:
        while piece := file.read(PIECE):
            yield piece


def _typed(sheet: Any, cell: Cell, is_heading: bool) -> SheetCell:
    made = WriteOnlyCell(sheet, value=plain(cell))  # type: ignore[arg-type] # it takes a Decimal, too
    if isinstance(cell, str):
        made.data_type = "s"
    if is_heading:
        made.font = Font(bold=True)
    return made
