"""What an event causes in other features, in the same transaction: parts move, photos become part of a record."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, cast

from mendloop_engine.events import Event, OrderAssigned, OrderCancelled, OrderEnded, OrderOpened, StepCompleted
from mendloop_engine.fields.parts import line_meant
from mendloop_engine.plan import Plan
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets import services as assets
from mendloop.costing import following as costing
from mendloop.inventory import services as inventory
from mendloop.inventory.services import PartFact, thousandths
from mendloop.knowledge import following as knowledge
from mendloop.order_parts import following as order_parts
from mendloop.photos import services as photos
from mendloop.problems import Problem
from mendloop.recommending import services as recommending
from mendloop.work_orders import store
from mendloop.work_orders.built_in import parts_moved_in
from mendloop.work_orders.history import split_visit
from mendloop.work_orders.repaired import repair_that_ended
from mendloop.work_orders.store import OrderKey
from mendloop.work_orders.sub_orders import SubOrdersOpen, check_none_open


class CannotEnd(Exception):
    """Something speaks against the end of the order. What was written must be taken back."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(", ".join(problem.code for problem in problems))


def bring_about(
    session: Session, actor: Actor, key: OrderKey, plan: Plan, revision: int, events: Sequence[Event]
) -> None:
    """Everything that these events cause. `revision` is the order's before them. CannotEnd: it must not be over."""
    for sequence, event in enumerate(events, start=revision + 1):
        photos.refer_to_photos(session, actor, key.order_id, sequence, photos.photos_named_in(event.to_json()))
        if isinstance(event, StepCompleted):
            _book_parts(session, actor, key, plan, event)
            assets.parts_were_moved(session, actor, key.order_id, event.visit, parts_moved_in(plan, event))
        elif isinstance(event, OrderEnded):
            recommending.count_repair(session, actor, repair_that_ended(session, key, plan, event))
            knowledge.order_ended(session, actor, key.order_id, plan)
        _plan_parts(session, actor, key.order_id, plan, event)


def _plan_parts(session: Session, actor: Actor, order_id: str, plan: Plan, event: Event) -> None:
    if isinstance(event, OrderOpened):
        order_parts.order_opened(session, actor, order_id, plan, event.order)
    elif isinstance(event, OrderAssigned):
        order_parts.order_assigned(session, actor, order_id, event.person)
    elif isinstance(event, OrderEnded | OrderCancelled):
        _end(session, actor, order_id)


def _end(session: Session, actor: Actor, order_id: str) -> None:
    """Sub-orders that are open and parts that lie about both speak against it, and are told together."""
    problems: list[Problem] = []
    for against in (check_none_open, order_parts.order_ended):
        try:
            against(session, actor, order_id)
        except (SubOrdersOpen, order_parts.Unsettled) as refused:
            problems += refused.problems
    if problems:
        raise CannotEnd(tuple(problems))
    costing.order_closed(session, actor, order_id)


def _book_parts(session: Session, actor: Actor, key: OrderKey, plan: Plan, event: StepCompleted) -> None:
    facts = list(parts_in(plan, event))
    if not facts:
        return
    at = dt.datetime.fromisoformat(event.at)
    if inventory.book_parts(session, actor, event.by, key.order_id, event.visit, at, facts):
        count = inventory.count_of_order(session, actor, key.order_id)
        store.change_order(session, key, {"discrepancies": count})
    order_parts.parts_booked(session, actor, key.order_id)


def parts_in(plan: Plan, event: StepCompleted) -> Iterator[PartFact]:
    """What a completed step says about parts, each in the unit of the planned line that it is about. What no line is
    about was shown, and told, in the part's own."""
    node, _ = split_visit(event.visit)
    for field in plan.step(node).fields:
        answer = event.answers.get(field.id)
        if field.type != "parts" or not isinstance(answer, list | tuple):
            continue
        planned = cast("list[dict[str, Any]]", field.settings["lines"])
        for line in answer:
            meant = line_meant(planned, line)
            yield PartFact(
                number=line["part"],
                milli=thousandths(line["quantity"]),
                action=line["action"],
                serial=line.get("serial"),
                lot=line.get("lot"),
                note=line.get("note"),
                unit=cast("str | None", meant.get("unit")) if meant is not None else None,
            )
