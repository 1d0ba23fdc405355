"""What stock says and is told over the API."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from mendloop.inventory.models import StockEntry, StockMovement

Milli = Annotated[int, Field(ge=1, le=10**12)]
Cursor = Annotated[str, Field(max_length=300)]
PageSize = Annotated[int, Field(ge=1, le=500)]
Text = Annotated[str, Field(max_length=200)]


class StockPartOut(BaseModel):
    """A part as the storekeeper keeps it. `packs` says how many of `unit` are in each other unit it comes in."""

    number: str
    name: dict[str, str]
    unit: str
    packs: dict[str, float]
    costing: str
    serial_tracked: bool
    fits: list[str]
    known: bool


class StockPartsOut(BaseModel):
    """A page of parts; `next` is the `after` of the following one."""

    parts: list[StockPartOut]
    next: str | None


class StockPartIn(BaseModel):
    """A part by its number: entered, or changed where it is known."""

    number: Annotated[str, Field(max_length=100)]
    name: dict[str, Text]
    unit: Annotated[str, Field(max_length=20)] = "pcs"
    packs: dict[str, Annotated[float, Field(gt=0, le=1_000_000)]] = {}
    costing: Literal["average", "fifo"] = "average"
    serial_tracked: bool = False
    fits: list[Text] = []


class PartsPageQuery(BaseModel):
    """A piece of a number or a name, and where the page begins."""

    query: Text = ""
    after: Cursor = ""
    limit: PageSize = 50


class StockBalanceOut(BaseModel):
    """`milli`, thousandths of the part's unit, lie at a place; so many of them are `reserved`. `value` is in minor
    units of the organisation's currency."""

    part: str
    place: str
    milli: int
    reserved: int
    value: int


class StockBalancesOut(BaseModel):
    """A page of balances that are not zero; `as_of` is the number of the last event that is in them for certain."""

    balances: list[StockBalanceOut]
    next: str | None
    as_of: int


class StockBalancesQuery(BaseModel):
    """One part, one place, or all."""

    part: Text = ""
    place: Annotated[str, Field(max_length=60)] = ""
    after: Cursor = ""
    limit: PageSize = 200


class StockEntryOut(BaseModel):
    """`milli` of a part, worth `value`, went from one place to another."""

    part: str
    sequence: int
    source: str
    target: str
    milli: int
    value: int
    unit: str | None
    serial: str | None
    lot: str | None


class StockMovementOut(BaseModel):
    """Something that was done with parts."""

    id: str
    action: str
    at: dt.datetime
    booked_at: dt.datetime
    by: str
    order: str | None
    reason: str | None
    note: str | None
    entries: list[StockEntryOut]


class StockEventOut(BaseModel):
    """A movement with its number in the feed."""

    number: int
    movement: StockMovementOut


class StockEventsOut(BaseModel):
    """Events in the order of their numbers; `after` is what to ask with next, whether there is more or not."""

    events: list[StockEventOut]
    after: int


class StockEventsQuery(BaseModel):
    """The number of the last event that is known."""

    after: Annotated[int, Field(ge=0, le=2**53)] = 0
    limit: PageSize = 100


class StockLineIn(BaseModel):
    """A line of a slip. What is received says in `value` what all of it cost, or that this is `unknown` yet."""

    part: Annotated[str, Field(max_length=100)]
    milli: Milli
    value: Annotated[int, Field(ge=0, le=10**15)] | None = None
    unknown: bool = False
    serials: Annotated[list[Text], Field(max_length=500)] = []
    lot: Text = ""


class StockMovementIn(BaseModel):
    """A slip of the desk. The same `key` again is the same movement; `order` is the order's number. `extra`: more than
    is planned for the order is issued, too."""

    key: Annotated[str, Field(min_length=8, max_length=60)]
    act: Literal["receive", "issue", "return", "move", "scrap", "decide"]
    source: Annotated[str, Field(max_length=60)] = ""
    target: Annotated[str, Field(max_length=60)] = ""
    order: Annotated[str, Field(max_length=40)] = ""
    reason: Annotated[str, Field(max_length=60)] = ""
    note: Annotated[str, Field(max_length=2000)] = ""
    extra: bool = False
    lines: Annotated[list[StockLineIn], Field(min_length=1, max_length=200)]


class PostedOut(BaseModel):
    """The movement; `again` when it was there before."""

    movement: str
    again: bool


def movement_out(movement: StockMovement, entries: tuple[tuple[StockEntry, str], ...]) -> StockMovementOut:
    """As others are told of it."""
    return StockMovementOut(
        id=movement.id,
        action=movement.action,
        at=movement.at,
        booked_at=movement.booked_at,
        by=movement.by,
        order=movement.order_id,
        reason=movement.reason,
        note=movement.note,
        entries=[
            StockEntryOut(
                part=number,
                sequence=entry.sequence,
                source=entry.from_location,
                target=entry.to_location,
                milli=entry.milli,
                value=entry.value,
                unit=entry.unit,
                serial=entry.serial,
                lot=entry.lot,
            )
            for entry, number in entries
        ],
    )
