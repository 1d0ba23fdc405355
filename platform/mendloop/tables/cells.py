"""What a cell may hold. No text that a spreadsheet could take for a formula leaves this house as one."""

from decimal import Decimal
from typing import TypeAlias

Cell: TypeAlias = str | int | Decimal | None
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNPRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32)), " ")


def exact(minor: int | None, exponent: int) -> Decimal | None:
    """An amount as a number of the currency's units, exactly."""
    return None if minor is None else Decimal(minor).scaleb(-exponent)


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would compute."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def plain(cell: Cell) -> Cell:
    """As it is written into a file."""
    return harmless(cell.translate(_UNPRINTABLE)) if isinstance(cell, str) else cell
