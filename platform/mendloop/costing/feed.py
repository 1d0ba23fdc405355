"""Changes of costs as others are told of them: an endless list that only grows at its end, read from any number on.

Each revision of a sheet is one. It gets its number once it is there to be seen, like a movement of stock: what was made
first may be committed last. Who looks for such revisions looks back as far as a transaction can be open.

Asking is also what makes revisions of open orders: whoever asks is told of what was clocked and moved since.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from mendloop.accounts.actor import Actor
from mendloop.costing.models import CostFeedEntry, CostSheet
from mendloop.costing.open_orders import catch_up
from mendloop.costing.sub_orders import NOTHING
from mendloop.database import run_write

LONGEST_TRANSACTION = dt.timedelta(minutes=10)
AT_ONCE = 2_000
MOST = 500


@dataclass(frozen=True, slots=True)
class CostChange:
    """One revision with its number in the feed, and the one before it."""

    number: int
    sheet: CostSheet
    before: CostSheet | None

    @property
    def causes(self) -> list[str]:
        """What the change follows from: `fact:…`, `movement:…`, `event:…`, `order:ID:REVISION`, `zone:…`. What holds no
        more has a minus in front."""
        found = json.loads(self.sheet.changes)
        came = [source for change in found for source in change["came"]]
        went = [f"-{source}" for change in found for source in change["went"]]
        return list(dict.fromkeys((*came, *went)))


def amounts_of(sheet: CostSheet) -> dict[str, int]:
    """What an order costs and earns: by itself, and with its sub-orders."""
    below = json.loads(sheet.document).get("sub_orders", NOTHING)
    whole = {"cost_with_subs": sheet.cost + below["cost"], "revenue_with_subs": sheet.revenue + below["revenue"]}
    return {"cost": sheet.cost, "revenue": sheet.revenue, **whole}


def changes_after(session: Session, actor: Actor, after: int, limit: int = 100) -> list[CostChange]:
    """What changed after the change with the number `after`, in an order that never changes."""
    catch_up(session, actor)
    if _unnumbered(session, actor, 1):
        run_write(session, lambda: _number(session, actor))
    earlier = aliased(CostSheet)
    statement = (
        select(CostFeedEntry.number, CostSheet, earlier)
        .join(CostSheet, _is_told(actor))
        .outerjoin(
            earlier,
            and_(
                earlier.organisation_id == actor.organisation_id,
                earlier.order_id == CostSheet.order_id,
                earlier.revision == CostSheet.revision - 1,
            ),
        )
        .where(CostFeedEntry.organisation_id == actor.organisation_id, CostFeedEntry.number > after)
        .order_by(CostFeedEntry.number)
        .limit(max(1, min(limit, MOST)))
    )
    return [CostChange(*row) for row in session.execute(statement)]


def _number(session: Session, actor: Actor) -> None:
    last = select(func.max(CostFeedEntry.number)).where(CostFeedEntry.organisation_id == actor.organisation_id)
    first = (session.execute(last).scalar() or 0) + 1
    for number, (order_id, revision) in enumerate(_unnumbered(session, actor, AT_ONCE), start=first):
        own = {"organisation_id": actor.organisation_id, "order_id": order_id, "revision": revision}
        session.add(CostFeedEntry(**own, number=number))
    session.flush()


def _unnumbered(session: Session, actor: Actor, limit: int) -> Sequence[tuple[str, int]]:
    statement = (
        select(CostSheet.order_id, CostSheet.revision)
        .outerjoin(CostFeedEntry, _is_told(actor))
        .where(CostSheet.organisation_id == actor.organisation_id, CostFeedEntry.number.is_(None))
        .order_by(CostSheet.made_at, CostSheet.order_id, CostSheet.revision)
    )
    horizon = _horizon(session, actor)
    if horizon is not None:
        statement = statement.where(CostSheet.made_at > horizon)
    return [(row[0], row[1]) for row in session.execute(statement.limit(limit))]


def _horizon(session: Session, actor: Actor) -> dt.datetime | None:
    """A moment before which no revision can turn up any more."""
    statement = (
        select(CostSheet.made_at)
        .join(CostFeedEntry, _is_told(actor))
        .where(CostSheet.organisation_id == actor.organisation_id)
        .order_by(CostFeedEntry.number.desc())
        .limit(1)
    )
    made = session.execute(statement).scalar()
    return made - LONGEST_TRANSACTION if made is not None else None


def _is_told(actor: Actor) -> ColumnElement[bool]:
    return and_(
        CostFeedEntry.organisation_id == CostSheet.organisation_id,
        CostFeedEntry.organisation_id == actor.organisation_id,
        CostFeedEntry.order_id == CostSheet.order_id,
        CostFeedEntry.revision == CostSheet.revision,
    )
