"""A small workshop for tests: one product, one process that has a bit of everything, and phones that send commands."""

import hashlib
import io
from dataclasses import dataclass, field
from typing import Any

from PIL import Image
from werkzeug.test import TestResponse

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import Database, new_id, run_write, session_for
from mendloop.inventory import services as inventory
from mendloop.library import services as library
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from mendloop.work_orders.opening import moment

PUMP = "pump/centrifugal/ns-40"
BEARING = "BRG-6205"
TEMPLATE: dict[str, Any] = {
    "format": 1,
    "key": "pump.quick",
    "title": {"zh-CN": "离心泵快修", "en": "Pump quick repair"},
    "applies_to": [{"product": "pump/centrifugal/*", "faults": ["P-1*"]}],
    "roles": {
        "engineer": {"title": {"zh-CN": "工程师", "en": "Engineer"}},
        "inspector": {"title": {"zh-CN": "质检员", "en": "Inspector"}},
    },
    "pause_reasons": [{"id": "waiting_parts", "label": {"zh-CN": "等待备件", "en": "Waiting for parts"}}],
    "start": "isolate",
    "nodes": {
        "isolate": {
            "kind": "step",
            "title": {"zh-CN": "断电上锁", "en": "Isolate"},
            "role": "engineer",
            "standard_minutes": 10,
            "fields": [
                {
                    "id": "before",
                    "type": "photo",
                    "label": {"zh-CN": "维修前", "en": "Before"},
                    "shots": [{"id": "front", "label": {"zh-CN": "正面", "en": "Front"}, "pair": "repair.after.front"}],
                },
            ],
            "next": [{"to": "measure"}],
        },
        "measure": {
            "kind": "step",
            "title": {"zh-CN": "测量跳动", "en": "Measure runout"},
            "role": "engineer",
            "standard_minutes": 15,
            "fields": [
                {
                    "id": "runout",
                    "type": "reading",
                    "label": {"zh-CN": "轴跳动", "en": "Shaft runout"},
                    "unit": "mm",
                    "norm": 0.02,
                    "tolerance": [0, 0.05],
                    "soft_limit": 0.08,
                    "hard_limit": [0, 2],
                }
            ],
            "next": [{"when": "runout.value > 0.05", "to": "repair"}, {"to": "inspect"}],
        },
        "repair": {
            "kind": "step",
            "title": {"zh-CN": "更换轴承", "en": "Replace bearing"},
            "role": "engineer",
            "standard_minutes": 30,
            "fields": [
                {
                    "id": "used",
                    "type": "parts",
                    "label": {"zh-CN": "用料", "en": "Parts"},
                    "lines": [
                        {"part": BEARING, "label": {"zh-CN": "轴承", "en": "Bearing"}, "quantity": 1, "unit": "pcs"}
                    ],
                },
                {
                    "id": "after",
                    "type": "photo",
                    "label": {"zh-CN": "维修后", "en": "After"},
                    "shots": [
                        {"id": "front", "label": {"zh-CN": "正面", "en": "Front"}, "pair": "isolate.before.front"}
                    ],
                },
                {
                    "id": "checks",
                    "type": "checklist",
                    "label": {"zh-CN": "检查", "en": "Checks"},
                    "items": [{"id": "greased", "label": {"zh-CN": "已加脂", "en": "Greased"}}],
                },
            ],
            "next": [{"to": "inspect"}],
        },
        "inspect": {
            "kind": "step",
            "title": {"zh-CN": "终检", "en": "Inspect"},
            "role": "inspector",
            "standard_minutes": 5,
            "not_same_person_as": ["repair"],
            "fields": [
                {
                    "id": "verdict",
                    "type": "choice",
                    "label": {"zh-CN": "结论", "en": "Verdict"},
                    "required": True,
                    "options": [
                        {"id": "accepted", "label": {"zh-CN": "合格", "en": "Accepted"}},
                        {"id": "rejected", "label": {"zh-CN": "退回", "en": "Rejected"}},
                    ],
                },
            ],
            "next": [
                {"when": "verdict == 'rejected'", "to": "repair", "rework": True, "limit": 3, "exit": "scrapped"},
                {"to": "done"},
            ],
        },
        "done": {"kind": "end", "outcome": "repaired", "title": {"zh-CN": "修复", "en": "Repaired"}},
        "scrapped": {"kind": "end", "outcome": "scrapped", "title": {"zh-CN": "报废", "en": "Scrapped"}},
    },
}


@dataclass(frozen=True, slots=True)
class Workshop:
    """What was put up: open orders with `open_order`."""

    database: Database
    cast: Cast
    version_id: str

    def open_order(self, assignee: Actor | None = None, asset: str = "P-7", customer: str = "") -> str:
        """A new order on a pump; its id."""
        sue = self.cast.sue
        new = orders.NewOrder(
            product=PUMP,
            template_version=self.version_id,
            asset=asset,
            customer=customer,
            fault_codes=("P-11",),
            fault_text="rattles",
            assignee=assignee.person_id if assignee is not None else None,
        )
        with session_for(self.database, sue) as session:
            return run_write(session, lambda: orders.open_work_order(session, sue, new)).id


def put_up(database: Database, cast: Cast) -> Workshop:
    """The workshop: a pump, its fault, its process, ten bearings in the warehouse."""
    with session_for(database, cast.sue) as session:
        version_id = run_write(session, lambda: _stock_library(session, cast.sue))
    return Workshop(database, cast, version_id)


def _stock_library(session: Any, sue: Actor) -> str:
    library.add_product(
        session, sue, library.ProductDetails(PUMP, {"en": "Centrifugal pump NS-40", "zh-CN": "离心泵 NS-40"})
    )
    library.add_fault_code(session, sue, library.FaultCodeDetails("P-11", "problem", {"en": "Noise", "zh-CN": "异响"}))
    bearing = inventory.create_part(session, sue, BEARING, {"en": "Bearing 6205", "zh-CN": "轴承 6205"})
    inventory.receive_stock(session, sue, bearing, 10)
    return str(library.publish_template(session, sue, TEMPLATE).id)


def photo_bytes(colour: str = "steelblue", size: tuple[int, int] = (320, 240)) -> bytes:
    """A small photo of one colour."""
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, "JPEG")
    return made.getvalue()


@dataclass
class Phone:
    """Somebody's phone: it numbers its commands and sends them."""

    visitor: Visitor
    device: dict[str, str] = field(default_factory=lambda: {"id": new_id(), "incarnation": "1"})
    sequence: int = 0

    def make(self, kind: str, order: str, base_revision: int | None = None, **payload: Any) -> dict[str, Any]:
        """The next command, not sent yet."""
        self.sequence += 1
        return {
            "id": new_id(),
            "order": order,
            "type": kind,
            "at": moment(utc_now()),
            "sequence": self.sequence,
            "base_revision": base_revision,
            "payload": payload,
        }

    def send(self, *commands: Any) -> list[dict[str, Any]]:
        """The answers to these commands, by their order in the answer."""
        body = {"device": self.device, "commands": list(commands)}
        answer = self.visitor.send("POST", "/api/v1/commands", json=body)
        assert answer.status_code == 200, answer.text  # noqa: S101 - this is a part for tests
        return list((answer.json or {})["answers"])

    def do(self, kind: str, order: str, **payload: Any) -> dict[str, Any]:
        """Send one command; it must be applied."""
        answer = self.send(self.make(kind, order, **payload))[-1]
        assert answer["status"] == "applied", answer  # noqa: S101
        return answer

    def upload(self, body: bytes) -> str:
        """Send a photo; its name."""
        name = hashlib.sha256(body).hexdigest()
        answer = self.put(body)
        assert answer.status_code == 200, answer.text  # noqa: S101
        return name

    def put(self, body: bytes) -> TestResponse:
        """Send a photo; the answer."""
        name = hashlib.sha256(body).hexdigest()
        return self.visitor.send("PUT", f"/api/v1/photos/{name}", data=body, content_type="image/jpeg")


def shot(sha256: str) -> dict[str, Any]:
    """The answer to a photo field with one shot `front`."""
    return {"front": [{"photo": sha256, "source": "camera", "at": moment(utc_now())}]}


def work_to_repair(phone: Phone, order: str) -> None:
    """From the beginning until the repair is running."""
    before = phone.upload(photo_bytes("firebrick"))
    phone.do("StartStep", order, visit="isolate#1")
    phone.do("CompleteStep", order, visit="isolate#1", answers={"before": shot(before)})
    phone.do("StartStep", order, visit="measure#1")
    phone.do("CompleteStep", order, visit="measure#1", answers={"runout": {"value": 0.06}})
    phone.do("StartStep", order, visit="repair#1")


def finish_repair(phone: Phone, order: str, visit: str = "repair#1", quantity: float = 1) -> None:
    """Complete the running repair with a part and a photo."""
    answers = {
        "used": [{"part": BEARING, "quantity": quantity, "action": "used"}],
        "after": shot(phone.upload(photo_bytes("seagreen"))),
        "checks": {"greased": {"result": "ok"}},
    }
    phone.do("CompleteStep", order, visit=visit, answers=answers)


def inspect(phone: Phone, order: str, visit: str, verdict: str) -> None:
    """The inspector's word."""
    phone.do("StartStep", order, visit=visit)
    reason = {"rework_reason": "still rattles"} if verdict == "rejected" else {}
    phone.do("CompleteStep", order, visit=visit, answers={"verdict": verdict}, **reason)
