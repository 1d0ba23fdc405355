"""The storekeeper's desk: one slip for each act, filled by scanning, booked as one movement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from mendloop.database import new_id
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.inventory import booking, parts, sheets, transfers
from mendloop.inventory.amounts import quantity_of
from mendloop.inventory.balances import StockLine
from mendloop.inventory.blueprint import KEEPERS, blueprint
from mendloop.inventory.labels import place_in
from mendloop.inventory.locations import WAREHOUSE
from mendloop.inventory.reserving import held_for
from mendloop.inventory.scanning import reader_address
from mendloop.inventory.sheets import ACTS, Sheet, SheetLine, act_called
from mendloop.inventory.showing import names
from mendloop.inventory.waiting import what_waits
from mendloop.order_parts.tags import OldPart, old_part_in, whereabouts
from mendloop.pages.render import t
from mendloop.problems import Conflict, Problem, Refusal
from mendloop.words import words_of
from mendloop.work_orders.access import WorkOrder
from mendloop.work_orders.listing import Filters, find_orders

MOST_SHOWN, MOST_ORDERS = 300, 200
EXTRA, TOO_MUCH = "extra", "order_parts.more_than_planned"
FIELDS = ("quantity", "unit", "cost", "lot", "serials", "unknown")


@dataclass(slots=True)
class Told:
    """What is wrong with a slip: in its head, and line by line, in words."""

    head: list[str] = field(default_factory=list)
    lines: dict[int, list[str]] = field(default_factory=dict)
    part_missing: str = ""
    is_only_too_much: bool = False
    """Nothing else is wrong than that more is issued than planned: it can be done all the same."""


@blueprint.get("/stock/desk")
@allow(*KEEPERS)
def show_desk() -> str:
    """What waits, and what can be done at the desk."""
    return render_template("desk.html", acts=list(ACTS), waits=what_waits(current_session(), current_actor()))


@blueprint.get("/stock/desk/<act>")
@allow(*KEEPERS)
def show_act(act: str) -> str:
    """An empty slip; `?order=`, `?source=`, `?target=` begin with those, `?transfer=` with what was asked for."""
    sheet = _empty(act_called(act), request.args)
    if act == "transfer" and "transfer" in request.args:
        sheet = _asked_for(request.args["transfer"])
    return _page(sheet, Told())


@blueprint.post("/stock/desk/<act>")
@allow(*KEEPERS)
def take_act(act: str) -> Response | str | tuple[str, int]:
    """Take in what was scanned, take a line off, or book the slip."""
    session, actor = current_session(), current_actor()
    sheet = _read(act)
    try:
        _know_order(sheet, sheet.order)
        _scan(sheet, request.form.get("scan", ""))
        if "take" in request.form:
            _take(sheet, request.form["take"])
        if "drop" in request.form:
            sheet.drop(_index(request.form["drop"]))
            sheet.tags = _tags_left(sheet)
        elif "book" in request.form:
            posted = booking.book(session, actor, sheet)
            flash(t(f"desk.{act}"), "desk.booked")
            if act == "transfer":
                return redirect(url_for("inventory.show_transfer", transfer_id=sheet.key))
            return redirect(url_for("inventory.show_movement", movement_id=posted.movement_id, next=act))
    except Refusal as refusal:
        return _page(sheet, _told(refusal.problems)), refusal.status
    return _page(sheet, Told())


def _scan(sheet: Sheet, code: str) -> None:
    """A place's label says from where, as long as there are no lines, then where to; anything else is a line."""
    place = place_in(code)
    old = old_part_in(current_session(), current_actor(), code) if sheet.act.name == "decide" else None
    if old is not None:
        _scan_tag(sheet, old)
        return
    if "order" in sheet.act.asks and not sheet.order.strip() and _know_order(sheet, code):
        return
    if not place:
        sheet.add(current_session(), current_actor(), code)
        return
    ends = [end for end in ("source", "target") if end in sheet.act.asks]
    end = ends[-1] if sheet.lines else ends[0]
    known = {"source": booking.sources_for, "target": booking.targets_for}[end]
    if place not in known(current_session(), current_actor(), sheet.act.name):
        raise Refusal(Problem("stock.place_unknown", at=f"/{end}"))
    setattr(sheet, end, place)


def _know_order(sheet: Sheet, number: str) -> bool:
    """The order's whole number stands on the slip, however it was written; True where there is such an order."""
    found = sheets.order_by_number(current_session(), current_actor(), number)
    sheet.order = found.number if found is not None else sheet.order
    return found is not None


def _open_orders(sheet: Sheet) -> list[WorkOrder]:
    """To choose from."""
    if "order" not in sheet.act.asks:
        return []
    return find_orders(current_session(), current_actor(), Filters(status="open", limit=MOST_ORDERS))


def _scan_tag(sheet: Sheet, old: OldPart) -> None:
    """An old part by its tag: the slip takes from where it lies."""
    session, actor, lies = current_session(), current_actor(), whereabouts(old)
    if lies not in booking.sources_for(session, actor, sheet.act.name):
        raise Conflict(Problem("stock.tag_decided", at="/scan", params={"tag": old.tag}))
    if sheet.lines and sheet.source != lies:
        raise Refusal(Problem("stock.tag_elsewhere", at="/scan", params={"tag": old.tag, "place": names().place(lies)}))
    if old.tag in sheet.tags:
        raise Refusal(Problem("stock.tag_twice", at="/scan", params={"tag": old.tag}))
    sheet.add_piece(parts.access_part(session, actor, old.part_id), old.milli, old.serial)
    sheet.source, sheet.tags = lies, [*sheet.tags, old.tag]


def _tags_left(sheet: Sheet) -> list[str]:
    """The tags of parts that are still on the slip: what was taken off may be scanned again."""
    there = {line.part.id for line in sheet.lines}
    found = ((tag, old_part_in(current_session(), current_actor(), tag)) for tag in sheet.tags)
    return [tag for tag, old in found if old is not None and old.part_id in there]


def _index(text: str) -> int:
    """The number of a line; -1 where that is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1


def _empty(act: sheets.DeskAct, given: Mapping[str, str]) -> Sheet:
    usual = {"source": WAREHOUSE, "target": WAREHOUSE}
    if act.name == "decide":
        usual["source"] = "quarantine"
    if act.name in ("move", "transfer"):
        usual["target"] = ""
    asked = {name: given.get(name, usual.get(name, "")) for name in ("source", "target", "order")}
    return Sheet(act, new_id(), asked["source"], asked["target"], asked["order"])


def _asked_for(transfer_id: str) -> Sheet:
    """The slip of a transfer that was asked for: booked, it is that transfer."""
    session, actor = current_session(), current_actor()
    transfer = transfers.access_transfer(session, actor, transfer_id)
    lines = [
        SheetLine(part, quantity_of(milli), part.unit)
        for part, milli in transfers.asked_lines(session, actor, transfer)
    ]
    return Sheet(act_called("transfer"), transfer.id, transfer.source, transfer.target, lines=lines)


def _read(act: str) -> Sheet:
    """The slip as it was sent."""
    form = request.form
    source, target, order, reason, note = (
        form.get(name, "") for name in ("source", "target", "order", "reason", "note")
    )
    return Sheet(
        act_called(act),
        form.get("key", ""),
        source,
        target,
        order,
        reason,
        note,
        _lines(form),
        form.getlist("tag")[: sheets.MOST_LINES],
        extra=form.get("book") == EXTRA,
    )


def _lines(form: "MultiDict[str, str]") -> list[SheetLine]:
    numbers = form.getlist("part")[: sheets.MOST_LINES]
    columns = {name: form.getlist(name) for name in FIELDS}
    found = []
    for index, part_id in enumerate(numbers):
        part = parts.access_part(current_session(), current_actor(), part_id)
        written = {name: values[index] if index < len(values) else "" for name, values in columns.items()}
        found.append(SheetLine(part, **written))
    return found


def _told(problems: Sequence[Problem]) -> Told:
    told = Told(is_only_too_much={problem.code for problem in problems} == {TOO_MUCH})
    for problem in problems:
        words, steps = words_of(problem, current_language()), problem.at.split("/")
        if problem.code == "stock.code_unknown":
            told.part_missing = str(problem.params["code"])
        if len(steps) > 2 and steps[1] == "lines":
            told.lines.setdefault(int(steps[2]), []).append(words)
        else:
            told.head.append(words)
    return told


def _page(sheet: Sheet, told: Told) -> str:
    session, actor, act = current_session(), current_actor(), sheet.act
    return render_template(
        "desk_sheet.html",
        sheet=sheet,
        told=told,
        asks=act.asks,
        sources=booking.sources_for(session, actor, act.name) if "source" in act.asks else [],
        targets=booking.targets_for(session, actor, act.name) if "target" in act.asks else [],
        reasons=booking.REASONS.get(act.name, ()),
        there=_there(sheet)[:MOST_SHOWN],
        reader=reader_address(),
        orders=_open_orders(sheet),
    )


def _take(sheet: Sheet, part_id: str) -> None:
    """All that is there of a part, on a line of its own; what has serial numbers is scanned one by one."""
    found = [line for line in _there(sheet) if line.part.id == part_id]
    if not found or any(line.part.id == part_id for line in sheet.lines):
        return
    part, milli = found[0].part, sum(line.milli for line in found if line.location == found[0].location)
    sheet.lines.append(SheetLine(part, "1" if part.serial_tracked else quantity_of(milli), part.unit))


def _there(sheet: Sheet) -> list[StockLine]:
    """What can be taken with one click: what an order has, what is held for it, what waits to be decided."""
    session, actor = current_session(), current_actor()
    if sheet.act.name == "issue":
        found = sheets.order_by_number(session, actor, sheet.order)
        held = held_for(session, actor, found.id) if found is not None else []
        return [StockLine(parts.access_part(session, actor, each.part_id), each.location, each.milli) for each in held]
    place = sheets.place_taken_from(session, actor, sheet) if sheet.act.name in ("return", "decide") else ""
    return parts.lines_at(session, actor, place) if place else []
