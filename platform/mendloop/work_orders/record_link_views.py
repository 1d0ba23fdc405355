"""The customer's copy, read by whoever has its link. Nobody signs in for that."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from flask import Blueprint, Response, render_template, request, send_file, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from mendloop.accounts.sign_in import check_delay, record_failure
from mendloop.database import session_for, write_transaction
from mendloop.edge.access import public
from mendloop.edge.context import current_config, current_database, current_session
from mendloop.photos import services as photos
from mendloop.problems import Missing
from mendloop.work_orders.access import access_work_order
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.record.composing import compose_record
from mendloop.work_orders.record.copies import CUSTOMERS
from mendloop.work_orders.record.links import RecordHolder, photo_link_of, read_link, read_photo_link
from mendloop.work_orders.record.requesting import Wanted, request_print
from mendloop.work_orders.record_views import chosen_language, in_language, send_print

blueprint = Blueprint("record_links", __name__, template_folder="pages")
T = TypeVar("T")
GUESSING = "a record's link"
"""Whose wrong guesses are counted, by address. A right link is never delayed."""
AGAIN = "2"
"""Seconds after which a page that waits for a print looks again."""


@blueprint.get("/record/<token>")
@public
def show_record(token: str) -> str:
    """The customer's copy of a record that is over."""
    holder, language = _ours(read_link, token), chosen_language()
    with session_for(current_database(), holder) as session:
        record = compose_record(session, holder.actor, _order(session, holder), language, CUSTOMERS)
    address = partial(_photo_address, holder)
    said = in_language(language)
    return render_template("record_shared.html", record=record, token=token, photo_address=address, **said)


@blueprint.get("/record/<token>/record.pdf")
@public
def get_document(token: str) -> AnyResponse:
    """The same as PDF; while it is being made, a page that looks again by itself."""
    holder, language = _ours(read_link, token), chosen_language()
    with session_for(current_database(), holder) as session:
        address = url_for("record_links.show_record", token=token, language=language, _external=True)
        wanted = Wanted(_order(session, holder), CUSTOMERS, language, address)
        found = request_print(session, holder.actor, wanted, current_config().data_folder)
        number = wanted.order.number
    progress = found.advance()
    if progress.state == "ready":
        return send_print(found)
    if progress.state == "cancelled":
        found.again()
    page = render_template("record_waits.html", number=number, progress=progress, **in_language(language))
    is_over = progress.state == "failed"
    headers = {"Cache-Control": "no-store"} | ({} if is_over else {"Refresh": AGAIN})
    return Response(page, 503 if is_over else 202, headers, content_type="text/html; charset=utf-8")


@blueprint.get("/record-photo/<token>")
@public
def get_photo(token: str) -> AnyResponse:
    """A photo that a customer's copy shows."""
    actor, sha256 = _ours(read_photo_link, token)
    with session_for(current_database(), actor) as session:
        photos.access_photo(session, actor, sha256)
    size = "view" if request.args.get("size") == "view" else "thumb"
    file = photos.photo_file(actor, current_config().data_folder, sha256, size)
    answer = send_file(file, mimetype="image/jpeg", etag=f"{sha256}-{size}", max_age=86_400)
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


def _order(session: Session, holder: RecordHolder) -> WorkOrder:
    """The order, once it is over: there is no copy of work that is under way."""
    order = access_work_order(session, holder.actor, holder.order_id)
    if order.status != "ended":
        raise Missing
    return order


def _ours(read: Callable[[str, str], T], token: str) -> T:
    """What a link says. Who tries links that we did not make has to wait longer and longer."""
    try:
        return read(current_config().secret_key, token)
    except Missing:
        address, session = request.remote_addr or "", current_session()
        check_delay(session, GUESSING, address)
        with write_transaction(session):
            record_failure(session, GUESSING, address)
        raise


def _photo_address(holder: RecordHolder, sha256: str, size: str) -> str:
    token = photo_link_of(current_config().secret_key, holder, sha256)
    return url_for("record_links.get_photo", token=token, size=size)
