"""Posting: a movement is written once, with its entries, and every balance follows; in the caller's write transaction.

Two ends to every entry, in quantity and in value. Nothing leaves a shelf that is not there: one conditional UPDATE
decides, and the database's own checks stand behind it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from mendloop_engine.canonical import canonical_text
from mendloop_engine.json_values import JsonObject
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.inventory import rows
from mendloop.inventory.arriving import tell_of_arrivals
from mendloop.inventory.layers import POOL, Layer, Piece, as_it_came, joined, leaving, share
from mendloop.inventory.locations import CUSTOMER, ORDER, SUPPLIER, is_outside, kind_of, owner_of
from mendloop.inventory.receipts import TAKEN_BACK, last_receipt
from mendloop.inventory.rows import PartKey
from mendloop.problems import Conflict, Problem, Refusal

WHOLE = 1000
"""One of something that is counted, in thousandths."""
LONGEST = {"key": 80, "reason": 60, "note": 2000, "visit": 80, "serial": 200, "lot": 200, "unit": 20, "location": 60}
"""How many characters are kept."""


@dataclass(frozen=True, slots=True)
class Act:
    """What was done, when and why. `key` is the asker's own: the same key twice is one movement."""

    action: str
    at: dt.datetime
    key: str = ""
    order_id: str | None = None
    visit: str | None = None
    reason: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """`milli` of a part from `source` to `target`.

    What comes from outside says its `value`, in minor units, or it costs what the part cost when it last came in;
    from a customer it costs nothing. What comes back from there says how old it is: since which of the part's entries.
    What is taken back leaves the `layer` that it came into, for the `value` it came for.
    """

    part_id: str
    milli: int
    source: str
    target: str
    value: int | None = None
    serial: str | None = None
    lot: str | None = None
    unit: str | None = None
    since: int | None = None
    layer: int | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """The movement's id; `again` when it had been posted before, and nothing was done now."""

    movement_id: str
    again: bool = False


class NotThere(Conflict):
    """The place does not hold that much of the part, or not this one."""

    def __init__(self, line: Line) -> None:
        code = "stock.serial_not_there" if line.serial else "stock.not_there"
        params: JsonObject = {
            "part": line.part_id,
            "milli": line.milli,
            "location": line.source,
            "serial": line.serial or "",
        }
        super().__init__(Problem(code, params=params))
        self.line = line


def post(session: Session, actor: Actor, act: Act, lines: Sequence[Line]) -> Posted:
    """Write the movement and carry it over. Raises NotThere, and leaves it to the caller to roll back."""
    if not lines:
        raise ValueError("a movement moves something")
    _check_orders(act, lines)
    _check_lengths(act, lines)
    _follow_costs(session, actor, act)
    head = _head(actor, act, lines)
    if not rows.add_movement(session, head):
        return _again(session, actor, head)
    know_places(session, actor, lines)
    for part_id, own in _by_part(lines).items():
        _post_part(session, PartKey(actor.organisation_id, part_id), head, own)
    tell_of_arrivals(session, actor, head["key"], ((line.part_id, line.target) for line in lines))
    return Posted(head["id"])


def _follow_costs(session: Session, actor: Actor, act: Act) -> None:
    """An order that is over gets another cost sheet by what is booked for it now. Orders are locked before parts."""
    from mendloop.costing.following import parts_moved  # noqa: PLC0415 - costing reads stock

    if act.order_id is not None:
        parts_moved(session, actor, act.order_id)


def know_places(session: Session, actor: Actor, lines: Iterable[Line]) -> None:
    """All places before any part is locked, and in one order: nobody who has a part waits for a place."""
    places = {place for line in lines for place in (line.source, line.target)}
    rows.add_places(session, actor.organisation_id, places)


def _check_orders(act: Act, lines: Iterable[Line]) -> None:
    """What lies at an order moves for that order only, or its parts would not add up."""
    for line in lines:
        for place in (line.source, line.target):
            if kind_of(place) == ORDER and owner_of(place) != act.order_id:
                raise Refusal(Problem("stock.order_place"))


def _check_lengths(act: Act, lines: Iterable[Line]) -> None:
    """What a column cannot hold is refused here: SQLite would take it, and PostgreSQL fail."""
    said = [("key", act.key), ("reason", act.reason), ("note", act.note), ("visit", act.visit)]
    for line in lines:
        said += [("serial", line.serial), ("lot", line.lot), ("unit", line.unit)]
        said += [("location", line.source), ("location", line.target)]
    found = {name: LONGEST[name] for name, text in said if text is not None and len(text) > LONGEST[name]}
    if found:
        raise Refusal(
            Problem("stock.text_too_long", at=f"/{name}", params={"limit": most}) for name, most in found.items()
        )


def _by_part(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """In the order in which everybody locks parts, so that nobody waits for somebody who waits for them."""
    found: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda line: line.part_id):
        found.setdefault(line.part_id, []).append(line)
    return found


def _head(actor: Actor, act: Act, lines: Sequence[Line]) -> dict[str, Any]:
    movement_id = new_id()
    said = [act.action, act.order_id, act.visit, act.reason, *([_said(line) for line in lines])]
    return {
        "organisation_id": actor.organisation_id,
        "id": movement_id,
        "key": act.key or movement_id,
        "digest": sha256(canonical_text(said).encode()).hexdigest(),
        "action": act.action,
        "at": act.at,
        "booked_at": utc_now(),
        "by": actor.person_id,
        "order_id": act.order_id,
        "visit": act.visit,
        "reason": act.reason,
        "note": act.note,
    }


def _said(line: Line) -> list[Any]:
    return [line.part_id, line.milli, line.source, line.target, line.value, line.serial, line.lot]


def _again(session: Session, actor: Actor, head: dict[str, Any]) -> Posted:
    known = rows.movement_by_key(session, actor.organisation_id, head["key"])
    if known.digest != head["digest"]:
        raise Conflict(Problem("stock.key_taken", params={"key": head["key"]}))
    return Posted(known.id, again=True)


def _post_part(session: Session, part: PartKey, head: dict[str, Any], lines: Iterable[Line]) -> None:
    stock = rows.lock_part(session, part)
    book = _Book(session, part, head, stock)
    for line in lines:
        book.carry(line)
    book.close()


class _Book:
    """The entries of one movement for one part, which is locked."""

    def __init__(self, session: Session, part: PartKey, head: dict[str, Any], stock: rows.Stock) -> None:
        self._session = session
        self._part = part
        self._head = head
        self._stock = stock
        self._sequence = stock.last_sequence
        self._entries: list[dict[str, Any]] = []

    def carry(self, line: Line) -> None:
        """One line: as many entries as cost layers that it takes from."""
        if line.serial is not None:
            line = self._known(line)
        if is_outside(line.source):
            value = line.value if line.value is not None else self._usual_cost(line)
            self._enter(line, line.milli, value, line.since, line.since)
            rows.add_balance(self._session, self._part, line.source, -line.milli, -value)
        else:
            self._take(line)
        if line.serial is not None:
            rows.place_serial(
                self._session, self._part, line.serial, line.target, self._head["order_id"], self._sequence
            )

    def _usual_cost(self, line: Line) -> int:
        """What it cost when it last came in. What is taken out of a customer's machine was his: it cost us nothing."""
        if line.source == CUSTOMER or not self._stock.last_milli:
            return 0
        return share(self._stock.last_value, line.milli, self._stock.last_milli)

    def _take(self, line: Line) -> None:
        """From a shelf. What is held there for the order it is taken for is used up first."""
        kept = 0 if line.serial is not None else WHOLE * rows.count_serials(self._session, self._part, line.source)
        order_id = self._head["order_id"]
        held = min(line.milli, rows.held_for(self._session, self._part, order_id, line.source)) if order_id else 0
        if not rows.take_balance(self._session, self._part, line.source, line.milli, held, kept):
            raise NotThere(line)
        if held:
            rows.use_reservation(self._session, self._part, order_id, line.source, held)
        value = 0
        for piece in self._pieces(line):
            rows.keep_layer(self._session, self._part, line.source, piece.rest)
            self._enter(line, piece.milli, piece.value, piece.layer.number, piece.layer.since)
            value += piece.value
        rows.add_balance(self._session, self._part, line.source, 0, -value)

    def _pieces(self, line: Line) -> Iterable[Piece]:
        layers = rows.layers_at(self._session, self._part, line.source)
        if line.layer is None:
            return leaving(layers, line.milli)
        piece = as_it_came(layers, line.layer, line.milli, line.value or 0)
        if piece is None:
            raise NotThere(line)
        return [piece]

    def _enter(self, line: Line, milli: int, value: int, layer: int | None, since: int | None) -> None:
        """Write an entry, and put what it brings where it goes."""
        self._sequence += 1
        into = None if is_outside(line.target) else self._open(line.target, milli, value, since)
        rows.add_balance(self._session, self._part, line.target, milli, value)
        self._entries.append(
            {
                "organisation_id": self._part.organisation_id,
                "id": new_id(),
                "movement_id": self._head["id"],
                "part_id": self._part.part_id,
                "sequence": self._sequence,
                "from_location": line.source,
                "to_location": line.target,
                "milli": milli,
                "value": value,
                "from_layer": layer,
                "to_layer": into,
                "unit": line.unit,
                "serial": line.serial,
                "lot": line.lot,
                "order_id": self._head["order_id"],
            }
        )

    def _open(self, place: str, milli: int, value: int, since: int | None) -> int:
        """Add to the pool of a place, or open a layer of its own there. At an order every part keeps its own cost."""
        pooled = self._stock.costing == "average" and kind_of(place) != ORDER
        if not pooled:
            layer = Layer(self._sequence, since if since else self._sequence, milli, value, milli)
        else:
            layer = joined(rows.layer_at(self._session, self._part, place, POOL), milli, value)
        rows.keep_layer(self._session, self._part, place, layer)
        return layer.number

    def _known(self, line: Line) -> Line:
        """By the serial number as it is known here; refused where that part is not."""
        found = rows.serial(self._session, self._part, line.serial or "")
        at = found.location if found is not None else None
        if is_outside(line.source):
            there = at is None or is_outside(at)
        elif at is None:
            there = self._has_unnamed(line.source)
        else:
            there = at == line.source
        if line.milli != WHOLE or not there:
            raise NotThere(line)
        return replace(line, serial=found.serial) if found is not None else line

    def _has_unnamed(self, place: str) -> bool:
        """Whether one lies there whose serial number nobody has told yet."""
        named = WHOLE * rows.count_serials(self._session, self._part, place)
        return rows.on_hand(self._session, self._part, place) - named >= WHOLE

    def close(self) -> None:
        rows.add_entries(self._session, self._entries)
        rows.close_part(self._session, self._part, self._sequence, *self._last_cost())

    def _last_cost(self) -> tuple[int, int]:
        """What it cost when it last came in. A receipt that is taken back never was: the one before it counts again."""
        if self._head["action"] == TAKEN_BACK:
            return last_receipt(self._session, self._part)
        received = [each for each in self._entries if each["from_location"] == SUPPLIER]
        if not received:
            return self._stock.last_milli, self._stock.last_value
        return received[-1]["milli"], received[-1]["value"]
