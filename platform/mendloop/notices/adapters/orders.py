"""Work orders as whoever plans the work sees them: overdue, due soon, standing still, in nobody's hands."""

import datetime as dt
from collections.abc import Mapping
from functools import partial

from sqlalchemy.orm import Session

from mendloop.accounts.actor import ENGINEER, OWNER, SUPERVISOR, Actor
from mendloop.accounts.services import people_with_role
from mendloop.board.settings import Limits, limits_of
from mendloop.board.standing import PAUSED, OpenStep, begun, untouched
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
    reasons = pause_reasons(session, actor, {each.order.id: each.plan for each in found})
    lines = [_standing(each, names, reasons.get(each.order.id, {}), limits, now) for each in found]
    return sorted((line for line in lines if line is not None), key=lambda line: str(line.since))


def _standing(
    each: Standstill, names: OrderNames, reasons: Mapping[str, Reason], limits: Limits, now: dt.datetime
) -> Waiting | None:
    ids = {visit: reason for visit, (reason, _) in reasons.items()}
    found = begun([OpenStep(*step) for step in each.steps], ids, limits)
    if found is None or found.too_long > now:
        return None
    why = reasons.get(found.visit, NO_REASON)[1] if found.why == PAUSED else {}
    title = dict(each.plan.step(found.visit.rpartition("#")[0]).title)
    values = {**names.values(each.order), "step": title, "why": why}
    words, path = "order_paused" if why else "", f"/orders/{each.order.id}"
    return Waiting("order_standing", each.order.id, path, found.since, SOON, values, words=words)


def never_begun(session: Session, actor: Actor) -> list[Waiting]:
    """Orders that nobody has begun for long, whoever has them."""
    teller, limits, now = Teller(session, actor, "order_untouched", SOON), limits_of(session, actor), utc_now()
    found = attention.never_begun(session, actor)
    return [teller.line(order, order.created) for order in found if untouched(order.created, limits).too_long <= now]


register(Source("order_overdue", OFFICE, overdue, mail=AT_ONCE))
register(Source("order_due_soon", OFFICE, due_soon))
register(Source("order_standing", OFFICE, standing))
register(Source("order_untouched", OFFICE, never_begun))
