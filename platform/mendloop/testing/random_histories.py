"""A workshop in which anything may happen, for figures: repairs with rework, pauses, travel, two people at once, parts,
photos from elsewhere, readings that repeat, clocks that are wrong, assets that come back. All through the engine."""

import datetime as dt
import io
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import Database, new_id, session_for, write_transaction
from mendloop.library import services as library
from mendloop.photos.services import keep_own_photo
from mendloop.testing.cast import Cast
from mendloop.work_orders import services as orders
from mendloop.work_orders.opening import moment

PRODUCTS = ("pump/big", "pump/small", "fan")
FAULTS = ("F-1", "F-2")
ASSETS = ("A-1", "A-2", "A-3", "")
CUSTOMERS = ("Mill", "Farm", "")
REASONS = ("still rattles", "leaks again")
PAUSES = ("waiting_parts", "to_depot", "lunch")
PLACES = ((30.25, 120.16), (30.2501, 120.1601), (30.9, 121.2), None)
"""Where photos were taken: two at one place, one far away, one that does not say."""
DAYS = 200


def _words(text: str) -> dict[str, str]:
    return {"en": text, "zh-CN": text}


def _step(standard: float | None, to: Any, fields: Sequence[Any] = (), **more: Any) -> dict[str, Any]:
    following = to if isinstance(to, list) else [{"to": to}]
    step = {"kind": "step", "title": _words("Step"), "role": "engineer", "fields": list(fields), "next": following}
    return step | ({"standard_minutes": standard} if standard else {}) | more


def _reading(name: str) -> dict[str, Any]:
    return {"id": name, "type": "reading", "label": _words(name), "unit": "mm", "required": False}


_SHOTS = [{"id": "front", "label": _words("Front")}, {"id": "back", "label": _words("Back"), "min": 0}]
_PHOTOS = {"id": "plate", "type": "photo", "label": _words("Plate"), "shots": _SHOTS, "required": False}
_PARTS = {"id": "used", "type": "parts", "label": _words("Parts"), "lines": [], "required": False}
_VERDICT = {
    "id": "verdict",
    "type": "choice",
    "label": _words("Verdict"),
    "required": True,
    "options": [{"id": each, "label": _words(each)} for each in ("good", "measure_again", "fix_again")],
}
_BACK = {"rework": True, "limit": 2, "exit": "scrapped"}
_AFTER = [
    {"when": "verdict == 'measure_again'", "to": "measure", **_BACK},
    {"when": "verdict == 'fix_again'", "to": "fix", **_BACK},
    {"to": "done"},
]


def _template(key: str, start: str, **nodes: Any) -> dict[str, Any]:
    times = ("waiting", "travel", "elsewhere")
    pauses = [{"id": name, "label": _words(name), "time": time} for name, time in zip(PAUSES, times, strict=True)]
    head = {"format": 1, "key": key, "title": _words(key), "roles": {"engineer": {}, "inspector": {}}}
    return head | {"pause_reasons": pauses, "start": start, "nodes": nodes}


_DONE = {"kind": "end", "outcome": "repaired", "title": _words("Repaired")}
_SCRAPPED = {"kind": "end", "outcome": "scrapped", "title": _words("Scrapped")}


def _repair(standard: float) -> dict[str, Any]:
    return _template(
        "shop.repair",
        "drive",
        drive=_step(20, "measure", time="travel"),
        measure=_step(10, "fix", [_reading(name) for name in ("a", "b", "c")] + [_PHOTOS]),
        fix=_step(standard, "check", [_PARTS, _PHOTOS]),
        check=_step(None, _AFTER, [_VERDICT], role="inspector"),
        done=_DONE,
        scrapped=_SCRAPPED,
    )


_TOGETHER = _template(
    "shop.together",
    "both",
    both={"kind": "parallel", "title": _words("Both"), "join": "met", "next": [{"to": "left"}, {"to": "right"}]},
    left=_step(15, "met", [_reading("a")]),
    right=_step(25, "met", [_PARTS], role="inspector"),
    met={"kind": "join", "title": _words("Met"), "next": [{"to": "done"}]},
    done=_DONE,
)
_LOOK = _template("shop.maintenance", "look", look=_step(12, "done"), done=_DONE)


@dataclass
class Shop:
    """Where histories happen; `versions` are those of its templates, the first two of the same one."""

    database: Database
    cast: Cast
    versions: list[str]
    photos: list[str]
    closed: list[str] = field(default_factory=list)

    def play(self, chance: random.Random, orders_: int) -> None:
        """So many orders, one after the other, at any time of the last half year."""
        sue = self.cast.sue
        with session_for(self.database, sue) as session, write_transaction(session):
            for _ in range(orders_):
                _Course(self, session, chance).run()


def put_up_histories(database: Database, cast: Cast, data_folder: Path) -> Shop:
    """Products, faults, templates and photos, and nothing that has happened yet."""
    sue = cast.sue
    with session_for(database, sue) as session, write_transaction(session):
        for product in PRODUCTS:
            library.add_product(session, sue, library.ProductDetails(product, _words(product)))
        for fault in FAULTS:
            library.add_fault_code(session, sue, library.FaultCodeDetails(fault, "problem", _words(fault)))
        documents = (_repair(30), _repair(45), _TOGETHER, _LOOK)
        versions = [library.publish_template(session, sue, document).id for document in documents]
        photos = [keep_own_photo(session, sue, data_folder, _photo(place)) for place in PLACES]
    return Shop(database, cast, versions, photos)


class _Course:
    """One order from its opening to where chance lets it stop."""

    def __init__(self, shop: Shop, session: Session, chance: random.Random) -> None:
        self.shop, self.session, self.chance = shop, session, chance
        ago = dt.timedelta(days=chance.uniform(0.2, DAYS))
        self.clock = (utc_now() - ago).replace(microsecond=0)
        self.people = (shop.cast.ada, shop.cast.bo, shop.cast.ivy)
        new = orders.NewOrder(
            product=chance.choice(PRODUCTS),
            template_version=chance.choice(shop.versions),
            asset=chance.choice(ASSETS),
            customer=chance.choice(CUSTOMERS),
            fault_codes=tuple(chance.sample(FAULTS, chance.randrange(3))),
            assignee=chance.choice((None, shop.cast.ada.person_id)),
            created=self.clock,
        )
        self.order = orders.open_work_order(session, shop.cast.sue, new)

    def run(self) -> None:
        """Until it is over, given up or left."""
        for _ in range(40):
            if self.chance.random() < 0.02:
                self._ask(self.shop.cast.sue, "CancelOrder", reason="given up")
                return
            active = self._active()
            if not active or self.clock > utc_now() - dt.timedelta(hours=3) or self.chance.random() < 0.01:
                return
            self._act(*self.chance.choice(sorted(active.items())))

    def _act(self, visit: str, given: dict[str, Any]) -> None:
        self.clock += dt.timedelta(seconds=self.chance.choice((5, 60, 400, 4000)))
        who = self.chance.choice(self.people) if given["node"] not in {"check", "right"} else self.shop.cast.ivy
        wrong = dt.timedelta(minutes=self.chance.choice((0, 0, 0, 0, 0, 0, 0, -1, -9, 30)))
        if given["status"] == "ready":
            self._ask(who, "StartStep", visit=visit, off=wrong)
        elif given["status"] == "paused":
            self._ask(who, "ResumeStep", visit=visit)
        elif self.chance.random() < 0.3:
            self._ask(who, "PauseStep", visit=visit, reason=self.chance.choice(PAUSES), note=None)
        else:
            self.clock += dt.timedelta(minutes=self.chance.choice((0.1, 1, 3, 12, 40)))
            self._complete(who, visit, given["node"])

    def _complete(self, who: Actor, visit: str, node: str) -> None:
        answers: dict[str, Any] = {}
        if node in {"measure", "left"}:
            for name in ("a", "b", "c") if node == "measure" else ("a",):
                answers[name] = {"value": self.chance.choice((1, 0.5, 220, 1.25, 1.25, 227, 0.125))}
        if node in {"fix", "right"}:
            answers["used"] = [self._part() for _ in range(self.chance.randrange(3))]
        if node in {"measure", "fix"} and self.chance.random() < 0.7:
            answers["plate"] = {shot: self._shots() for shot in self.chance.choice((("front",), ("front", "back")))}
        more: dict[str, Any] = {}
        if node == "check":
            answers["verdict"] = self.chance.choice(("good", "good", "measure_again", "fix_again"))
            more["rework_reason"] = self.chance.choice(REASONS)
        self._ask(who, "CompleteStep", visit=visit, answers=answers, **more)

    def _part(self) -> dict[str, Any]:
        action, amount = self.chance.choice(("used", "used", "returned", "removed")), self.chance.choice((1, 2, 0.5))
        return {"part": self.chance.choice(("P-1", "P-2")), "quantity": amount, "action": action}

    def _shots(self) -> list[dict[str, Any]]:
        return [self._shot() for _ in range(self.chance.choice((1, 1, 2)))]

    def _shot(self) -> dict[str, Any]:
        at = self.clock - dt.timedelta(minutes=self.chance.choice((0, 0, 0, 1, 2, 60)))
        return {"photo": self.chance.choice(self.shop.photos), "source": "camera", "at": moment(at)}

    def _active(self) -> dict[str, dict[str, Any]]:
        self.session.refresh(self.order)
        state = json.loads(self.order.state)
        return dict(state["active"]) if self.order.status == "open" else {}

    def _ask(self, who: Actor, kind: str, off: dt.timedelta = dt.timedelta(), **members: Any) -> None:
        """Ask for it; what is refused has not happened."""
        asked = {"type": kind, "at": moment(self.clock + off), **members}
        orders.decide_command(self.session, who, self.order.id, new_id(), asked)


def _photo(place: tuple[float, float] | None) -> bytes:
    made, exif = Image.new("RGB", (16, 12), (120, 130, int(place[1] * 10) % 255 if place else 9)), Image.Exif()
    if place is not None:
        north, east = (tuple(_degrees(each)) for each in place)
        exif[0x8825] = {1: "N", 2: north, 3: "E", 4: east}
    out = io.BytesIO()
    made.save(out, "JPEG", exif=exif)
    return out.getvalue()


def _degrees(value: float) -> tuple[float, float, float]:
    degrees = int(value)
    minutes = int((value - degrees) * 60)
    return float(degrees), float(minutes), round((value - degrees - minutes / 60) * 3600, 4)
