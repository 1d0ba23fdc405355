"""Rework: orders in which something had to be done again."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.insights.filters import Filters
from mendloop.insights.measures.kind import Kind
from mendloop.insights.sums import Measured

INPUTS = ("reworked", "reworks")


def measure(session: Session, actor: Actor, filters: Filters, rows: Sequence[Any]) -> list[Measured]:  # noqa: ARG001
    """One where the flow went back, of every order in which a step was done."""
    return [_measured(row) for row in rows]


def _measured(row: Any) -> Measured:
    again = int(row.reworks > 0)
    return Measured(row, again, int(row.visits > 0), (again, row.reworks))


KIND = Kind("rework", "percent", ("visits", "reworks"), INPUTS, measure, is_share=True)
