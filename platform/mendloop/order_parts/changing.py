"""Changing by hand what is planned for an order: supervisors anything, engineers more."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.inventory import services as inventory
from mendloop.inventory.counted import rounded_up, whole_faults
from mendloop.inventory.spelling import folded
from mendloop.order_parts.acts import LONGEST_KEY, MOST_MILLI, begin_act, open_order
from mendloop.order_parts.holding import hold_again
from mendloop.order_parts.models import ENGINEER, HAND, OrderPartLine
from mendloop.order_parts.needs import Need, lines_of
from mendloop.order_parts.roles import DECIDERS, DESKS
from mendloop.problems import Problem, Refusal
from mendloop.work_orders.access import WorkOrder

LONGEST_NUMBER, LONGEST_NOTE = 100, 500
__all__ = ["LONGEST_KEY", "plan_another", "plan_part", "reserve_again", "want_as_much"]


def plan_part(session: Session, actor: Actor, order_id: str, number: str, milli: int, key: str, note: str = "") -> None:
    """From now on so much of this part is meant for the order; nothing crosses it out."""
    order = begin_act(session, actor, order_id, key, "plan", order_id, number.strip(), milli, note.strip())
    if order is not None:
        _plan(session, actor, order, number, milli, note.strip())


def plan_another(session: Session, actor: Actor, order_id: str, number: str, milli: int, key: str) -> None:
    """Plan so much of a part that is not planned yet. What somebody has planned meanwhile stays as it is."""
    order = begin_act(session, actor, order_id, key, "plan_another", order_id, number.strip(), milli)
    if order is None:
        return
    planned = {folded(line.number) for line in lines_of(session, actor, order_id) if line.milli}
    if folded(number) not in planned:
        part = inventory.parts_by_number(session, actor, [number]).get(number)
        _plan(session, actor, order, number, rounded_up(part, milli) if part is not None else milli, "")


def _plan(session: Session, actor: Actor, order: WorkOrder, number: str, milli: int, note: str) -> None:
    part = inventory.parts_by_number(session, actor, [number]).get(number)
    number = part.number if part is not None else number.strip()
    line = session.get(OrderPartLine, (actor.organisation_id, order.id, number))
    _check(actor, line, number, milli, note)
    if part is not None and (faults := whole_faults(part, milli)):
        raise Refusal(faults)
    if line is None and not milli:
        return  # nothing of what nobody planned is nothing
    _put(session, actor, order.id, line, number, milli, note)
    hold_again(session, actor, order.id, order.assigned_to)


def reserve_again(session: Session, actor: Actor, order_id: str) -> None:
    """Look once more for what the order wants: something may have come in."""
    order = open_order(session, actor, order_id)
    hold_again(session, actor, order_id, order.assigned_to)


def want_as_much(session: Session, actor: Actor, order_id: str, needs: list[Need], amounts: Mapping[str, int]) -> None:
    """Plan what is taken beyond the plan: found on site, or more than anybody thought."""
    by_number = {need.line.number: need for need in needs}
    stand_ins = {part.number: need.may_come for need in needs for part in need.stand_ins}
    for number, milli in amounts.items():
        need = by_number.get(number)
        if need is None and stand_ins.get(number, 0) >= milli:
            continue
        taken, line = (need.taken, need.line) if need is not None else (0, None)
        if line is None or taken + milli > line.milli:
            _put(session, actor, order_id, line, number, taken + milli, "")


def _check(actor: Actor, line: OrderPartLine | None, number: str, milli: int, note: str) -> None:
    problems = []
    if not number or len(number) > LONGEST_NUMBER:
        problems.append(Problem("part.number_missing", at="/number"))
    if not 0 <= milli <= MOST_MILLI:
        problems.append(Problem("stock.quantity_not_positive", at="/quantity"))
    if len(note) > LONGEST_NOTE:
        problems.append(Problem("stock.note_too_long", at="/note", params={"limit": LONGEST_NOTE}))
    if not actor.has_any(frozenset(DECIDERS)) and milli < (line.milli if line is not None else 1):
        problems.append(Problem("order_parts.fewer_by_supervisors", at="/quantity"))
    if problems:
        raise Refusal(problems)


def _put(
    session: Session, actor: Actor, order_id: str, line: OrderPartLine | None, number: str, milli: int, note: str
) -> None:
    if line is None:
        values = {"organisation_id": actor.organisation_id, "order_id": order_id, "number": number}
        line = OrderPartLine(**values, planned=0, wanted=milli, nodes=[])
        session.add(line)
    line.milli, line.note = milli, note or line.note
    line.source = HAND if actor.has_any(frozenset(DESKS)) else ENGINEER
    line.changed_by, line.changed_at = actor.person_id, utc_now()
    session.flush()
