"""The supervisor settles what was parked."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from mendloop.accounts.actor import OWNER, SUPERVISOR
from mendloop.database import write_transaction
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_session
from mendloop.pages.forms import Form
from mendloop.sync.parked import LONGEST_NOTE, settle_parked
from mendloop.work_orders.services import access_work_order

blueprint = Blueprint("sync", __name__, template_folder="pages")


class SettleForm(Form):
    """What became of a parked item."""

    note = TextAreaField("parked.note", [InputRequired(), Length(max=LONGEST_NOTE)])


@blueprint.post("/orders/<order_id>/parked/<parked_id>")
@allow(OWNER, SUPERVISOR)
def settle(order_id: str, parked_id: str) -> Response:
    """Settle one parked item with a note."""
    access_work_order(current_session(), current_actor(), order_id)
    note = SettleForm().note.data or ""
    with write_transaction(current_session()) as session:
        settle_parked(session, current_actor(), order_id, parked_id, note)
    flash("", "parked.done")
    return redirect(url_for("work_orders.show_order", order_id=order_id, _anchor="parked"))
