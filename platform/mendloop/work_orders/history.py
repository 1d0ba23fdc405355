"""The engine's view of earlier answers, read from the database when it is asked for, and only then."""

import json
from collections.abc import Sequence
from typing import Any

from mendloop_engine.history import Visit
from sqlalchemy.orm import Session

from mendloop.work_orders import store
from mendloop.work_orders.store import OrderKey


class StoredHistory:
    """Implements the engine's `History` for one order. What was read once is not read again."""

    def __init__(self, session: Session, key: OrderKey) -> None:
        self._session = session
        self._key = key
        self._latest: dict[str, Visit | None] = {}
        self._completed: dict[str, list[Visit]] = {}
        self._counts: dict[str, int] = {}
        self._drafts: dict[str, dict[str, Any]] = {}

    def latest(self, node: str) -> Visit | None:
        """The last completed visit of `node`, if any."""
        if node not in self._latest:
            row = store.latest_visit(self._session, self._key, node)
            self._latest[node] = _visit(node, row) if row is not None else None
        return self._latest[node]

    def completed(self, node: str) -> Sequence[Visit]:
        """All completed visits of `node`, first one first."""
        if node not in self._completed:
            rows = store.completed_visits(self._session, self._key, node)
            self._completed[node] = [_visit(node, row) for row in rows]
        return self._completed[node]

    def count(self, node: str) -> int:
        """How many visits of `node` were opened so far."""
        if node not in self._counts:
            self._counts[node] = store.count_visits(self._session, self._key, node)
        return self._counts[node]

    def draft(self, visit: str) -> dict[str, Any]:
        """Answers recorded for `visit` while it is not completed."""
        if visit not in self._drafts:
            text = store.draft_of(self._session, self._key, *split_visit(visit))
            self._drafts[visit] = json.loads(text)
        return self._drafts[visit]


def split_visit(visit: str) -> tuple[str, int]:
    """`measure#2` is visit 2 of the node `measure`; something that is no visit is visit 0 of nothing."""
    node, _, number = visit.rpartition("#")
    return (node, int(number)) if number.isascii() and number.isdigit() and len(number) < 9 else ("", 0)


def _visit(node: str, row: Any) -> Visit:
    return Visit(
        visit=f"{node}#{row.number}",
        node=node,
        number=row.number,
        by=row.by,
        answers=json.loads(row.answers),
        reasons=json.loads(row.reasons),
        completed_at=row.completed_at,
    )
