"""Events as sentences."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from mendloop_engine.plan import Plan
from mendloop_engine.state import visit_node

from mendloop.work_orders.chain import StoredEvent
from mendloop.work_orders.record.copies import CUSTOMERS_MOMENTS, Copy
from mendloop.work_orders.record.sections import Moment
from mendloop.work_orders.record.sent_back import reason_of_rework
from mendloop.work_orders.record.shapes import StepPart
from mendloop.work_orders.record.speech import Speech

SILENT = {"BranchJoined", "JoinPassed", "BranchesStarted", "AnswersRecorded"}
"""Events that tell a person nothing that the others do not."""


def timeline(
    plan: Plan, events: Sequence[StoredEvent], steps: Sequence[StepPart], speech: Speech, copy: Copy
) -> Iterator[Moment]:
    """What happened, in order, for people to read. A customer is told of the visits that their copy shows, as if each
    had been the first."""
    if not copy.is_customers:
        yield from _moments(plan, events, speech)
        return
    shown = {visit.visit for step in steps for visit in step.visits}
    told = [_as_first(stored) for stored in events if _concerns_customer(stored.event, shown)]
    for moment in _moments(plan, told, speech):
        yield replace(moment, text=_without_reason(moment, speech), by="")


def _concerns_customer(event: Mapping[str, Any], shown: AbstractSet[str]) -> bool:
    visit = event.get("visit")
    return event["type"] in CUSTOMERS_MOMENTS and (visit is None or visit in shown)


def _as_first(stored: StoredEvent) -> StoredEvent:
    visit = stored.event.get("visit")
    return replace(stored, event={**stored.event, "visit": f"{visit_node(visit)}#1"}) if visit else stored


def _without_reason(moment: Moment, speech: Speech) -> str:
    return speech.say("order.status.cancelled") if moment.kind == "OrderCancelled" else moment.text


def _moments(plan: Plan, events: Sequence[StoredEvent], speech: Speech) -> Iterator[Moment]:
    for stored in events:
        event = stored.event
        if event["type"] in SILENT:
            continue
        yield Moment(
            sequence=stored.sequence,
            at=speech.clock(event.get("at")),
            by=speech.person(event.get("by")),
            text=_sentence(plan, stored, speech),
            kind=event["type"],
        )


def _sentence(plan: Plan, stored: StoredEvent, speech: Speech) -> str:
    event = stored.event
    values = {
        "step": _step(plan, event.get("visit") or event.get("node") or event.get("to"), speech),
        "person": speech.person(event.get("person")) if event.get("person") else speech.say("record.nobody"),
        "reason": _reason(plan, event, speech),
        "text": str(event.get("text") or ""),
        "point": _point(event, speech),
        "outcome": outcome_words(plan, event.get("node"), event.get("outcome"), speech),
    }
    return speech.say(f"timeline.{event['type']}", **values)


def _point(event: Mapping[str, Any], speech: Speech) -> str:
    gate = event.get("gate") or f"{visit_node(str(event.get('visit') or ''))}.{event.get('field')}"
    return speech.point(str(gate), str(event.get("point") or ""))


def outcome_words(plan: Plan, node: object, outcome: object, speech: Speech) -> str:
    """How the order ended, in the template's own words."""
    end = plan.nodes.get(str(node))
    return (speech.local(end.title) if end is not None else "") or str(outcome or "")


def _step(plan: Plan, named: object, speech: Speech) -> str:
    text = str(named or "")
    node = plan.nodes.get(visit_node(text) if "#" in text else text)
    title = speech.local(node.title) if node is not None else text
    number = text.rpartition("#")[2] if "#" in text else "1"
    return title if number == "1" else speech.say("record.step_again", step=title, number=number)


def _reason(plan: Plan, event: Mapping[str, Any], speech: Speech) -> str:
    reason = str(event.get("reason") or "")
    if event["type"] == "ReworkTaken":
        return reason_of_rework(plan, event["edge"], reason, event["from"], speech)
    known = next((each for each in plan.pause_reasons if each.get("id") == reason), None)
    words = speech.local(known.get("label")) if known is not None else reason
    return speech.listed(text for text in (words, str(event.get("note") or "")) if text)
