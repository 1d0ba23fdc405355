"""Work orders as whoever plans the work sees them: overdue, due soon, standing still, in nobody's hands."""

import datetime as dt
from collections.abc import Mapping
from functools import partial

from sqlalchemy.orm import Session

from mendloop.accounts.actor import ENGINEER, OWNER, SUPERVISOR, Actor
from mendloop.accounts.services import people_with_role
from mendloop.board.settings import limits_of
from mendloop.clock import utc_now
from mendloop.notices.adapters.naming import OrderNames, order_names
from mendloop.notices.sources import AT_ONCE, NOW, SOON, Source, Waiting, register
from mendloop.work_orders import attention
from mendloop.work_orders.attention import Standstill, Watched
from mendloop.work_orders.watched import Reason, pause_reasons

OFFICE = frozenset({OWNER, SUPERVISOR})
NO_REASON: Reason = ("", {})


def minutes(many: int) -> dt.timedelta:
    """So many."""
    return dt.timedelta(minutes=many)


class Teller:
    """Makes lines of orders. Whoever has an order is told of it among what is their own, and not once more here."""

    def __init__(self, session: Session, actor: Actor, kind: str, urgency: str) -> None:
        self._make = partial(Waiting, kind=kind, urgency=urgency)
        self._names = order_names(session, actor)
        self._engineers = {person.id for person in people_with_role(session, actor, ENGINEER)}

    def line(self, order: Watched, since: dt.datetime, more: Mapping[str, dt.datetime] | None = None) -> Waiting:
        """One order, since when it is so."""
        own = frozenset({order.assigned_to} & self._engineers) if order.assigned_to else frozenset[str]()
        values = {**self._names.values(order), **(more or {})}
        return self._make(subject=order.id, path=f"/orders/{order.id}", since=since, values=values, not_for=own)


def overdue(session: Session, actor: Actor) -> list[Waiting]:
    """Open orders that should have been done."""
    teller = Teller(session, actor, "order_overdue", NOW)
    found = attention.due_before(session, actor, utc_now())
    return [teller.line(order, order.due, {"due": order.due}) for order in found if order.due]


def due_soon(session: Session, actor: Actor) -> list[Waiting]:
    """Open orders of which the time is nearly over."""
    teller, now = Teller(session, actor, "order_due_soon", SOON), utc_now()
    ahead = minutes(limits_of(session, actor).due_soon)
    found = attention.due_between(session, actor, now, now + ahead)
    return [teller.line(order, order.due - ahead, {"due": order.due}) for order in found if order.due]


def standing(session: Session, actor: Actor) -> list[Waiting]:
    """Orders that were begun and that nobody is at, for longer than is laid down for what they wait for."""
    names, limits, now = order_names(session, actor), limits_of(session, actor), utc_now()
    found = attention.at_a_standstill(session, actor)
    reasons = pause_reasons(session, actor, {each.order.id: each.plan for each in found if each.is_paused})
    return [
        _standing(each, names, reason)
        for each in found
        for reason in [reasons.get(each.order.id, {}).get(each.visit, NO_REASON)]
        if now - each.since > minutes(limits.pause_limit(reason[0]) if each.is_paused else limits.standing)
    ]


def _standing(each: Standstill, names: OrderNames, reason: Reason) -> Waiting:
    values = {**names.values(each.order), "step": each.title, "why": reason[1]}
    words, path = "order_paused" if reason[1] else "", f"/orders/{each.order.id}"
    return Waiting("order_standing", each.order.id, path, each.since, SOON, values, words=words)


def untouched(session: Session, actor: Actor) -> list[Waiting]:
    """Orders that nobody has begun for long, whoever has them."""
    teller, patience = Teller(session, actor, "order_untouched", SOON), limits_of(session, actor).untouched
    found = attention.untouched_since(session, actor, utc_now() - minutes(patience))
    return [teller.line(order, order.created) for order in found]


register(Source("order_overdue", OFFICE, overdue, mail=AT_ONCE))
register(Source("order_due_soon", OFFICE, due_soon))
register(Source("order_standing", OFFICE, standing))
register(Source("order_untouched", OFFICE, untouched))
