"""Pages of parts: the list, one part with where it is and where it went, and the form of a part."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.database import run_write, write_transaction
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.inventory import histories, parts
from mendloop.inventory.balances import StockLine
from mendloop.inventory.blueprint import KEEPERS, READERS, blueprint
from mendloop.inventory.estimates import estimated_parts
from mendloop.inventory.locations import ORDER, OUTSIDE, SHELVES, TRANSIT, kind_of, owner_of
from mendloop.inventory.models import Part, StockEntry, StockReservation
from mendloop.inventory.part_forms import PartForm, form_of
from mendloop.inventory.sheets import ACTS
from mendloop.inventory.showing import names
from mendloop.inventory.taking_back import may_be_taken_back, take_back, undoes, undone_by
from mendloop.inventory.whereabouts import shelves_of
from mendloop.order_parts.stand_ins import meant_by, stand_ins_for
from mendloop.pages.forms import show_problems
from mendloop.problems import Missing, Refusal
from mendloop.words import local, words_of

SHOWN_OUTSIDE = ("discrepancy",)


@blueprint.get("/stock/")
@allow(*READERS)
def list_stock() -> str:
    """Parts by number, name or serial number, with their balances: warehouse, vans, orders, what nobody can explain."""
    query, after = request.args.get("query", "").strip(), request.args.get("after", "")
    page = parts.page_of_parts(current_session(), current_actor(), query, after)
    rows = [(part, _summed([line for line in lines if _is_shown(line.location)])) for part, lines in page.rows]
    named = parts.serials_like(current_session(), current_actor(), [part.id for part, _ in page.rows], query)
    return render_template("stock.html", rows=rows, named=named, query=query, after=after, following=page.next)


@blueprint.get("/stock/parts/<part_id>")
@allow(*READERS)
def show_part(part_id: str) -> str:
    """One part: where it is, what is held for orders, its serial numbers and lots, and where it went."""
    session, actor = current_session(), current_actor()
    part = parts.access_part(session, actor, part_id)
    lines = parts.lines_of(session, actor, [part.id]).get(part.id, [])
    here = [line for line in lines if line.location not in OUTSIDE]
    page, held = (
        histories.entries_of_part(session, actor, part.id, _before()),
        histories.held_of_part(session, actor, part.id),
    )
    names().know_orders(owner_of(line.location) for line in here if kind_of(line.location) == ORDER)
    names().know_orders([*(each.order_id for each in held), *(gone.movement.order_id for gone in page.entries)])
    return render_template(
        "part.html",
        part=part,
        shelves=[line for line in here if kind_of(line.location) in SHELVES],
        lines=[line for line in here if kind_of(line.location) not in SHELVES],
        outside=[line for line in lines if line.location in OUTSIDE],
        held=held,
        serials=histories.serials_of(session, actor, part.id, (line.location for line in here)),
        lots=histories.lots_of(session, actor, part.id),
        stand_ins=_stand_ins(part),
        page=page,
        before=_before(),
    )


@blueprint.get("/stock/parts/<part_id>/serial")
@allow(*READERS)
def show_serial(part_id: str) -> str:
    """The way of the one part with the serial number `?number=`."""
    session, actor = current_session(), current_actor()
    part = parts.access_part(session, actor, part_id)
    serial = request.args.get("number", "")
    way = histories.way_of_serial(session, actor, part.id, serial)
    if not way:
        raise Missing
    names().know_orders(gone.movement.order_id for gone in way)
    return render_template("part_serial.html", part=part, serial=serial, entries=way)


@blueprint.get("/stock/parts/<part_id>/lot")
@allow(*READERS)
def show_lot(part_id: str) -> str:
    """Which orders got the lot `?number=`, and where the rest of it is."""
    session, actor = current_session(), current_actor()
    part = parts.access_part(session, actor, part_id)
    found = histories.recall(session, actor, part.id, request.args.get("number", ""))
    if not found.entries:
        raise Missing
    names().know_orders(gone.movement.order_id for gone in found.entries)
    return render_template("part_lot.html", part=part, recall=found)


@blueprint.get("/stock/movements/<movement_id>")
@allow(*READERS)
def show_movement(movement_id: str) -> str:
    """One movement: who did what, when, why, and every entry of it. Just booked at the desk (`?next=`), it says what of
    it is held for whom: what was received is not always free."""
    return _movement_page(movement_id)


@blueprint.post("/stock/movements/<movement_id>")
@allow(*KEEPERS)
def take_movement_back(movement_id: str) -> Response | tuple[str, int]:
    """What was booked at the desk by mistake is booked the other way round."""
    session, actor, why = current_session(), current_actor(), request.form.get("why", "")
    try:
        posted = run_write(session, lambda: take_back(session, actor, movement_id, why))
    except Missing:
        raise
    except Refusal as refusal:
        words = [words_of(problem, current_language()) for problem in refusal.problems]
        return _movement_page(movement_id, words), refusal.status
    flash("", "stock.taken_back")
    return redirect(url_for("inventory.show_movement", movement_id=posted.movement_id))


def _movement_page(movement_id: str, problems: Sequence[str] = ()) -> str:
    session, actor = current_session(), current_actor()
    movement = histories.access_movement(session, actor, movement_id)
    entries = histories.entries_of_movement(session, actor, movement_id)
    following = request.args.get("next", "")
    act = following if following in ACTS else None
    held = _held_now(entries) if act else []
    return render_template(
        "movement.html",
        movement=movement,
        entries=entries,
        desk_act=act,
        held=held,
        estimated=estimated_parts(session, actor, movement_id),
        may_be_taken_back=may_be_taken_back(session, actor, movement),
        undone_by=undone_by(session, actor, movement_id),
        undoes=undoes(movement),
        problems=problems,
        why=request.form.get("why", ""),
    )


@blueprint.get("/stock/parts/new")
@allow(*KEEPERS)
def new_part() -> str:
    """An empty form; `?number=` begins with that number."""
    form = PartForm(formdata=None, number=request.args.get("number", ""))
    return render_template("part_edit.html", form=form, part=None, is_costed=False)


@blueprint.post("/stock/parts/new")
@allow(*KEEPERS)
def add_part() -> Response | tuple[str, int]:
    """Enter the part."""
    form = PartForm()
    if not form.validate():
        return render_template("part_edit.html", form=form, part=None, is_costed=False), 422
    try:
        with write_transaction(current_session()) as session:
            part = parts.add_part(session, current_actor(), form.details)
    except Refusal as refusal:
        show_problems(form, refusal)
        return render_template("part_edit.html", form=form, part=None, is_costed=False), refusal.status
    return _saved(part)


@blueprint.get("/stock/parts/<part_id>/edit")
@allow(*KEEPERS)
def edit_part(part_id: str) -> str:
    """The form, filled."""
    part = parts.access_part(current_session(), current_actor(), part_id)
    return _edit_page(form_of(part), part)


@blueprint.post("/stock/parts/<part_id>/edit")
@allow(*KEEPERS)
def change_part(part_id: str) -> Response | tuple[str, int]:
    """Keep the changes."""
    part = parts.access_part(current_session(), current_actor(), part_id)
    form = PartForm()
    if not form.validate():
        return _edit_page(form, part), 422
    try:
        with write_transaction(current_session()) as session:
            part = parts.change_part(session, current_actor(), part_id, form.details)
    except Refusal as refusal:
        show_problems(form, refusal)
        return _edit_page(form, parts.access_part(current_session(), current_actor(), part_id)), refusal.status
    return _saved(part)


def _edit_page(form: PartForm, part: Part) -> str:
    is_costed = parts.is_anywhere(current_session(), current_actor(), part.id)
    return render_template("part_edit.html", form=form, part=part, is_costed=is_costed)


def _saved(part: Part) -> Response:
    flash(local(part.name, current_language()) or part.number, "library.saved")
    return redirect(url_for("inventory.show_part", part_id=part.id))


@dataclass(frozen=True, slots=True)
class StandIn:
    """A part that may be built in instead of another, with where it lies; or the other way round."""

    part: Part
    is_instead: bool
    lines: list[StockLine]

    @property
    def free(self) -> int:
        return sum(line.milli - line.reserved for line in self.lines)


def _stand_ins(part: Part) -> list[StandIn]:
    """What may be built in instead of the part, the first choice first, then what the part may stand in for."""
    session, actor = current_session(), current_actor()
    instead = stand_ins_for(session, actor, [part.id]).get(part.id, [])
    pairs = [*((each, True) for each in instead), *((each, False) for each in meant_by(session, actor, part.id))]
    lines: dict[str, list[StockLine]] = {}
    for line in shelves_of(session, actor, [each.id for each, _ in pairs]) if pairs else []:
        lines.setdefault(line.part.id, []).append(line)
    return [StandIn(each, is_instead, lines.get(each.id, [])) for each, is_instead in pairs]


def _held_now(entries: Sequence[tuple[StockEntry, Part]]) -> list[tuple[StockReservation, Part]]:
    """Who holds what has come, where it lies now."""
    shelves = [entry.to_location for entry, _ in entries if kind_of(entry.to_location) in SHELVES]
    if not shelves:
        return []
    found = histories.held_at_places(current_session(), current_actor(), [part.id for _, part in entries], shelves)
    names().know_orders(held.order_id for held, _ in found)
    return found


def _before() -> int | None:
    text = request.args.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _summed(lines: list[StockLine]) -> list[StockLine]:
    """In a list of parts, what lies at all orders together, and all that is on its way."""
    found: dict[str, StockLine] = {}
    for line in lines:
        key = kind_of(line.location) if kind_of(line.location) in (ORDER, TRANSIT) else line.location
        known = found.get(key, StockLine(line.part, key, 0))
        found[key] = StockLine(line.part, key, known.milli + line.milli, 0, known.reserved + line.reserved)
    return list(found.values())


def _is_shown(location: str) -> bool:
    return location not in OUTSIDE or kind_of(location) in SHOWN_OUTSIDE
