"""What was issued and not needed: back to where it came from, in one tap; or built in, where no step asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import desk
from mendloop.inventory import services as inventory
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.locations import SHELVES, kind_of, order_location, removed_by, van_of
from mendloop.inventory.services import Part
from mendloop.order_parts.acts import Asked, is_new_act, known_parts, open_order, said
from mendloop.order_parts.following import parts_booked
from mendloop.order_parts.holding import hold_again
from mendloop.problems import Conflict, Problem, Refusal

WHOLE = 1000


@dataclass(slots=True)
class Lying:
    """What lies at an order of one part: where it came from, the latest last; and the serial numbers that are known."""

    part: Part
    sources: list[tuple[str, int]]
    serials: dict[str, str]

    @property
    def milli(self) -> int:
        """All of it."""
        return sum(milli for _, milli in self.sources)


def lying_at(session: Session, actor: Actor, order_id: str) -> dict[str, Lying]:
    """By part number: what was issued to the order and is not settled."""
    here, found = order_location(order_id), dict[str, Lying]()
    for entry, _, part in inventory.order_entries(session, actor, order_id):
        lying = found.setdefault(part.number, Lying(part, [], {}))
        if entry.to_location == here:
            lying.sources.append((entry.from_location, entry.milli))
            if entry.serial:
                lying.serials[entry.serial] = entry.from_location
        elif entry.from_location == here:
            source = lying.serials.pop(entry.serial, None) if entry.serial else None
            _take(lying, entry.milli, source or entry.to_location)
    return {number: lying for number, lying in found.items() if lying.milli > 0}


def give_back_parts(
    session: Session,
    actor: Actor,
    order_id: str,
    asked: Sequence[Asked],
    key: str,
    *,
    target: str = "",
    defective: bool = False,
) -> None:
    """Back to the shelves they came from, or to `target`; defective ones to the old parts of whoever says so."""
    order = open_order(session, actor, order_id)
    if not is_new_act(session, actor, key, "return", order_id, said(asked), target, defective):
        return
    if target and kind_of(target) not in SHELVES:
        raise Refusal(Problem("order_parts.target_unknown", at="/target"))
    known_parts(session, actor, asked)
    to = removed_by(actor.person_id) if defective else target
    home = van_of(order.assigned_to or actor.person_id)
    portions = _portions(session, actor, order_id, asked, to, home)
    for number, place in enumerate(dict.fromkeys(place for place, _ in portions)):
        own = [portion for each, portion in portions if each == place]
        slip = Slip(key=f"return:{key}:{number}", reason="defective" if defective else None)
        desk.give_back(session, actor, order_id, own, place, slip)
    parts_booked(session, actor, order_id)
    if defective:
        hold_again(session, actor, order_id, order.assigned_to)  # it is wanted once more


def use_parts(session: Session, actor: Actor, order_id: str, asked: Sequence[Asked], key: str) -> None:
    """Issued parts were built in. Where a step has a field for it, the field is where that is said."""
    open_order(session, actor, order_id)
    if not is_new_act(session, actor, key, "use", order_id, said(asked)):
        return
    known_parts(session, actor, asked)
    portions = [portion for _, portion in _portions(session, actor, order_id, asked, "customer", "")]
    desk.use(session, actor, order_id, portions, None, Slip(key=f"use:{key}"))
    parts_booked(session, actor, order_id)


def _portions(
    session: Session, actor: Actor, order_id: str, asked: Sequence[Asked], target: str, home: str
) -> list[tuple[str, Portion]]:
    """Where to, and what. What came from nowhere that stock knew goes to the van of whoever has the order."""
    lying = lying_at(session, actor, order_id)
    found: list[tuple[str, Portion]] = []
    for each in asked:
        there = lying.get(each.number)
        wanted = WHOLE if each.serial else each.milli or (there.milli if there is not None else 0)
        if there is None or wanted > there.milli or (each.serial and _lacks(there, each.serial)):
            left = inventory.quantity_of(there.milli if there is not None else 0)
            raise Conflict(Problem("order_parts.not_that_much_open", params={"part": each.number, "quantity": left}))
        pieces = _named(there, each.serial) if each.serial else _pieces(there, wanted)
        found += [(target or (source if kind_of(source) in SHELVES else home), portion) for source, portion in pieces]
    return found


def _lacks(lying: Lying, serial: str) -> bool:
    """True when it is not here by this number, and nothing lies here that nobody has named."""
    return serial not in lying.serials and lying.milli - WHOLE * len(lying.serials) < WHOLE


def _named(lying: Lying, serial: str) -> list[tuple[str, Portion]]:
    source = lying.serials.pop(serial, None) or lying.sources[-1][0]
    _take(lying, WHOLE, source)
    return [(source, Portion(lying.part, WHOLE, serial))]


def _pieces(lying: Lying, milli: int) -> list[tuple[str, Portion]]:
    """What nobody has named first, the latest first; then one by one what has a serial number."""
    unnamed = min(milli, lying.milli - WHOLE * len(lying.serials))
    found = [(source, Portion(lying.part, share)) for source, share in _take(lying, unnamed)]
    for serial in list(lying.serials)[: (milli - unnamed) // WHOLE]:
        found += _named(lying, serial)
    return found


def _take(lying: Lying, milli: int, source: str = "") -> list[tuple[str, int]]:
    """Take so much away, from `source` first, else from what came last; answers from which sources it was."""
    found: list[tuple[str, int]] = []
    order = sorted(
        range(len(lying.sources)), key=lambda place: (lying.sources[place][0] == source, place), reverse=True
    )
    for place in order:
        share = min(milli, lying.sources[place][1])
        if share:
            lying.sources[place] = (lying.sources[place][0], lying.sources[place][1] - share)
            found.append((lying.sources[place][0], share))
            milli -= share
    lying.sources[:] = [each for each in lying.sources if each[1]]
    return found
