"""An order's parts on one sheet: planned, held, issued, used, back, explained, what is missing, and what it cost."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.inventory.services import Held, OrderPart, Part
from mendloop.inventory.undoing import Use, uses_by_part
from mendloop.order_parts.explanations import explanations_of, proposed_by_part
from mendloop.order_parts.lacking import held_instead
from mendloop.order_parts.lying import Lying, lying_by
from mendloop.order_parts.missing import Move, Short, missing_parts
from mendloop.order_parts.models import OldPart, OrderPartLine, PartExplanation
from mendloop.order_parts.needs import Need, needs_of
from mendloop.order_parts.old_parts import old_parts_of
from mendloop.order_parts.using import used_on_sheet


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One part. `line` is None where nobody planned it, `part` where stock does not know it. `held_instead` stands in
    and is held in its place. `open` waits to be settled, `proposed` of it is explained and nobody has decided.
    `used_here` of what was built in was said on the sheet and by no step; `serials_used` are the numbers of what was
    built in."""

    number: str
    part: Part | None
    line: OrderPartLine | None
    wanted: int = 0
    held: tuple[Held, ...] = ()
    held_instead: tuple[Move, ...] = ()
    short: Short | None = None
    moved: OrderPart | None = None
    proposed: int = 0
    stand_ins: tuple[Part, ...] = ()
    lying: Lying | None = None
    used_here: int = 0
    serials_used: tuple[str, ...] = ()

    @property
    def planned(self) -> int:
        """How much is meant for the order."""
        return self.line.milli if self.line is not None else 0

    @property
    def open(self) -> int:
        """What was issued and is not settled."""
        return self.moved.open if self.moved is not None else 0

    @property
    def missing(self) -> int:
        """What the order wants and nobody could hold for it."""
        return self.short.milli if self.short is not None else 0


@dataclass(frozen=True, slots=True)
class PartsSheet:
    """All of it; `cost` in minor units. `parts` has every part that is named anywhere on the sheet, by its id."""

    lines: tuple[SheetLine, ...]
    cost: int
    explanations: tuple[PartExplanation, ...]
    old: tuple[OldPart, ...]
    parts: dict[str, Part] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        """True when the order may end, as far as parts are concerned."""
        return all(line.open == 0 for line in self.lines)


def parts_sheet(session: Session, actor: Actor, order_id: str) -> PartsSheet:
    """The sheet as things are now."""
    moved = {each.part.number: each for each in inventory.order_parts(session, actor, order_id)}
    needs = {need.line.number: need for need in needs_of(session, actor, order_id)}
    said = explanations_of(session, actor, order_id)
    old = old_parts_of(session, actor, order_id)
    booked = inventory.order_entries(session, actor, order_id)
    held = inventory.held_for_orders(session, actor, [order_id])
    look = _Look(
        held=held,
        instead=held_instead(session, actor, held),
        short={each.number: each for each in missing_parts(session, actor, order_id)},
        proposed=proposed_by_part(said),
        lying=lying_by(order_id, booked),
        uses=uses_by_part(order_id, booked),
    )
    lines = tuple(look.line(number, needs.get(number), moved.get(number)) for number in sorted(needs.keys() | moved))
    parts = {line.part.id: line.part for line in lines if line.part is not None}
    more = {*(each.part_id for each in said), *(each.part_id for each in old)} - parts.keys()
    parts |= inventory.parts_by_id(session, actor, more)
    return PartsSheet(lines, sum(each.cost for each in moved.values()), tuple(said), tuple(old), parts)


@dataclass(frozen=True, slots=True)
class _Look:
    held: list[Held]
    instead: list[Held]
    short: dict[str, Short]
    proposed: dict[str, int]
    lying: dict[str, Lying]
    uses: dict[str, list[Use]]

    def line(self, number: str, need: Need | None, moved: OrderPart | None) -> SheetLine:
        part = need.part if need is not None else moved.part if moved is not None else None
        uses = self.uses.get(part.id, []) if part is not None else []
        return SheetLine(
            number=number,
            part=part,
            line=need.line if need is not None else None,
            wanted=need.line.wanted if need is not None else 0,
            held=tuple(each for each in self.held if part is not None and each.part_id == part.id),
            held_instead=tuple(self._instead(need)) if need is not None else (),
            short=self.short.get(number),
            moved=moved,
            proposed=self.proposed.get(part.id, 0) if part is not None else 0,
            stand_ins=need.stand_ins if need is not None else (),
            lying=self.lying.get(number),
            used_here=used_on_sheet(uses),
            serials_used=tuple(dict.fromkeys(use.serial for use in uses if use.serial)),
        )

    def _instead(self, need: Need) -> Iterator[Move]:
        for part in need.stand_ins:
            mine = (each for each in self.instead if each.part_id == part.id)
            yield from (Move(part.number, each.location, each.milli) for each in mine)
