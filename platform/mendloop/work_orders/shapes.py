"""What the API says about work orders."""

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, Field

Words = dict[str, str]


class ActiveOut(BaseModel):
    """A visit that is open: where it is, who works on it, since when in this status."""

    visit: str
    node: str
    title: Words
    role: str
    role_title: Words
    """What the order's template calls that role."""
    status: str
    by: str | None
    by_name: str | None
    since: str
    worked_ms: int
    standard_minutes: float | None
    only_for: list[str] = []
    """Who alone can do it: those whose locks it takes off, where there is nothing else to do in it."""
    only_for_names: list[str] = []


class ProductOut(BaseModel):
    """What is repaired."""

    key: str
    name: Words


class FaultOut(BaseModel):
    """What is wrong, by code."""

    code: str
    title: Words


class ProgressOut(BaseModel):
    """Steps done, of how many the template has; at the end both are the same."""

    done: int
    of: int


class ParentOut(BaseModel):
    """The order that this one is a part of; `position`: the address in the BOM of what that one is about, or empty."""

    id: str
    number: str
    position: str


class SubOrderOut(BaseModel):
    """An order that is a part of another one, as it stands now; `product` by its key."""

    id: str
    number: str
    title: Words
    status: str
    outcome: str | None
    product: str
    asset: str
    position: str
    assigned_to: str | None


class SubOrdersOut(BaseModel):
    """The direct sub-orders of an order, in the order of opening."""

    sub_orders: list[SubOrderOut]


class CardOut(BaseModel):
    """A work order in a list."""

    id: str
    number: str
    title: Words
    product: ProductOut
    asset: str
    customer: str
    fault_codes: list[FaultOut]
    fault_text: str
    priority: str
    due: dt.datetime | None
    status: str
    outcome: str | None
    revision: int
    plan_hash: str
    assigned_to: str | None
    assigned_to_name: str | None
    mine: bool
    active: list[ActiveOut]
    progress: ProgressOut
    parent: ParentOut | None = None


class OrdersOut(BaseModel):
    """Work orders."""

    orders: list[CardOut]


class OrdersPageOut(BaseModel):
    """A page of work orders, newest first; `next` is the value of `before` for the following page."""

    orders: list[CardOut]
    next: str | None


class VisitOut(BaseModel):
    """One pass through a step. `answers` are the final ones, or the draft while it is open."""

    visit: str
    node: str
    number: int
    by: str | None
    by_name: str | None
    status: str
    opened_at: str
    started_at: str | None
    completed_at: str | None
    worked_ms: int
    answers: dict[str, Any]
    reasons: dict[str, Any]
    rework: dict[str, Any] | None


class CancelledOut(BaseModel):
    """Who gave an order up, when and why."""

    by: str
    by_name: str | None
    at: str
    reason: str


class OrderOut(CardOut):
    """A work order with everything that a device needs to go on with it; `cancelled` where it was given up."""

    facts: dict[str, Any]
    state: dict[str, Any]
    visits: list[VisitOut]
    findings: list[dict[str, Any]]
    people: dict[str, str]
    cancelled: CancelledOut | None
    sub_orders: list[SubOrderOut]


class EventOut(BaseModel):
    """An event with its place in the chain."""

    sequence: int
    id: str
    command: str
    prev: str
    hash: str
    event: dict[str, Any]


class EventsOut(BaseModel):
    """Events of an order, in order; `verified` says whether the chain from the first one on is whole."""

    events: list[EventOut]
    revision: int
    head: str
    verified: bool


class OrderIn(BaseModel):
    """A new work order. Without `template` the first proposal for product and faults is taken. An `asset` that is known
    by this number is linked; with `keep_asset` one that is not is taken in. `parent`: the id of the order that it is a
    part of, `position` the address in the BOM of what that one is about; both for good."""

    product: str
    asset: str = ""
    customer: str = ""
    fault_codes: list[str] = []
    fault_text: str = ""
    priority: str = "normal"
    due: dt.datetime | None = None
    assignee: str | None = None
    template: str | None = None
    warranty: bool = False
    keep_asset: bool = False
    parent: str | None = None
    position: str = ""


class OrdersQuery(BaseModel):
    """Filters of the list; a limit beyond the longest page gives the longest page."""

    status: Literal["open", "ended", "cancelled"] | None = None
    assignee: str | None = None
    product: str | None = None
    text: str | None = None
    overdue: bool = False
    before: str | None = None
    limit: int = Field(50, ge=1)
