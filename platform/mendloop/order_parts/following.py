"""What the course of an order means for its parts. Called by the order's own transaction, event by event."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mendloop_engine.plan import Plan
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.inventory.counted import rounded_up
from mendloop.order_parts.asking import ask_no_more, follow_order
from mendloop.order_parts.explanations import explanations_of, proposed_by_part, withdraw_what_is_settled
from mendloop.order_parts.holding import hold_again, hold_no_more_than_wanted, hold_nothing
from mendloop.order_parts.models import PLAN, OrderPartLine
from mendloop.order_parts.needs import lines_of
from mendloop.order_parts.old_parts import note_old_parts
from mendloop.order_parts.planned import MILLI, PlannedPart, parts_of_plan
from mendloop.problems import Problem


class Unsettled(Exception):
    """The order has parts that are neither built in nor back nor explained: it cannot end. Nothing may be written."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} parts are not settled")


def order_opened(session: Session, actor: Actor, order_id: str, plan: Plan, facts: Mapping[str, Any]) -> None:
    """Plan its parts, and hold what the warehouse has of them."""
    planned = parts_of_plan(plan, facts)
    if not planned:
        return
    found = _known(session, actor, planned)
    known = {part.number: part for part in found.values()}
    meant = [replace(each, number=found[each.number].number) if each.number in found else each for each in planned]
    for number, exact, nodes in _merged(meant, {number: part.packs for number, part in known.items()}):
        milli = rounded_up(known[number], exact) if number in known else exact
        values = {"organisation_id": actor.organisation_id, "order_id": order_id, "number": number, "source": PLAN}
        session.add(OrderPartLine(**values, planned=milli, milli=milli, wanted=milli, nodes=nodes))
    session.flush()
    hold_again(session, actor, order_id, None)


def order_assigned(session: Session, actor: Actor, order_id: str, person: str | None) -> None:
    """Its parts are held anew, from the van of whoever has it now, and what was asked for goes there."""
    if lines_of(session, actor, order_id):
        follow_order(session, actor, order_id, person)


def parts_booked(session: Session, actor: Actor, order_id: str) -> None:
    """The field has used, returned or taken out parts."""
    hold_no_more_than_wanted(session, actor, order_id)
    note_old_parts(session, actor, order_id)
    withdraw_what_is_settled(session, actor, order_id)


def order_ended(session: Session, actor: Actor, order_id: str) -> None:
    """Nothing may be left of what was issued: raises Unsettled, and the caller takes back what it wrote."""
    problems = tuple(unsettled_problems(session, actor, order_id))
    if problems:
        raise Unsettled(problems)
    hold_nothing(session, actor, order_id)
    ask_no_more(session, actor, order_id)


def unsettled_problems(session: Session, actor: Actor, order_id: str) -> list[Problem]:
    """One for each part that lies at the order: its number, how much of it, and whether it waits only for a word."""
    left = [each for each in inventory.order_parts(session, actor, order_id) if each.open > 0]
    proposed = proposed_by_part(explanations_of(session, actor, order_id)) if left else {}
    return [
        Problem(
            "parts.unsettled" if proposed.get(each.part.id, 0) < each.open else "parts.unaccepted",
            element=each.part.number,
            params=_params(each),
        )
        for each in left
    ]


def _params(each: inventory.OrderPart) -> dict[str, Any]:
    return {"part": each.part.number, "name": dict(each.part.name), "quantity": inventory.quantity_of(each.open)}


def _known(session: Session, actor: Actor, planned: list[PlannedPart]) -> dict[str, inventory.Part]:
    return inventory.parts_by_number(session, actor, [each.number for each in planned])


def _merged(planned: list[PlannedPart], packs: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, int, list[str]]]:
    """Number, thousandths of the part's own unit, steps: each part once, whatever units it was planned in."""
    found: dict[str, tuple[int, list[str]]] = {}
    for each in planned:
        per_pack = packs.get(each.number, {}).get(each.unit or "", 1)
        milli, nodes = found.get(each.number, (0, []))
        more = max(1, round(each.quantity * per_pack * MILLI))
        found[each.number] = (milli + more, [*nodes, *(node for node in each.nodes if node not in nodes)])
    return [(number, milli, nodes) for number, (milli, nodes) in found.items()]
