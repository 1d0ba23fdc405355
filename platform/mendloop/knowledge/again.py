"""Drafts that are missing, drawn from records: of one order, or of all that ended."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.following import case_of_order, order_ended
from mendloop.knowledge.models import Case
from mendloop.knowledge.roles import may_review
from mendloop.library.services import load_plan
from mendloop.problems import Conflict, Forbidden, Problem
from mendloop.work_orders.listing import MOST, Filters, find_orders
from mendloop.work_orders.services import access_work_order


def draft_case(session: Session, actor: Actor, order_id: str) -> Case:
    """The case of an order that has ended: the one there is, else a draft from its record."""
    order = access_work_order(session, actor, order_id)
    found = case_of_order(session, actor, order_id)
    if found is not None:
        return found
    if order.status != "ended":
        raise Conflict(Problem("case.order_not_ended"))
    if not (may_review(actor) or order.assigned_to == actor.person_id):
        raise Forbidden
    made = order_ended(session, actor, order_id, load_plan(session, actor, order.plan_hash))
    if made is None:
        raise Conflict(Problem("case.nothing_to_learn"))
    return made


def draft_missing(session: Session, actor: Actor) -> int:
    """Draw the drafts of all ended orders that have no case, in a write transaction. How many were made."""
    made = 0
    for order_id, plan_hash in _ended(session, actor):
        if case_of_order(session, actor, order_id) is None:
            made += order_ended(session, actor, order_id, load_plan(session, actor, plan_hash)) is not None
    return made


def _ended(session: Session, actor: Actor) -> Iterator[tuple[str, str]]:
    """Every order that arrived at an end and its plan's hash, a page at a time."""
    before = ""
    while page := find_orders(session, actor, Filters(status="ended", before=before, limit=MOST)):
        found = [(order.id, order.plan_hash) for order in page]
        yield from found
        before = found[-1][0]
