"""Holding an order's parts: from the van of whoever has the order, then from the warehouses."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.order_parts.needs import Need, lines_of, needs_of
from mendloop.order_parts.waiting import offer


def hold_again(session: Session, actor: Actor, order_id: str, person: str | None) -> None:
    """Let go of what is held for the order and hold what it wants now, as near to `person` as it is to be had."""
    needs = needs_of(session, actor, order_id)
    places = places_for(session, actor, person)
    held = _held_by_part(session, actor, order_id)
    wanted = _to_hold(needs, _held_by_part(session, actor, order_id, places))
    for part_id in sorted(held.keys() | wanted.keys()):  # parts are locked in this order everywhere
        if part_id in held:
            inventory.release_part(session, actor, order_id, part_id, held[part_id])
        if wanted.get(part_id):
            inventory.reserve_part(session, actor, order_id, part_id, wanted[part_id], places)
    _note_wanted(session, needs)
    offer(session, actor, held)


def hold_no_more_than_wanted(session: Session, actor: Actor, order_id: str) -> None:
    """After parts have moved: what the order wants no longer is free for others."""
    needs = needs_of(session, actor, order_id)
    held = _held_by_part(session, actor, order_id)
    wanted = _to_hold(needs, held)
    too_much = {part: held[part] - wanted.get(part, 0) for part in sorted(held) if held[part] > wanted.get(part, 0)}
    for part_id, milli in too_much.items():
        inventory.release_part(session, actor, order_id, part_id, milli)
    _note_wanted(session, needs)
    offer(session, actor, too_much)


def hold_nothing(session: Session, actor: Actor, order_id: str) -> None:
    """The order is over: it wants nothing, and holds nothing. In this order: nobody holds anything for it meanwhile."""
    for line in lines_of(session, actor, order_id):
        line.wanted = 0
    session.flush()
    held = _held_by_part(session, actor, order_id)
    inventory.release_order(session, actor, order_id)
    offer(session, actor, held)


def places_for(session: Session, actor: Actor, person: str | None) -> list[str]:
    """Where an order's parts are looked for, nearest first."""
    stores = inventory.places_of_kind(session, actor, WAREHOUSE)
    return [*([van_of(person)] if person else []), WAREHOUSE, *(each for each in stores if each != WAREHOUSE)]


def _held_by_part(
    session: Session, actor: Actor, order_id: str, places: Collection[str] | None = None
) -> dict[str, int]:
    """Everywhere, or at these places."""
    found: dict[str, int] = {}
    for held in inventory.held_for_orders(session, actor, [order_id]):
        if places is None or held.location in places:
            found[held.part_id] = found.get(held.part_id, 0) + held.milli
    return found


def _to_hold(needs: Sequence[Need], held: Mapping[str, int]) -> dict[str, int]:
    """By part: what is wanted. What is held already of a part that stands in, because it was asked for, goes on being
    held, and so much less of the one that is meant."""
    wanted = {need.part.id: need.wanted for need in needs if need.part is not None}
    planned = set(wanted)
    for need in needs:
        for other in need.stand_ins:
            if need.part is None or other.id in planned:
                continue
            kept = min(wanted[need.part.id], held.get(other.id, 0) - wanted.get(other.id, 0))
            if kept > 0:
                wanted[need.part.id] -= kept
                wanted[other.id] = wanted.get(other.id, 0) + kept
    return wanted


def _note_wanted(session: Session, needs: Iterable[Need]) -> None:
    for need in needs:
        need.line.wanted = need.wanted
    session.flush()
