"""First-time fix: after which repairs the same did not come back within some days."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from mendloop_engine.time import parse_moment
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.insights.filters import Filters
from mendloop.insights.measures.kind import Kind
from mendloop.insights.models import InsightOrder
from mendloop.insights.order_facts import again_of, is_maintenance
from mendloop.insights.sums import Measured
from mendloop.library.services import load_plan
from mendloop.work_orders.access import CLOSED, WorkOrder
from mendloop.work_orders.beginnings import first_events

DAY_MS = 86_400_000
INPUTS = ("fixed", "came_back", "pending", "pending_back", "untold")
NOTHING = (0, 0, 0, 0, 0)


def measure(session: Session, actor: Actor, filters: Filters, rows: Sequence[Any]) -> list[Measured]:
    """Repairs count once their days are over; what came back before stands apart until then."""
    opened = _opened(session, actor)
    window, now = filters.days * DAY_MS, round(utc_now().timestamp() * 1000)
    return [_measured(row, opened, window, now) for row in rows]


def _measured(row: Any, opened: Mapping[str, list[int]], window: int, now: int) -> Measured:
    if not row.is_corrective or row.is_sub:
        return Measured(row, 0, 0, NOTHING)
    if not row.again:
        return Measured(row, 0, 0, (0, 0, 0, 0, 1))
    is_back = _is_back(opened.get(row.again, []), row.ended_at, window)
    if row.ended_at + window > now:
        return Measured(row, 0, 0, (0, 0, 1, int(is_back), 0))
    return Measured(row, 0 if is_back else 1, 1, (int(not is_back), int(is_back), 0, 0, 0))


def _is_back(opened: list[int], ended: int, window: int) -> bool:
    """Whether another repair of the same was opened after this one's end, within the window."""
    after = bisect_right(opened, ended)
    return after < len(opened) and opened[after] <= ended + window


def _opened(session: Session, actor: Actor) -> dict[str, list[int]]:
    """When repairs were opened, by what they would come back as, in order; those that are open still among them."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    statement = select(InsightOrder.again, InsightOrder.opened_at).where(
        InsightOrder.organisation_id == actor.organisation_id,
        InsightOrder.is_corrective,
        InsightOrder.is_sub.is_(False),
        InsightOrder.again != "",
    )
    for again, at in session.execute(statement):
        found[again].append(at)
    for again, at in _open_now(session, actor):
        found[again].append(at)
    for moments in found.values():
        moments.sort()
    return found


def _open_now(session: Session, actor: Actor) -> list[tuple[str, int]]:
    columns = (WorkOrder.id, WorkOrder.asset, WorkOrder.customer, WorkOrder.product, WorkOrder.plan_hash)
    mine = (WorkOrder.organisation_id == actor.organisation_id, WorkOrder.status.not_in(CLOSED))
    rows = session.execute(select(*columns).where(*mine)).all()
    begun = first_events(session, actor, [row.id for row in rows])
    found = []
    for row in rows:
        again, first = again_of(row.asset, row.customer, row.product), begun.get(row.id)
        is_repair = not is_maintenance(load_plan(session, actor, row.plan_hash).key, None)
        if again and is_repair and first is not None and not first["order"].get("parent"):
            found.append((again, parse_moment(first["at"]) or 0))
    return found


KIND = Kind(
    "first_fix",
    "percent",
    ("is_corrective", "is_sub", "again"),
    INPUTS,
    measure,
    is_share=True,
)
