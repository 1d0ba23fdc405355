"""The supervisor's pages: the live list, an order's record."""

import hashlib
from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.accounts.actor import OWNER, STOREKEEPER, SUPERVISOR, VIEWER
from mendloop.accounts.services import people_with_role
from mendloop.assets.services import asset_of_order
from mendloop.clock import utc_now
from mendloop.database import write_transaction
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.knowledge.services import cases_of_order
from mendloop.library.services import list_products
from mendloop.order_parts.proposed import count_proposed, proposed_by_order
from mendloop.pages.navigation import WAITING, Waiting
from mendloop.problems import Refusal
from mendloop.sync import parked
from mendloop.sync.held import count_held
from mendloop.sync.telling import tell_parked
from mendloop.words import words_of
from mendloop.work_orders import cards, services
from mendloop.work_orders.forms import AssignForm, CancelForm
from mendloop.work_orders.listing import STATUSES, Filters, counts, find_orders, fingerprint
from mendloop.work_orders.live import LiveOrder, live, standing_locks
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.record.composing import compose_record, speech_for
from mendloop.work_orders.record.copies import copy_for
from mendloop.work_orders.sub_orders import orders_above

blueprint = Blueprint("work_orders", __name__, template_folder="pages")
READERS = (OWNER, SUPERVISOR, VIEWER, STOREKEEPER)
WRITERS = (OWNER, SUPERVISOR)
PAGE = 50
PARKED = "parked"
ALL = "all"
WAITING["nav.orders"] = Waiting("explanation.waiting", frozenset(WRITERS), count_proposed)


@blueprint.get("/orders/")
@allow(*READERS)
def list_orders() -> str:
    """The list, narrowed by what stands in the address."""
    filters = _filters()
    session, actor = current_session(), current_actor()
    return render_template(
        "orders.html",
        filters=filters,
        tabs=_tabs(),
        engineers=people_with_role(session, actor, "engineer"),
        products=list_products(session, actor),
        **_list_context(filters),
    )


@blueprint.get("/orders/live")
@allow(*READERS)
def list_orders_live() -> Response:
    """The lines of the list alone, for a page that is open; 304 while nothing has changed."""
    filters = _filters()
    session, actor = current_session(), current_actor()
    aside = [sorted(found.items()) for found in (parked.unsettled_by_order(session, actor), _unexplained())]
    mark = _mark(f"{fingerprint(session, actor, filters)}-{aside}-{count_held(session, actor)}")
    if request.if_none_match.contains(mark):
        return _fragment(None, mark)
    return _fragment(render_template("orders_lines.html", **_list_context(filters)), mark)


@blueprint.get("/orders/<order_id>")
@allow(*READERS)
def show_order(order_id: str) -> str:
    """The order's record."""
    return _order_page(services.access_work_order(current_session(), current_actor(), order_id))


@blueprint.get("/orders/<order_id>/live")
@allow(*READERS)
def show_order_live(order_id: str) -> Response:
    """Everything of the record that changes while somebody works; 304 while nothing has changed."""
    order = services.access_work_order(current_session(), current_actor(), order_id)
    shown = request.args.get("parked", type=int)
    waiting = parked.unsettled_by_order(current_session(), current_actor()).get(order.id, 0)
    below = cards.mark_of_sub_orders(current_session(), current_actor(), order.id)
    mark = _mark(f"{order.id}-{order.revision}-{shown}-{waiting}-{_unexplained().get(order.id, 0)}{below}")
    if request.if_none_match.contains(mark):
        return _fragment(None, mark)
    more = 0 if shown is None else max(0, waiting - shown)
    return _fragment(render_template("order_record.html", parked_since=more, **_order_context(order)), mark)


@blueprint.post("/orders/<order_id>/assign")
@allow(*WRITERS)
def assign_order(order_id: str) -> Response | tuple[str, int]:
    """Give the order to somebody."""
    services.access_work_order(current_session(), current_actor(), order_id)
    form = AssignForm()
    try:
        with write_transaction(current_session()) as session:
            services.assign_work_order(session, current_actor(), order_id, form.person.data or None)
    except Refusal as refusal:
        return _order_page_again(order_id, refusal)
    return redirect(url_for("work_orders.show_order", order_id=order_id))


@blueprint.post("/orders/<order_id>/cancel")
@allow(*WRITERS)
def cancel_order(order_id: str) -> Response | tuple[str, int]:
    """Give the order up."""
    services.access_work_order(current_session(), current_actor(), order_id)
    form = CancelForm()
    try:
        with write_transaction(current_session()) as session:
            services.cancel_work_order(session, current_actor(), order_id, form.reason.data or "")
    except Refusal as refusal:
        return _order_page_again(order_id, refusal, form.reason.data or "")
    return redirect(url_for("work_orders.show_order", order_id=order_id))


def _tab() -> str:
    tab = request.args.get("status", "open")
    return tab if tab in (*STATUSES, PARKED) else ALL


def _tabs() -> list[tuple[str, str, int]]:
    """The tabs over the list: what stands in the address, the key of its words, how many orders."""
    session, actor = current_session(), current_actor()
    found = counts(session, actor)
    tabs = [(status, f"order.status.{status}", found.get(status, 0)) for status in STATUSES]
    waiting = services.orders_by_id(session, actor, parked.unsettled_by_order(session, actor))
    return [*tabs, (PARKED, "parked.tab", len(waiting)), (ALL, "orders.all", sum(found.values()))]


def _filters() -> Filters:
    given, tab = request.args, _tab()
    return Filters(
        status=tab if tab in STATUSES else "",
        among=parked.orders_with_unsettled(current_actor()) if tab == PARKED else None,
        assignee=given.get("assignee", ""),
        product=given.get("product", ""),
        text=given.get("text", "").strip()[:100],
        overdue=given.get("overdue") == "1",
        before=given.get("before", ""),
        limit=PAGE,
    )


def _list_context(filters: Filters) -> dict[str, object]:
    session, actor = current_session(), current_actor()
    found = find_orders(session, actor, filters)
    maker, now = cards.Cards(session, actor), utc_now()
    waiting, unexplained = parked.unsettled_by_order(session, actor), _unexplained()
    orders = [
        live(card, now, waiting.get(card.id, 0), standing_locks(order), unexplained.get(card.id, 0))
        for order, card in zip(found, maker.cards(found), strict=True)
    ]
    following = found[-1].id if len(found) == PAGE else None
    speech = speech_for(session, actor, maker.people, current_language())
    return {
        "orders": orders,
        "clock": speech.short,
        "people": maker.people,
        "following": following,
        "parked": _parked_counts(waiting),
        "address": _address(),
        "tab": _tab(),
    }


def _unexplained() -> dict[str, int]:
    """Explanations of parts that wait for a word, by order."""
    return proposed_by_order(current_session(), current_actor())


def _parked_counts(waiting: Mapping[str, int]) -> dict[str, int]:
    """How many entries wait to be settled, how many of them name an order that is not here, how many are held back."""
    known = services.orders_by_id(current_session(), current_actor(), waiting)
    unknown = sum(count for order_id, count in waiting.items() if order_id not in known)
    held = count_held(current_session(), current_actor())
    return {"waiting": sum(waiting.values()), "unknown": unknown, "held": held}


def _address() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if name != "before"}


def _mark(text: str) -> str:
    """What is shown depends on the minute and the language, too."""
    shown = f"{text}-{utc_now():%Y%m%d%H%M}-{current_language()}"
    return hashlib.sha256(shown.encode()).hexdigest()[:20]


def _fragment(page: str | None, mark: str) -> Response:
    response = Response(page or "", status=200 if page is not None else 304, content_type="text/html; charset=utf-8")
    response.set_etag(mark)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _order_page(order: WorkOrder, problems: list[str] | None = None, reason: str = "") -> str:
    session, actor = current_session(), current_actor()
    return render_template(
        "order.html",
        engineers=people_with_role(session, actor, "engineer"),
        parked=tell_parked(session, actor, order.id, current_language()),
        assign=AssignForm(formdata=None, person=order.assigned_to or ""),
        cancel=CancelForm(formdata=None, reason=reason),
        problems=problems or [],
        asset=asset_of_order(session, actor, order.id),
        above=orders_above(session, actor, order.id),
        **_order_context(order),
    )


def _order_page_again(order_id: str, refusal: Refusal, reason: str = "") -> tuple[str, int]:
    order = services.access_work_order(current_session(), current_actor(), order_id)
    problems = [words_of(problem, current_language()) for problem in refusal.problems]
    return _order_page(order, problems, reason), refusal.status


def _order_context(order: WorkOrder) -> dict[str, object]:
    session, actor = current_session(), current_actor()
    maker = cards.Cards(session, actor)
    now: LiveOrder = live(maker.card(order), utc_now(), explanations=_unexplained().get(order.id, 0))
    record = compose_record(session, actor, order, current_language(), copy_for(actor, is_customers=False))
    cases = cases_of_order(session, actor, order.id)
    return {
        "order": order,
        "now": now,
        "record": record,
        "below": _below(order),
        "names": maker.people,
        "cases": cases,
    }


def _below(order: WorkOrder) -> list[services.SubOrder]:
    return services.sub_orders(current_session(), current_actor(), order.id)
