"""Parked field work of the whole organisation, and how the supervisor settles it."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from mendloop.accounts.actor import OWNER, STOREKEEPER, SUPERVISOR, VIEWER
from mendloop.database import write_transaction
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.pages.forms import Form
from mendloop.sync.held import count_held, list_held
from mendloop.sync.parked import LONGEST_NOTE, PAGE, count_parked, list_parked, settle_parked
from mendloop.sync.telling import ParkedItem, tell_held, tell_items
from mendloop.work_orders.services import access_work_order

WAITING, HELD, SETTLED = "waiting", "held", "settled"
blueprint = Blueprint("sync", __name__, template_folder="pages")


class SettleForm(Form):
    """What became of a parked item."""

    note = TextAreaField("parked.note", [InputRequired(), Length(max=LONGEST_NOTE)])


@blueprint.get("/orders/parked")
@allow(OWNER, SUPERVISOR, VIEWER, STOREKEEPER)
def show_parked() -> str:
    """What is parked, whether its order exists or not; `?show=settled` what is settled, `?show=held` what waits."""
    session, actor, asked = current_session(), current_actor(), request.args.get("show")
    show = asked if asked in ITEMS else WAITING
    items = ITEMS[show](request.args.get("beyond", ""))
    waiting_count, settled_count = count_parked(session, actor)
    return render_template(
        "parked_everywhere.html",
        items=items,
        show=show,
        tabs=((WAITING, waiting_count), (HELD, count_held(session, actor)), (SETTLED, settled_count)),
        following=items[-1].id if len(items) == PAGE else None,
    )


@blueprint.post("/orders/parked/<parked_id>")
@allow(OWNER, SUPERVISOR)
def settle_anywhere(parked_id: str) -> Response:
    """Settle one parked item, whatever order it names."""
    _settle(parked_id)
    return redirect(url_for("sync.show_parked"))


@blueprint.post("/orders/<order_id>/parked/<parked_id>")
@allow(OWNER, SUPERVISOR)
def settle(order_id: str, parked_id: str) -> Response:
    """Settle one parked item of an order."""
    access_work_order(current_session(), current_actor(), order_id)
    _settle(parked_id, order_id)
    return redirect(url_for("work_orders.show_order", order_id=order_id, _anchor="parked"))


def _parked(settled: bool, beyond: str) -> list[ParkedItem]:
    session, actor = current_session(), current_actor()
    return tell_items(session, actor, list_parked(session, actor, settled, beyond), current_language())


def _held(beyond: str) -> list[ParkedItem]:
    session, actor = current_session(), current_actor()
    return tell_held(session, actor, list_held(session, actor, beyond), current_language())


ITEMS: dict[str, Callable[[str], list[ParkedItem]]] = {
    WAITING: partial(_parked, False),
    HELD: _held,
    SETTLED: partial(_parked, True),
}


def _settle(parked_id: str, order_id: str | None = None) -> None:
    note = SettleForm().note.data or ""
    with write_transaction(current_session()) as session:
        settle_parked(session, current_actor(), parked_id, note, order_id)
    flash("", "parked.done" if order_id else "parked.done_here")
