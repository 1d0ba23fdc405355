"""Records on paper, for those who are signed in, and the customer's copy as they hand it out."""

from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.accounts.actor import OWNER, STOREKEEPER, SUPERVISOR, VIEWER
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_config, current_language, current_session
from mendloop.words import LANGUAGES, local, translate, unit_in
from mendloop.work_orders import services
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.record.composing import compose_record
from mendloop.work_orders.record.copies import Copy, copy_for
from mendloop.work_orders.record.links import last_day, link_of
from mendloop.work_orders.record.prints import Print
from mendloop.work_orders.record.requesting import Wanted, access_print, request_print

blueprint = Blueprint("records", __name__, template_folder="pages")
READERS = (OWNER, SUPERVISOR, VIEWER, STOREKEEPER)
WRITERS = (OWNER, SUPERVISOR)
CUSTOMER = "customer"


@blueprint.get("/orders/<order_id>/record.pdf")
@allow(*READERS)
def print_order(order_id: str) -> Response:
    """The record on paper; a large one is made while its progress is shown."""
    order, copy, language = _order(order_id), _copy(), chosen_language()
    wanted = Wanted(order, copy, language, _address(order, copy, language))
    found = request_print(current_session(), current_actor(), wanted, current_config().data_folder)
    if found.file.is_file():
        return send_print(found)
    found.again()
    found.advance()
    return redirect(url_for("records.show_print", order_id=order_id, key=found.key), 303)


@blueprint.get("/orders/<order_id>/prints/<key>")
@allow(*READERS)
def show_print(order_id: str, key: str) -> str:
    """How far a print is."""
    order = _order(order_id)
    found = _print(order, key)
    return render_template(
        "record_print.html", order=order, key=key, copy=found.about["copy"], progress=found.advance()
    )


@blueprint.get("/orders/<order_id>/prints/<key>/live")
@allow(*READERS)
def show_print_live(order_id: str, key: str) -> str:
    """The same, alone, for a page that is open."""
    order = _order(order_id)
    return render_template("record_progress.html", order=order, key=key, progress=_print(order, key).advance())


@blueprint.get("/orders/<order_id>/prints/<key>/record.pdf")
@allow(*READERS)
def get_print(order_id: str, key: str) -> Response:
    """The document; while it is being made, its progress."""
    found = _print(_order(order_id), key)
    if not found.file.is_file():
        return redirect(url_for("records.show_print", order_id=order_id, key=key), 303)
    return send_print(found)


@blueprint.post("/orders/<order_id>/prints/<key>/cancel")
@allow(*READERS)
def cancel_print(order_id: str, key: str) -> Response:
    """Nobody wants it any more."""
    _print(_order(order_id), key).cancel()
    return redirect(url_for("records.show_print", order_id=order_id, key=key), 303)


@blueprint.post("/orders/<order_id>/prints/<key>/again")
@allow(*READERS)
def print_again(order_id: str, key: str) -> Response:
    """Somebody wants it after all."""
    found = _print(_order(order_id), key)
    found.again()
    found.advance()
    return redirect(url_for("records.show_print", order_id=order_id, key=key), 303)


@blueprint.get("/orders/<order_id>/customer")
@allow(*WRITERS)
def show_customers_copy(order_id: str) -> str:
    """What the customer is given, in the language that is chosen here, and the link for them."""
    order, language = _order(order_id), chosen_language()
    copy = copy_for(current_actor(), is_customers=True)
    record = compose_record(current_session(), current_actor(), order, language, copy)
    return render_template(
        "record_customer.html",
        order=order,
        record=record,
        copy_language=language,
        said=in_language(language),
        link=_link(order, language) if order.status == "ended" else "",
        until=last_day(),
    )


def chosen_language() -> str:
    """The language that the address asks for, else the reader's."""
    asked = request.args.get("language", "")
    return asked if asked in LANGUAGES else current_language()


def in_language(language: str) -> dict[str, object]:
    """What pages say things with, in a language that need not be the reader's."""
    return {
        "t": partial(translate, language),
        "local": lambda text: local(text, language),
        "unit_name": lambda unit: unit_in(language, unit),
        "language": language,
    }


def send_print(found: Print) -> Response:
    """The document under the order's number."""
    about = found.about
    name = f"{about['number']}{'-customer' if about['copy'] == CUSTOMER else ''}.pdf"
    answer = Response(found.file.read_bytes(), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _address(order: WorkOrder, copy: Copy, language: str) -> str:
    """Where whoever holds the print finds the record: we in our own house, a customer by their link."""
    if not copy.is_customers:
        return url_for("work_orders.show_order", order_id=order.id, _external=True)
    return _link(order, language) if order.status == "ended" and copy.has_costs else ""


def _link(order: WorkOrder, language: str) -> str:
    token = link_of(current_config().secret_key, order, last_day())
    return url_for("record_links.show_record", token=token, language=language, _external=True)


def _order(order_id: str) -> WorkOrder:
    return services.access_work_order(current_session(), current_actor(), order_id)


def _copy() -> Copy:
    return copy_for(current_actor(), is_customers=request.args.get("copy") == CUSTOMER)


def _print(order: WorkOrder, key: str) -> Print:
    copy = copy_for(current_actor(), is_customers=False)
    return access_print(current_actor(), order, key, current_config().data_folder, copy)
