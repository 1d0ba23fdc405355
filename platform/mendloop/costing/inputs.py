"""Which facts a cost sheet is made from. The same inputs give the same bytes.

An order that is over keeps what held for all orders when it ended: `over` is the last fact for all orders of that time,
and `zone` the time zone. What is said for all later counts only where a reason says that closed orders are meant, too.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation
from mendloop.costing.facts import last_general, last_sequence, said
from mendloop.costing.models import CostFact, CostSheet, CostStand
from mendloop.costing.sub_orders import revisions_of_subs
from mendloop.inventory.services import OrderEntry, order_entries
from mendloop.work_orders.access import CLOSED, access_work_order


@dataclass(frozen=True, slots=True)
class Inputs:
    """Which facts: how many of the order's events, what was said up to which number, which movements of parts, …"""

    events: int
    facts: int
    movements: tuple[str, ...]
    zone: str
    subs: tuple[tuple[str, int], ...] = ()
    """Its sub-orders, each with the revision of its own sheet."""
    over: int | None = None
    """The last fact for all orders when the order ended; None while it is open, and in sheets of earlier releases."""

    def to_json(self) -> dict[str, Any]:
        """As a sheet keeps it."""
        found: dict[str, Any] = {"events": self.events, "facts": self.facts, "zone": self.zone}
        found |= {"movements": list(self.movements)} | ({"subs": dict(self.subs)} if self.subs else {})
        return found | ({} if self.over is None else {"over": self.over})

    @staticmethod
    def from_json(text: str) -> "Inputs":
        """What a sheet kept."""
        data = json.loads(text)
        subs = tuple(sorted(data.get("subs", {}).items()))
        return Inputs(data["events"], data["facts"], tuple(data["movements"]), data["zone"], subs, data.get("over"))


@dataclass(frozen=True, slots=True)
class Seen:
    """What is read once of an order that is looked at: its newest sheet, where its costs stand, what moved for it, what
    was said about it; and the organisation's time zone."""

    zone: str
    newest: CostSheet | None
    stand: CostStand | None
    entries: Sequence[OrderEntry]
    said: Sequence[CostFact]


def see(session: Session, actor: Actor, order_id: str) -> Seen:
    """As it is now."""
    return Seen(
        access_organisation(session, actor).time_zone,
        newest_sheet(session, actor, order_id),
        stand_of(session, actor, order_id),
        order_entries(session, actor, order_id),
        said(session, actor, order_id),
    )


def inputs_now(session: Session, actor: Actor, order_id: str, seen: Seen | None = None) -> Inputs:
    """All that is known now and concerns the order."""
    order = access_work_order(session, actor, order_id)
    seen = seen or see(session, actor, order_id)
    found = dict.fromkeys(movement.id for _, movement, _ in seen.entries)
    over, zone = None, seen.zone
    if order.status in CLOSED:
        over, zone = _kept(seen) or (last_general(session, actor), zone)
    subs = tuple(revisions_of_subs(session, actor, order_id))
    return Inputs(order.revision, last_sequence(session, actor, order_id, over), tuple(found), zone, subs, over)


def newest_sheet(session: Session, actor: Actor, order_id: str) -> CostSheet | None:
    """The last revision of an order's sheet."""
    ours = (CostSheet.organisation_id == actor.organisation_id, CostSheet.order_id == order_id)
    statement = select(CostSheet).where(*ours).order_by(CostSheet.revision.desc())
    return session.execute(statement.limit(1)).scalars().first()


def stand_of(session: Session, actor: Actor, order_id: str) -> CostStand | None:
    """Where the order's costs stand."""
    return session.get(CostStand, (actor.organisation_id, order_id), populate_existing=True)


def _kept(seen: Seen) -> tuple[int, str] | None:
    """What the order keeps since it had its first sheet after its end; an earlier release applied all that it knew."""
    newest, stand = seen.newest, seen.stand
    if newest is None or newest.status not in CLOSED:
        return None
    inputs = Inputs.from_json(newest.inputs if stand is None else stand.inputs)
    if inputs.over is not None:
        return inputs.over, inputs.zone
    return max(inputs.facts, 0 if stand is None else stand.facts), inputs.zone
