"""Putting an order's record together."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mendloop_engine.plan import Plan, StepNode
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation, zone_of
from mendloop.clock import utc_now
from mendloop.words import local
from mendloop.work_orders.cards import Cards, visits_of
from mendloop.work_orders.chain import events_of, verify_events
from mendloop.work_orders.live import worked_until
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.record.asset import asset_part
from mendloop.work_orders.record.copies import Copy
from mendloop.work_orders.record.costs import cost_of
from mendloop.work_orders.record.identity import cancellation_of, facts_of, subs_of
from mendloop.work_orders.record.noticed import findings_of, standing_locks
from mendloop.work_orders.record.pairs import photo_pairs
from mendloop.work_orders.record.parts import part_groups
from mendloop.work_orders.record.past import past_of
from mendloop.work_orders.record.pictures import photos_shown
from mendloop.work_orders.record.sections import Record
from mendloop.work_orders.record.speech import Speech
from mendloop.work_orders.record.spent import spent_on
from mendloop.work_orders.record.steps import StepsTeller
from mendloop.work_orders.record.timeline import timeline
from mendloop.work_orders.shapes import CardOut


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
    findings = () if copy.is_customers else tuple(findings_of(events, speech))
    verdict = verify_events(actor, order, events)
    spent = spent_on(plan, order, visits, lambda row: _worked(row, card))
    return Record(
        number=order.number,
        title=speech.local(card.title),
        status=order.status,
        status_label=speech.say(f"order.status.{order.status}"),
        is_customers=copy.is_customers,
        organisation=access_organisation(session, actor).name,
        facts=tuple(facts_of(order, card, speech, plan, copy)),
        steps=steps,
        timeline=tuple(timeline(plan, events, steps, speech, copy)),
        pairs=pairs,
        parts=part_groups(session, actor, order, speech, copy),
        findings=findings,
        head=order.head,
        events=len(events),
        broken_at=verdict.broken_at,
        over_standard=spent.is_over and order.status != "cancelled",
        total="" if copy.is_customers else spent.words(order.status, steps, speech),
        asset=asset_part(cards, past, speech),
        sub_orders=tuple(subs_of(session, actor, order, speech)),
        cost=cost_of(session, actor, order, speech, copy),
        cancelled=cancellation_of(events, steps, speech, copy),
        photos=tuple(sorted(photos_shown(steps, pairs, findings))),
        locks=() if copy.is_customers else tuple(standing_locks(json.loads(order.state)["locks"], speech)),
    )


def _worked(row: Any, card: CardOut) -> float:
    """Milliseconds worked in a visit, what is running now included."""
    active = next((each for each in card.active if each.visit == f"{row.node}#{row.number}"), None)
    return worked_until(active, utc_now()) if active is not None else float(row.worked_ms)


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
