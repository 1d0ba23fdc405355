"""What orders earned, as bars and as files."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.accounts.actor import OWNER, SUPERVISOR
from mendloop.costing import services
from mendloop.costing.money import write_amount
from mendloop.database import run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.pages.render import t
from mendloop.tables import Cell, as_file, exact

blueprint = Blueprint("costing_margins", __name__, template_folder="pages")
READERS = (OWNER, SUPERVISOR)
SHOWN = 100


@blueprint.get("/costs/")
@allow(*READERS)
def show_margins() -> str:
    """Bars by what is chosen in the address. The page is there at once. While orders are worked out it comes back by
    itself, with `go_on`: that one takes its time, while the page before it is there to be read."""
    session, actor = current_session(), current_actor()
    left = services.keep_up(session, actor) if "go_on" in request.args else services.glance(session, actor)
    orders = services.earned(session, actor)
    found = services.margins(orders, _group(), services.names_of(session, actor, _group(), current_language()))
    settings = services.book_of(session, actor).settings
    return render_template(
        "costs_margins.html",
        here="margins",
        group=_group(),
        groups=services.GROUPS,
        counts_whole_repairs=_group() in services.WHOLE_REPAIRS,
        has_subs=any(order.is_sub for order in orders),
        rows=found[:SHOWN],
        more=len(found) - SHOWN,
        total=services.total(orders, _group()),
        most=max((max(row.cost, row.revenue) for row in found), default=0),
        money=lambda minor: write_amount(minor, settings.exponent),
        currency=settings.currency,
        left=left,
        closed=max(len(orders), left),
    )


@blueprint.post("/costs/work-out")
@allow(*READERS)
def work_out() -> Response:
    """Look at every closed order again, piece by piece: another release may work something out in another way."""
    session, actor = current_session(), current_actor()
    run_write(session, lambda: services.look_again(session, actor))
    return redirect(url_for("costing_margins.show_margins", by=_group()))


@blueprint.get("/costs/margins.<kind>")
@allow(*READERS)
def export_margins(kind: str) -> Response:
    """The same as a file, for any program or for a spreadsheet."""
    return as_file(kind, f"margins-{_group()}", _rows(), _group())


def _rows() -> list[list[Cell]]:
    session, actor = current_session(), current_actor()
    services.keep_up(session, actor)
    exponent = services.book_of(session, actor).settings.exponent
    names = ("orders", "cost", "revenue", "margin")
    rows: list[list[Cell]] = [[t(f"cost.by.{_group()}"), *(t(f"cost.margins.{name}") for name in names)]]
    names_of_keys = services.names_of(session, actor, _group(), current_language())
    for row in services.margins(services.earned(session, actor), _group(), names_of_keys):
        amounts = [exact(amount, exponent) for amount in (row.cost, row.revenue, row.margin)]
        rows.append([row.name, row.orders, *amounts])
    return rows


def _group() -> str:
    asked = request.args.get("by", "")
    return asked if asked in services.GROUPS else "order"
