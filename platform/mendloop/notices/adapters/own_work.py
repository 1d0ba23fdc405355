"""An engineer's own: given and not begun, due, sent back, handed on by somebody with another skill."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from sqlalchemy.orm import Session

from mendloop.accounts.actor import ENGINEER, Actor
from mendloop.accounts.services import people_with_role
from mendloop.board.settings import limits_of
from mendloop.clock import utc_now
from mendloop.notices.adapters.naming import OrderNames, order_names
from mendloop.notices.adapters.orders import minutes
from mendloop.notices.sources import AT_ONCE, CALM, NOW, SOON, Source, Waiting, register
from mendloop.work_orders import attention
from mendloop.work_orders.attention import Watched, WatchedStep

FIELD = frozenset({ENGINEER})
PRESSING = ("urgent", "high")


def new(session: Session, actor: Actor) -> list[Waiting]:
    """Orders that somebody was given and has not begun."""
    names = order_names(session, actor)
    return [
        Waiting(
            *("my_new", order.id, _on_phone(order), order.changed),
            urgency=SOON if order.priority in PRESSING else CALM,
            values=names.values(order),
            person=order.assigned_to,
        )
        for order in attention.given_and_not_begun(session, actor)
    ]


def due(session: Session, actor: Actor) -> list[Waiting]:
    """Orders that are due soon, or should have been done, for whoever has them."""
    now, names, ahead = utc_now(), order_names(session, actor), minutes(limits_of(session, actor).due_soon)
    return [
        Waiting(
            *("my_due", order.id, _on_phone(order), order.due if order.due < now else order.due - ahead),
            urgency=NOW if order.due < now else SOON,
            values={**names.values(order), "due": order.due},
            person=order.assigned_to,
        )
        for order in attention.due_before(session, actor, now + ahead)
        if order.due and order.assigned_to
    ]


def sent_back(session: Session, actor: Actor) -> list[Waiting]:
    """Steps to be done once more."""
    return _steps(session, actor, "step_sent_back", NOW, attention.steps_sent_back(session, actor))


def handed_on(session: Session, actor: Actor) -> list[Waiting]:
    """Steps that wait for another skill than the ones before: a gate, an acceptance, a specialist's part."""
    return _steps(session, actor, "step_handed_on", SOON, attention.steps_handed_on(session, actor))


def _steps(session: Session, actor: Actor, kind: str, urgency: str, steps: Iterable[WatchedStep]) -> list[Waiting]:
    names, skills = order_names(session, actor), _skills(session, actor)
    return [_step(kind, urgency, step, names, skills) for step in steps]


def _step(
    kind: str, urgency: str, step: WatchedStep, names: OrderNames, skills: Mapping[str, Iterable[str]]
) -> Waiting:
    """It is for whoever has the order, if they may do it; else for all who may."""
    own = step.order.assigned_to if step.role in skills.get(step.order.assigned_to or "", ()) else None
    return Waiting(
        *(kind, f"{step.order.id}/{step.visit}", f"{_on_phone(step.order)}/visits/{quote(step.visit)}", step.since),
        urgency=urgency,
        values={**names.values(step.order), "step": step.title},
        person=own,
        work_role=step.role,
    )


def _skills(session: Session, actor: Actor) -> dict[str, Iterable[str]]:
    """What each engineer may do."""
    return {person.id: person.template_roles for person in people_with_role(session, actor, ENGINEER)}


def _on_phone(order: Watched) -> str:
    return f"/go/orders/{order.id}"


register(Source("step_sent_back", FIELD, sent_back, mail=AT_ONCE))
register(Source("step_handed_on", FIELD, handed_on))
register(Source("my_due", FIELD, due))
register(Source("my_new", FIELD, new))
