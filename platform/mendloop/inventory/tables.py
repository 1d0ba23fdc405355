"""Stock as tables: parts and balances, row by row, however many there are; and how rows become a file."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing.exporting import Cell, exact, harmless
from mendloop.inventory.amounts import MILLI, digits_of, packs_as_text
from mendloop.inventory.balances import IS_THERE
from mendloop.inventory.models import Part, StockBalance
from mendloop.problems import Conflict, Problem

MOST_XLSX_ROWS = 100_000
AT_ONCE = 1000
PIECE = 64 * 1024
_UNPRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32)), " ")
Say = Callable[[str], str]
"""The name of a place."""


def part_rows(session: Session, actor: Actor) -> Iterator[Sequence[Cell]]:
    """Every part, in columns that can be imported again."""
    statement = select(Part).where(Part.organisation_id == actor.organisation_id).order_by(Part.number)
    for part in session.execute(statement.execution_options(yield_per=AT_ONCE)).scalars():
        yield (
            part.number,
            part.name.get("zh-CN", ""),
            part.name.get("en", ""),
            part.unit,
            packs_as_text(part.packs).replace("\n", "; "),
            part.costing,
            "yes" if part.serial_tracked else "no",
            " ".join(part.fits),
        )


def balance_rows(session: Session, actor: Actor, place: Say) -> Iterator[Sequence[Cell]]:
    """What lies where, what of it is held, and what it is worth."""
    digits = digits_of(session, actor)
    statement = (
        select(Part, StockBalance)
        .join(StockBalance, (StockBalance.organisation_id == Part.organisation_id) & (StockBalance.part_id == Part.id))
        .where(
            Part.organisation_id == actor.organisation_id,
            StockBalance.organisation_id == actor.organisation_id,
            IS_THERE,
        )
        .order_by(Part.number, StockBalance.location)
    )
    for part, balance in session.execute(statement.execution_options(yield_per=AT_ONCE)):
        name = part.name.get("zh-CN") or part.name.get("en", "")
        many = (_number(balance.milli), _number(balance.reserved), part.unit, exact(balance.value, digits))
        yield (part.number, name, place(balance.location), balance.location, *many)


def stream_csv(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """UTF-8 with a mark at its beginning, piece by piece."""
    yield b"\xef\xbb\xbf"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for number, row in enumerate(rows, 1):
        writer.writerow([_plain(cell) for cell in row])
        if number % AT_ONCE == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def file_xlsx(title: str, rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """One sheet in a file of its own, at its beginning; refused when a spreadsheet would be no use for so much."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for number, row in enumerate(rows):
        if number > MOST_XLSX_ROWS:
            book.close()
            raise Conflict(Problem("stock.too_many_rows", params={"limit": MOST_XLSX_ROWS}))
        sheet.append([_typed(sheet, cell) for cell in row])
    made = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    book.save(made)
    made.seek(0)
    return made


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """What is in the file, piece by piece; it is closed at the end, or when nobody wants more."""
    with file:
        while piece := file.read(PIECE):
            yield piece


def _number(milli: int) -> Decimal:
    return Decimal(milli) / MILLI


def _plain(cell: Cell) -> Cell:
    return harmless(cell.translate(_UNPRINTABLE)) if isinstance(cell, str) else cell


def _typed(sheet: Any, cell: Cell) -> SheetCell:
    made = WriteOnlyCell(sheet, value=_plain(cell))  # type: ignore[arg-type] # it takes a Decimal, too
    if isinstance(cell, str):
        made.data_type = "s"
    return made
