"""Stock over the API: parts, balances, movements, and changes as events. It belongs to the same feature as `api`."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from mendloop.accounts.actor import OWNER, STOREKEEPER, SUPERVISOR, VIEWER
from mendloop.api import Api, current_actor, current_session
from mendloop.costing.money import plain_amount
from mendloop.database import run_write
from mendloop.inventory import booking, feed, parts, shelving
from mendloop.inventory.amounts import digits_of, quantity_of
from mendloop.inventory.blueprint import KEEPERS
from mendloop.inventory.models import Part, StockEntry, StockMovement
from mendloop.inventory.parts import PartDetails
from mendloop.inventory.sheets import Sheet, SheetLine, act_called, find_part
from mendloop.problems import Problem, Refusal

SEE_WORTH = (OWNER, SUPERVISOR, STOREKEEPER, VIEWER)
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
    """A line of a slip. `value`: what all of it cost, for what is received."""

    part: Annotated[str, Field(max_length=100)]
    milli: Milli
    value: Annotated[int, Field(ge=0, le=10**15)] = 0
    serials: Annotated[list[Text], Field(max_length=500)] = []
    lot: Text = ""


class StockMovementIn(BaseModel):
    """A slip of the desk. The same `key` again is the same movement; `order` is the order's number."""

    key: Annotated[str, Field(min_length=8, max_length=60)]
    act: Literal["receive", "issue", "return", "move", "scrap", "decide"]
    source: Annotated[str, Field(max_length=60)] = ""
    target: Annotated[str, Field(max_length=60)] = ""
    order: Annotated[str, Field(max_length=40)] = ""
    reason: Annotated[str, Field(max_length=60)] = ""
    note: Annotated[str, Field(max_length=2000)] = ""
    lines: Annotated[list[StockLineIn], Field(min_length=1, max_length=200)]


class PostedOut(BaseModel):
    """The movement; `again` when it was there before."""

    movement: str
    again: bool


def add_routes(api: Api) -> None:
    """Put the routes of stock on the feature's API."""

    @api.get(
        "/stock/parts",
        roles=SEE_WORTH,
        summary="Parts page by page, in the order of their numbers.",
        query=PartsPageQuery,
        response=StockPartsOut,
    )
    def get_stock_parts(query: PartsPageQuery) -> StockPartsOut:
        page = parts.page_of_parts(current_session(), current_actor(), query.query, query.after, query.limit)
        return StockPartsOut(parts=[_part(part) for part, _ in page.rows], next=page.next)

    @api.put(
        "/stock/parts",
        roles=KEEPERS,
        summary="Enter a part, or change the one with this number.",
        request=StockPartIn,
        response=StockPartOut,
    )
    def put_stock_part(body: StockPartIn) -> StockPartOut:
        session, actor = current_session(), current_actor()
        return _part(run_write(session, lambda: parts.put_part(session, actor, _details(body))))

    @api.get(
        "/stock/balances",
        roles=SEE_WORTH,
        summary="What lies where, and what it is worth.",
        query=StockBalancesQuery,
        response=StockBalancesOut,
    )
    def get_stock_balances(query: StockBalancesQuery) -> StockBalancesOut:
        session, actor = current_session(), current_actor()
        as_of = feed.last_number(session, actor)
        page = shelving.page_of_balances(session, actor, query.part, query.place, query.after, query.limit)
        lines = [
            StockBalanceOut(
                part=line.part.number,
                place=line.location,
                milli=line.milli,
                reserved=line.reserved,
                value=line.value,
            )
            for line in page.lines
        ]
        return StockBalancesOut(balances=lines, next=page.next, as_of=as_of)

    @api.get(
        "/stock/events",
        roles=SEE_WORTH,
        summary="Every movement, once, in an order that never changes: ask again with `after`.",
        query=StockEventsQuery,
        response=StockEventsOut,
    )
    def get_stock_events(query: StockEventsQuery) -> StockEventsOut:
        found = feed.events_after(current_session(), current_actor(), query.after, query.limit)
        events = [
            StockEventOut(number=each.number, movement=movement_out(each.movement, each.entries)) for each in found
        ]
        return StockEventsOut(events=events, after=found[-1].number if found else query.after)

    @api.post(
        "/stock/movements",
        roles=KEEPERS,
        summary="Book a slip: receive, issue, return, move, scrap, or decide on old parts.",
        request=StockMovementIn,
        response=PostedOut,
    )
    def post_stock_movement(body: StockMovementIn) -> PostedOut:
        posted = booking.book(current_session(), current_actor(), _sheet(body))
        return PostedOut(movement=posted.movement_id, again=posted.again)


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


def _part(part: Part) -> StockPartOut:
    return StockPartOut(
        number=part.number,
        name=part.name,
        unit=part.unit,
        packs=part.packs,
        costing=part.costing,
        serial_tracked=part.serial_tracked,
        fits=part.fits,
        known=part.known,
    )


def _details(body: StockPartIn) -> PartDetails:
    packs = {name: int(many) if float(many).is_integer() else many for name, many in body.packs.items()}
    return PartDetails(body.number, body.name, body.unit, body.costing, body.serial_tracked, tuple(body.fits), packs)


def _sheet(body: StockMovementIn) -> Sheet:
    session, actor = current_session(), current_actor()
    digits, lines, problems = digits_of(session, actor), [], []
    for index, line in enumerate(body.lines):
        part = find_part(session, actor, line.part)
        if part is None:
            at = f"/lines/{index}/part"
            problems.append(Problem("stock.code_unknown", at=at, params={"code": line.part[:60]}))
            continue
        cost, serials = plain_amount(line.value, digits), "\n".join(line.serials)
        lines.append(SheetLine(part, quantity_of(line.milli), part.unit, cost, line.lot, serials))
    if problems:
        raise Refusal(problems)
    act = act_called(body.act)
    return Sheet(act, f"api-{body.key}", body.source, body.target, body.order, body.reason, body.note, lines)
