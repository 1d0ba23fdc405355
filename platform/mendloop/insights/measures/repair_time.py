"""Mean time to repair, divided into work, travel, waiting and nobody there."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.insights.filters import Filters
from mendloop.insights.measures.kind import Kind
from mendloop.insights.sums import Measured

MINUTE_MS = 60_000
INPUTS = ("work", "travel", "waiting", "idle")


def measure(session: Session, actor: Actor, filters: Filters, rows: Sequence[Any]) -> list[Measured]:  # noqa: ARG001
    """The minutes that every repair was open."""
    return [_measured(row) for row in rows]


def _measured(row: Any) -> Measured:
    if not row.is_corrective:
        return Measured(row, 0, 0, (0, 0, 0, 0))
    spent = (row.work_ms, row.travel_ms, row.waiting_ms, row.idle_ms)
    return Measured(row, sum(spent) / MINUTE_MS, 1, spent)


KIND = Kind(
    "repair_time",
    "minutes",
    (
        "is_corrective",
        "work_ms",
        "travel_ms",
        "waiting_ms",
        "idle_ms",
    ),
    INPUTS,
    measure,
    input_unit="minutes",
)
