"""Which pieces are meant when somebody takes what has serial numbers and tells none: those near by, without choice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.counted import WHOLE
from mendloop.inventory.services import Part
from mendloop.inventory.undoing import serials_at
from mendloop.order_parts.acts import Asked


def with_only_ones(
    session: Session, actor: Actor, asked: Sequence[Asked], parts: Mapping[str, Part], places: Mapping[str, list[str]]
) -> list[Asked]:
    """The same with serial numbers where nothing else can be meant. `places`: where each part would come from."""
    found: list[Asked] = []
    for each in asked:
        part = parts[each.number]
        if each.serial or not part.serial_tracked:
            found.append(each)
            continue
        told = {other.serial for other in asked if other.number == each.number}
        only = _only_ones(session, actor, part, places[each.number], told)
        found += _named(each, only) if len(only) * WHOLE == (each.milli or WHOLE) else [each]
    return found


def _only_ones(session: Session, actor: Actor, part: Part, places: Sequence[str], told: set[str | None]) -> list[str]:
    """What nobody has told of the nearest place that has any."""
    for place in places:
        here = [serial for serial in serials_at(session, actor, part.id, place) if serial not in told]
        if here:
            return here
    return []


def _named(each: Asked, serials: Sequence[str]) -> Iterator[Asked]:
    for serial in serials:
        yield replace(each, milli=WHOLE, serial=serial)
