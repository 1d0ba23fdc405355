"""A slip at the storekeeper's desk: what it is for, and its lines, which grow as codes are scanned."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from mendloop_engine.json_values import JsonObject
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.database import new_id
from mendloop.inventory import histories, parts
from mendloop.inventory.amounts import MILLI, digits_of, milli_in, quantity_of, units_of, value_in
from mendloop.inventory.balances import unsettled
from mendloop.inventory.counted import named_faults
from mendloop.inventory.desk import Portion
from mendloop.inventory.layers import share
from mendloop.inventory.locations import order_location
from mendloop.inventory.models import Part
from mendloop.inventory.spelling import folded, is_one_serial, serials_in
from mendloop.problems import Conflict, Missing, Problem, Refusal
from mendloop.work_orders.listing import order_by_number as find_order
from mendloop.work_orders.numbering import whole_number

MOST_LINES, MOST_SERIALS = 200, 500
LONGEST_LOT, LONGEST_SERIAL, LONGEST_ORDER = 200, 200, 40


@dataclass(frozen=True, slots=True)
class DeskAct:
    """One thing that is done at the desk, and what its slip asks for: target, source, order, cost, reason."""

    name: str
    asks: frozenset[str]


ACTS = {
    name: DeskAct(name, frozenset(asks))
    for name, *asks in (
        ("receive", "target", "cost", "serials"),
        ("issue", "order", "source", "serials"),
        ("return", "order", "target", "serials"),
        ("move", "source", "target", "serials"),
        ("transfer", "source", "target", "serials"),
        ("scrap", "source", "reason", "serials"),
        ("decide", "source", "target", "reason", "serials"),
    )
}


def act_called(name: str) -> DeskAct:
    """The act, or `Missing`."""
    if name not in ACTS:
        raise Missing
    return ACTS[name]


@dataclass(slots=True)
class SheetLine:
    """One line, as it is written: everything is text until it is booked."""

    part: Part
    quantity: str = "1"
    unit: str = ""
    cost: str = ""
    lot: str = ""
    serials: str = ""
    unknown: str = ""

    @property
    def named(self) -> list[str]:
        """Its serial numbers."""
        return serials_in(self.serials)

    @property
    def units(self) -> list[str]:
        return list(units_of(self.part))


@dataclass(slots=True)
class Sheet:
    """The whole slip. `key` makes it one movement, however often it is sent."""

    act: DeskAct
    key: str = field(default_factory=new_id)
    source: str = ""
    target: str = ""
    order: str = ""
    reason: str = ""
    note: str = ""
    lines: list[SheetLine] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    extra: bool = False
    """More than is planned for the order is to be issued all the same."""

    def add(self, session: Session, actor: Actor, code: str) -> None:
        """What was scanned: a part's number adds one of it, a serial number that very one."""
        code = code.strip()
        if not code:
            return
        if len(self.lines) >= MOST_LINES:
            raise Refusal(Problem("stock.sheet_full", at="/scan", params={"limit": MOST_LINES}))
        part = find_part(session, actor, code)
        if part is not None:
            self._check_expected(session, actor, part)
            self._one_more(part)
            return
        known = histories.part_of_serial(session, actor, code)
        last = self.lines[-1].part if self.lines else None
        if known:
            chosen, found = next((each for each in known if self._line_of(each[0])), known[0])
            self._check_expected(session, actor, chosen)
            self._name(chosen, found.serial)
        elif last is not None and last.serial_tracked:
            self._name(last, code)
        else:
            raise Refusal(Problem("stock.code_unknown", at="/scan", params={"code": code[:60]}))

    def add_piece(self, part: Part, milli: int, serial: str | None) -> None:
        """One more piece, that a tag of its own tells apart."""
        if serial is not None:
            self._name(part, serial)
            return
        line = self._line_of(part)
        if line is None:
            self.lines.append(SheetLine(part, quantity_of(milli), part.unit))
        else:
            line.quantity = quantity_of(milli_in(part, line.quantity, line.unit) + milli)
            line.unit = part.unit

    def drop(self, index: int) -> None:
        """Take a line off again."""
        if 0 <= index < len(self.lines):
            del self.lines[index]

    def _line_of(self, part: Part) -> SheetLine | None:
        return next((line for line in self.lines if line.part.id == part.id), None)

    def _one_more(self, part: Part) -> None:
        line = self._line_of(part)
        if line is None:
            self.lines.append(SheetLine(part, unit=part.unit))
        elif not line.named:
            try:
                line.quantity = quantity_of(milli_in(part, line.quantity) + MILLI)
            except Refusal:
                line.quantity = "1"

    def _name(self, part: Part, serial: str) -> None:
        if not is_one_serial(serial):
            raise Refusal(Problem("stock.code_unknown", at="/scan", params={"code": serial[:60]}))
        line = self._line_of(part)
        if line is None:
            line = SheetLine(part, unit=part.unit)
            self.lines.append(line)
        if folded(serial) in map(folded, line.named):
            raise Refusal(Problem("stock.serial_twice", at="/scan", params={"serial": serial[:60]}))
        line.serials = "\n".join([*line.named, serial])
        line.quantity, line.unit = str(len(line.named)), part.unit

    def _check_expected(self, session: Session, actor: Actor, part: Part) -> None:
        """Only what an order has can come back from it."""
        if self.act.name != "return":
            return
        found = order_by_number(session, actor, self.order)
        there = unsettled(session, actor, found.id) if found is not None else []
        if found is not None and part.id not in {line.part.id for line in there}:
            expected = [line.part.number for line in there]
            raise Refusal(Problem("stock.not_at_order", at="/scan", params={"part": part.number, "expected": expected}))


@dataclass(frozen=True, slots=True)
class OrderFound:
    """An order as the desk needs it."""

    id: str
    number: str
    is_open: bool


def order_by_number(session: Session, actor: Actor, number: str) -> OrderFound | None:
    """The order with this number, however its letters are written; `13` is number 13 of this year."""
    if not 0 < len(number.strip()) <= LONGEST_ORDER:
        return None
    order = find_order(session, actor, number) or find_order(session, actor, whole_number(session, actor, number))
    return OrderFound(order.id, order.number, order.status not in ("ended", "cancelled")) if order else None


def find_part(session: Session, actor: Actor, code: str) -> Part | None:
    """The part with this number, in capital or in small letters."""
    return parts.part_by_number(session, actor, code)


@dataclass(frozen=True, slots=True)
class Worded:
    """A line as it is to be booked; `value` is what all of it cost, None where nobody knows yet."""

    portion: Portion
    value: int | None


def worded(
    session: Session, actor: Actor, lines: Iterable[SheetLine], *, with_serials: bool, with_cost: bool = False
) -> list[Worded]:
    """What the lines say, exactly; refused with everything that is wrong with them at once.

    `with_serials`: parts that have serial numbers must name each one. `with_cost`: each line says what it cost, or that
    nobody knows yet.
    """
    digits = digits_of(session, actor)
    found: list[Worded] = []
    problems: list[Problem] = []
    for index, line in enumerate(lines):
        try:
            if with_cost:
                _check_cost(line, f"/lines/{index}/cost")
            found += words_of_line(line, digits, f"/lines/{index}", with_serials=with_serials)
        except Refusal as refusal:
            problems += refusal.problems
    if not found and not problems:
        problems.append(Problem("stock.sheet_empty", at="/scan"))
    if problems:
        raise Refusal(problems)
    return found


def words_of_line(line: SheetLine, digits: int, at: str, *, with_serials: bool) -> list[Worded]:
    """One line; what all of it cost is shared out to its serial numbers, to the cent."""
    milli = milli_in(line.part, line.quantity, line.unit, f"{at}/quantity")
    value = None if line.unknown else value_in(line.cost, digits, f"{at}/cost")
    lot, unit, named = line.lot.strip() or None, line.unit or None, line.named
    if lot and len(lot) > LONGEST_LOT:
        raise Refusal(Problem("stock.lot_too_long", at=f"{at}/lot", params={"limit": LONGEST_LOT}))
    if not named and with_serials and (faults := named_faults(line.part, None, f"{at}/serials")):
        raise Refusal(faults)
    if not named:
        return [Worded(Portion(line.part, milli, None, lot, unit), value)]
    _check_serials(line, named, milli, f"{at}/serials")
    each = [share(value or 0, number, len(named)) for number in range(len(named) + 1)]
    return [
        Worded(Portion(line.part, MILLI, serial, lot, unit), None if value is None else each[number + 1] - each[number])
        for number, serial in enumerate(named)
    ]


def _check_cost(line: SheetLine, at: str) -> None:
    """Nothing written is not nothing paid: 0 is written, and what is not known yet is said to be so."""
    if not line.cost.strip() and not line.unknown:
        raise Refusal(Problem("stock.cost_missing", at=at, params={"part": line.part.number}))
    if line.cost.strip() and line.unknown:
        raise Refusal(Problem("stock.cost_both", at=at, params={"part": line.part.number}))


def _check_serials(line: SheetLine, named: list[str], milli: int, at: str) -> None:
    if len(named) * MILLI != milli:
        params: JsonObject = {"part": line.part.number, "quantity": quantity_of(milli), "named": len(named)}
        raise Refusal(Problem("stock.serials_differ", at=at, params=params))
    alike = [folded(each) for each in named]
    if len(set(alike)) != len(alike):
        twice = next(each for each in named if alike.count(folded(each)) > 1)
        raise Refusal(Problem("stock.serial_twice", at=at, params={"serial": twice[:60]}))
    if len(named) > MOST_SERIALS or max(map(len, named)) > LONGEST_SERIAL:
        raise Refusal(Problem("stock.serials_too_many", at=at, params={"limit": MOST_SERIALS}))


def order_of(session: Session, actor: Actor, sheet: Sheet) -> OrderFound:
    """The order that the slip names; refused when there is none, or nothing can be issued to it any more."""
    found = order_by_number(session, actor, sheet.order)
    if found is None:
        raise Refusal(Problem("stock.order_unknown", at="/order", params={"number": sheet.order[:40]}))
    if sheet.act.name == "issue" and not found.is_open:
        raise Conflict(Problem("stock.order_closed", at="/order", params={"number": found.number}))
    return found


def place_taken_from(session: Session, actor: Actor, sheet: Sheet) -> str:
    """Where the slip takes parts from, empty where they come from outside or nobody has said yet."""
    if sheet.act.name == "return":
        found = order_by_number(session, actor, sheet.order)
        return order_location(found.id) if found is not None else ""
    return sheet.source if "source" in sheet.act.asks else ""
