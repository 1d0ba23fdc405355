"""What who watches all open orders asks of them: which have changed, what their latest answers are, why they pause."""

import datetime as dt
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from mendloop_engine.plan import Plan
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.work_orders.listing import OPEN
from mendloop.work_orders.record.gauges import is_within
from mendloop.work_orders.store import EVENTS, ORDERS, VISITS

ENDED = "ended"
WORK = ("StepStarted", "StepResumed", "StepCompleted")
Reason: TypeAlias = tuple[str, dict[str, str]]
"""Why somebody pauses: the id of the template's reason, and its words."""


@dataclass(frozen=True, slots=True)
class Passed:
    """Of an order's step: the latest answer to each field, in whichever pass it was given, and who completed passes."""

    answers: dict[str, Any]
    by: frozenset[str]


@dataclass(frozen=True, slots=True)
class NotRight:
    """An answer that says that something is not as it should be: `value` with its unit, for a reading."""

    step: dict[str, str]
    label: dict[str, str]
    value: str = ""


def watched_revisions(session: Session, actor: Actor, since: dt.datetime) -> dict[str, int]:
    """The revision of every order that is open, or has ended since then."""
    ended = and_(ORDERS.c.status == ENDED, ORDERS.c.ended_at >= _as_written(since))
    statement = select(ORDERS.c.id, ORDERS.c.revision).where(
        ORDERS.c.organisation_id == actor.organisation_id, or_(ORDERS.c.status == OPEN, ended)
    )
    return {str(id_): int(revision) for id_, revision in session.connection().execute(statement)}


def passed_steps(session: Session, actor: Actor, order_ids: Collection[str]) -> dict[str, dict[str, Passed]]:
    """By order and step, what was answered last. A pass that was begun anew takes back nothing until it says more."""
    columns = (VISITS.c.order_id, VISITS.c.node, VISITS.c.status, VISITS.c.by, VISITS.c.answers, VISITS.c.draft)
    statement = (
        select(*columns)
        .where(VISITS.c.organisation_id == actor.organisation_id, VISITS.c.order_id.in_(sorted(order_ids)))
        .order_by(VISITS.c.order_id, VISITS.c.opened_sequence)
    )
    found: dict[str, dict[str, Passed]] = {order_id: {} for order_id in order_ids}
    for row in session.connection().execute(statement):
        before = found[row.order_id].get(row.node, Passed({}, frozenset()))
        is_done = row.status == "completed"
        answers = json.loads(row.answers if is_done else row.draft)
        by = before.by | {row.by} if is_done else before.by
        found[row.order_id][row.node] = Passed({**before.answers, **answers}, by)
    return found


def not_right(plan: Plan, passed: dict[str, Passed]) -> Iterator[NotRight]:
    """Readings out of tolerance and checks that are not ok, in the order in which the steps were first opened."""
    for node, step in passed.items():
        title = dict(plan.step(node).title)
        for field in plan.step(node).fields:
            answer = step.answers.get(field.id)
            if not isinstance(answer, dict):
                continue
            if field.type == "reading" and "value" in answer and not is_within(field.settings, answer["value"]):
                value = f"{answer['value']:g} {field.settings.get('unit') or ''}".strip()
                yield NotRight(title, dict(field.label or {}), value)
            elif field.type == "checklist":
                yield from _items_not_right(title, field.settings.get("items"), answer)


def _items_not_right(step: dict[str, str], items: Any, answer: dict[str, Any]) -> Iterator[NotRight]:
    for item in items or ():
        if (answer.get(item["id"]) or {}).get("result") == "not_ok":
            yield NotRight(step, dict(item["label"]))


def pause_reasons(session: Session, actor: Actor, plans: dict[str, Plan]) -> dict[str, dict[str, Reason]]:
    """By order and visit, why it was paused last; `plans` by the ids of the orders that are asked about."""
    statement = (
        select(EVENTS.c.order_id, EVENTS.c.event)
        .where(
            EVENTS.c.organisation_id == actor.organisation_id,
            EVENTS.c.order_id.in_(sorted(plans)),
            EVENTS.c.type == "StepPaused",
        )
        .order_by(EVENTS.c.order_id, EVENTS.c.sequence)
    )
    found: dict[str, dict[str, Reason]] = {order_id: {} for order_id in plans}
    for order_id, text in session.connection().execute(statement) if plans else ():
        event = json.loads(text)
        found[order_id][event["visit"]] = (event["reason"], _words(plans[order_id], event["reason"]))
    return found


def worked_last(session: Session, actor: Actor, order_ids: Collection[str]) -> dict[str, dt.datetime]:
    """By order, when somebody began, went on with or completed a step last; orders without any work are left out."""
    statement = select(EVENTS.c.order_id, EVENTS.c.event).where(
        EVENTS.c.organisation_id == actor.organisation_id,
        EVENTS.c.order_id.in_(sorted(order_ids)),
        EVENTS.c.type.in_(WORK),
    )
    found: dict[str, dt.datetime] = {}
    for order_id, text in session.connection().execute(statement) if order_ids else ():
        at = dt.datetime.fromisoformat(json.loads(text)["at"])
        found[order_id] = max(at, found.get(order_id, at))
    return found


def _words(plan: Plan, reason: str) -> dict[str, str]:
    labels: Any = next((each["label"] for each in plan.pause_reasons if each["id"] == reason), {})
    return dict(labels)


def _as_written(instant: dt.datetime) -> str:
    """As events have it, so that texts compare as instants do."""
    return instant.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
