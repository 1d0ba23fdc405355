"""Costs over the API: an order's sheet with its revisions, margins, other costs of an order."""

import datetime as dt
import json
from typing import Any

from pydantic import BaseModel

from mendloop.accounts.actor import OWNER, SUPERVISOR
from mendloop.api import Api, current_actor, current_language, current_session
from mendloop.costing import services
from mendloop.costing.models import CostSheet
from mendloop.database import write_transaction
from mendloop.problems import Problem, Refusal

api = Api("costing")
READERS = (OWNER, SUPERVISOR)


class SheetOut(BaseModel):
    """What an order cost. Amounts are whole minor units of `currency`, which has `exponent` digits of them.

    `sources` of a line name the facts it follows from. `changes` is what is other than in the revision before."""

    order: str
    revision: int
    made_at: dt.datetime
    currency: str
    exponent: int
    lines: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    totals: dict[str, int]
    terms: dict[str, Any]
    running: int
    unpriced: int
    unbelievable: int
    changes: list[dict[str, Any]]


class SheetsOut(BaseModel):
    """All revisions, newest first."""

    revisions: list[SheetOut]


class MarginOut(BaseModel):
    """Sums over orders that have `key` in common; `permille` of the revenue is left, null without revenue."""

    key: str
    name: str
    orders: int
    cost: int
    revenue: int
    margin: int
    permille: int | None


class MarginsOut(BaseModel):
    """Of closed orders, those that cost most first; `left` orders are not worked out yet."""

    currency: str
    exponent: int
    margins: list[MarginOut]
    left: int


class MarginsQuery(BaseModel):
    """By order, template, fault, product or customer."""

    by: str = "order"


class ExtraIn(BaseModel):
    """Another cost of an order. Amounts are decimal texts in the organisation's currency (`80.00`)."""

    kind: str
    name: str
    amount: str
    day: str
    why: str
    price: str = ""


@api.get("/orders/<order_id>/costs", roles=READERS, summary="What an order cost, as is known now.", response=SheetOut)
def get_costs(order_id: str) -> SheetOut:
    return _sheet(services.revise(current_session(), current_actor(), order_id))


@api.get(
    "/orders/<order_id>/costs/revisions",
    roles=READERS,
    summary="All revisions of an order's cost sheet, each with what changed and why.",
    response=SheetsOut,
)
def get_revisions(order_id: str) -> SheetsOut:
    session, actor = current_session(), current_actor()
    services.revise(session, actor, order_id)
    return SheetsOut(revisions=[_sheet(sheet) for sheet in services.revisions(session, actor, order_id)])


@api.post(
    "/orders/<order_id>/costs/extras",
    roles=READERS,
    summary="Add another cost to an order; the answer is the sheet with it.",
    request=ExtraIn,
    response=SheetOut,
    status=201,
)
def post_extra(order_id: str, body: ExtraIn) -> SheetOut:
    session, actor = current_session(), current_actor()
    with write_transaction(session):
        services.add_extra(session, actor, order_id, services.ExtraDetails(**body.model_dump()))
        sheet = services.revise(session, actor, order_id)
    return _sheet(sheet)


@api.get(
    "/costs/margins",
    roles=READERS,
    summary="Cost, revenue and margin of closed orders by order, template, fault, product or customer.",
    query=MarginsQuery,
    response=MarginsOut,
)
def get_margins(query: MarginsQuery) -> MarginsOut:
    if query.by not in services.GROUPS:
        raise Refusal(Problem("cost.choice_unknown", at="/by"))
    session, actor = current_session(), current_actor()
    left = services.keep_up(session, actor)
    settings = services.book_of(session, actor).settings
    names = services.names_of(session, actor, query.by, current_language())
    found = services.margins(services.earned(session, actor), query.by, names)
    return MarginsOut(
        currency=settings.currency,
        exponent=settings.exponent,
        margins=[_margin(row) for row in found],
        left=left,
    )


def _margin(row: services.Margin) -> MarginOut:
    amounts = {"cost": row.cost, "revenue": row.revenue, "margin": row.margin}
    return MarginOut(key=row.key, name=row.name, orders=row.orders, permille=row.permille, **amounts)


def _sheet(sheet: CostSheet) -> SheetOut:
    document = json.loads(sheet.document)
    del document["order"]
    return SheetOut(
        order=sheet.order_id,
        revision=sheet.revision,
        made_at=sheet.made_at,
        changes=json.loads(sheet.changes),
        **document,
    )
