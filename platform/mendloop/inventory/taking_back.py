"""Taking back what was booked at the desk by mistake: the same once more the other way, while nothing has moved on."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.inventory import histories
from mendloop.inventory.layers import POOL
from mendloop.inventory.ledger import Act, Line, NotThere, Posted, know_places, post
from mendloop.inventory.locations import is_outside
from mendloop.inventory.models import Part, StockEntry, StockMovement
from mendloop.inventory.receipts import TAKEN_BACK, UNDO, undone
from mendloop.inventory.reserving import lock_parts, make_room
from mendloop.order_parts.following import parts_booked
from mendloop.order_parts.holding import hold_again
from mendloop.problems import Conflict, Problem, Refusal
from mendloop.work_orders.access import WorkOrder, lock_work_order

LONGEST_WORD = 2000
_DESK = "desk:"
_ACTS = ("received", "moved", "scrapped", "recycled", "sent_back", "issued", "returned")


def may_be_taken_back(session: Session, actor: Actor, movement: StockMovement) -> bool:
    """It was booked at the desk, and nobody has taken it back."""
    return _is_of_desk(movement) and undone_by(session, actor, movement.id) is None


def undone_by(session: Session, actor: Actor, movement_id: str) -> StockMovement | None:
    """The movement that has taken this one back."""
    statement = select(StockMovement).where(
        StockMovement.organisation_id == actor.organisation_id, StockMovement.key == f"{UNDO}{movement_id}"
    )
    return session.execute(statement).scalar_one_or_none()


def undoes(movement: StockMovement) -> str:
    """The id of the movement that this one has taken back; empty where it is another kind."""
    return undone(movement)


def take_back(session: Session, actor: Actor, movement_id: str, why: str) -> Posted:
    """Book it the other way round, to the cent; in a write transaction. Nothing is deleted.

    Refused where something of it has moved on. Taken back once more it is the same movement.
    """
    movement = histories.access_movement(session, actor, movement_id)
    _check(movement, why)
    order = _open_order(session, actor, movement)
    if (known := undone_by(session, actor, movement_id)) is not None:
        return Posted(known.id, again=True)
    entries = histories.entries_of_movement(session, actor, movement_id)
    lines = [_reversed(entry) for entry, _ in entries]
    know_places(session, actor, lines)
    lock_parts(session, actor, [line.part_id for line in lines])
    _refuse_moved_on(session, actor, entries)
    _make_room(session, actor, lines, movement.order_id)
    act = Act(TAKEN_BACK, utc_now(), f"{UNDO}{movement_id}", movement.order_id, movement.visit, None, why.strip())
    try:
        posted = post(session, actor, act, lines)
    except NotThere as error:
        part = next(part for _, part in entries if part.id == error.line.part_id)
        raise _moved_on(part) from error
    if order is not None:
        parts_booked(session, actor, order.id)
        hold_again(session, actor, order.id, order.assigned_to)
    return posted


def _is_of_desk(movement: StockMovement) -> bool:
    return movement.key.startswith(_DESK) and movement.action in _ACTS


def _check(movement: StockMovement, why: str) -> None:
    if not _is_of_desk(movement):
        raise Conflict(Problem("stock.not_of_desk"))
    if not why.strip():
        raise Refusal(Problem("stock.reason_missing", at="/why"))
    if len(why) > LONGEST_WORD:
        raise Refusal(Problem("stock.note_too_long", at="/why", params={"limit": LONGEST_WORD}))


def _open_order(session: Session, actor: Actor, movement: StockMovement) -> WorkOrder | None:
    """The order it was booked for, locked; what a closed order had stays as it is."""
    if movement.order_id is None:
        return None
    order = lock_work_order(session, actor, movement.order_id)
    if order.status != "open":
        raise Conflict(Problem("stock.order_closed", params={"number": order.number}))
    return order


def _reversed(entry: StockEntry) -> Line:
    """Out of the layer it made, for what it came for. What was outside comes back for what it left with."""
    return Line(
        entry.part_id,
        entry.milli,
        entry.to_location,
        entry.from_location,
        value=entry.value,
        serial=entry.serial,
        lot=entry.lot,
        unit=entry.unit,
        layer=entry.to_layer,
    )


def _refuse_moved_on(session: Session, actor: Actor, entries: Iterable[tuple[StockEntry, Part]]) -> None:
    """In a pool everything costs the same: once something has left it, nobody can say what of it this was."""
    for entry, part in entries:
        statement = select(StockEntry.id).where(
            StockEntry.organisation_id == actor.organisation_id,
            StockEntry.part_id == entry.part_id,
            StockEntry.sequence > entry.sequence,
            StockEntry.from_location == entry.to_location,
        )
        if entry.to_layer == POOL and session.execute(statement.limit(1)).first() is not None:
            raise _moved_on(part)


def _make_room(session: Session, actor: Actor, lines: Iterable[Line], order_id: str | None) -> None:
    """What was held of it for orders is missing there again."""
    leaving: dict[tuple[str, str], int] = {}
    for line in lines:
        if not is_outside(line.source):
            leaving[line.part_id, line.source] = leaving.get((line.part_id, line.source), 0) + line.milli
    for (part_id, place), milli in leaving.items():
        make_room(session, actor, part_id, place, milli, order_id)


def _moved_on(part: Part) -> Conflict:
    return Conflict(Problem("stock.moved_on", params={"part": part.number}))
