"""Importing parts and opening stock: every row is judged before anything is written, and the same twice is once."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mendloop_engine.json_values import JsonObject
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.inventory import histories, parts, services
from mendloop.inventory.amounts import (
    MILLI,
    digits_of,
    milli_in,
    packs_in,
    plain_amount,
    quantity_of,
    units_of,
    value_in,
)
from mendloop.inventory.grids import Grid, GridRow, Headings
from mendloop.inventory.layers import share
from mendloop.inventory.ledger import Act, Line, post
from mendloop.inventory.locations import SUPPLIER, WAREHOUSE
from mendloop.inventory.models import Part, StockEntry, StockMovement
from mendloop.inventory.parts import PartDetails
from mendloop.inventory.rows import PartKey, lock_part
from mendloop.inventory.spelling import folded, serials_in
from mendloop.problems import Conflict, Problem, Refusal

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"
MOST_SAID = 20
Places = Mapping[str, str]
"""The key of each place by what people call it, in small letters."""
PARTS: Headings = {
    "number": ("number", "part", "part number", "no.", "sku", "编号", "备件编号", "料号", "物料编号", "物料编码"),
    "zh": ("name_zh", "name (zh)", "chinese name", "名称", "备件名称", "中文名称", "物料名称"),
    "en": ("name_en", "name (en)", "english name", "name", "英文名称"),
    "unit": ("unit", "单位", "计量单位"),
    "packs": ("packs", "包装", "包装换算"),
    "costing": ("costing", "计价方法", "计价方式"),
    "serial_tracked": ("serial tracked", "serial_tracked", "has serial numbers", "序列号管理", "按序列号管理"),
    "fits": ("fits", "products", "适用产品"),
}
STOCK: Headings = {
    "number": PARTS["number"],
    "quantity": ("quantity", "qty", "数量", "期初数量", "库存数量", "现存"),
    "unit": PARTS["unit"],
    "place": ("place", "location", "库位", "仓库"),
    "value": ("total cost", "worth", "value", "amount", "金额", "总金额", "库存金额"),
    "price": ("unit cost", "price", "cost", "单价", "成本单价"),
    "lot": ("lot", "batch", "批次", "批号"),
    "serials": ("serial numbers", "serial number", "serials", "serial", "序列号"),
}
COSTINGS = {
    "": "", "average": "average", "moving average": "average", "移动平均": "average", "加权平均": "average",
    "fifo": "fifo", "first in, first out": "fifo", "先进先出": "fifo",
}  # fmt: skip
YES = ("yes", "y", "true", "1", "是", "√")
NO = ("", "no", "n", "false", "0", "否", "×")
_NEW_WAREHOUSE = re.compile(r"warehouse:[\w-][\w -]{0,39}")


@dataclass(frozen=True, slots=True)
class Judged:
    """One row: what it would do, and what is wrong with it. `details` is a part, or opening stock."""

    row: GridRow
    state: str
    problems: tuple[Problem, ...] = ()
    details: "PartDetails | Opening | None" = None


@dataclass(frozen=True, slots=True)
class Opening:
    """So much of a part that lay at a place when the books were opened."""

    part: Part
    place: str
    milli: int
    value: int
    lot: str | None = None
    serials: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The opening of a part at a place, of a lot, happens once."""
        said = "\n".join((self.part.id, self.place, self.lot or ""))
        return f"opening:{hashlib.sha256(said.encode()).hexdigest()[:40]}"


@dataclass(slots=True)
class _Seen:
    rows: dict[str, int] = field(default_factory=dict)

    def twice(self, key: str, row: GridRow) -> list[Problem]:
        first = self.rows.setdefault(key, row.number)
        return [] if first == row.number else [Problem("import.row_twice", params={"row": first})]


def judge_parts(session: Session, actor: Actor, grid: Grid) -> list[Judged]:
    """What each row would make of the parts there are."""
    known = services.parts_by_number(session, actor, [row.text("number") for row in grid.rows])
    seen = _Seen()
    return [_judge_part(session, actor, row, known.get(row.text("number")), seen) for row in grid.rows]


def judge_stock(session: Session, actor: Actor, grid: Grid, places: Places) -> list[Judged]:
    """What each row would put where."""
    known = services.parts_by_number(session, actor, [row.text("number") for row in grid.rows])
    digits, seen, named = digits_of(session, actor), _Seen(), _Seen()
    found = []
    for row in grid.rows:
        try:
            opening = _opening(row, known.get(row.text("number")), places, digits)
        except Refusal as refusal:
            found.append(Judged(row, WRONG, refusal.problems))
            continue
        problems = seen.twice(opening.key, row)
        problems += _named_twice(opening)
        for serial in opening.serials:
            problems += named.twice(f"{opening.part.id}\n{folded(serial)}", row)
        found.append(_judge_opening(session, actor, row, opening, problems))
    return found


def take_in(session: Session, actor: Actor, judged: Sequence[Judged]) -> int:
    """Write everything that is new or changed; in a write transaction. Refused while a row is wrong."""
    if any(each.state == WRONG for each in judged):
        raise Conflict(Problem("import.rows_wrong"))
    wanted = [each for each in judged if each.state in (NEW, CHANGED)]
    for each in sorted(wanted, key=_by_part):
        if isinstance(each.details, PartDetails):
            parts.put_part(session, actor, each.details)
        elif each.details is not None:
            _write_opening(session, actor, each.details)
    return len(wanted)


def _by_part(judged: Judged) -> str:
    """In the order in which everybody locks parts."""
    return judged.details.part.id if isinstance(judged.details, Opening) else ""


def _judge_part(session: Session, actor: Actor, row: GridRow, known: Part | None, seen: _Seen) -> Judged:
    problems: list[Problem] = seen.twice(folded(row.text("number")), row)
    number = known.number if known is not None and known.known else row.text("number")
    details = PartDetails(number, {"zh-CN": row.text("zh"), "en": row.text("en")})
    details = replace(details, unit=row.text("unit") or (known.unit if known else "pcs"))
    before = _details_of(known) if known is not None else None
    if before is not None and not any(details.name.values()):
        details = replace(details, name=before.name)
    for name, read in _READ.items():
        usual = getattr(before or details, name)
        try:
            written = row.text(name)
            details = replace(details, **{name: read(written) if written else usual})
        except Refusal as refusal:
            problems += refusal.problems
    problems += parts.faults_of(details)
    if known is not None and known.known and not problems:
        problems += _faults_of_change(session, actor, known, details)
    if problems:
        return Judged(row, WRONG, tuple(problems))
    state = NEW if known is None or not known.known else SAME if _same(before, details) else CHANGED
    return Judged(row, state, details=details)


def _read_costing(text: str) -> str:
    if text.casefold() not in COSTINGS:
        raise Refusal(Problem("part.costing_unknown", at="/costing"))
    return COSTINGS[text.casefold()]


def _read_yes(text: str) -> bool:
    if text.casefold() not in YES + NO:
        raise Refusal(Problem("import.yes_or_no", params={"text": text[:40]}))
    return text.casefold() in YES


_READ: Mapping[str, Callable[[str], Any]] = {
    "costing": _read_costing,
    "serial_tracked": _read_yes,
    "packs": lambda text: packs_in(re.sub(r"[;；]", "\n", text)),
    "fits": lambda text: tuple(filter(None, re.split(r"[\s,，;；]+", text))),
}


def _details_of(part: Part) -> PartDetails:
    return PartDetails(
        part.number, part.name, part.unit, part.costing, part.serial_tracked, tuple(part.fits), dict(part.packs)
    )


def _same(before: PartDetails | None, after: PartDetails) -> bool:
    if before is None:
        return False
    names = [{key: text for key, text in each.name.items() if text} for each in (before, after)]
    return names[0] == names[1] and replace(before, name={}) == replace(after, name={})


def _faults_of_change(session: Session, actor: Actor, known: Part, details: PartDetails) -> list[Problem]:
    found = []
    if details.costing != known.costing and parts.is_anywhere(session, actor, known.id):
        found.append(Problem("part.costing_in_use"))
    moved = histories.entries_of_part(session, actor, known.id, limit=1).entries
    if details.unit != known.unit and moved:
        found.append(Problem("part.unit_in_use"))
    return found


def _opening(row: GridRow, part: Part | None, places: Places, digits: int) -> Opening:
    if part is None:
        raise Refusal(Problem("stock.code_unknown", params={"code": row.text("number")[:60]}))
    problems: list[Problem] = []
    place = places.get(row.text("place").casefold(), "") if row.text("place") else WAREHOUSE
    if not place and _NEW_WAREHOUSE.fullmatch(row.text("place")):
        place = row.text("place")
    if not place:
        problems.append(Problem("import.place_unknown", params={"place": row.text("place")[:60]}))
    milli = value = 0
    try:
        milli = milli_in(part, row.text("quantity"), row.text("unit") or part.unit)
        value = _value(row, part, milli, digits)
    except Refusal as refusal:
        problems += refusal.problems
    serials = tuple(serials_in(row.text("serials")))
    if (serials or part.serial_tracked) and not problems and len(serials) * 1000 != milli:
        params: JsonObject = {"part": part.number, "quantity": quantity_of(milli), "named": len(serials)}
        problems.append(Problem("stock.serials_differ", params=params))
    if len(row.text("lot")) > 200 or any(len(serial) > 200 for serial in serials):
        problems.append(Problem("stock.lot_too_long", params={"limit": 200}))
    if problems:
        raise Refusal(problems)
    return Opening(part, place, milli, value, row.text("lot") or None, serials)


def _value(row: GridRow, part: Part, milli: int, digits: int) -> int:
    """What all of it cost: as it is told, or the price of one of the unit it is counted in."""
    if row.text("value") or not row.text("price"):
        told = value_in(row.text("value"), digits)
        if row.text("price"):
            _check_price(row, part, milli, told, digits)
        return told
    return _at_price(row, part, milli, digits)


def _check_price(row: GridRow, part: Part, milli: int, told: int, digits: int) -> None:
    """The price of one, written as rounded as prices are, is that of all of it."""
    reckoned, rounded = _at_price(row, part, milli, digits), milli // _whole(row, part) + 1
    if abs(told - reckoned) * 2 > rounded:
        raise Refusal(_costs_differ(row, reckoned, digits))


def _at_price(row: GridRow, part: Part, milli: int, digits: int) -> int:
    return share(value_in(row.text("price"), digits), milli, _whole(row, part))


def _whole(row: GridRow, part: Part) -> int:
    return int(units_of(part)[row.text("unit") or part.unit] * MILLI)


def _costs_differ(row: GridRow, reckoned: int, digits: int) -> Problem:
    told = {name: row.text(name)[:40] for name in ("value", "price")}
    return Problem("import.costs_differ", params={**told, "reckoned": plain_amount(reckoned, digits)})


def _judge_opening(
    session: Session, actor: Actor, row: GridRow, opening: Opening, problems: Iterable[Problem]
) -> Judged:
    found = list(problems)
    before = session.execute(
        select(StockMovement.id).where(
            StockMovement.organisation_id == actor.organisation_id, StockMovement.key == opening.key
        )
    ).scalar_one_or_none()
    if before is not None:
        found += _differences(opening, [entry for entry, _ in histories.entries_of_movement(session, actor, before)])
        return Judged(row, WRONG if found else SAME, tuple(found), opening)
    for serial in opening.serials:
        at = services.serial_place(session, actor, opening.part.id, serial)
        if at is not None and at not in ("supplier", "customer", "discrepancy", "adjustment"):
            found.append(
                Problem("stock.serial_known", params={"part": opening.part.number, "serial": serial, "found": at})
            )
    return Judged(row, WRONG if found else NEW, tuple(found), opening)


def _named_twice(opening: Opening) -> list[Problem]:
    alike = [folded(serial) for serial in opening.serials]
    twice = [serial for place, serial in enumerate(opening.serials) if alike[place] in alike[:place]]
    return [Problem("stock.serial_twice", params={"serial": serial[:60]}) for serial in dict.fromkeys(twice)]


def _differences(opening: Opening, entries: Sequence[StockEntry]) -> list[Problem]:
    """How the opening stock that was taken in before is another one."""
    told = (sum(entry.milli for entry in entries), sum(entry.value for entry in entries))
    if told != (opening.milli, opening.value):
        return [Problem("import.opening_differs", params={"quantity": quantity_of(told[0])})]
    serials = dict.fromkeys(entry.serial for entry in entries if entry.serial)
    if set(map(folded, serials)) != set(map(folded, opening.serials)):
        return [Problem("import.opening_other_serials", params={"serials": list(serials)[:MOST_SAID]})]
    return []


def _write_opening(session: Session, actor: Actor, opening: Opening) -> None:
    lock_part(session, PartKey(actor.organisation_id, opening.part.id))
    post(session, actor, Act("opening", utc_now(), opening.key), list(_lines(opening)))


def _lines(opening: Opening) -> Iterable[Line]:
    if not opening.serials:
        yield Line(opening.part.id, opening.milli, SUPPLIER, opening.place, value=opening.value, lot=opening.lot)
        return
    many = len(opening.serials)
    for number, serial in enumerate(opening.serials):
        value = share(opening.value, number + 1, many) - share(opening.value, number, many)
        yield Line(opening.part.id, 1000, SUPPLIER, opening.place, value=value, serial=serial, lot=opening.lot)
