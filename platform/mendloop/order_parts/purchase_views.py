"""The purchase list: what somebody wants bought for orders that wait, as a file, and what has been ordered of it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from mendloop.accounts.services import names_of_people
from mendloop.database import run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.order_parts import services
from mendloop.order_parts.blueprint import blueprint
from mendloop.order_parts.roles import DESKS, READERS
from mendloop.order_parts.services import Purchase
from mendloop.pages.render import current_zone, t, unit_name
from mendloop.tables import Cell, as_file
from mendloop.words import local
from mendloop.work_orders.services import orders_by_id

COLUMNS = ("number", "name", "quantity", "unit", "order", "due", "asked_by", "asked_at", "ordered")


@blueprint.get("/purchase-list.<kind>")
@allow(*READERS)
def export_purchases(kind: str) -> Response:
    """The purchase list as CSV or XLSX."""
    rows = list(_rows(services.purchases(current_session(), current_actor())))
    return as_file(kind, "purchase-list", rows, t("order_parts.purchases"))


@blueprint.post("/purchase-list/<request_id>")
@allow(*DESKS)
def note_ordered(request_id: str) -> Response:
    """The supplier has been asked for it, or has not after all."""
    session, actor, ordered = current_session(), current_actor(), request.form.get("ordered") == "yes"
    run_write(session, lambda: services.note_ordered(session, actor, request_id, ordered))
    return redirect(url_for("order_parts.show_missing", _anchor="purchases"))


def _rows(found: Sequence[Purchase]) -> Iterator[Sequence[Cell]]:
    session, actor = current_session(), current_actor()
    orders = orders_by_id(session, actor, {each.short.order_id for each in found})
    people = names_of_people(session, actor)
    yield tuple(t(f"order_parts.column.{name}") for name in COLUMNS)
    for each in found:
        order, asked, short = orders[each.short.order_id], each.coming.request, each.short
        name = local(short.part.name, current_language()) if short.part is not None else ""
        unit = unit_name(short.part.unit) if short.part is not None else ""
        yield (
            *(short.number, name, Decimal(each.coming.milli) / 1000, unit, order.number, _day(order.due_at)),
            *(people.get(asked.asked_by, ""), _day(asked.asked_at), _day(asked.ordered_at)),
        )


def _day(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(current_zone()).date().isoformat() if moment is not None else None
