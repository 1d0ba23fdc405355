"""Planned against actual: minutes that steps took, of those that their standards give them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.insights.filters import Filters
from mendloop.insights.measures.kind import Kind
from mendloop.insights.sums import Measured

INPUTS = ("actual", "planned")


def measure(session: Session, actor: Actor, filters: Filters, rows: Sequence[Any]) -> list[Measured]:  # noqa: ARG001
    """What was clocked, of what was planned, in orders that ended."""
    return [_measured(row) for row in rows]


def _measured(row: Any) -> Measured:
    if row.status != "ended" or not row.planned_ms:
        return Measured(row, 0, 0, (0, 0))
    return Measured(row, row.actual_ms, row.planned_ms, (row.actual_ms, row.planned_ms))


KIND = Kind(
    "planned",
    "percent",
    ("actual_ms", "planned_ms"),
    INPUTS,
    measure,
    input_unit="minutes",
)
