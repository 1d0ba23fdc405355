"""Stock as files: exports, and imports that show every problem before anything is written."""

from collections.abc import Iterator, Sequence

from flask import flash, redirect, render_template, request, stream_with_context, url_for
from werkzeug.wrappers import Response

from mendloop.accounts.actor import OWNER, STOREKEEPER, SUPERVISOR, VIEWER
from mendloop.config import Config
from mendloop.database import run_write, session_for
from mendloop.edge.access import Access, allow, declare
from mendloop.edge.context import current_actor, current_database, current_language, current_session
from mendloop.inventory import grids, intake, movements, tables
from mendloop.inventory.blueprint import KEEPERS, blueprint
from mendloop.inventory.grids import Grid
from mendloop.inventory.intake import Judged
from mendloop.inventory.movement_views import Asked, asked_for, movement_cells
from mendloop.inventory.places import shelves
from mendloop.inventory.showing import Names, names
from mendloop.pages.render import t
from mendloop.problems import Missing, Problem, Refusal, TooLarge
from mendloop.tables import KINDS, MOST_XLSX_ROWS, Cell, as_file, refuse_too_many
from mendloop.words import LANGUAGES, catalogue, words_of

SEE_WORTH = (OWNER, SUPERVISOR, STOREKEEPER, VIEWER)
COLUMNS = {
    "parts": ("number", "name_zh", "name_en", "unit", "packs", "costing", "serial_tracked", "fits"),
    "balances": ("number", "name", "place", "place_key", "quantity", "held", "unit", "value"),
    "movements": (
        *("at", "booked_at", "action", "number", "quantity", "value", "from", "to", "serial", "lot"),
        *("order", "person", "reason", "note", "movement"),
    ),
}
IMPORTS = {"parts": intake.PARTS, "stock": intake.STOCK}


@blueprint.get("/stock/exchange")
@allow(*SEE_WORTH)
def show_exchange() -> str:
    """What can be taken out as a file, and taken in from one."""
    return render_template("exchange.html", problem="", what="", cells="", columns=intake)


@blueprint.get("/stock/export/<what>.<kind>")
@allow(*SEE_WORTH)
def export_stock(what: str, kind: str) -> Response:
    """Parts, balances or movements as CSV or XLSX; of movements those that the page of them would show."""
    if what not in COLUMNS or kind not in KINDS:
        raise Missing
    asked = asked_for(current_session(), current_actor(), request.args)
    if asked.problems:
        raise Refusal(asked.problems)
    if kind == "xlsx":
        refuse_too_many(kind, _count(what, asked))
    answer = as_file(kind, what, _with_heading(what, asked), t(f"exchange.{what}"))
    answer.response = stream_with_context(answer.iter_encoded())
    return answer


def _file_bytes(_config: Config) -> int:
    return grids.MOST_BYTES


def import_stock(what: str) -> Response | str | tuple[str, int]:
    """Judge every row of what was sent; with `apply`, write them if none is wrong."""
    if what not in IMPORTS:
        raise Missing
    try:
        grid = _grid(what)
        judged = _judge(what, grid)
        if "apply" in request.form:
            count = run_write(current_session(), lambda: _apply(what, grid))
            flash(str(count), "exchange.taken_in")
            return redirect(url_for("inventory.list_stock"))
    except Missing:
        raise
    except Refusal as refusal:
        words = words_of(refusal.problems[0], current_language())
        cells = request.form.get("cells", "")
        page = render_template("exchange.html", problem=words, what=what, cells=cells, columns=intake)
        return page, refusal.status
    return _preview(what, grid, judged)


blueprint.add_url_rule(
    "/stock/import/<what>", view_func=declare(import_stock, Access(frozenset(KEEPERS), _file_bytes)), methods=["POST"]
)


def _preview(what: str, grid: Grid, judged: Sequence[Judged]) -> str:
    said = {each.row.number: [words_of(problem, current_language()) for problem in each.problems] for each in judged}
    counts = {state: sum(each.state == state for each in judged) for state in ("new", "changed", "same", "wrong")}
    return render_template("exchange_preview.html", what=what, grid=grid, judged=judged, said=said, counts=counts)


def _grid(what: str) -> Grid:
    file = request.files.get("file")
    if file is not None and file.filename:
        content = file.stream.read(grids.MOST_BYTES + 1)
        if len(content) > grids.MOST_BYTES:
            raise TooLarge(Problem("body_too_large", params={"limit": grids.MOST_BYTES}))
        return grids.from_file(file.filename, content, IMPORTS[what])
    return grids.from_text(request.form.get("cells", ""), IMPORTS[what])


def _judge(what: str, grid: Grid) -> list[Judged]:
    session, actor = current_session(), current_actor()
    if what == "parts":
        return intake.judge_parts(session, actor, grid)
    return intake.judge_stock(session, actor, grid, _places())


def _apply(what: str, grid: Grid) -> int:
    return intake.take_in(current_session(), current_actor(), _judge(what, grid))


def _places() -> dict[str, str]:
    """The key of each shelf by what it is called, in every language, and by itself."""
    found: dict[str, str] = {}
    for key in [*shelves(current_session(), current_actor()), "quarantine"]:
        kind, _, owner = key.partition(":")
        owner = names().people.get(owner, owner)
        words = [catalogue(language)[f"location.{kind}"] for language in LANGUAGES]
        found |= {f"{word} {owner}".strip().casefold(): key for word in words} | {key.casefold(): key}
    return found


def _count(what: str, asked: Asked) -> int:
    """How many rows it would be; of movements no more are counted than a spreadsheet takes."""
    session, actor = current_session(), current_actor()
    if what == "movements":
        return movements.count_movements(session, actor, asked.wanted, MOST_XLSX_ROWS)
    return tables.count_parts(session, actor) if what == "parts" else tables.count_balances(session, actor)


def _with_heading(what: str, asked: Asked) -> Iterator[Sequence[Cell]]:
    """All rows, read as they are sent: by a session of their own, for the request's is gone by then."""
    yield tuple(t(f"column.{column}") for column in COLUMNS[what])
    actor = current_actor()
    with session_for(current_database(), actor) as session:
        known = Names(session, actor)
        if what == "parts":
            yield from tables.part_rows(session, actor)
        elif what == "balances":
            yield from tables.balance_rows(session, actor, known.place)
        else:
            yield from movement_cells(session, actor, known, asked)
