"""Old and defective parts on their way back: each has a tag from the moment it was taken out until it is received."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.inventory import desk
from mendloop.inventory import services as inventory
from mendloop.inventory.counted import named_faults
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.locations import ORDER, QUARANTINE, RECYCLING, REMOVED, SCRAP, SHELVES, WAREHOUSE, kind_of
from mendloop.inventory.parts import lines_at
from mendloop.order_parts.models import OldPart
from mendloop.problems import Conflict, Missing, Problem, Refusal

TARGETS = (QUARANTINE, SCRAP, RECYCLING, WAREHOUSE)
PAGE = 200
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def note_old_parts(session: Session, actor: Actor, order_id: str) -> None:
    """Give a tag to everything that this order's people have taken out and still have."""
    known = {each.id for each in old_parts_of(session, actor, order_id)}
    for entry, movement, _ in inventory.order_entries(session, actor, order_id):
        if kind_of(entry.to_location) != REMOVED or entry.id in known:
            continue
        session.add(
            OldPart(
                organisation_id=actor.organisation_id,
                id=entry.id,
                tag=tag_of(entry.id),
                order_id=order_id,
                part_id=entry.part_id,
                milli=entry.milli,
                serial=entry.serial,
                location=entry.to_location,
                defective=kind_of(entry.from_location) == ORDER,
                taken_at=movement.at,
            )
        )
    session.flush()


def tag_of(entry_id: str) -> str:
    """Ten signs that nobody mistakes for one another, of the id's random end: `R-7KQ2M-0D4XA`."""
    value = int(entry_id.replace("-", ""), 16) & ((1 << 50) - 1)
    signs = "".join(_LETTERS[value >> shift & 31] for shift in range(45, -1, -5))
    return f"R-{signs[:5]}-{signs[5:]}"


def old_parts_of(session: Session, actor: Actor, order_id: str) -> list[OldPart]:
    """All of an order's, as they were taken out."""
    return list(_found(session, actor, OldPart.order_id == order_id))


def waiting_old_parts(session: Session, actor: Actor) -> list[OldPart]:
    """What nobody has received yet, of all orders; the oldest of it, where there is very much."""
    return _still_there(session, actor, list(_found(session, actor, OldPart.received_at.is_(None), PAGE)))


def access_old_part(session: Session, actor: Actor, tag: str) -> OldPart:
    """By what stands on its tag, in whatever letters it was typed."""
    wanted = tag.strip().upper()
    found = next(iter(_found(session, actor, OldPart.tag == wanted)), None)
    if found is None:
        raise Missing
    return found


def receive_old_part(session: Session, actor: Actor, tag: str, target: str) -> OldPart:
    """It has come: into quarantine to be looked at, to scrap, or where it is worth something again."""
    found = access_old_part(session, actor, tag)
    session.refresh(found, with_for_update=True)
    if target not in TARGETS:
        raise Refusal(Problem("order_parts.target_unknown", at="/target"))
    if found.received_at is not None and found.target == target:
        return found
    if found.received_at is not None:
        raise Conflict(Problem("order_parts.received_already", params={"tag": found.tag}))
    part = inventory.parts_by_id(session, actor, [found.part_id])[found.part_id]
    if kind_of(target) in SHELVES and (faults := named_faults(part, found.serial)):
        raise Refusal(faults)
    slip = Slip(key=f"old:{found.id}", note=found.tag)
    desk.move(session, actor, [Portion(part, found.milli, found.serial)], found.location, target, slip)
    found.received_by, found.received_at, found.target = actor.person_id, utc_now(), target
    session.flush()
    return found


def _still_there(session: Session, actor: Actor, waiting: Sequence[OldPart]) -> list[OldPart]:
    """Not what somebody has put elsewhere without its tag: of several that are alike the oldest are gone."""
    places = sorted({old.location for old in waiting})
    left = {(place, line.part.id): line.milli for place in places for line in lines_at(session, actor, place)}
    found = []
    for old in reversed(waiting):
        left[old.location, old.part_id] = left.get((old.location, old.part_id), 0) - old.milli
        found += [old] if left[old.location, old.part_id] >= 0 else []
    return found[::-1]


def _found(
    session: Session, actor: Actor, condition: ColumnElement[bool], most: int | None = None
) -> Iterator[OldPart]:
    statement = (
        select(OldPart)
        .where(OldPart.organisation_id == actor.organisation_id, condition)
        .order_by(OldPart.taken_at, OldPart.id)
        .limit(most)
    )
    yield from session.execute(statement).scalars()
