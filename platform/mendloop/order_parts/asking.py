"""Asking for what an order misses: to have it brought from where it lies, or bought. Asked twice, it is asked once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.inventory.locations import SUPPLIER
from mendloop.inventory.on_the_way import (
    ASKED,
    REFUSED,
    StockTransfer,
    ask,
    asked_parts,
    take_back_asked,
    transfers_by_id,
)
from mendloop.inventory.services import parts_by_number
from mendloop.inventory.spelling import folded
from mendloop.order_parts.acts import begin_act
from mendloop.order_parts.coming import Coming, requests_of
from mendloop.order_parts.holding import hold_again
from mendloop.order_parts.missing import Move, Short, missing_parts, place_of
from mendloop.order_parts.models import OrderPartRequest
from mendloop.problems import Conflict, Missing, Problem
from mendloop.work_orders.access import WorkOrder, access_work_order


@dataclass(frozen=True, slots=True)
class Purchase:
    """A line of the purchase list: so much of a part has to be bought, for this order."""

    short: Short
    coming: Coming


def ask_for_missing(
    session: Session, actor: Actor, order_id: str, number: str, key: str, source: str = "", instead: str = ""
) -> None:
    """Ask for all that is missing of a part and nobody has asked for; only from `source`, where one is named.

    What lies elsewhere comes by a transfer to whoever has the order, and is held for the order when it arrives. The
    rest goes on the purchase list. `instead`: the number of a part that stands in, which is brought in its place.
    """
    said = (order_id, number, source, *([instead] if instead else []))
    order = begin_act(session, actor, order_id, key, "ask", *said)
    if order is None:
        return
    hold_again(session, actor, order_id, order.assigned_to)
    missing, wanted = missing_parts(session, actor, order_id), folded(number)
    short = next((each for each in missing if folded(each.number) == wanted), None)
    if short is None:
        raise Conflict(Problem("order_parts.not_missing", params={"part": number}))
    for move in _moves(short, instead):
        if source in ("", move.source) and move.source != short.target:
            _have_brought(session, actor, order, short, move)
    if short.buy and not instead and source in ("", SUPPLIER):
        _note(session, actor, order, short.number, short.buy, None)
    session.flush()


def _moves(short: Short, instead: str) -> list[Move]:
    """Where the part itself lies, or the one that stands in for it."""
    return [each for each in short.instead if folded(each.number) == folded(instead)] if instead else [*short.moves]


def follow_order(session: Session, actor: Actor, order_id: str, person: str | None) -> None:
    """The order has changed hands: its parts are held anew, and what was asked for goes to whoever has it now.

    A transfer to another place that nobody has sent is closed, and asked for anew as far as something is missing still:
    both stand in the books, and a slip that was begun for the first one cannot send it astray. What is on its way
    stays there, and arrives where it was sent.
    """
    target = place_of(person)
    requests = {each.transfer_id: each for each in requests_of(session, actor, order_id) if each.transfer_id}
    transfers = transfers_by_id(session, actor, requests)
    astray = [each for each in transfers.values() if each.state == ASKED and each.target != target]
    take_back_asked(session, actor, [each.id for each in astray])
    hold_again(session, actor, order_id, person)
    if astray:
        again = [(requests[each.id], each) for each in astray if each.state == REFUSED and each.source != target]
        _ask_anew(session, actor, access_work_order(session, actor, order_id), again, target)


def _ask_anew(
    session: Session,
    actor: Actor,
    order: WorkOrder,
    again: Sequence[tuple[OrderPartRequest, StockTransfer]],
    target: str,
) -> None:
    """From the same places to the new one; what could be held there need not come."""
    parts = asked_parts(session, actor, [transfer.id for _, transfer in again])
    missing = missing_parts(session, actor, order.id)
    left = {short.number: short.milli - sum(each.milli for each in short.coming) for short in missing}
    for request, transfer in sorted(again, key=lambda each: each[0].id):
        milli = min(request.milli, left.get(request.number, 0))
        if milli > 0:
            part = parts[transfer.id][0]
            new = ask(session, actor, transfer.source, target, {part.id: milli}, new_id(), order.number)
            _note(session, actor, order, request.number, milli, new.id)
            left[request.number] -= milli
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
    part = parts_by_number(session, actor, [move.number])[move.number]
    transfer = ask(session, actor, move.source, short.target, {part.id: move.milli}, new_id(), order.number)
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
