"""What was worked out last, for as long as nothing has changed: many look at the same figures.

Each process remembers for itself, and little. What it is worked out from has a mark: how many facts there are and of
which revisions, which orders are open, and the hour, because days that are waited for end.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.insights.found import FACTS, zone
from mendloop.work_orders.access import CLOSED, WorkOrder

T = TypeVar("T")
MOST = 64
_kept: OrderedDict[Hashable, tuple[Any, Any]] = OrderedDict()


def remembered(session: Session, actor: Actor, what: Hashable, make: Callable[[], T]) -> T:
    """What `make` says, or said when everything was as it is now. Nobody may change it."""
    key, mark = (actor.organisation_id, what), _mark(session, actor)
    found = _kept.get(key)
    if found is None or found[0] != mark:
        found = _kept[key] = mark, make()
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    made: T = found[1]
    return made


def _mark(session: Session, actor: Actor) -> tuple[Any, ...]:
    facts = select(func.count(), func.sum(FACTS.c.revision), func.max(FACTS.c.ended_at), func.max(FACTS.c.order_id))
    facts = facts.where(FACTS.c.organisation_id == actor.organisation_id)
    still_open = select(func.count(), func.max(WorkOrder.id)).where(
        WorkOrder.organisation_id == actor.organisation_id, WorkOrder.status.not_in(CLOSED)
    )
    hour = utc_now().strftime("%Y-%m-%dT%H")
    return *session.execute(facts).one(), *session.execute(still_open).one(), hour, str(zone(session, actor))
