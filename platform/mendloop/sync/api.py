"""POST /api/v1/commands, and what the engineer's app reads."""

from typing import Any

from flask import after_this_request, request
from pydantic import ValidationError
from werkzeug.wrappers import Response

from mendloop.accounts.actor import ENGINEER, OWNER, SUPERVISOR
from mendloop.api import Api, current_actor, current_language, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.clock import utc_now
from mendloop.edge.compression import compress
from mendloop.problems import Problem
from mendloop.sync import services
from mendloop.sync.envelopes import (
    AnswerOut,
    CommandAnswer,
    CommandIn,
    CommandsIn,
    CommandsOut,
    Envelope,
    ProblemOut,
    clock_offset,
)
from mendloop.words import words_of
from mendloop.work_orders import cards
from mendloop.work_orders import services as orders
from mendloop.work_orders.shapes import OrderOut, OrdersOut

api = Api("sync")


@api.post(
    "/commands",
    roles=(ENGINEER, SUPERVISOR, OWNER),
    summary="Send commands from a device's outbox. Sending them again is harmless.",
    request=CommandsIn,
    response=CommandsOut,
)
def post_commands(body: CommandsIn) -> CommandsOut:
    device = (body.device.id, body.device.incarnation)
    offset = clock_offset(body.device, utc_now())
    envelopes, unreadable = _read_all(body.commands, device, offset)
    received = services.receive_commands(current_session(), current_actor(), device, envelopes)
    answers = [_show(answer) for answer in (*received.answers, *unreadable)]
    return CommandsOut(epoch=received.epoch, high_water=received.high_water, answers=answers)


@api.get(
    "/my/orders",
    roles=ANY_ROLE,
    summary="Open orders that are mine, or that wait for one of my skills.",
    response=OrdersOut,
)
def get_my_orders() -> OrdersOut:
    return OrdersOut(orders=cards.my_cards(current_session(), current_actor()))


@api.get(
    "/orders/<order_id>",
    roles=ANY_ROLE,
    summary="An order with its state, its visits and their answers. The ETag changes with all that.",
    response=OrderOut,
)
def get_order(order_id: str) -> OrderOut | Response:
    session, actor = current_session(), current_actor()
    order = orders.access_work_order(session, actor, order_id)
    etag = f"{order.revision}-{order.assigned_to or ''}{cards.mark_of_sub_orders(session, actor, order_id)}"
    if request.if_none_match.contains_weak(etag):  # a proxy that compresses makes our mark a weak one
        return Response(status=304, headers={"ETag": f'"{etag}"'})
    answer = cards.full_order(session, actor, order)
    response = Response(answer.model_dump_json(), content_type="application/json")
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    after_this_request(compress)
    return response


def _read_all(
    items: list[Any], device: tuple[str, str], offset: int | None
) -> tuple[list[Envelope], list[CommandAnswer]]:
    envelopes, unreadable = [], []
    for position, item in enumerate(items):
        try:
            command = CommandIn.model_validate(item)
        except ValidationError as error:
            unreadable.append(_unreadable(position, item, error))
        else:
            envelopes.append(services.now_received(command, device, offset))
    return envelopes, unreadable


def _unreadable(position: int, item: Any, error: ValidationError) -> CommandAnswer:
    """What has no readable envelope cannot be numbered or kept: the device keeps it, and is told where it is wrong."""
    given = item.get("id") if isinstance(item, dict) else None
    problems = tuple(
        Problem(
            "command.invalid",
            at="/".join(["", "commands", str(position), *(str(part) for part in detail["loc"])]),
            params={"reason": str(detail["msg"])[:200]},
        )
        for detail in error.errors(include_url=False)
    )
    return CommandAnswer(given[:64] if isinstance(given, str) else "", "rejected", problems=problems)


def _show(answer: CommandAnswer) -> AnswerOut:
    language = current_language()
    problems = [
        ProblemOut(
            code=problem.code,
            at=problem.at,
            element=problem.element,
            params=dict(problem.params),
            message=words_of(problem, language),
        )
        for problem in answer.problems
    ]
    return AnswerOut(
        id=answer.id,
        status=answer.status,
        revision=answer.revision,
        events=list(answer.events),
        problems=problems,
    )
