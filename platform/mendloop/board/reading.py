"""What the board reads from the database: of the orders that changed everything, of all others nothing but a number."""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from mendloop_engine.plan import Plan
from sqlalchemy.orm import Session

from mendloop.accounts.actor import ENGINEER, Actor
from mendloop.accounts.services import PersonLine, access_organisation, list_people, zone_of
from mendloop.board.settings import Limits, limits_of
from mendloop.board.shapes import Around, Facts, Off
from mendloop.order_parts.missing import lacking_by_order
from mendloop.order_parts.proposed import proposed_by_order
from mendloop.sync.parked import unsettled_by_order
from mendloop.work_orders.attention import begun_among
from mendloop.work_orders.cards import Cards
from mendloop.work_orders.listing import orders_by_id
from mendloop.work_orders.services import WorkOrder
from mendloop.work_orders.shapes import CardOut
from mendloop.work_orders.watched import Passed, not_right, passed_steps, pause_reasons


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the organisation: `skills` are roles in templates, `works` says that they are an engineer there."""

    id: str
    name: str
    skills: frozenset[str] = field(default_factory=frozenset)
    works: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What cards depend on besides their orders; `people` are everybody by id, those who have left included."""

    zone: dt.tzinfo = dt.UTC
    people: Mapping[str, Person] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    lacking: Mapping[str, int] = field(default_factory=dict)


def read_facts(
    session: Session, actor: Actor, people: Mapping[str, Person], order_ids: Collection[str]
) -> dict[str, Facts]:
    """What the board says of each of these orders."""
    if not order_ids:
        return {}
    orders, maker = orders_by_id(session, actor, order_ids), Cards(session, actor)
    cards = dict(zip(orders, maker.cards(list(orders.values())), strict=True))
    plans = {order.id: maker.plan(order) for order in orders.values()}
    passed = passed_steps(session, actor, list(orders))
    paused = {id_: plans[id_] for id_, card in cards.items() if any(each.status == "paused" for each in card.active)}
    pauses, touched = pause_reasons(session, actor, paused), begun_among(session, actor, orders)
    return {
        id_: _facts(order, cards[id_], plans[id_], passed[id_], pauses.get(id_, {}), people, begun=id_ in touched)
        for id_, order in orders.items()
    }


def read_surroundings(session: Session, actor: Actor) -> Surroundings:
    """What every card depends on and what seldom changes: who works here, what is too long, what parts are missing."""
    return Surroundings(
        zone_of(access_organisation(session, actor)),
        {line.person.id: _person(line) for line in list_people(session, actor)},
        limits_of(session, actor),
        lacking_by_order(session, actor),
    )


def read_around(session: Session, actor: Actor, lacking: Mapping[str, int]) -> dict[str, Around]:
    """What other features know, by order; orders that nobody knows anything of are left out."""
    parked, proposed = unsettled_by_order(session, actor), proposed_by_order(session, actor)
    return {
        id_: Around(lacking.get(id_, 0), parked.get(id_, 0), proposed.get(id_, 0))
        for id_ in {*lacking, *parked, *proposed}
    }


def _facts(
    order: WorkOrder,
    card: CardOut,
    plan: Plan,
    passed: dict[str, Passed],
    pauses: Mapping[str, tuple[str, Mapping[str, str]]],
    people: Mapping[str, Person],
    *,
    begun: bool,
) -> Facts:
    return Facts(
        card=card,
        template=plan.key,
        opened_at=order.created_at,
        ended_at=dt.datetime.fromisoformat(order.ended_at) if order.ended_at else None,
        begun=begun,
        off=tuple(Off(each.step, each.label, each.value) for each in not_right(plan, passed)),
        locks=len(json.loads(order.state)["locks"]),
        pauses={each.visit: pauses[each.visit] for each in card.active if each.visit in pauses},
        elsewhere=_waits_elsewhere(card, plan, passed, people),
    )


def _waits_elsewhere(card: CardOut, plan: Plan, passed: Mapping[str, Passed], people: Mapping[str, Person]) -> bool:
    """Nothing of what is open can be done by whoever has the order: other hands, other skills, or not the same eyes."""
    owner = people.get(card.assigned_to or "")
    if owner is None or not card.active or card.progress.done == 0:
        return False
    for active in card.active:
        others_only = bool(active.only_for) and owner.id not in active.only_for
        seen = (passed[node].by for node in plan.step(active.node).not_same_person_as if node in passed)
        same_eyes = any(owner.id in by for by in seen)
        if active.status != "ready" or not (others_only or same_eyes or active.role not in owner.skills):
            return False
    return True


def _person(line: PersonLine) -> Person:
    works = line.person.active and ENGINEER in line.person.roles
    return Person(line.person.id, line.person.name, frozenset(line.person.template_roles), works)
