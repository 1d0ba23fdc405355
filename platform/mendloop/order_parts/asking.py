"""Asking for what an order misses: to have it brought from where it lies, or bought. Asked twice, it is asked once."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.inventory.locations import SUPPLIER, WAREHOUSE, van_of
from mendloop.inventory.on_the_way import ask, take_back_asked
from mendloop.inventory.spelling import folded
from mendloop.order_parts.acts import is_new_act, open_order
from mendloop.order_parts.coming import Coming, requests_of
from mendloop.order_parts.holding import hold_again
from mendloop.order_parts.missing import Move, Short, missing_parts
from mendloop.order_parts.models import OrderPartRequest
from mendloop.problems import Conflict, Missing, Problem
from mendloop.work_orders.access import WorkOrder


@dataclass(frozen=True, slots=True)
class Purchase:
    """A line of the purchase list: so much of a part has to be bought, for this order."""

    short: Short
    coming: Coming


def ask_for_missing(session: Session, actor: Actor, order_id: str, number: str, key: str, source: str = "") -> None:
    """Ask for all that is missing of a part and nobody has asked for; only from `source`, where one is named.

    What lies elsewhere comes by a transfer to whoever has the order, and is held for the order when it arrives. The
    rest goes on the purchase list.
    """
    order = open_order(session, actor, order_id)
    if not is_new_act(session, actor, key, "ask", order_id, number, source):
        return
    hold_again(session, actor, order_id, order.assigned_to)
    missing, wanted = missing_parts(session, actor, order_id), folded(number)
    short = next((each for each in missing if folded(each.number) == wanted), None)
    if short is None:
        raise Conflict(Problem("order_parts.not_missing", params={"part": number}))
    for move in short.moves:
        if source in ("", move.source):
            _have_brought(session, actor, order, short, move)
    if short.buy and source in ("", SUPPLIER):
        _note(session, actor, order, short.number, short.buy, None)
    session.flush()


def purchases(session: Session, actor: Actor) -> list[Purchase]:
    """The purchase list."""
    return purchases_in(missing_parts(session, actor))


def purchases_in(missing: Iterable[Short]) -> list[Purchase]:
    """In the order of the parts' numbers: what somebody wants bought of what is missing."""
    found = [Purchase(short, each) for short in missing for each in short.coming]
    return sorted((each for each in found if each.coming.source == SUPPLIER), key=lambda each: each.short.number)


def note_ordered(session: Session, actor: Actor, request_id: str, ordered: bool) -> None:
    """The supplier has been asked for it, or has not after all."""
    found = session.get(OrderPartRequest, (actor.organisation_id, request_id), with_for_update=True)
    if found is None or found.transfer_id is not None:
        raise Missing
    if bool(found.ordered_at) != ordered:
        found.ordered_at = utc_now() if ordered else None
        found.ordered_by = actor.person_id if ordered else None
    session.flush()


def ask_no_more(session: Session, actor: Actor, order_id: str) -> None:
    """The order is over: what nobody has sent yet need not be sent."""
    take_back_asked(session, actor, _transfers(requests_of(session, actor, order_id)))


def _have_brought(session: Session, actor: Actor, order: WorkOrder, short: Short, move: Move) -> None:
    if short.part is None:
        return
    target = van_of(order.assigned_to) if order.assigned_to else WAREHOUSE
    transfer = ask(session, actor, move.source, target, {short.part.id: move.milli}, new_id(), order.number)
    _note(session, actor, order, short.number, move.milli, transfer.id)


def _note(session: Session, actor: Actor, order: WorkOrder, number: str, milli: int, transfer_id: str | None) -> None:
    session.add(
        OrderPartRequest(
            organisation_id=actor.organisation_id,
            id=new_id(),
            order_id=order.id,
            number=number,
            milli=milli,
            transfer_id=transfer_id,
            asked_by=actor.person_id,
            asked_at=utc_now(),
        )
    )


def _transfers(requests: Iterable[OrderPartRequest]) -> list[str]:
    return [each.transfer_id for each in requests if each.transfer_id]
