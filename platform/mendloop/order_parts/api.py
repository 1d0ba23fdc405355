"""What all orders miss, what is to be bought for them, and their old parts, over the API.

The same `api` has what `order_api` tells of one order.
"""

from mendloop.api import current_actor, current_session
from mendloop.database import run_write
from mendloop.inventory import services as inventory
from mendloop.order_parts import asked_shapes as asked
from mendloop.order_parts import services, telling
from mendloop.order_parts.order_api import api
from mendloop.order_parts.roles import DESKS, READERS
from mendloop.order_parts.shapes import MissingPartsOut, OldPartOut, OldPartsOut, PurchasesOut


@api.get(
    "/missing-parts",
    roles=READERS,
    summary="What open orders want and nobody could hold: where it lies, what was asked for, what has to be bought.",
    response=MissingPartsOut,
)
def get_missing_parts() -> MissingPartsOut:
    found = services.missing_parts(current_session(), current_actor())
    return MissingPartsOut(missing=[telling.missing_out(short) for short in found])


@api.get(
    "/purchase-list",
    roles=READERS,
    summary="What has to be bought for open orders, as somebody has asked.",
    response=PurchasesOut,
)
def get_purchases() -> PurchasesOut:
    found = services.purchases(current_session(), current_actor())
    return PurchasesOut(purchases=[telling.purchase_out(each) for each in found])


@api.post(
    "/purchase-list/<request_id>",
    roles=DESKS,
    summary="Say that the supplier has been asked for a line of the purchase list, or has not after all.",
    request=asked.OrderedIn,
)
def post_ordered(request_id: str, body: asked.OrderedIn) -> None:
    session, actor = current_session(), current_actor()
    run_write(session, lambda: services.note_ordered(session, actor, request_id, body.ordered))


@api.get(
    "/old-parts",
    roles=READERS,
    summary="Old and defective parts that nobody has received yet.",
    response=OldPartsOut,
)
def get_old_parts() -> OldPartsOut:
    session, actor = current_session(), current_actor()
    found = services.waiting_old_parts(session, actor)
    parts = inventory.parts_by_id(session, actor, [old.part_id for old in found])
    return OldPartsOut(old_parts=[telling.old_part_out(old, parts) for old in found])


@api.post(
    "/old-parts/<tag>/receive",
    roles=DESKS,
    summary="Receive an old part by its tag: into quarantine, to scrap, to recycling, or back on the shelf.",
    request=asked.ReceiveOldIn,
    response=OldPartOut,
)
def post_receive_old(tag: str, body: asked.ReceiveOldIn) -> OldPartOut:
    session, actor = current_session(), current_actor()
    old = run_write(session, lambda: services.receive_old_part(session, actor, tag, body.target))
    return telling.old_part_out(old, inventory.parts_by_id(session, actor, [old.part_id]))


@api.post(
    "/stand-ins",
    roles=DESKS,
    summary="Say which parts may be built in where another one is meant.",
    request=asked.StandInsIn,
)
def post_stand_ins(body: asked.StandInsIn) -> None:
    session, actor = current_session(), current_actor()
    run_write(session, lambda: services.change_stand_ins(session, actor, body.part, body.stand_ins))


__all__ = ["api"]
