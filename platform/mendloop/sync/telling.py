"""Parked commands as people read them. Nothing in them was ever accepted, so every value may have any shape."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mendloop_engine.plan import Plan, StepNode
from mendloop_engine.state import visit_node
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.problems import Problem
from mendloop.sync.models import ParkedCommand
from mendloop.sync.parked import parked_of_order
from mendloop.words import catalogue, words_of
from mendloop.work_orders.cards import Cards
from mendloop.work_orders.record.answers import tell
from mendloop.work_orders.record.composing import speech_of_order
from mendloop.work_orders.record.shapes import Line, Shot
from mendloop.work_orders.record.speech import Speech
from mendloop.work_orders.services import access_work_order

_PHOTO = re.compile(r"[0-9a-f]{64}")
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, IndexError)
_TEXTS = {"text": "text", "note": "remark", "rework_reason": "rework_reason"}


@dataclass(frozen=True, slots=True)
class ParkedItem:
    """One refused entry: when on the device, who, in which step, what, and why it was refused."""

    id: str
    at: str
    arrived: str
    by: str
    what: str
    step: str
    lines: tuple[Line, ...]
    status: str
    reasons: tuple[str, ...]
    settled_at: str
    settled_by: str
    settled_note: str

    @property
    def is_settled(self) -> bool:
        """True when somebody has said what became of it."""
        return bool(self.settled_at)


def tell_parked(session: Session, actor: Actor, order_id: str, language: str) -> list[ParkedItem]:
    """What is parked for an order, in one language, first come first."""
    order = access_work_order(session, actor, order_id)
    rows = parked_of_order(session, actor, order_id)
    if not rows:
        return []
    cards = Cards(session, actor)
    plan = cards.plan(order)
    speech = speech_of_order(session, actor, cards, order, language)
    return [_tell_item(plan, row, speech) for row in rows]


def _tell_item(plan: Plan, row: ParkedCommand, speech: Speech) -> ParkedItem:
    body = json.loads(row.body)
    payload = body.get("payload") if isinstance(body.get("payload"), dict) else {}
    return ParkedItem(
        id=row.id,
        at=_moment(body.get("at"), speech),
        arrived=speech.instant(row.parked_at.isoformat()),
        by=speech.person(row.person_id),
        what=catalogue(speech.language).get(f"command.{row.type}", row.type),
        step=_step(plan, payload.get("visit"), speech),
        lines=tuple(_lines(plan, payload, speech)),
        status=row.status,
        reasons=tuple(words_of(Problem(**each), speech.language) for each in json.loads(row.problems)),
        settled_at=speech.instant(row.settled_at.isoformat()) if row.settled_at else "",
        settled_by=speech.person(row.settled_by),
        settled_note=row.settled_note or "",
    )


def _moment(at: Any, speech: Speech) -> str:
    try:
        return speech.instant(at)
    except (TypeError, ValueError, OverflowError):
        return str(at)[:40]


def _step(plan: Plan, visit: Any, speech: Speech) -> str:
    if not isinstance(visit, str):
        return ""
    name, _, number = visit.partition("#")
    node = plan.nodes.get(name)
    title = speech.local(node.title) if node is not None else name
    return title if number in {"", "1"} else speech.say("record.step_again", step=title, number=number)


def _lines(plan: Plan, payload: Mapping[str, Any], speech: Speech) -> Iterator[Line]:
    yield from _answers(plan, payload, speech)
    yield from _lock(payload, speech)
    if payload.get("reason"):
        yield Line(speech.say("parked.reason"), _pause_reason(plan, payload["reason"], speech))
    for name, word in _TEXTS.items():
        if payload.get(name):
            yield Line(speech.say(f"parked.{word}"), str(payload[name]))
    photos = _photos([*_listed(payload.get("photos")), payload.get("photo")])
    if photos:
        yield Line(speech.say("parked.photos"), shots=(Shot("", photos),))


def _answers(plan: Plan, payload: Mapping[str, Any], speech: Speech) -> Iterator[Line]:
    answers, reasons = (_object(payload.get(name)) for name in ("answers", "reasons"))
    node = plan.nodes.get(visit_node(str(payload.get("visit"))))
    fields = {field.id: field for field in node.fields} if isinstance(node, StepNode) else {}
    for name, answer in answers.items():
        if answer is None:
            continue
        try:
            yield _only_real_photos(tell(fields[name], answer, reasons, speech))
        except _UNREADABLE:
            label = speech.local(fields[name].label) if name in fields else ""
            yield Line(label or name, json.dumps(answer, ensure_ascii=False)[:2000])


def _only_real_photos(line: Line) -> Line:
    shots = tuple(Shot(str(shot.label), _photos(shot.photos)) for shot in line.shots)
    items = tuple(_only_real_photos(item) for item in line.items)
    signature = line.signature if _PHOTO.fullmatch(line.signature) else ""
    return Line(line.label, line.text, line.tone, line.note, items, shots, line.gauge, signature)


def _lock(payload: Mapping[str, Any], speech: Speech) -> Iterator[Line]:
    point = payload.get("point")
    if isinstance(point, str):
        gate = f"{visit_node(str(payload.get('visit')))}.{payload.get('field')}"
        yield Line(speech.say("parked.point"), speech.point(gate, point))


def _pause_reason(plan: Plan, reason: Any, speech: Speech) -> str:
    known = next((each for each in plan.pause_reasons if each.get("id") == reason), None)
    return (speech.local(known.get("label")) if known is not None else "") or str(reason)


def _photos(named: Iterable[Any]) -> tuple[str, ...]:
    return tuple(each for each in named if isinstance(each, str) and _PHOTO.fullmatch(each))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
