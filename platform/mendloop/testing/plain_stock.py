"""Stock as anybody would write it down: a few dictionaries, no database, no money. The ledger is held against it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

WHOLE = 1000
OUTSIDE = ("supplier", "customer", "discrepancy", "adjustment")
FOR_GOOD = {"customer": "used", "scrap": "explained"}
Place = tuple[str, str]


def is_outside(place: str) -> bool:
    return place in OUTSIDE


@dataclass
class Tally:
    """What one order took of one part, and what became of it."""

    issued: int = 0
    used: int = 0
    returned: int = 0
    explained: int = 0

    @property
    def open(self) -> int:
        return self.issued - self.used - self.returned - self.explained


@dataclass
class Use:
    """So much was built in: as a step said, or, without one, as it was said on the order's sheet."""

    milli: int
    visit: str | None
    serial: str | None


@dataclass
class PlainStock:
    """How much is where (part, place), where each serial number is, what is held for whom, what orders took, and what
    they have built in."""

    there: Counter[Place] = field(default_factory=Counter)
    serials: dict[tuple[str, str], str] = field(default_factory=dict)
    held: dict[tuple[str, str, str], int] = field(default_factory=dict)
    orders: dict[tuple[str, str], Tally] = field(default_factory=dict)
    uses: dict[tuple[str, str], list[Use]] = field(default_factory=dict)

    def named(self, part: str, place: str) -> int:
        """How much there has a serial number that is known."""
        return WHOLE * sum(1 for (of, _), at in self.serials.items() if of == part and at == place)

    def unnamed(self, part: str, place: str) -> int:
        return max(0, self.there[part, place] - self.named(part, place))

    def held_at(self, part: str, place: str) -> int:
        return sum(milli for (_, of, at), milli in self.held.items() if (of, at) == (part, place))

    def free(self, part: str, place: str) -> int:
        return self.there[part, place] - self.held_at(part, place)

    def may_move(self, part: str, source: str, milli: int, serial: str | None, order: str | None) -> bool:
        """Whether it is there, is this very one, and is promised to nobody else."""
        known = self.serials.get((part, serial)) if serial else None
        if serial and (milli != WHOLE or not self._this_one(part, source, known)):
            return False
        if is_outside(source):
            return True
        own = min(milli, self.held.get((order or "", part, source), 0))
        enough = self.free(part, source) + own >= milli
        return enough and (bool(serial) or self.unnamed(part, source) >= milli)

    def _this_one(self, part: str, source: str, known: str | None) -> bool:
        if is_outside(source):
            return known is None or is_outside(known)
        return known == source if known is not None else self.unnamed(part, source) >= WHOLE

    def move(
        self,
        part: str,
        source: str,
        target: str,
        milli: int,
        serial: str | None,
        order: str | None,
        visit: str | None = None,
    ) -> None:
        """What may move, moves; what was held for its order there is used up first."""
        if not is_outside(source):
            self.let_go(order or "", part, source, milli)
        self.there[part, source] -= milli
        self.there[part, target] += milli
        if serial:
            self.serials.pop((part, serial), None)
            self.serials[part, serial] = target
        if order:
            self._tally(part, source, target, milli, order)
        if order and (source, target) == (f"order:{order}", "customer"):
            self.uses.setdefault((order, part), []).append(Use(milli, visit, serial))

    def _tally(self, part: str, source: str, target: str, milli: int, order: str) -> None:
        tally, here = self.orders.setdefault((order, part), Tally()), f"order:{order}"
        if target == here:
            back = FOR_GOOD.get(source)
            undone = min(milli, getattr(tally, back)) if back else 0
            if back:
                setattr(tally, back, getattr(tally, back) - undone)
            tally.issued += milli - undone
        elif source == here:
            became = FOR_GOOD.get(target, "returned")
            setattr(tally, became, getattr(tally, became) + milli)

    def built_in(self, order: str, part: str) -> list[Use]:
        """What the order has built in, the oldest first; not what has gone on since."""
        found = self.uses.get((order, part), [])
        return [use for use in found if use.milli and self.serials.get((part, use.serial or "")) in (None, "customer")]

    def hold(self, order: str, part: str, place: str, milli: int) -> int:
        """As much as is free; answers how much that was."""
        found = max(0, min(milli, self.free(part, place)))
        if found:
            self.held[order, part, place] = self.held.get((order, part, place), 0) + found
        return found

    def let_go(self, order: str, part: str, place: str, milli: int) -> None:
        left = self.held.get((order, part, place), 0) - milli
        if left > 0:
            self.held[order, part, place] = left
        else:
            self.held.pop((order, part, place), None)

    def make_room(self, part: str, place: str, milli: int, order: str) -> None:
        """What is gone already was promised in vain: whoever came last loses it first."""
        own = self.held.get((order, part, place), 0)
        for other in [key for key in reversed(self.held) if key[0] != order and key[1:] == (part, place)]:
            short = milli - own - self.free(part, place)
            if short > 0:
                self.let_go(*other, min(short, self.held[other]))


@dataclass(frozen=True)
class FieldStock:
    """What the field says happened, whatever stock says; each answers how much of it stock denies."""

    stock: PlainStock
    part: str
    order: str
    by: str
    milli: int
    serial: str | None
    visit: str = "repair#1"

    @property
    def here(self) -> str:
        return f"order:{self.order}"

    @property
    def van(self) -> str:
        return f"van:{self.by}"

    @property
    def found(self) -> str | None:
        return self.stock.serials.get((self.part, self.serial)) if self.serial and self.milli == WHOLE else None

    def used(self) -> int:
        """What was told before by the sheet is this; what has a serial number is what it was."""
        before = [use for use in self.stock.built_in(self.order, self.part) if self._is_this(use)]
        before.sort(key=lambda use: use.serial == self.serial)
        back = self._take_back(before[::-1], self.milli)
        again = [replace(self, milli=WHOLE, serial=serial) for _, serial in back if serial and not self.serial]
        rest = self.milli - WHOLE * len(again)
        pieces = [*again, *([replace(self, milli=rest)] if rest else [])]
        return sum(named.use() + unsure for piece in pieces for named, unsure in piece.as_named())

    def use(self) -> int:
        """It was built in, whatever had been told before."""
        found = self.found
        denied = self._fetch(found) if found is not None else self._gather()
        self._go(self.here, "customer", self.milli)
        return denied

    def returned(self) -> int:
        """What does not lie at the order any more was built in by it, and comes out of that."""
        self._come_out(self.milli - self.stock.there[self.part, self.here])
        return sum(named.give_back() + unsure for named, unsure in self.as_named())

    def give_back(self) -> int:
        """It goes back to the van of whoever says so."""
        found = self.found
        if found is not None:
            denied = self._fetch(found)
            self._go(self.here, self.van, WHOLE)
            return denied
        there = min(self.stock.unnamed(self.part, self.here), self.milli)
        self._go(self.here, self.van, there)
        self._go("discrepancy", self.van, self.milli - there)
        return self.milli - there

    def taken_out(self, target: str) -> int:
        self._come_out(0)
        found, denied = self.found, 0
        if found == self.here:
            self._go(self.here, target, WHOLE)
            return 0
        if found is not None and not is_outside(found):
            self._go(self._reach(found), "discrepancy", WHOLE)
            denied = WHOLE
        self._go("customer", target, self.milli)
        return denied

    def _is_this(self, use: Use) -> bool:
        return use.serial == self.serial if use.serial and self.serial else use.visit is None

    def _come_out(self, missing: int) -> None:
        """What the order had built in, and is told as back or out, lies there again."""
        built_in = self.stock.built_in(self.order, self.part)[::-1]
        if self.serial:
            self._take_back([use for use in built_in if use.serial == self.serial], WHOLE)
        else:
            self._take_back(built_in, missing)

    def _take_back(self, uses: list[Use], milli: int) -> list[tuple[int, str | None]]:
        found: list[tuple[int, str | None]] = []
        for use in uses:
            if use.serial is not None and use.milli > milli:
                continue
            if share := max(0, min(use.milli, milli)):
                use.milli -= share
                milli -= share
                self.stock.move(self.part, "customer", self.here, share, use.serial, self.order)
                found.append((share, use.serial))
        return found

    def as_named(self) -> Iterator[tuple["FieldStock", int]]:
        """With the serial numbers that are not told and must be meant; and how much of it is a guess."""
        serials = [name for (of, name), at in self.stock.serials.items() if (of, at) == (self.part, self.here)]
        short = max(0, self.milli - self.stock.unnamed(self.part, self.here)) // WHOLE if not self.serial else 0
        unsure = WHOLE * short if short < len(serials) else 0
        if rest := self.milli - WHOLE * len(serials[:short]):
            yield replace(self, milli=rest), unsure
            unsure = 0
        for serial in serials[:short]:
            yield replace(self, milli=WHOLE, serial=serial), unsure
            unsure = 0

    def _go(self, source: str, target: str, milli: int) -> None:
        if milli:
            named = self.serial if milli == WHOLE == self.milli else None
            self.stock.move(self.part, source, target, milli, named, self.order, self.visit)

    def _fetch(self, found: str) -> int:
        if found == self.here:
            return 0
        source = "discrepancy" if is_outside(found) else self._reach(found)
        self._go(source, self.here, WHOLE)
        return 0 if found in (self.van, "warehouse") else WHOLE

    def _reach(self, found: str) -> str:
        if found.startswith("order:") and found != self.here:
            self.stock.move(self.part, found, self.van, WHOLE, self.serial, found.removeprefix("order:"))
            found = self.van
        self.stock.make_room(self.part, found, WHOLE, self.order)
        return found

    def _gather(self) -> int:
        missing = self.milli - min(self.stock.unnamed(self.part, self.here), self.milli)
        for place in (self.van, "warehouse"):
            taken = min(self.stock.unnamed(self.part, place), missing)
            if taken:
                self.stock.make_room(self.part, place, taken, self.order)
                self._go(place, self.here, taken)
                missing -= taken
        self._go("discrepancy", self.here, missing)
        return missing
