"""An order's parts over the API: for the phone, for desks, for other systems."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from sqlalchemy.orm import Session

from mendloop.accounts.actor import ENGINEER, OWNER, SUPERVISOR, Actor
from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.database import run_write
from mendloop.order_parts import asked_shapes as asked
from mendloop.order_parts import services, telling
from mendloop.order_parts.near import pieces_near
from mendloop.order_parts.roles import DECIDERS, DESKS, HANDS, READERS
from mendloop.order_parts.shapes import OrderPartsOut
from mendloop.order_parts.sheet import parts_sheet
from mendloop.work_orders.access import access_work_order

P = ParamSpec("P")
api = Api("order_parts")


@api.get(
    "/orders/<order_id>/parts",
    roles=ANY_ROLE,
    summary="An order's parts: planned, held, issued, used, back, explained, missing, and what they cost.",
    response=OrderPartsOut,
)
def get_order_parts(order_id: str) -> OrderPartsOut:
    return _sheet(order_id)


@api.post(
    "/orders/<order_id>/parts/issue",
    roles=HANDS,
    summary="Hand parts out to an order. What is not meant for it is refused with what is; asking again is harmless.",
    request=asked.IssueIn,
    response=OrderPartsOut,
)
def post_issue(order_id: str, body: asked.IssueIn) -> OrderPartsOut:
    lines = [line.asked() for line in body.lines]
    return _act(services.issue_parts, order_id, lines, body.key, source=body.source, extra=body.extra)


@api.post(
    "/orders/<order_id>/parts/give-back",
    roles=HANDS,
    summary="Give parts back to where they came from, or as defective ones to the old parts; also what was built in.",
    request=asked.GiveBackIn,
    response=OrderPartsOut,
)
def post_give_back(order_id: str, body: asked.GiveBackIn) -> OrderPartsOut:
    lines = [line.asked() for line in body.lines]
    how = {"defective": body.defective, "used": body.used}
    return _act(services.give_back_parts, order_id, lines, body.key, target=body.target, **how)


@api.post(
    "/orders/<order_id>/parts/use",
    roles=HANDS,
    summary="Issued parts were built in. A step that says so as well takes it over: it counts once.",
    request=asked.UseIn,
    response=OrderPartsOut,
)
def post_use(order_id: str, body: asked.UseIn) -> OrderPartsOut:
    return _act(services.use_parts, order_id, [line.used() for line in body.lines], body.key)


@api.post(
    "/orders/<order_id>/parts/plan",
    roles=(ENGINEER, SUPERVISOR, OWNER),
    summary="Say how much of a part is meant for an order; engineers can ask for more, supervisors change anything.",
    request=asked.PlanIn,
    response=OrderPartsOut,
)
def post_plan(order_id: str, body: asked.PlanIn) -> OrderPartsOut:
    return _act(services.plan_part, order_id, body.number, round(body.quantity * 1000), body.key, body.note)


@api.post(
    "/orders/<order_id>/parts/reserve",
    roles=DESKS,
    summary="Look once more for what an order wants, and hold it.",
    response=OrderPartsOut,
)
def post_reserve(order_id: str) -> OrderPartsOut:
    return _act(services.reserve_again, order_id)


@api.post(
    "/orders/<order_id>/parts/ask",
    roles=HANDS,
    summary="Ask for what is missing of a part: a transfer from where it lies, the purchase list for the rest.",
    request=asked.AskIn,
    response=OrderPartsOut,
)
def post_ask(order_id: str, body: asked.AskIn) -> OrderPartsOut:
    instead = body.instead.strip()
    return _act(services.ask_for_missing, order_id, body.number.strip(), body.key, body.source, instead)


@api.post(
    "/orders/<order_id>/parts/explain",
    roles=HANDS,
    summary="Say what became of an issued part that is neither built in nor back.",
    request=asked.ExplainIn,
    response=OrderPartsOut,
)
def post_explain(order_id: str, body: asked.ExplainIn) -> OrderPartsOut:
    return _act(services.explain_part, order_id, body.asked(), body.reason, body.note, body.key)


@api.post(
    "/orders/<order_id>/parts/explanations/<explanation_id>",
    roles=DECIDERS,
    summary="Accept what somebody else said about a part, or refuse it with a word why.",
    request=asked.DecisionIn,
    response=OrderPartsOut,
)
def post_decision(order_id: str, explanation_id: str, body: asked.DecisionIn) -> OrderPartsOut:
    return _act(services.decide_explanation, order_id, explanation_id, accept=body.accept, answer=body.answer)


def _act(
    act: Callable[Concatenate[Session, Actor, str, P], None], order_id: str, *given: P.args, **named: P.kwargs
) -> OrderPartsOut:
    """Do it in a write transaction of its own, again when the database asks for that; the parts as they are then."""
    session, actor = current_session(), current_actor()
    run_write(session, lambda: act(session, actor, order_id, *given, **named))
    return _sheet(order_id)


def _sheet(order_id: str) -> OrderPartsOut:
    session, actor = current_session(), current_actor()
    order = access_work_order(session, actor, order_id)
    sheet, tells_costs = parts_sheet(session, actor, order_id), actor.has_any(frozenset(READERS))
    return telling.sheet_out(order.id, order.status, sheet, pieces_near(session, actor, order, sheet), tells_costs)
