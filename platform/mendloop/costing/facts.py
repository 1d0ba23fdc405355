"""What was said about costs, and still holds."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing.models import CostFact

SETTINGS, DAY, RATE, PRICE, COVERAGE = "settings", "day", "rate", "price", "coverage"
EXTRA, TERMS = "extra", "terms"


@dataclass(frozen=True, slots=True)
class Fact:
    """What somebody said, and still holds; `data` is never None here."""

    sequence: int
    id: str
    kind: str
    key: str
    data: dict[str, Any]
    said: CostFact

    @property
    def source(self) -> str:
        """As lines of a sheet name what they follow from."""
        return f"fact:{self.id}"


def reaches_closed() -> ColumnElement[bool]:
    """What was said for all orders, and for those that were closed already: only that has a reason."""
    return CostFact.why != ""


def standing(
    session: Session, actor: Actor, order_id: str | None = None, until: int | None = None, over: int | None = None
) -> list[Fact]:
    """What holds, in the order of saying: for all orders, or about one; as it was after the fact number `until`. For an
    order that was over after the fact number `over`, what came later counts only if it reaches closed orders."""
    return standing_of(row for row in said(session, actor, order_id, until) if _counts(row, over))


def standing_of(rows: Iterable[CostFact]) -> list[Fact]:
    """What holds of what was said, in the order of saying."""
    newest: dict[tuple[str, str], CostFact] = {}
    for row in rows:
        newest.pop((row.kind, row.key), None)
        newest[row.kind, row.key] = row
    read = ((row, json.loads(row.data)) for row in newest.values())
    return [Fact(row.sequence, row.id, row.kind, row.key, data, row) for row, data in read if data is not None]


def _counts(row: CostFact, over: int | None) -> bool:
    """Whether it does for an order that was over after the fact number `over`."""
    return over is None or row.sequence <= over or bool(row.why)


def general(session: Session, actor: Actor, until: int, over: int | None = None) -> list[Fact]:
    """What held for all orders after the fact number `until`, or for one that was over after the fact number `over`. It
    never changes: worked out once in a session for the same facts, of which the last and the number say which."""
    rows = [row for row in said_for_all(session, actor) if row.sequence <= until and _counts(row, over)]
    key = len(rows), rows[-1].id if rows else ""
    kept: dict[tuple[int, str], list[Fact]] = session.info.setdefault(_KEPT, {})
    if key not in kept:
        kept[key] = standing_of(rows)
    return kept[key]


def said_for_all(session: Session, actor: Actor) -> list[CostFact]:
    """What was said for all orders, read once in a session while nothing is added: the id of the last one says whether
    something was, for no other has it even if a transaction was given up."""
    ours = (CostFact.organisation_id == actor.organisation_id, CostFact.order_id.is_(None))
    last = session.execute(select(CostFact.id).where(*ours).order_by(CostFact.sequence.desc()).limit(1)).scalar()
    known: tuple[str | None, list[CostFact]] | None = session.info.get(_SAID)
    if known is None or known[0] != last:
        known = last, said(session, actor)
        session.info[_SAID] = known
    return known[1]


_KEPT, _SAID = "mendloop_cost_facts", "mendloop_cost_facts_said"


def said(session: Session, actor: Actor, order_id: str | None = None, until: int | None = None) -> list[CostFact]:
    """Everything that was said, in order."""
    conditions: list[ColumnElement[bool]] = [CostFact.organisation_id == actor.organisation_id]
    conditions.append(CostFact.order_id.is_(None) if order_id is None else CostFact.order_id == order_id)
    if until is not None:
        conditions.append(CostFact.sequence <= until)
    return list(session.execute(select(CostFact).where(*conditions).order_by(CostFact.sequence)).scalars())


def last_sequence(session: Session, actor: Actor, order_id: str, over: int | None = None) -> int:
    """The number of the last fact that can matter for this order; it was over after the fact number `over`."""
    for_all: ColumnElement[bool] = CostFact.order_id.is_(None)
    if over is not None:
        for_all = and_(for_all, or_(CostFact.sequence <= over, reaches_closed()))
    statement = select(func.max(CostFact.sequence)).where(
        CostFact.organisation_id == actor.organisation_id, or_(for_all, CostFact.order_id == order_id)
    )
    return session.execute(statement).scalar() or 0


def last_general(session: Session, actor: Actor, *conditions: ColumnElement[bool]) -> int:
    """The number of the last fact for all orders; of those of which these are true."""
    statement = select(func.max(CostFact.sequence)).where(
        CostFact.organisation_id == actor.organisation_id, CostFact.order_id.is_(None), *conditions
    )
    return session.execute(statement).scalar() or 0


def facts_by_id(session: Session, actor: Actor, ids: set[str]) -> dict[str, CostFact]:
    """Those of these facts that there are."""
    statement = select(CostFact).where(CostFact.organisation_id == actor.organisation_id, CostFact.id.in_(sorted(ids)))
    return {fact.id: fact for fact in session.execute(statement).scalars()}
