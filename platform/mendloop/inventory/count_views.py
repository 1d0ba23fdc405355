"""Stock-taking: counts of places, line by line, and what was found."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.database import new_id, run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.inventory import count_scans, counts, differences, places
from mendloop.inventory.amounts import milli_written
from mendloop.inventory.blueprint import CARRIERS, KEEPERS, blueprint
from mendloop.inventory.labels import place_in
from mendloop.inventory.models import Part, StockDiscrepancy
from mendloop.inventory.models_of_desk import StockCount
from mendloop.inventory.scanning import reader_address
from mendloop.problems import Missing, Problem, Refusal
from mendloop.words import words_of


@blueprint.get("/stock/counts")
@allow(*KEEPERS)
def list_counts() -> str:
    """What is being counted, and what was."""
    session, actor = current_session(), current_actor()
    choices = [*places.shelves(session, actor), "quarantine"]
    return render_template("counts.html", counts=counts.list_counts(session, actor), places=choices)


@blueprint.post("/stock/counts")
@allow(*CARRIERS)
def begin_count() -> Response:
    """Begin to count a place, or go on."""
    session, actor = current_session(), current_actor()
    place = place_in(request.form.get("code", "")) or request.form.get("place", "")
    if place not in [*places.shelves(session, actor), "quarantine"]:
        raise Refusal(Problem("stock.place_unknown", at="/place"))
    count_id = run_write(session, lambda: counts.open_count(session, actor, place).id)
    return redirect(url_for("inventory.show_count", count_id=count_id))


@blueprint.get("/stock/counts/<count_id>")
@allow(*CARRIERS)
def show_count(count_id: str) -> str:
    """One count: what was counted, what differs, and what nobody has counted yet."""
    return _page(count_id, [])


@blueprint.post("/stock/counts/<count_id>")
@allow(*CARRIERS)
def go_on_counting(count_id: str) -> Response | str | tuple[str, int]:
    """Take in a scan or a quantity, count the rest as nothing, book, or drop it."""
    session, actor = current_session(), current_actor()
    counts.access_count(session, actor, count_id)
    try:
        named_next = run_write(session, lambda: _go_on(count_id))
    except Missing:
        raise
    except Refusal as refusal:
        return _page(count_id, [words_of(problem, current_language()) for problem in refusal.problems]), refusal.status
    if "book" in request.form or "abandon" in request.form:
        flash("", "count.booked" if "book" in request.form else "count.dropped")
        return redirect(url_for("inventory.show_count", count_id=count_id))
    return _page(count_id, [], named_next)


def _go_on(count_id: str) -> Part | None:
    """Answers the part whose serial numbers have to be scanned next, where its own number was scanned."""
    session, actor, form = current_session(), current_actor(), request.form
    if "abandon" in form:
        counts.drop(session, actor, count_id)
    elif "book" in form:
        counts.book(session, actor, count_id, _reasons())
    elif "rest" in form:
        for line in counts.uncounted(session, actor, counts.access_count(session, actor, count_id)):
            counts.set_counted(session, actor, count_id, line.part.id, 0)
    elif "set" in form:
        counts.set_counted(session, actor, count_id, form["set"], milli_written(form.get(f"q_{form['set']}", "")))
    elif form.get("scan", "").strip():
        return _scan(count_id, form["scan"])
    return None


def _scan(count_id: str, code: str) -> Part | None:
    """The label of the very place that is counted says nothing new."""
    session, actor, place = current_session(), current_actor(), place_in(code)
    if not place:
        found = count_scans.scan(session, actor, count_id, code, request.form.get("scan_key", ""))
        return found if isinstance(found, Part) else None
    if place != counts.access_count(session, actor, count_id).place:
        raise Refusal(Problem("stock.count_other_place", at="/scan"))
    return None


def _reasons() -> dict[str, str]:
    return {name.removeprefix("reason_"): value for name, value in request.form.items() if name.startswith("reason_")}


def _by_part(tasks: list[StockDiscrepancy]) -> dict[str, list[StockDiscrepancy]]:
    found: dict[str, list[StockDiscrepancy]] = {}
    for task in tasks:
        found.setdefault(task.part_id, []).append(task)
    return found


def _page(count_id: str, problems: list[str], named_next: Part | None = None) -> str:
    session, actor = current_session(), current_actor()
    count: StockCount = counts.access_count(session, actor, count_id)
    is_open = count.state == counts.OPEN
    return render_template(
        "count.html",
        count=count,
        is_open=is_open,
        lines=counts.lines_of(session, actor, count),
        uncounted=counts.uncounted(session, actor, count) if is_open else [],
        reasons=counts.REASONS,
        chosen=_reasons(),
        judged=_by_part(differences.of_count(session, actor, count_id)),
        problems=problems,
        named_next=named_next,
        scan_key=new_id(),
        reader=reader_address() if is_open else "",
    )
