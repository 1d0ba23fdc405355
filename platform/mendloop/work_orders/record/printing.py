"""The record on paper: the same facts, set by Typst."""

import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.photos.services import photo_file
from mendloop.work_orders.record.shapes import Record
from mendloop.work_orders.record.speech import Speech

SHEET = Path(__file__).with_name("record.typ")
FONTS = Path(__file__).parent.parent.parent / "_fonts"
MANY = 40
"""With more photos than this, small copies are printed."""
_WORDS = [
    "record.order",
    "record.chain",
    "record.timeline",
    "record.steps",
    "record.pairs",
    "record.before",
    "record.after",
    "record.no_photo",
    "record.parts",
    "record.part",
    "record.quantity",
    "record.movement",
    "record.from",
    "record.findings",
    "record.page",
]


def print_record(record: Record, speech: Speech, actor: Actor, data_folder: Path) -> bytes:
    """The record as PDF (A4), in the language it was composed in."""
    with tempfile.TemporaryDirectory(prefix="mendloop-print-") as name:
        folder = Path(name)
        available = _lay_out_photos(record, actor, data_folder, folder)
        (folder / "record.json").write_text(json.dumps(_facts(record, speech, available)), encoding="utf-8")
        shutil.copy(SHEET, folder / "record.typ")
        made: Any = typst.compile(str(folder / "record.typ"), root=name, font_paths=[str(FONTS)])
    return bytes(made)


def _lay_out_photos(record: Record, actor: Actor, data_folder: Path, folder: Path) -> list[str]:
    size = "view" if len(record.photos) <= MANY else "thumb"
    available = []
    for sha256 in record.photos:
        file = photo_file(actor, data_folder, sha256, size)
        if file.is_file():
            shutil.copy(file, folder / f"{sha256}.jpg")
            available.append(sha256)
    return available


def _facts(record: Record, speech: Speech, available: list[str]) -> dict[str, Any]:
    words: dict[str, Any] = {key.partition(".")[2]: speech.say(key) for key in _WORDS}
    words["total"] = record.total
    words["cancelled"] = _cancelled_words(record, speech)
    words["printed"] = speech.say("record.printed", at=speech.instant(utc_now().isoformat()))
    words["verdict"] = (
        speech.say("record.chain_whole", count=record.events)
        if record.broken_at is None
        else speech.say("record.chain_broken", sequence=record.broken_at)
    )
    facts = asdict(record)
    for step in facts["steps"]:
        for visit, shown in zip(step["visits"], _visits(record, step["node"]), strict=True):
            visit.update(_visit_words(shown, speech, several=len(step["visits"]) > 1))
    return facts | {"words": words, "available": available, "language": speech.language}


def _cancelled_words(record: Record, speech: Speech) -> list[str]:
    given = record.cancelled
    if given is None:
        return []
    done = (
        speech.say("record.cancelled_done", steps=speech.listed(given.done))
        if given.done
        else speech.say("record.cancelled_nothing")
    )
    head = speech.say("record.cancelled", name=given.by, at=given.at)
    return [head, speech.say("record.cancelled_why", reason=given.reason), done]


def _visits(record: Record, node: str) -> Any:
    return next(step.visits for step in record.steps if step.node == node)


def _visit_words(visit: Any, speech: Speech, several: bool) -> dict[str, Any]:
    minutes = visit.minutes
    time = (
        speech.say("order.of_standard", minutes=minutes, standard=f"{visit.standard:.10g}")
        if visit.standard
        else speech.say("order.minutes", count=minutes)
    )
    return {
        "over": visit.over_standard,
        "head": speech.say("order.pass", number=visit.number) if several else "",
        "status_label": speech.say(f"order.visit.{visit.status}"),
        "time": time if visit.started else "",
        "rework": speech.say("record.rework", reason=visit.rework_reason) if visit.rework_reason else "",
    }
