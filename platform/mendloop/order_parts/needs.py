"""What an order still wants of each planned part: less what has come to it, by itself or by what may stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.inventory.locations import OLD, kind_of, order_location
from mendloop.inventory.receipts import TAKEN_BACK
from mendloop.inventory.services import Part
from mendloop.order_parts.lying import FOR_GOOD
from mendloop.order_parts.models import OrderPartLine
from mendloop.order_parts.stand_ins import stand_ins_for


@dataclass(frozen=True, slots=True)
class Need:
    """A planned line. `part` is None where stock does not know it. `came` was issued and found good, by itself or by
    what stands in; `taken` of it has not gone back."""

    line: OrderPartLine
    part: Part | None
    stand_ins: tuple[Part, ...] = ()
    came: int = 0
    taken: int = 0

    @property
    def wanted(self) -> int:
        """What has still to come. Who gave a part back had no need of it."""
        return max(0, self.line.milli - self.came)

    @property
    def may_come(self) -> int:
        """How much may be issued without a word."""
        return max(0, self.line.milli - self.taken)


def needs_of(session: Session, actor: Actor, order_id: str) -> list[Need]:
    """The order's planned lines, in the order of their numbers."""
    lines = lines_of(session, actor, order_id)
    parts = inventory.parts_by_number(session, actor, [line.number for line in lines])
    instead = stand_ins_for(session, actor, [part.id for part in parts.values()])
    planned = {part.id for part in parts.values()}
    count = _count(session, actor, order_id)
    spare = {part: list(sums) for part, sums in count.items() if part not in planned}
    return [_need(line, parts.get(line.number), instead, count, spare) for line in lines]


def _count(session: Session, actor: Actor, order_id: str) -> dict[str, list[int]]:
    """By part: how much came and was good, and how much of it has not gone back. An issue taken back never was."""
    here, found = order_location(order_id), dict[str, list[int]]()
    for entry, movement, part in inventory.order_entries(session, actor, order_id):
        sums, is_back = found.setdefault(part.id, [0, 0]), movement.action == TAKEN_BACK
        if entry.to_location == here and entry.from_location not in FOR_GOOD:
            sums[0] += entry.milli if not is_back or kind_of(entry.from_location) in OLD else 0
            sums[1] += entry.milli
        elif entry.from_location == here and entry.to_location not in FOR_GOOD:
            sums[0] -= entry.milli if is_back or kind_of(entry.to_location) in OLD else 0
            sums[1] -= entry.milli
    return found


def lines_of(session: Session, actor: Actor, order_id: str) -> list[OrderPartLine]:
    """As they stand."""
    statement = (
        select(OrderPartLine)
        .where(OrderPartLine.organisation_id == actor.organisation_id, OrderPartLine.order_id == order_id)
        .order_by(OrderPartLine.number)
    )
    return list(session.execute(statement).scalars())


def expected_numbers(needs: Sequence[Need]) -> list[str]:
    """The numbers that may come to the order without a word: what is planned, and what stands in for it."""
    meant = [need for need in needs if need.line.milli > 0]
    own = (need.line.number for need in meant)
    others = (part.number for need in meant for part in need.stand_ins)
    return list(dict.fromkeys(chain(own, others)))


def _need(
    line: OrderPartLine,
    part: Part | None,
    instead: dict[str, list[Part]],
    count: dict[str, list[int]],
    spare: dict[str, list[int]],
) -> Need:
    """What stands in for one line cannot stand in for the next one too: it is taken out of `spare`."""
    if part is None:
        return Need(line, None)
    sums = list(count.get(part.id, [0, 0]))
    others = tuple(instead.get(part.id, ()))
    for other in others:
        for place, left in enumerate(spare.get(other.id, [])):
            share = max(0, min(left, line.milli - sums[place]))
            spare[other.id][place] -= share
            sums[place] += share
    return Need(line, part, others, *sums)
