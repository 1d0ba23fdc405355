"""Putting an order's record together."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mendloop_engine.plan import Plan, StepNode
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation, zone_of
from mendloop.clock import utc_now
from mendloop.words import local
from mendloop.work_orders.cards import Cards, visits_of
from mendloop.work_orders.chain import StoredEvent, events_of, verify_events
from mendloop.work_orders.live import worked_until
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.record.asset import asset_part, outcome_of
from mendloop.work_orders.record.copies import CUSTOMERS_MOMENTS, Copy
from mendloop.work_orders.record.costs import cost_of
from mendloop.work_orders.record.pairs import photo_pairs
from mendloop.work_orders.record.parts import part_groups
from mendloop.work_orders.record.past import past_of
from mendloop.work_orders.record.sections import (
    Cancellation,
    Fact,
    Finding,
    Moment,
    Pair,
    Record,
    StandingLock,
    SubPart,
)
from mendloop.work_orders.record.shapes import Line, StepPart
from mendloop.work_orders.record.speech import Speech
from mendloop.work_orders.record.spent import spent_on
from mendloop.work_orders.record.steps import StepsTeller
from mendloop.work_orders.record.timeline import timeline
from mendloop.work_orders.shapes import CardOut
from mendloop.work_orders.sub_orders import sub_orders


def compose_record(session: Session, actor: Actor, order: WorkOrder, language: str, copy: Copy | None = None) -> Record:
    """The record of an order in one language, as far as it belongs on this copy. The number of statements grows with
    nothing but the versions of templates in the asset's past."""
    copy = copy or Copy()
    cards = Cards(session, actor)
    plan, card = cards.plan(order), cards.card(order)
    speech = speech_of_order(session, actor, cards, order, language)
    events = events_of(session, actor, order.id)
    visits = visits_of(session, actor, order.id)
    past = past_of(session, actor, order, plan, copy)
    steps = tuple(StepsTeller(plan, past, copy, speech, lambda row: _worked(row, card)).told(visits))
    pairs = photo_pairs(plan, visits, speech, copy)
    findings = () if copy.is_customers else tuple(_findings(events, speech))
    verdict = verify_events(actor, order, events)
    spent = spent_on(plan, order, visits, lambda row: _worked(row, card))
    return Record(
        number=order.number,
        title=speech.local(card.title),
        status=order.status,
        status_label=speech.say(f"order.status.{order.status}"),
        is_customers=copy.is_customers,
        organisation=access_organisation(session, actor).name,
        facts=tuple(_facts(order, card, speech, plan, copy)),
        steps=steps,
        timeline=tuple(_moments(plan, events, steps, speech, copy)),
        pairs=pairs,
        parts=part_groups(session, actor, order, speech, copy),
        findings=findings,
        head=order.head,
        events=len(events),
        broken_at=verdict.broken_at,
        over_standard=spent.is_over and order.status != "cancelled",
        total="" if copy.is_customers else spent.words(order.status, steps, speech),
        asset=asset_part(cards, past, speech),
        sub_orders=tuple(_subs(session, actor, order, speech)),
        cost=cost_of(session, actor, order, speech, copy),
        cancelled=_cancellation(events, steps, speech, copy),
        photos=tuple(sorted(_photos(steps, pairs, findings))),
        locks=() if copy.is_customers else tuple(_locks(json.loads(order.state)["locks"], speech)),
    )


def _worked(row: Any, card: CardOut) -> float:
    """Milliseconds worked in a visit, what is running now included."""
    active = next((each for each in card.active if each.visit == f"{row.node}#{row.number}"), None)
    return worked_until(active, utc_now()) if active is not None else float(row.worked_ms)


def _cancellation(
    events: Sequence[StoredEvent], steps: Sequence[StepPart], speech: Speech, copy: Copy
) -> Cancellation | None:
    """Who cancelled it and why is ours to know."""
    event = next((stored.event for stored in events if stored.event["type"] == "OrderCancelled"), None)
    if event is None:
        return None
    done = tuple(step.title for step in steps if any(visit.status == "completed" for visit in step.visits))
    by, reason = ("", "") if copy.is_customers else (speech.person(event["by"]), str(event["reason"]))
    return Cancellation(by, speech.instant(event["at"]), reason, done)


def _points(plan: Plan, language: str) -> dict[str, str]:
    found = {}
    for step in plan.nodes.values():
        for field in step.fields if isinstance(step, StepNode) else ():
            points: Any = field.settings.get("points") if field.type == "safety_gate" else None
            for point in points or ():
                found[f"{step.id}.{field.id}.{point['id']}"] = local(point.get("label"), language) or point["id"]
    return found


def speech_of_order(session: Session, actor: Actor, cards: Cards, order: WorkOrder, language: str) -> Speech:
    """Words that also know the order's asset, and what is written on its isolation points."""
    points = _points(cards.plan(order), language)
    return replace(speech_for(session, actor, cards.people, language), points=points, asset=order.asset)


def speech_for(session: Session, actor: Actor, people: Mapping[str, str], language: str) -> Speech:
    """Words in this language and times on the organisation's clock."""
    return Speech(language, zone_of(access_organisation(session, actor)), people)


def _facts(order: WorkOrder, card: CardOut, speech: Speech, plan: Plan, copy: Copy) -> Iterator[Fact]:
    faults = speech.listed(f"{fault.code} {speech.local(fault.title)}" for fault in card.fault_codes)
    under_warranty = json.loads(order.state)["order"].get("warranty")
    lines = {
        "product": speech.local(card.product.name),
        "asset": order.asset,
        "parent": card.parent.number if card.parent is not None else "",
        "position": card.parent.position if card.parent is not None else "",
        "customer": order.customer,
        "fault": speech.listed(text for text in (faults, card.fault_text) if text),
        "warranty": speech.say("record.yes") if under_warranty else "",
        "priority": speech.say(f"order.priority.{order.priority}"),
        "assignee": speech.person(order.assigned_to),
        "created": speech.instant(order.created_at.isoformat()),
        "due": speech.instant(order.due_at.isoformat() if order.due_at else None),
        "ended": speech.instant(order.ended_at),
        "outcome": outcome_of(order, plan, speech),
    }
    hidden = {"priority", "due", "assignee"} if copy.is_customers else set()
    return (Fact(speech.say(f"order.fact.{name}"), text) for name, text in lines.items() if text and name not in hidden)


def _moments(
    plan: Plan, events: Sequence[StoredEvent], steps: Sequence[StepPart], speech: Speech, copy: Copy
) -> Iterator[Moment]:
    """A customer is told of the visits that their copy shows."""
    shown = {visit.visit for step in steps for visit in step.visits}
    by_sequence = {stored.sequence: stored.event for stored in events}
    for moment in timeline(plan, events, speech):
        visit = by_sequence[moment.sequence].get("visit")
        if not copy.is_customers:
            yield moment
        elif moment.kind in CUSTOMERS_MOMENTS and (visit is None or visit in shown):
            yield replace(moment, text=_without_reason(moment, speech), by="")


def _without_reason(moment: Moment, speech: Speech) -> str:
    return speech.say("order.status.cancelled") if moment.kind == "OrderCancelled" else moment.text


def _subs(session: Session, actor: Actor, order: WorkOrder, speech: Speech) -> Iterator[SubPart]:
    for each in sub_orders(session, actor, order.id):
        status = speech.say(f"order.status.{each.status}")
        yield SubPart(each.id, each.number, speech.local(each.title), each.position, status)


def _photos(steps: Iterable[StepPart], pairs: Iterable[Pair], findings: Iterable[Finding]) -> set[str]:
    """Every picture that is shown somewhere."""
    lines = [line for step in steps for visit in step.visits for line in visit.lines]
    found = {photo for pair in pairs for photo in (*pair.before, *pair.after)}
    return found.union(*(finding.photos for finding in findings), *(_photos_of(line) for line in lines))


def _photos_of(line: Line) -> set[str]:
    own = {photo for shot in line.shots for photo in shot.photos} | ({line.signature} if line.signature else set())
    return own.union(*(_photos_of(item) for item in line.items))


def _locks(locks: Mapping[str, Any], speech: Speech) -> Iterator[StandingLock]:
    for name, lock in locks.items():
        gate, _, point = name.rpartition(".")
        yield StandingLock(
            point=speech.point(gate, point),
            by=speech.person(lock["by"]),
            at=speech.instant(lock["at"]),
            confirmed_by=speech.person(lock["confirmed_by"]) if lock["confirmed_by"] else "",
        )


def _findings(events: Sequence[StoredEvent], speech: Speech) -> Iterator[Finding]:
    for stored in events:
        event = stored.event
        if event["type"] == "FindingReported":
            yield Finding(
                at=speech.instant(event["at"]),
                by=speech.person(event["by"]),
                text=event["text"],
                severity=event["severity"],
                severity_label=speech.say(f"record.severity.{event['severity']}"),
                photos=tuple(event.get("photos") or ()),
            )
