"""The record on paper: the same facts, as the sheet wants them."""

import hashlib
import json
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import segno

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.photos.services import photo_file
from mendloop.work_orders.record.sections import Record
from mendloop.work_orders.record.shapes import VisitPart
from mendloop.work_orders.record.speech import Speech

SHEET = Path(__file__).with_name("record.typ")
FONTS = Path(__file__).parent.parent.parent / "_fonts"
WIDE = 900
"""Pixels of a photo that takes half the page's width: 260 to the inch. All others are printed from thumbnails."""
_WORDS = (
    *("order", "customers_copy", "chain", "chain_means", "chain_verify", "chain_scan", "timeline", "steps", "pairs"),
    *("before", "after", "no_photo", "parts", "part", "quantity", "movement", "from", "serial", "findings", "asset"),
    *("earlier_orders", "sub_orders", "internal", "trend"),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one print needs: the sheet's data, and its pictures. `key` is the same for what would look the same."""

    facts: dict[str, Any]
    pictures: tuple[dict[str, Any], ...]
    key: str

    @property
    def is_small(self) -> bool:
        """True when it is set before anybody would wait."""
        return len(self.pictures) <= 30 and len(self.facts["steps"]) <= 40


def sheet_of(record: Record, speech: Speech, actor: Actor, data_folder: Path, address: str = "") -> Sheet:
    """The record as the sheet wants it, in the language it was composed in; `address` is printed as a code to scan."""
    wide = {photo for pair in record.pairs for photo in (*pair.before, *pair.after)}
    pictures = tuple(
        _picture(actor, data_folder, sha256, is_wide=sha256 in wide)
        for sha256 in record.photos
        if photo_file(actor, data_folder, sha256, "thumb").is_file()
    )
    facts = _facts(record, speech, [each["name"] for each in pictures])
    facts["address"], facts["qr"] = address, _code(address) if address else ""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True) + SHEET.read_text("utf-8")
    key = hashlib.sha256(text.encode()).hexdigest()[:32]
    facts["words"]["printed"] = speech.say("record.printed", at=speech.instant(utc_now().isoformat()))
    return Sheet(facts, pictures, key)


def _code(address: str) -> str:
    """A QR code as SVG."""
    made = BytesIO()
    segno.make_qr(address, error="m").save(made, kind="svg", xmldecl=False, border=0)
    return made.getvalue().decode()


def _picture(actor: Actor, data_folder: Path, sha256: str, *, is_wide: bool) -> dict[str, Any]:
    file = photo_file(actor, data_folder, sha256, "view" if is_wide else "thumb").resolve()
    kept = data_folder / "prints" / actor.organisation_id / "pictures" / sha256[:2] / f"{sha256}.jpg"
    return {"name": sha256, "file": str(file), "width": WIDE if is_wide else 0, "kept": str(kept.resolve())}


def _facts(record: Record, speech: Speech, available: list[str]) -> dict[str, Any]:
    words: dict[str, Any] = {name: speech.say(f"record.{name}") for name in _WORDS}
    words["total"] = record.total
    words["cancelled"] = _cancelled_words(record, speech)
    words["verdict"] = (
        speech.say("record.chain_whole", count=record.events)
        if record.broken_at is None
        else speech.say("record.chain_broken", sequence=record.broken_at)
    )
    facts = asdict(record)
    for step, told in zip(facts["steps"], record.steps, strict=True):
        for visit, shown in zip(step["visits"], told.visits, strict=True):
            visit.update(_visit_words(shown, record, speech, several=len(told.visits) > 1))
    return facts | {"words": words, "available": sorted(available), "language": speech.language}


def _cancelled_words(record: Record, speech: Speech) -> list[str]:
    given = record.cancelled
    if given is None:
        return []
    if record.is_customers:
        return [f"{speech.say('order.status.cancelled')} · {given.at}"]
    done = (
        speech.say("record.cancelled_done", steps=speech.listed(given.done))
        if given.done
        else speech.say("record.cancelled_nothing")
    )
    head = speech.say("record.cancelled", name=given.by, at=given.at)
    return [head, speech.say("record.cancelled_why", reason=given.reason), done]


def _visit_words(visit: VisitPart, record: Record, speech: Speech, several: bool) -> dict[str, Any]:
    said = {
        "over": visit.over_standard,
        "head": speech.say("order.pass", number=visit.number) if several else "",
        "status_label": speech.say(f"order.visit.{visit.status}"),
        "rework": speech.say("record.rework", reason=visit.rework_reason) if visit.rework_reason else "",
    }
    if record.is_customers:
        return said | {"status_label": "", "time": "", "started": visit.completed, "completed": ""}
    time = (
        speech.say("order.of_standard", minutes=visit.minutes, standard=f"{visit.standard:.10g}")
        if visit.standard
        else speech.say("order.minutes", count=visit.minutes)
    )
    return said | {"time": time if visit.started else ""}
