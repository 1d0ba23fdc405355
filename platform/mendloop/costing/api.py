"""Costs over the API: an order's sheet with its revisions, other costs of it, changes as events, margins."""

from mendloop.api import current_actor, current_language, current_session
from mendloop.costing import services, shapes
from mendloop.costing.quotes_api import api
from mendloop.costing.register_api import READERS, write
from mendloop.costing.shapes import event_out, margin_out, sheet_out
from mendloop.problems import Missing, Problem, Refusal

__all__ = ["api"]


@api.get(
    "/orders/<order_id>/costs",
    roles=READERS,
    summary="What an order cost, as is known now.",
    response=shapes.SheetOut,
)
def get_costs(order_id: str) -> shapes.SheetOut:
    return sheet_out(services.revise(current_session(), current_actor(), order_id))


@api.get(
    "/orders/<order_id>/costs/revisions",
    roles=READERS,
    summary="All revisions of an order's cost sheet, each with what changed and why.",
    response=shapes.SheetsOut,
)
def get_revisions(order_id: str) -> shapes.SheetsOut:
    session, actor = current_session(), current_actor()
    services.revise(session, actor, order_id)
    return shapes.SheetsOut(revisions=[sheet_out(sheet) for sheet in services.revisions(session, actor, order_id)])


@api.post(
    "/orders/<order_id>/costs/extras",
    roles=READERS,
    summary="Add another cost to an order; the answer is the sheet with it. The same key again is the same cost.",
    request=shapes.ExtraIn,
    response=shapes.SheetOut,
    status=201,
)
def post_extra(order_id: str, body: shapes.ExtraIn) -> shapes.SheetOut:
    details = services.ExtraDetails(**body.model_dump(exclude={"key"}))
    write(services.add_extra, order_id, details, body.key)
    return get_costs(order_id)


@api.post(
    "/orders/<order_id>/costs/extras/<key>/take-back",
    roles=READERS,
    summary="An order did not cost this after all; the answer is the sheet without it.",
    request=shapes.ReasonIn,
    response=shapes.SheetOut,
)
def post_extra_back(order_id: str, key: str, body: shapes.ReasonIn) -> shapes.SheetOut:
    try:
        write(services.take_back_extra, order_id, key, body.why)
    except Missing:
        if not services.was_extra(current_session(), current_actor(), order_id, key):
            raise
    return get_costs(order_id)


@api.put(
    "/orders/<order_id>/costs/discount",
    roles=READERS,
    summary="Say what the customer of an order pays less; the answer is the sheet with it.",
    request=shapes.DiscountIn,
    response=shapes.SheetOut,
)
def put_discount(order_id: str, body: shapes.DiscountIn) -> shapes.SheetOut:
    write(services.agree_discount, order_id, body.discount_percent, body.discount_fixed, body.discount_why)
    return get_costs(order_id)


@api.get(
    "/costs/events",
    roles=READERS,
    summary="Every change of what an order costs, once, in an order that never changes: ask again with `after`.",
    query=shapes.CostEventsQuery,
    response=shapes.CostEventsOut,
)
def get_cost_events(query: shapes.CostEventsQuery) -> shapes.CostEventsOut:
    session, actor = current_session(), current_actor()
    found = services.changes_after(session, actor, query.after, query.limit)
    settings = services.book_of(session, actor).settings
    return shapes.CostEventsOut(
        currency=settings.currency,
        exponent=settings.exponent,
        events=[event_out(change) for change in found],
        after=found[-1].number if found else query.after,
        left=services.left_to_tell(session, actor),
    )


@api.get(
    "/costs/margins",
    roles=READERS,
    summary="Cost, revenue and margin of closed orders by order, template, fault, product or customer.",
    query=shapes.MarginsQuery,
    response=shapes.MarginsOut,
)
def get_margins(query: shapes.MarginsQuery) -> shapes.MarginsOut:
    if query.by not in services.GROUPS:
        raise Refusal(Problem("cost.choice_unknown", at="/by"))
    session, actor = current_session(), current_actor()
    left = services.keep_up(session, actor)
    settings = services.book_of(session, actor).settings
    names = services.names_of(session, actor, query.by, current_language())
    found = services.margins(services.earned(session, actor), query.by, names)
    return shapes.MarginsOut(
        currency=settings.currency,
        exponent=settings.exponent,
        margins=[margin_out(row) for row in found],
        left=left,
    )
