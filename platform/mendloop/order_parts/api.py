"""An order's parts over the API: for the phone, for desks, for other systems."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from mendloop.accounts.actor import ENGINEER, OWNER, STOREKEEPER, SUPERVISOR, VIEWER, Actor
from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.database import run_write
from mendloop.inventory import services as inventory
from mendloop.order_parts import services, shapes
from mendloop.order_parts.sheet import parts_sheet
from mendloop.work_orders.access import access_work_order

T = TypeVar("T")
P = ParamSpec("P")
api = Api("order_parts")
HANDS = (ENGINEER, STOREKEEPER, SUPERVISOR, OWNER)
DESKS = (STOREKEEPER, SUPERVISOR, OWNER)
DECIDERS = (SUPERVISOR, OWNER)


@api.get(
    "/orders/<order_id>/parts",
    roles=ANY_ROLE,
    summary="An order's parts: planned, held, issued, used, back, explained, missing, and what they cost.",
    response=shapes.OrderPartsOut,
)
def get_order_parts(order_id: str) -> shapes.OrderPartsOut:
    return _sheet(order_id)


@api.post(
    "/orders/<order_id>/parts/issue",
    roles=HANDS,
    summary="Hand parts out to an order. What is not meant for it is refused with what is; asking again is harmless.",
    request=shapes.IssueIn,
    response=shapes.OrderPartsOut,
)
def post_issue(order_id: str, body: shapes.IssueIn) -> shapes.OrderPartsOut:
    asked = [line.asked() for line in body.lines]
    _write(services.issue_parts, order_id, asked, body.key, source=body.source, extra=body.extra)
    return _sheet(order_id)


@api.post(
    "/orders/<order_id>/parts/give-back",
    roles=HANDS,
    summary="Give issued parts back to where they came from, or as defective ones to the old parts.",
    request=shapes.GiveBackIn,
    response=shapes.OrderPartsOut,
)
def post_give_back(order_id: str, body: shapes.GiveBackIn) -> shapes.OrderPartsOut:
    asked = [line.asked() for line in body.lines]
    _write(services.give_back_parts, order_id, asked, body.key, target=body.target, defective=body.defective)
    return _sheet(order_id)


@api.post(
    "/orders/<order_id>/parts/use",
    roles=HANDS,
    summary="Issued parts were built in, where no step has a field that says so.",
    request=shapes.UseIn,
    response=shapes.OrderPartsOut,
)
def post_use(order_id: str, body: shapes.UseIn) -> shapes.OrderPartsOut:
    asked = [line.asked() for line in body.lines]
    _write(services.use_parts, order_id, asked, body.key)
    return _sheet(order_id)


@api.post(
    "/orders/<order_id>/parts/plan",
    roles=(ENGINEER, SUPERVISOR, OWNER),
    summary="Say how much of a part is meant for an order; engineers can ask for more, supervisors change anything.",
    request=shapes.PlanIn,
    response=shapes.OrderPartsOut,
)
def post_plan(order_id: str, body: shapes.PlanIn) -> shapes.OrderPartsOut:
    milli = round(body.quantity * 1000)
    _write(services.plan_part, order_id, body.number, milli, body.key, body.note)
    return _sheet(order_id)


@api.post(
    "/orders/<order_id>/parts/reserve",
    roles=DESKS,
    summary="Look once more for what an order wants, and hold it.",
    response=shapes.OrderPartsOut,
)
def post_reserve(order_id: str) -> shapes.OrderPartsOut:
    _write(services.reserve_again, order_id)
    return _sheet(order_id)


@api.post(
    "/orders/<order_id>/parts/explain",
    roles=HANDS,
    summary="Say what became of an issued part that is neither built in nor back.",
    request=shapes.ExplainIn,
    response=shapes.OrderPartsOut,
)
def post_explain(order_id: str, body: shapes.ExplainIn) -> shapes.OrderPartsOut:
    asked = shapes.AskedIn(number=body.number, quantity=body.quantity, serial=body.serial).asked()
    _write(services.explain_part, order_id, asked, body.reason, body.note, body.key)
    return _sheet(order_id)


@api.post(
    "/orders/<order_id>/parts/explanations/<explanation_id>",
    roles=DECIDERS,
    summary="Accept what somebody else said about a part, or refuse it with a word why.",
    request=shapes.DecisionIn,
    response=shapes.OrderPartsOut,
)
def post_decision(order_id: str, explanation_id: str, body: shapes.DecisionIn) -> shapes.OrderPartsOut:
    _write(services.decide_explanation, order_id, explanation_id, accept=body.accept, answer=body.answer)
    return _sheet(order_id)


@api.get(
    "/missing-parts",
    roles=(*DESKS, VIEWER),
    summary="What open orders want and nobody could hold: where it lies, what has to be bought.",
    response=shapes.MissingPartsOut,
)
def get_missing_parts() -> shapes.MissingPartsOut:
    found = services.missing_parts(current_session(), current_actor())
    return shapes.MissingPartsOut(missing=[shapes.missing_out(short) for short in found])


@api.get(
    "/old-parts",
    roles=(*DESKS, VIEWER),
    summary="Old and defective parts that nobody has received yet.",
    response=shapes.OldPartsOut,
)
def get_old_parts() -> shapes.OldPartsOut:
    session, actor = current_session(), current_actor()
    found = services.waiting_old_parts(session, actor)
    parts = inventory.parts_by_id(session, actor, [old.part_id for old in found])
    return shapes.OldPartsOut(old_parts=[shapes.old_part_out(old, parts) for old in found])


@api.post(
    "/old-parts/<tag>/receive",
    roles=DESKS,
    summary="Receive an old part by its tag: into quarantine, to scrap, to recycling, or back on the shelf.",
    request=shapes.ReceiveOldIn,
    response=shapes.OldPartOut,
)
def post_receive_old(tag: str, body: shapes.ReceiveOldIn) -> shapes.OldPartOut:
    actor = current_actor()
    old = _write(services.receive_old_part, tag, body.target)
    return shapes.old_part_out(old, inventory.parts_by_id(current_session(), actor, [old.part_id]))


@api.post(
    "/stand-ins",
    roles=DESKS,
    summary="Say which parts may be built in where another one is meant.",
    request=shapes.StandInsIn,
)
def post_stand_ins(body: shapes.StandInsIn) -> None:
    _write(services.change_stand_ins, body.part, body.stand_ins)


def _write(act: Callable[Concatenate[Session, Actor, P], T], *given: P.args, **named: P.kwargs) -> T:
    """Do it in a write transaction of its own; again, when the database asks for that."""
    session, actor = current_session(), current_actor()
    return run_write(session, lambda: act(session, actor, *given, **named))


def _sheet(order_id: str) -> shapes.OrderPartsOut:
    session, actor = current_session(), current_actor()
    order = access_work_order(session, actor, order_id)
    return shapes.sheet_out(order.id, order.status, parts_sheet(session, actor, order_id))
