"""Putting an order's record together."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mendloop_engine.plan import Plan, StepNode
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation
from mendloop.clock import utc_now
from mendloop.inventory import services as inventory
from mendloop.inventory.locations import DISCREPANCY, kind_of
from mendloop.photos.services import photos_named_in
from mendloop.words import local
from mendloop.work_orders.cards import Cards, visits_of
from mendloop.work_orders.chain import StoredEvent, events_of, verify_events
from mendloop.work_orders.live import whole_minutes, worked_until
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.progress import usual_route
from mendloop.work_orders.record.answers import tell
from mendloop.work_orders.record.pairs import photo_pairs
from mendloop.work_orders.record.sent_back import reason_of_rework
from mendloop.work_orders.record.shapes import (
    Cancellation,
    Fact,
    Finding,
    PartLine,
    Record,
    StandingLock,
    StepPart,
    VisitPart,
)
from mendloop.work_orders.record.speech import Speech
from mendloop.work_orders.record.spent import Spent
from mendloop.work_orders.record.timeline import timeline
from mendloop.work_orders.shapes import CardOut


def compose_record(session: Session, actor: Actor, order: WorkOrder, language: str) -> Record:
    """The whole record of an order in one language."""
    cards = Cards(session, actor)
    plan, card = cards.plan(order), cards.card(order)
    speech = speech_of_order(session, actor, cards, order, language)
    events = events_of(session, actor, order.id)
    visits = visits_of(session, actor, order.id)
    steps = tuple(_steps(plan, visits, card, speech))
    verdict = verify_events(actor, order, events)
    spent = _spent(plan, order, visits, card)
    return Record(
        number=order.number,
        title=speech.local(card.title),
        status=order.status,
        status_label=speech.say(f"order.status.{order.status}"),
        facts=tuple(_facts(order, card, speech, plan)),
        steps=steps,
        timeline=timeline(plan, events, speech),
        pairs=photo_pairs(plan, visits, speech),
        parts=tuple(_parts(session, actor, order, speech)),
        findings=tuple(_findings(events, speech)),
        head=order.head,
        events=len(events),
        broken_at=verdict.broken_at,
        worked_minutes=spent.worked,
        standard_minutes=spent.standard,
        over_standard=spent.is_over and order.status != "cancelled",
        total=spent.words(order.status, steps, speech),
        cancelled=_cancellation(events, steps, speech),
        photos=tuple(sorted(set().union(*(photos_named_in(stored.event) for stored in events)))),
        locks=tuple(_locks(json.loads(order.state)["locks"], speech)),
    )


def _worked(row: Any, card: CardOut) -> float:
    """Milliseconds worked in a visit, what is running now included."""
    active = next((each for each in card.active if each.visit == f"{row.node}#{row.number}"), None)
    return worked_until(active, utc_now()) if active is not None else float(row.worked_ms)


def _spent(plan: Plan, order: WorkOrder, visits: Sequence[Any], card: CardOut) -> Spent:
    worked = {True: 0.0, False: 0.0}
    for row in visits:
        worked[plan.step(row.node).standard_minutes is not None] += _worked(row, card)
    return Spent(
        worked=whole_minutes(worked[True] + worked[False]),
        compared=whole_minutes(worked[True]),
        untimed=whole_minutes(worked[False]),
        standard=_standard(plan, order, visits),
    )


def _standard(plan: Plan, order: WorkOrder, visits: Sequence[Any]) -> float:
    """Standard minutes of the visits that are done, and of what is expected from where the order stands."""
    behind = sum(plan.step(row.node).standard_minutes or 0 for row in visits if row.status == "completed")
    active = json.loads(order.state)["active"].values()
    return behind + usual_route(plan, [visit["node"] for visit in active]).minutes


def _cancellation(events: Sequence[StoredEvent], steps: Sequence[StepPart], speech: Speech) -> Cancellation | None:
    event = next((stored.event for stored in events if stored.event["type"] == "OrderCancelled"), None)
    if event is None:
        return None
    done = tuple(step.title for step in steps if any(visit.status == "completed" for visit in step.visits))
    return Cancellation(speech.person(event["by"]), speech.instant(event["at"]), str(event["reason"]), done)


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
    try:
        zone = ZoneInfo(access_organisation(session, actor).time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return Speech(language, zone, people)


def _facts(order: WorkOrder, card: CardOut, speech: Speech, plan: Plan) -> Iterator[Fact]:
    faults = speech.listed(f"{fault.code} {speech.local(fault.title)}" for fault in card.fault_codes)
    lines = {
        "product": speech.local(card.product.name),
        "asset": order.asset,
        "parent": card.parent.number if card.parent is not None else "",
        "position": card.parent.position if card.parent is not None else "",
        "customer": order.customer,
        "fault": speech.listed(text for text in (faults, card.fault_text) if text),
        "priority": speech.say(f"order.priority.{order.priority}"),
        "assignee": speech.person(order.assigned_to),
        "created": speech.instant(order.created_at.isoformat()),
        "due": speech.instant(order.due_at.isoformat() if order.due_at else None),
        "ended": speech.instant(order.ended_at),
        "outcome": _outcome(order, plan, speech),
    }
    return (Fact(speech.say(f"order.fact.{name}"), text) for name, text in lines.items() if text)


def _outcome(order: WorkOrder, plan: Plan, speech: Speech) -> str:
    ends = (node for node in plan.nodes.values() if node.kind == "end" and node.outcome == order.outcome)
    end = next(ends, None)
    return speech.local(end.title) if end is not None else ""


def _steps(plan: Plan, visits: Sequence[Any], card: CardOut, speech: Speech) -> Iterator[StepPart]:
    by_node: dict[str, list[Any]] = {}
    for row in visits:
        by_node.setdefault(row.node, []).append(row)
    for node, rows in by_node.items():
        step = plan.step(node)
        parts = tuple(_visit(plan, step, row, _worked(row, card), speech) for row in rows)
        yield StepPart(node, speech.local(step.title), parts)


def _visit(plan: Plan, step: StepNode, row: Any, worked: float, speech: Speech) -> VisitPart:
    answers = json.loads(row.answers if row.status == "completed" else row.draft)
    reasons = json.loads(row.reasons)
    return VisitPart(
        visit=f"{row.node}#{row.number}",
        number=row.number,
        status=row.status,
        by=speech.person(row.by),
        started=speech.instant(row.started_at),
        completed=speech.instant(row.completed_at),
        minutes=whole_minutes(worked),
        standard=step.standard_minutes,
        rework_reason=_sent_back(plan, row, speech),
        lines=tuple(
            tell(field, answers[field.id], reasons, speech)
            for field in step.fields
            if answers.get(field.id) is not None
        ),
    )


def _sent_back(plan: Plan, row: Any, speech: Speech) -> str:
    if not row.rework:
        return ""
    rework = json.loads(row.rework)
    return reason_of_rework(plan, rework["edge"], rework["reason"], rework["from"], speech)


def _locks(locks: Mapping[str, Any], speech: Speech) -> Iterator[StandingLock]:
    for name, lock in locks.items():
        gate, _, point = name.rpartition(".")
        yield StandingLock(
            point=speech.point(gate, point),
            by=speech.person(lock["by"]),
            at=speech.instant(lock["at"]),
            confirmed_by=speech.person(lock["confirmed_by"]) if lock["confirmed_by"] else "",
        )


def _parts(session: Session, actor: Actor, order: WorkOrder, speech: Speech) -> Iterator[PartLine]:
    for act in inventory.order_acts(session, actor, order.id):
        sources = dict.fromkeys(speech.say(f"location.{kind_of(place)}") for place in act.sources)
        yield PartLine(
            number=act.part.number,
            name=speech.local(act.part.name),
            quantity=f"{act.milli / 1000:.10g} {speech.unit(act.part.unit)}",
            action=speech.say(f"record.action.{act.movement.action}"),
            serial=act.serial or act.lot or "",
            source=" + ".join(sources),
            denied=DISCREPANCY in act.sources,
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
                photos=tuple(event.get("photos") or ()),
            )
