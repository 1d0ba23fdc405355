"""Parked and held commands as people read them. Nothing in them was accepted: every value may have any shape."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mendloop_engine.plan import PlanNode, StepNode
from mendloop_engine.state import visit_node
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.problems import Problem
from mendloop.sync.held import Held
from mendloop.sync.models import ParkedCommand, StoredCommand
from mendloop.sync.parked import parked_of_order
from mendloop.sync.plain import is_photo, photos_of, tell_plain
from mendloop.words import catalogue, words_of
from mendloop.work_orders.cards import Cards
from mendloop.work_orders.record.answers import tell
from mendloop.work_orders.record.composing import speech_for, speech_of_order
from mendloop.work_orders.record.shapes import Line, Shot
from mendloop.work_orders.record.speech import Speech
from mendloop.work_orders.services import orders_by_id

_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, IndexError)
GAP = "command.predecessor_missing"
_TEXTS = {"text": "text", "note": "remark", "rework_reason": "rework_reason"}


@dataclass(frozen=True, slots=True)
class ParkedItem:
    """One entry that was refused or waits: when on the device, who, in which step, what, and why.

    `number` is that of its order; empty when the organisation has no order `order_id`.
    """

    id: str
    order_id: str
    number: str
    at: str
    arrived: str
    by: str
    device: str
    what: str
    step: str
    lines: tuple[Line, ...]
    status: str
    reasons: tuple[str, ...]
    settled_at: str = ""
    settled_by: str = ""
    settled_note: str = ""

    @property
    def is_settled(self) -> bool:
        """True when somebody has said what became of it."""
        return bool(self.settled_at)


@dataclass(frozen=True, slots=True)
class Background:
    """What explains an entry: its order's number and plan. Without the order nothing does, and values stay as named."""

    number: str
    nodes: Mapping[str, PlanNode]
    pause_reasons: Sequence[Mapping[str, Any]]
    speech: Speech


def tell_parked(session: Session, actor: Actor, order_id: str, language: str) -> list[ParkedItem]:
    """What is parked for an order, in one language, first come first."""
    return tell_items(session, actor, parked_of_order(session, actor, order_id), language)


def tell_items(session: Session, actor: Actor, rows: Sequence[ParkedCommand], language: str) -> list[ParkedItem]:
    """Parked items of any orders, those included that the organisation does not have."""
    if not rows:
        return []
    backgrounds = _backgrounds(session, actor, {row.order_id for row in rows}, language)
    return [_tell_parked(row, backgrounds[row.order_id]) for row in rows]


def tell_held(session: Session, actor: Actor, rows: Sequence[Held], language: str) -> list[ParkedItem]:
    """Commands that wait, with what each waits for as things are now."""
    if not rows:
        return []
    backgrounds = _backgrounds(session, actor, {row.command.order_id for row in rows}, language)
    return [_tell_held(row, backgrounds[row.command.order_id]) for row in rows]


def _backgrounds(session: Session, actor: Actor, order_ids: set[str], language: str) -> dict[str, Background]:
    cards = Cards(session, actor)
    unknown = Background("", {}, (), speech_for(session, actor, cards.people, language))
    found = dict.fromkeys(order_ids, unknown)
    for order in orders_by_id(session, actor, order_ids).values():
        plan = cards.plan(order)
        speech = speech_of_order(session, actor, cards, order, language)
        found[order.id] = Background(order.number, plan.nodes, plan.pause_reasons, speech)
    return found


def _tell_parked(row: ParkedCommand, background: Background) -> ParkedItem:
    speech = background.speech
    return replace(
        _tell(row, background, row.parked_at, json.loads(row.problems)),
        settled_at=speech.instant(row.settled_at.isoformat()) if row.settled_at else "",
        settled_by=speech.person(row.settled_by),
        settled_note=row.settled_note or "",
    )


def _tell_held(row: Held, background: Background) -> ParkedItem:
    problems = json.loads(row.command.answer)["problems"]
    for problem in problems:
        if problem["code"] == GAP:
            problem["params"] = {"sequence": row.missing}
    return _tell(row.command, background, row.command.received_at, problems)


def _tell(
    row: ParkedCommand | StoredCommand, background: Background, arrived: dt.datetime, problems: list[dict[str, Any]]
) -> ParkedItem:
    body, speech = json.loads(row.body), background.speech
    payload = body.get("payload") if isinstance(body.get("payload"), dict) else {}
    return ParkedItem(
        id=row.id,
        order_id=row.order_id,
        number=background.number,
        at=_moment(body.get("at"), speech),
        arrived=speech.instant(arrived.isoformat()),
        by=speech.person(row.person_id),
        device=row.device_id or "",
        what=catalogue(speech.language).get(f"command.{row.type}", row.type),
        step=_step(payload.get("visit"), background),
        lines=tuple(_lines(payload, background)),
        status=row.status,
        reasons=tuple(words_of(Problem(**each), speech.language) for each in problems),
    )


def _moment(at: Any, speech: Speech) -> str:
    try:
        return speech.instant(at)
    except (TypeError, ValueError, OverflowError):
        return str(at)[:40]


def _step(visit: Any, background: Background) -> str:
    if not isinstance(visit, str):
        return ""
    name, _, number = visit.partition("#")
    node, speech = background.nodes.get(name), background.speech
    title = speech.local(node.title) if node is not None else name
    return title if number in {"", "1"} else speech.say("record.step_again", step=title, number=number)


def _lines(payload: Mapping[str, Any], background: Background) -> Iterator[Line]:
    speech = background.speech
    yield from _answers(payload, background)
    yield from _lock(payload, speech)
    if payload.get("reason"):
        yield Line(speech.say("parked.reason"), _pause_reason(payload["reason"], background))
    for name, word in _TEXTS.items():
        if payload.get(name):
            yield Line(speech.say(f"parked.{word}"), str(payload[name]))
    photos = photos_of([*_listed(payload.get("photos")), payload.get("photo")])
    if photos:
        yield Line(speech.say("parked.photos"), shots=(Shot("", photos),))


def _answers(payload: Mapping[str, Any], background: Background) -> Iterator[Line]:
    answers, reasons = (_object(payload.get(name)) for name in ("answers", "reasons"))
    node, speech = background.nodes.get(visit_node(str(payload.get("visit")))), background.speech
    fields = {field.id: field for field in node.fields} if isinstance(node, StepNode) else {}
    for name, answer in answers.items():
        if answer is None:
            continue
        try:
            yield _only_real_photos(tell(fields[name], answer, reasons, speech))
        except _UNREADABLE:
            label = speech.local(fields[name].label) if name in fields else ""
            yield tell_plain(label or name, answer, speech)
    for name, reason in reasons.items():
        if name.split(".")[0] not in fields:
            yield tell_plain(f"{name} · {speech.say('parked.reason')}", reason, speech)


def _only_real_photos(line: Line) -> Line:
    shots = tuple(Shot(str(shot.label), photos_of(shot.photos)) for shot in line.shots)
    items = tuple(_only_real_photos(item) for item in line.items)
    signature = line.signature if is_photo(line.signature) else ""
    return Line(line.label, line.text, line.tone, line.note, items, shots, line.gauge, signature)


def _lock(payload: Mapping[str, Any], speech: Speech) -> Iterator[Line]:
    point = payload.get("point")
    if isinstance(point, str):
        gate = f"{visit_node(str(payload.get('visit')))}.{payload.get('field')}"
        yield Line(speech.say("parked.point"), speech.point(gate, point))


def _pause_reason(reason: Any, background: Background) -> str:
    known = next((each for each in background.pause_reasons if each.get("id") == reason), None)
    return (background.speech.local(known.get("label")) if known is not None else "") or str(reason)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
