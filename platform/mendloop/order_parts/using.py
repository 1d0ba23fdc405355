"""Built in, as it is said on the order's own sheet. Where a step has a field for it, the field says it in the end.

Both may say it of the same part, in either order, and it counts once: a step takes over what the sheet had said before
(inventory/told_again.py), and the sheet says nothing new of what a step had said and whoever pressed had not seen yet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import desk
from mendloop.inventory import services as inventory
from mendloop.inventory.desk import Slip
from mendloop.inventory.undoing import Use, uses_of
from mendloop.order_parts.acts import Asked, as_known, begin_act, known_parts, said
from mendloop.order_parts.following import parts_booked
from mendloop.order_parts.lying import WHOLE, Lying, check_named, lying_at, pieces


@dataclass(frozen=True, slots=True)
class Used(Asked):
    """So much of a part was built in. `seen` of it had been by steps, `seen_here` on the sheet, as far as whoever says
    so knew; None: as much as stock knew."""

    seen: int | None = None
    seen_here: int = 0


def use_parts(session: Session, actor: Actor, order_id: str, asked: Sequence[Used], key: str) -> None:
    """Issued parts were built in."""
    if begin_act(session, actor, order_id, key, "use", order_id, said(asked)) is None:
        return
    asked = as_known(session, actor, asked)
    parts = known_parts(session, actor, asked)
    inventory.lock_parts(session, actor, [part.id for part in parts.values()])
    lying = lying_at(session, actor, order_id)
    uses = {number: uses_of(session, actor, order_id, part.id) for number, part in parts.items()}
    new = [one for each in asked for one in _not_told(each, lying.get(each.number), uses[each.number])]
    portions = [portion for each in new for _, portion in pieces(lying, each)]
    check_named(portions)
    if portions:
        desk.use(session, actor, order_id, portions, None, Slip(key=f"use:{key}"))
    parts_booked(session, actor, order_id)


def used_on_sheet(uses: Iterable[Use]) -> int:
    """How much the sheet said that no step has taken over."""
    return sum(use.milli for use in uses if use.visit is None)


def _not_told(each: Used, lying: Lying | None, uses: Sequence[Use]) -> list[Asked]:
    """What of it no step has said already."""
    by_steps = [use for use in uses if use.visit is not None]
    if each.serial and any(use.serial == each.serial for use in uses):
        return []
    there = lying.milli if lying is not None else 0
    wanted = WHOLE if each.serial else each.milli or there
    unseen = max(_unseen(each, uses), wanted - there)
    left = wanted - max(0, min(unseen, wanted, sum(use.milli for use in by_steps)))
    return [replace(each, milli=left)] if left or not wanted else []


def _unseen(each: Used, uses: Sequence[Use]) -> int:
    """What steps have said, and whoever pressed did not know."""
    if each.seen is None:
        return 0
    here = used_on_sheet(uses)
    total = sum(use.milli for use in uses)
    return min(total - each.seen - each.seen_here, total - here - each.seen)
