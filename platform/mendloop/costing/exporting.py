"""Tables as files: CSV and XLSX. No cell that a spreadsheet could take for a formula leaves this house as one."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from werkzeug.wrappers import Response

Cell: TypeAlias = str | int | Decimal | None
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNPRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32)), " ")


def exact(minor: int | None, exponent: int) -> Decimal | None:
    """An amount as a number of the currency's units, exactly."""
    return None if minor is None else Decimal(minor).scaleb(-exponent)


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would compute."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def write_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a mark at its beginning, so that spreadsheets read Chinese."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_cell(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def write_xlsx(title: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet, its first row in bold. Texts are texts, whatever they look like."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for number, row in enumerate(rows):
        sheet.append([_typed(sheet, cell, number == 0) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_file(body: bytes, kind: str, name: str) -> Response:
    """An answer that a browser keeps as a file."""
    return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _cell(cell: Cell) -> Cell:
    return harmless(cell.translate(_UNPRINTABLE)) if isinstance(cell, str) else cell


def _typed(sheet: Any, cell: Cell, is_heading: bool) -> SheetCell:
    made = WriteOnlyCell(sheet, value=_cell(cell))  # type: ignore[arg-type] # it takes a Decimal, too
    if isinstance(cell, str):
        made.data_type = "s"
    if is_heading:
        made.font = Font(bold=True)
    return made
