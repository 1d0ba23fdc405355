"""Work by the book: how much of the evidence that work leaves behind is really there."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.insights.filters import Filters
from mendloop.insights.measures.kind import Kind
from mendloop.insights.repeated import repeated_readings
from mendloop.insights.sums import Measured

KINDS = ("photos", "dwell", "flow", "readings")
INPUTS = tuple(f"{kind}_{what}" for kind in KINDS for what in ("due", "kept"))


def measure(session: Session, actor: Actor, filters: Filters, rows: Sequence[Any]) -> list[Measured]:  # noqa: ARG001
    """Pieces that are there, of those that are due."""
    readings = repeated_readings(session, actor)
    return [_measured(row, readings) for row in rows]


def _measured(row: Any, readings: Mapping[str, tuple[int, int]]) -> Measured:
    due, repeated = readings.get(row.order_id, (0, 0))
    counts = (
        row.photos_due,
        row.photos_kept,
        row.dwell_due,
        row.dwell_kept,
        row.flow_due,
        row.flow_kept,
        due,
        due - repeated,
    )
    kept = counts[1] + counts[3] + counts[5] + counts[7]
    return Measured(row, kept, counts[0] + counts[2] + counts[4] + due, counts)


_COLUMNS = [f"{kind}_{what}" for kind in KINDS[:3] for what in ("due", "kept")]
KIND = Kind("evidence", "percent", tuple(_COLUMNS), INPUTS, measure, is_share=True)
