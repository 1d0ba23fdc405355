"""What an order still wants of each planned part: less what has come to it, by itself or by what may stand in."""

from dataclasses import dataclass
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.inventory.services import Part
from mendloop.order_parts.models import OrderPartLine
from mendloop.order_parts.stand_ins import stand_ins_for


@dataclass(frozen=True, slots=True)
class Need:
    """A planned line. `part` is None where stock does not know it; `taken` has come to the order and stayed there,
    `stood_in` of it by other parts."""

    line: OrderPartLine
    part: Part | None
    stand_ins: tuple[Part, ...]
    taken: int
    stood_in: int

    @property
    def wanted(self) -> int:
        """What has still to come."""
        return max(0, self.line.milli - self.taken)


def needs_of(session: Session, actor: Actor, order_id: str) -> list[Need]:
    """The order's planned lines, in the order of their numbers."""
    lines = lines_of(session, actor, order_id)
    parts = inventory.parts_by_number(session, actor, [line.number for line in lines])
    instead = stand_ins_for(session, actor, [part.id for part in parts.values()])
    came = {each.part.id: each.issued - each.returned for each in inventory.order_parts(session, actor, order_id)}
    planned = {part.id for part in parts.values()}
    spare = {part: milli for part, milli in came.items() if part not in planned}
    return [_need(line, parts.get(line.number), instead, came, spare) for line in lines]


def lines_of(session: Session, actor: Actor, order_id: str) -> list[OrderPartLine]:
    """As they stand."""
    statement = (
        select(OrderPartLine)
        .where(OrderPartLine.organisation_id == actor.organisation_id, OrderPartLine.order_id == order_id)
        .order_by(OrderPartLine.number)
    )
    return list(session.execute(statement).scalars())


def expected_numbers(needs: list[Need]) -> list[str]:
    """The numbers that may come to the order without a word: what is planned, and what stands in for it."""
    meant = [need for need in needs if need.line.milli > 0]
    own = (need.line.number for need in meant)
    others = (part.number for need in meant for part in need.stand_ins)
    return list(dict.fromkeys(chain(own, others)))


def _need(
    line: OrderPartLine, part: Part | None, instead: dict[str, list[Part]], came: dict[str, int], spare: dict[str, int]
) -> Need:
    """What stands in for one line cannot stand in for the next one too: it is taken out of `spare`."""
    if part is None:
        return Need(line, None, (), 0, 0)
    own, others = came.get(part.id, 0), tuple(instead.get(part.id, ()))
    stood_in = 0
    for other in others:
        share = max(0, min(spare.get(other.id, 0), line.milli - own - stood_in))
        spare[other.id] = spare.get(other.id, 0) - share
        stood_in += share
    return Need(line, part, others, own + stood_in, stood_in)
