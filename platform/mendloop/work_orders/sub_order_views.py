"""The page on which a sub-order is opened: what is taken out of a machine, and the process proposed for it."""

import json

from flask import Blueprint, request
from werkzeug.wrappers import Response

from mendloop.accounts.actor import OWNER, SUPERVISOR
from mendloop.clock import utc_now
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_session
from mendloop.pages.render import current_zone
from mendloop.problems import Problem, Refusal
from mendloop.work_orders.access import access_work_order
from mendloop.work_orders.forms import NewOrderForm
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.new_order_views import show_fitting_parts, show_form, take_form, take_over
from mendloop.work_orders.sub_order_places import Above, places_in
from mendloop.work_orders.sub_orders import OPEN

blueprint = Blueprint("sub_orders", __name__, template_folder="pages")
WRITERS = (OWNER, SUPERVISOR)


@blueprint.get("/orders/<order_id>/sub-orders/new")
@allow(*WRITERS)
def new_sub_order(order_id: str) -> str:
    """The form with what the order says already; `?position=ADDRESS` begins with what is there."""
    above = _above(order_id)
    form = NewOrderForm(formdata=None, **_taken_from(above.order), position=request.args.get("position"))
    take_over(form, above)
    return show_form(form, above=above)


@blueprint.get("/orders/<order_id>/sub-orders/fitting")
@allow(*WRITERS)
def show_fitting(order_id: str) -> str:
    """The parts of the form that hang on product and faults, for a page that is open."""
    return show_fitting_parts(NewOrderForm(request.args, meta={"csrf": False}), _above(order_id))


@blueprint.post("/orders/<order_id>/sub-orders/new")
@allow(*WRITERS)
def add_sub_order(order_id: str) -> Response | str | tuple[str, int]:
    """Propose templates for what was entered; open the sub-order once one is confirmed."""
    return take_form(NewOrderForm(), _above(order_id))


def _above(order_id: str) -> Above:
    session, actor = current_session(), current_actor()
    order = access_work_order(session, actor, order_id)
    if order.status != OPEN:
        raise Refusal(Problem("order.parent_closed", params={"number": order.number}))
    return Above(order, places_in(session, actor, order))


def _taken_from(order: WorkOrder) -> dict[str, object]:
    """A due time that is past already is not taken over."""
    due = order.due_at if order.due_at is not None and order.due_at > utc_now() else None
    return {
        "product": order.product,
        "asset": order.asset,
        "customer": order.customer,
        "priority": order.priority,
        "due": due.astimezone(current_zone()).replace(tzinfo=None) if due is not None else None,
        "warranty": bool(json.loads(order.state)["order"].get("warranty")),
    }
