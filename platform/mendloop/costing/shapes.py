"""What the API says of costs, and is told. Amounts that are told are decimal texts in the organisation's currency
(`80.00`), as people write them; amounts that are said are whole minor units of it."""

import datetime as dt
import json
from typing import Annotated, Any

from pydantic import BaseModel, Field

from mendloop.costing.feed import CostChange, amounts_of
from mendloop.costing.margins import Margin
from mendloop.costing.models import CostSheet

Key = Annotated[str, Field(pattern=r"^([A-Za-z0-9._-]{8,64})?$")]
"""The asker's own: what is sent again with the same key is done once. Empty: it is something new each time."""
Short = Annotated[str, Field(max_length=40)]
Text = Annotated[str, Field(max_length=200)]
Reason = Annotated[str, Field(max_length=1000)]


class SubOrderOut(BaseModel):
    """A sub-order with everything below it; `provisional`: something of that is still open."""

    key: str
    order: str
    number: str
    status: str
    product: str
    position: str
    cost: int
    revenue: int
    provisional: bool


class SubOrdersOut(BaseModel):
    """An order's direct sub-orders, and what they come to."""

    lines: list[SubOrderOut]
    cost: int
    revenue: int
    provisional: bool


class SheetOut(BaseModel):
    """What an order cost. Amounts are whole minor units of `currency`, which has `exponent` digits of them.

    `sources` of a line name the facts it follows from. `changes` is what is other than in the revision before.
    `totals` are those of the order itself; `sub_orders` come on top of them."""

    order: str
    revision: int
    made_at: dt.datetime
    currency: str
    exponent: int
    lines: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    totals: dict[str, int]
    terms: dict[str, Any]
    sub_orders: SubOrdersOut | None = None
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
    """Of closed orders, those that cost most first; `left` orders are not worked out yet: ask again.

    By order and customer a main order counts with everything below it, and its sub-orders not again; by template,
    product and fault every order counts what it cost itself."""

    currency: str
    exponent: int
    margins: list[MarginOut]
    left: int


class MarginsQuery(BaseModel):
    """By order, template, fault, product or customer."""

    by: str = "order"


class ExtraIn(BaseModel):
    """Another cost of an order; without a price it is charged at cost plus markup."""

    key: Key = ""
    kind: Short
    name: Text
    amount: Short
    day: Short
    why: Reason
    price: Short = ""


class ReasonIn(BaseModel):
    """Why."""

    why: Reason


class DiscountIn(BaseModel):
    """What the customer of an order pays less: a percentage, an amount."""

    discount_percent: Short = ""
    discount_fixed: Short = ""
    discount_why: Reason


class AmountsOut(BaseModel):
    """What an order costs and earns: by itself, and with its sub-orders."""

    cost: int
    revenue: int
    cost_with_subs: int
    revenue_with_subs: int


class CostEventOut(BaseModel):
    """An order's costs are other than before. `causes`: `fact:ID`, `movement:ID`, `event:NUMBER`,
    `order:ID:REVISION` of a sub-order, `zone:NAME`; what holds no more has a minus in front."""

    number: int
    order: str
    order_number: str
    status: str
    revision: int
    at: dt.datetime
    before: AmountsOut | None
    after: AmountsOut
    causes: list[str]


class CostEventsOut(BaseModel):
    """Events in the order of their numbers; `after` is what to ask with next, whether there is more or not.

    An order that is closed is told of with every change. One that is open is told of when this is asked, at most once
    each time, if since then something was clocked to its end (a step was paused, resumed or completed), parts moved, or
    something was laid down; a clock that runs counts when it ends. `left` orders are not worked out yet: ask again.
    With no events and nothing `left`, the last event of each order says what its sheet says."""

    currency: str
    exponent: int
    events: list[CostEventOut]
    after: int
    left: int


class CostEventsQuery(BaseModel):
    """The number of the last event that is known."""

    after: Annotated[int, Field(ge=0, le=2**53)] = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class QuoteIn(BaseModel):
    """A quote is made from what is planned now, and is open for so many days."""

    key: Key = ""
    days: Annotated[int, Field(ge=1, le=90)] = 14
    remark: Reason = ""


class DecisionOut(BaseModel):
    """The one answer to a quote: approved or refused by the customer, or withdrawn by one of us."""

    decision: str
    at: dt.datetime
    by: str | None
    name: str
    remark: str


class QuoteOut(BaseModel):
    """A quote as it was made. Whoever has the `link` can read and answer it, without signing in: sending it to the
    customer is sending the quote. `state`: open, approved, refused, withdrawn, expired."""

    id: str
    order: str
    number: int
    state: str
    made_at: dt.datetime
    made_by: str
    expires_at: dt.datetime
    total: int
    currency: str
    exponent: int
    lines: list[dict[str, Any]]
    totals: dict[str, int]
    remark: str
    digest: str
    link: str
    decision: DecisionOut | None


class QuotesOut(BaseModel):
    """An order's quotes, newest first."""

    quotes: list[QuoteOut]


def sheet_out(sheet: CostSheet) -> SheetOut:
    """One revision."""
    document = json.loads(sheet.document)
    del document["order"]
    return SheetOut(
        order=sheet.order_id,
        revision=sheet.revision,
        made_at=sheet.made_at,
        changes=json.loads(sheet.changes),
        **document,
    )


def margin_out(row: Margin) -> MarginOut:
    """One line of the comparison."""
    amounts = {"cost": row.cost, "revenue": row.revenue, "margin": row.margin}
    return MarginOut(key=row.key, name=row.name, orders=row.orders, permille=row.permille, **amounts)


def event_out(change: CostChange) -> CostEventOut:
    """As others are told of it."""
    sheet, before = change.sheet, change.before
    return CostEventOut(
        number=change.number,
        order=sheet.order_id,
        order_number=sheet.number,
        status=sheet.status,
        revision=sheet.revision,
        at=sheet.made_at,
        before=AmountsOut(**amounts_of(before)) if before is not None else None,
        after=AmountsOut(**amounts_of(sheet)),
        causes=change.causes,
    )
