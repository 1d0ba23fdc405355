"""How much of its planned lines an order lacks: what it wants, less what is held for it, also in another's place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.inventory.services import Held, Part
from mendloop.order_parts.models import OrderPartLine
from mendloop.order_parts.stand_ins import stand_ins_for

Missed: TypeAlias = tuple[OrderPartLine, Part | None, int]
"""A line, its part if there is one by its number, and how much of it is missing."""


def lacking(session: Session, actor: Actor, lines: Sequence[OrderPartLine]) -> Iterator[Missed]:
    """Those of these lines that lack something."""
    parts = inventory.parts_by_number(session, actor, [line.number for line in lines])
    held = inventory.held_for_orders(session, actor, {line.order_id for line in lines})
    own = sums_of(held)
    short = [(line, part, milli) for line, part, milli in _by_themselves(lines, parts, own) if milli > 0]
    instead = stand_ins_for(session, actor, [part.id for _, part, _ in short if part is not None]) if held else {}
    spare = sums_of(held_instead(session, actor, held)) if instead else {}
    for line, part, milli in short:
        left = milli
        for other in instead.get(part.id, ()) if part is not None else ():
            share = min(left, spare.get((line.order_id, other.id), 0))
            if share:
                spare[line.order_id, other.id] -= share
                left -= share
        if left:
            yield line, part, left


def held_instead(session: Session, actor: Actor, held: Sequence[Held]) -> list[Held]:
    """Of what is held for orders, that of parts which are not planned for them: it is there in the place of others."""
    parts = inventory.parts_by_id(session, actor, {each.part_id for each in held})
    line = OrderPartLine
    statement = select(line.order_id, line.number).where(
        line.organisation_id == actor.organisation_id,
        line.order_id.in_(sorted({each.order_id for each in held})),
        line.number.in_(sorted({part.number for part in parts.values()})),
    )
    planned = {(order, number) for order, number in session.execute(statement)}
    return [each for each in held if (each.order_id, parts[each.part_id].number) not in planned]


def sums_of(held: Iterable[Held]) -> dict[tuple[str, str], int]:
    """By order and part, wherever it lies."""
    found: dict[tuple[str, str], int] = {}
    for each in held:
        found[each.order_id, each.part_id] = found.get((each.order_id, each.part_id), 0) + each.milli
    return found


def _by_themselves(
    lines: Iterable[OrderPartLine], parts: Mapping[str, Part], held: Mapping[tuple[str, str], int]
) -> Iterator[Missed]:
    for line in lines:
        part = parts.get(line.number)
        yield line, part, line.wanted - (held.get((line.order_id, part.id), 0) if part is not None else 0)
