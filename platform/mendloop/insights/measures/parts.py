"""Parts per repair, and what came back unused."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.insights.filters import Filters
from mendloop.insights.measures.kind import Kind
from mendloop.insights.sums import Measured

INPUTS = ("used", "returned")


def measure(session: Session, actor: Actor, filters: Filters, rows: Sequence[Any]) -> list[Measured]:  # noqa: ARG001
    """What every repair that ended used."""
    return [_measured(row) for row in rows]


def _measured(row: Any) -> Measured:
    if not row.is_corrective:
        return Measured(row, 0, 0, (0, 0))
    return Measured(row, row.parts_used / 1000, 1, (row.parts_used, row.parts_returned))


KIND = Kind(
    "parts",
    "pieces",
    ("is_corrective", "parts_used", "parts_returned"),
    INPUTS,
    measure,
    input_unit="pieces",
)
