"""Proposals for work orders, with what a phone needs to show them and to add a line."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.services import Part, parts_by_number
from mendloop.library.services import load_plan
from mendloop.recommending.services import Proposal, Recommender
from mendloop.recommending.telling import ToldStep, tell_parts
from mendloop.work_orders.services import WorkOrder, access_work_order, my_orders

MOST_ORDERS = 50
"""In one table: a phone asks for the rest one by one, when somebody opens them."""


@dataclass(frozen=True, slots=True)
class NamedPart:
    """A part as a list shows it; `packs` says how many of its own unit are in each other one it comes in."""

    name: dict[str, str]
    unit: str
    fits: list[str]
    serial_tracked: bool
    packs: dict[str, float]


@dataclass(frozen=True, slots=True)
class Recommended:
    """Proposals by order and step, and every part they name that stock knows."""

    orders: dict[str, dict[str, list[Proposal]]]
    parts: dict[str, NamedPart]


def recommend_for_order(session: Session, actor: Actor, order_id: str) -> Recommended:
    """For one order of the organisation, else `Missing`."""
    return _recommend(session, actor, [access_work_order(session, actor, order_id)])


def recommend_for_mine(session: Session, actor: Actor) -> Recommended:
    """For the open orders on the actor's list."""
    return _recommend(session, actor, my_orders(session, actor)[:MOST_ORDERS])


def tell_for_order(session: Session, actor: Actor, order_id: str) -> list[ToldStep]:
    """For one order of the organisation, in words for a page; else `Missing`. `tell_parts` is for one to be opened."""
    order = access_work_order(session, actor, order_id)
    facts = json.loads(order.state)["order"]
    plan = load_plan(session, actor, order.plan_hash)
    return tell_parts(session, actor, plan, order.product, facts.get("fault_codes") or ())


def _recommend(session: Session, actor: Actor, orders: Iterable[WorkOrder]) -> Recommended:
    recommender = Recommender(session, actor)
    found = {order.id: _of_order(session, actor, recommender, order) for order in orders}
    numbers = {each.part for steps in found.values() for proposals in steps.values() for each in proposals}
    parts = parts_by_number(session, actor, numbers) if numbers else {}
    named = {number: _named(parts[number]) for number in sorted(parts)}
    return Recommended(found, named)


def _of_order(session: Session, actor: Actor, recommender: Recommender, order: WorkOrder) -> dict[str, list[Proposal]]:
    plan = load_plan(session, actor, order.plan_hash)
    facts = json.loads(order.state)["order"]
    return recommender.recommend(plan, order.product, facts.get("fault_codes") or ())


def _named(part: Part) -> NamedPart:
    return NamedPart(part.name, part.unit, part.fits, part.serial_tracked, part.packs)
