"""Work orders over the API, as offices and other systems use them."""

from werkzeug.wrappers import Response

from mendloop.accounts.actor import OWNER, SUPERVISOR, VIEWER
from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.database import write_transaction
from mendloop.problems import Problem, Refusal
from mendloop.work_orders import cards, services
from mendloop.work_orders.chain import events_of, verify_events
from mendloop.work_orders.listing import Filters
from mendloop.work_orders.shapes import (
    CardOut,
    EventOut,
    EventsOut,
    OrderIn,
    OrdersPageOut,
    OrdersQuery,
    SubOrdersOut,
)

api = Api("work_orders")
OFFICE = (OWNER, SUPERVISOR, VIEWER)


@api.post(
    "/orders",
    roles=(OWNER, SUPERVISOR),
    summary="Open a work order. Without a template the first one that is proposed for product and faults is taken.",
    request=OrderIn,
    response=CardOut,
    status=201,
)
def post_order(body: OrderIn) -> CardOut | Response:
    session, actor = current_session(), current_actor()
    with write_transaction(session):
        template = body.template or _first_proposal(body)
        order = services.open_work_order(session, actor, _new_order(body, template))
    return cards.Cards(session, actor).card(order)


@api.get(
    "/orders",
    roles=OFFICE,
    summary="The organisation's work orders, newest first, filtered and by pages.",
    query=OrdersQuery,
    response=OrdersPageOut,
)
def get_orders(query: OrdersQuery) -> OrdersPageOut:
    given = {name: value for name, value in query.model_dump().items() if value is not None}
    filters = Filters(**given)
    found = cards.list_cards(current_session(), current_actor(), filters)
    is_full = len(found) >= min(max(filters.limit, 1), 200)
    return OrdersPageOut(orders=found, next=found[-1].id if is_full else None)


@api.get(
    "/orders/<order_id>/sub-orders",
    roles=ANY_ROLE,
    summary="The orders that are directly a part of this one, in the order of opening.",
    response=SubOrdersOut,
)
def get_sub_orders(order_id: str) -> SubOrdersOut:
    return SubOrdersOut(sub_orders=cards.sub_orders_out(current_session(), current_actor(), order_id))


@api.get(
    "/orders/<order_id>/events",
    roles=ANY_ROLE,
    summary="All events of an order with their hashes, and whether the chain is whole.",
    response=EventsOut,
)
def get_events(order_id: str) -> EventsOut:
    session, actor = current_session(), current_actor()
    order = services.access_work_order(session, actor, order_id)
    events = events_of(session, actor, order_id)
    return EventsOut(
        events=[
            EventOut(
                sequence=stored.sequence,
                id=stored.id,
                command=stored.command_id,
                prev=stored.prev,
                hash=stored.hash,
                event=stored.event,
            )
            for stored in events
        ],
        revision=order.revision,
        head=order.head,
        verified=verify_events(actor, order, events).is_whole,
    )


def _first_proposal(body: OrderIn) -> str:
    found = services.propose(current_session(), current_actor(), body.product, body.fault_codes)
    if not found:
        raise Refusal(Problem("order.no_template_fits", at="/product"))
    return found[0].version_id


def _new_order(body: OrderIn, template: str) -> services.NewOrder:
    if body.due is not None and body.due.tzinfo is None:
        raise Refusal(Problem("order.due_without_zone", at="/due"))
    return services.NewOrder(
        product=body.product,
        template_version=template,
        asset=body.asset,
        customer=body.customer,
        fault_codes=tuple(body.fault_codes),
        fault_text=body.fault_text,
        priority=body.priority,
        due=body.due,
        assignee=body.assignee,
        warranty=body.warranty,
        keep_asset=body.keep_asset,
        parent=body.parent,
        position=body.position,
    )
