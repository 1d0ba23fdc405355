"""Stock over the API: parts, balances, movements, changes as events. `api` adds its routes to the same feature."""

from mendloop.accounts.actor import OWNER, STOREKEEPER, SUPERVISOR, VIEWER
from mendloop.api import Api, current_actor, current_session
from mendloop.costing.money import plain_amount
from mendloop.database import run_write
from mendloop.inventory import booking, feed, parts, shelving
from mendloop.inventory.amounts import digits_of, quantity_of
from mendloop.inventory.blueprint import KEEPERS
from mendloop.inventory.models import Part
from mendloop.inventory.parts import PartDetails
from mendloop.inventory.sheets import Sheet, SheetLine, act_called, find_part
from mendloop.inventory.stock_shapes import (
    PartsPageQuery,
    PostedOut,
    StockBalanceOut,
    StockBalancesOut,
    StockBalancesQuery,
    StockEventOut,
    StockEventsOut,
    StockEventsQuery,
    StockMovementIn,
    StockPartIn,
    StockPartOut,
    StockPartsOut,
    movement_out,
)
from mendloop.problems import Problem, Refusal

api = Api("inventory")
SEE_WORTH = (OWNER, SUPERVISOR, STOREKEEPER, VIEWER)


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
    events = [StockEventOut(number=each.number, movement=movement_out(each.movement, each.entries)) for each in found]
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
        cost = plain_amount(line.value, digits) if line.value is not None else ""
        serials, unknown = "\n".join(line.serials), "y" if line.unknown else ""
        lines.append(SheetLine(part, quantity_of(line.milli), part.unit, cost, line.lot, serials, unknown))
    if problems:
        raise Refusal(problems)
    act = act_called(body.act)
    ends = (body.source, body.target, body.order, body.reason, body.note)
    return Sheet(act, f"api-{body.key}", *ends, lines, extra=body.extra)
