"""What lies at an order: where each part came from, which serial numbers are known, and which of them are meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.inventory.counted import named_faults
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import CUSTOMER, SCRAP, order_location
from mendloop.inventory.services import Part
from mendloop.inventory.undoing import Booked
from mendloop.order_parts.acts import Asked
from mendloop.problems import Conflict, Problem, Refusal

WHOLE = 1000
FOR_GOOD = (CUSTOMER, SCRAP)
Source = tuple[str, int]
"""So much came from there."""


@dataclass(slots=True)
class Lying:
    """What lies at an order of one part: where it came from, the latest last; and the serial numbers that are known.

    `gone` is what was built in or written off, by where it had come from: it may come back. `homes` are where those
    with serial numbers first came from.
    """

    part: Part
    sources: list[Source] = field(default_factory=list)
    serials: dict[str, str] = field(default_factory=dict)
    gone: list[Source] = field(default_factory=list)
    homes: dict[str, str] = field(default_factory=dict)

    @property
    def milli(self) -> int:
        """All of it."""
        return sum(milli for _, milli in self.sources)

    @property
    def unnamed(self) -> int:
        """What nothing tells apart."""
        return self.milli - WHOLE * len(self.serials)


def lying_at(session: Session, actor: Actor, order_id: str) -> dict[str, Lying]:
    """By part number: what was issued to the order and is not settled."""
    return lying_by(order_id, inventory.order_entries(session, actor, order_id))


def lying_by(order_id: str, booked: Iterable[Booked]) -> dict[str, Lying]:
    """The same, by all that was booked for the order."""
    here, found = order_location(order_id), dict[str, Lying]()
    for entry, _, part in booked:
        lying = found.setdefault(part.number, Lying(part))
        if entry.to_location == here:
            _arrive(lying, entry.from_location, entry.milli, entry.serial)
        elif entry.from_location == here:
            source = lying.serials.pop(entry.serial, None) if entry.serial else None
            taken = _take(lying.sources, entry.milli, source or entry.to_location)
            lying.gone += taken if entry.to_location in FOR_GOOD else []
    return {number: lying for number, lying in found.items() if lying.milli > 0}


def pieces(lying: dict[str, Lying], each: Asked) -> list[tuple[str, Portion]]:
    """What is meant, each with where it came from; it lies there no longer. All of it where no quantity is named."""
    there = lying.get(each.number)
    wanted = WHOLE if each.serial else each.milli or (there.milli if there is not None else 0)
    if there is None or wanted > there.milli or (each.serial and _lacks(there, each.serial)):
        left = inventory.quantity_of(there.milli if there is not None else 0)
        raise Conflict(Problem("order_parts.not_that_much_open", params={"part": each.number, "quantity": left}))
    return _named(there, each.serial) if each.serial else _unnamed_first(there, wanted)


def check_named(portions: Iterable[Portion]) -> None:
    """Refused where one with a serial number would go to a shelf, or into a machine, by no number."""
    faults = [problem for each in portions for problem in named_faults(each.part, each.serial)]
    if faults:
        raise Refusal(faults)


def check_serials(each: Asked, serials: Sequence[str], unnamed: int) -> None:
    """Refused where the one with a serial number must be meant, and there are more of those than are meant."""
    named = (each.milli or 0) - unnamed
    if each.serial is None and serials and 0 < named < WHOLE * len(serials):
        params = {"part": each.number, "serials": list(serials)}
        raise Conflict(Problem("order_parts.which_serial", at="/serial", params=params))


def _arrive(lying: Lying, source: str, milli: int, serial: str | None) -> None:
    """What comes back after it had gone for good came from where it had come from then."""
    came = _take(lying.gone, milli, lying.homes.get(serial or "", "")) if source in FOR_GOOD else []
    rest = milli - sum(share for _, share in came)
    lying.sources += [*came, *([(source, rest)] if rest else [])]
    if serial:
        lying.serials[serial] = lying.homes[serial] = lying.sources[-1][0]


def _lacks(lying: Lying, serial: str) -> bool:
    """True when it is not here by this number, and nothing lies here that nobody has named."""
    return serial not in lying.serials and lying.unnamed < WHOLE


def _named(lying: Lying, serial: str) -> list[tuple[str, Portion]]:
    source = lying.serials.pop(serial, None) or lying.sources[-1][0]
    _take(lying.sources, WHOLE, source)
    return [(source, Portion(lying.part, WHOLE, serial))]


def _unnamed_first(lying: Lying, milli: int) -> list[tuple[str, Portion]]:
    """What nobody has named first, the latest first; then all that have serial numbers, or nobody knows which."""
    check_serials(Asked(lying.part.number, milli), list(lying.serials), lying.unnamed)
    unnamed = min(milli, lying.unnamed)
    found = [(source, Portion(lying.part, share)) for source, share in _take(lying.sources, unnamed)]
    for serial in list(lying.serials)[: (milli - unnamed) // WHOLE]:
        found += _named(lying, serial)
    return found


def _take(sources: list[Source], milli: int, first: str = "") -> list[Source]:
    """Take so much away, from `first` first, else from what came last; answers from which sources it was."""
    found: list[Source] = []
    for place in sorted(range(len(sources)), key=lambda place: (sources[place][0] == first, place), reverse=True):
        source, there = sources[place]
        if share := min(milli, there):
            sources[place] = (source, there - share)
            found.append((source, share))
            milli -= share
    sources[:] = [each for each in sources if each[1]]
    return found
