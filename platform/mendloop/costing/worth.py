"""What parts are worth that lie in stock today: for what is only planned, and has no price of its own."""

from collections.abc import Iterable
from fractions import Fraction

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing.money import half_even
from mendloop.inventory.services import StockLine, stock_lines


class Worth:
    """By the number of the part: how much of it there is, and what all of that is worth."""

    def __init__(self, lines: Iterable[StockLine]) -> None:
        self._known: dict[str, tuple[int, int]] = {}
        for line in lines:
            if line.milli > 0 and line.value > 0:
                milli, value = self._known.get(line.part.number, (0, 0))
                self._known[line.part.number] = (milli + line.milli, value + line.value)

    def of(self, number: str, milli: int) -> int | None:
        """So much of a part, in minor units; None where stock knows nothing of its worth."""
        known, value = self._known.get(number, (0, 0))
        return half_even(Fraction(value * milli, known)) if known else None


def worth_today(session: Session, actor: Actor) -> Worth:
    """Of everything that is in stock."""
    return Worth(stock_lines(session, actor))
