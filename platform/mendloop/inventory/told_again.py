"""What a step says about parts of which something was said before: the same part is not used twice, nor lost.

A step's answer is the whole of what its visit did. What was told as used on the order's sheet, and that no step has
said since, is that use: it is taken back, and used by the step. What comes back, or out, of what the order had built in
is taken out of that for what it was used for. Where only parts with serial numbers lie at the order and none is told,
it was those; where there are more of them than were used, somebody must look which.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import rows
from mendloop.inventory.counted import is_counted
from mendloop.inventory.field_facts import Denied, PartFact, Scene, book_fact
from mendloop.inventory.ledger import WHOLE, Act
from mendloop.inventory.locations import order_location
from mendloop.inventory.models import Part
from mendloop.inventory.rows import PartKey
from mendloop.inventory.spelling import folded
from mendloop.inventory.undoing import TOLD_AGAIN, UNUSED, Use, latest, serials_at, take_back, uses_of


def book_told(session: Session, actor: Actor, scene: Scene, part: Part, fact: PartFact) -> Denied | None:
    """Book one fact, with what was said before in mind; answers what stock denied of it."""
    telling = _Told(session, actor, scene, part)
    facts = telling.used_before(fact) if fact.action == "used" else [telling.come_out(fact)]
    denied: list[Denied] = []
    doubtful: list[Denied] = []
    for each in (named for one in facts for named in telling.named(one, denied)):
        said = book_fact(session, actor, scene, part, each)
        denied += [said] if said is not None else []
        doubtful += _doubts(part, each)
    denied = denied or doubtful
    found = next((each.found for each in denied if each.found), None)
    return Denied(sum(each.milli for each in denied), found, denied[0].why) if denied else None


@dataclass(frozen=True, slots=True)
class _Told:
    session: Session
    actor: Actor
    scene: Scene
    part: Part

    @property
    def here(self) -> str:
        return order_location(self.scene.order_id)

    def used_before(self, fact: PartFact) -> list[PartFact]:
        """The fact in pieces: those that the sheet had told, by the serial numbers told there, and the rest."""
        told = sorted(
            (use for use in self._uses() if _is_told_again(use, fact)), key=lambda use: _same(use.serial, fact.serial)
        )
        uses = latest(told, fact.milli)
        self._take_back(uses, TOLD_AGAIN)
        named = [replace(fact, milli=use.milli, serial=use.serial) for use in uses if use.serial and not fact.serial]
        rest = fact.milli - sum(each.milli for each in named)
        return [*named, *([replace(fact, milli=rest)] if rest else [])]

    def come_out(self, fact: PartFact) -> PartFact:
        """What lies at the order no longer, and was built in by it, lies there again."""
        if fact.serial:
            self._take_back(latest([use for use in self._uses() if _same(use.serial, fact.serial)], WHOLE), None)
        elif fact.action == "returned":
            lying = rows.on_hand(self.session, PartKey(self.actor.organisation_id, self.part.id), self.here)
            self._take_back(latest(self._uses(), max(0, fact.milli - lying)), None)
        return fact

    def named(self, fact: PartFact, denied: list[Denied]) -> Iterator[PartFact]:
        """The fact with the serial numbers that it does not tell, where only such parts can be meant."""
        serials = self._meant(fact) if fact.serial is None and fact.action in ("used", "returned") else []
        short = self._short(fact) // WHOLE if serials else 0
        if short and short < len(serials):
            denied.append(Denied(short * WHOLE, self.here))
        rest = fact.milli - WHOLE * len(serials[:short])
        yield from ([replace(fact, milli=rest)] if rest else [])
        yield from (replace(fact, milli=WHOLE, serial=serial) for serial in serials[:short])

    def _meant(self, fact: PartFact) -> list[str]:
        return serials_at(self.session, self.actor, self.part.id, self.here) if self._short(fact) >= WHOLE else []

    def _short(self, fact: PartFact) -> int:
        """How much of the fact nothing that lies unnamed at the order accounts for."""
        key = PartKey(self.actor.organisation_id, self.part.id)
        named = WHOLE * rows.count_serials(self.session, key, self.here)
        return fact.milli - max(0, rows.on_hand(self.session, key, self.here) - named)

    def _uses(self) -> list[Use]:
        return uses_of(self.session, self.actor, self.scene.order_id, self.part.id)

    def _take_back(self, uses: list[Use], reason: str | None) -> None:
        if uses:
            act = Act(UNUSED, self.scene.at, "", self.scene.order_id, None, reason)
            take_back(self.session, self.actor, self.part.id, uses, act)


def _doubts(part: Part, fact: PartFact) -> list[Denied]:
    """It is booked as it was told; a piece of one, or one by no serial number, is something to look at."""
    if fact.milli % WHOLE and is_counted(part):
        return [Denied(fact.milli, why="in_pieces")]
    if part.serial_tracked and fact.serial is None and fact.action in ("used", "returned"):
        return [Denied(fact.milli, why="unnamed")]
    return []


def _is_told_again(use: Use, fact: PartFact) -> bool:
    """What the sheet said, unless the serial numbers differ; or the very one that was built in before."""
    if use.serial and fact.serial:
        return _same(use.serial, fact.serial)
    return use.visit is None


def _same(one: str | None, other: str | None) -> bool:
    """Whatever letters are capitals."""
    return folded(one or "") == folded(other or "")
