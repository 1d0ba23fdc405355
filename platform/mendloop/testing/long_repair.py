"""A long repair for tests: as many steps and photos as wanted, with everything that a record can show."""

import random
from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from mendloop.clock import utc_now
from mendloop.database import run_write, session_for
from mendloop.library import services as library
from mendloop.testing.pump_shop import BEARING, Phone, Workshop
from mendloop.work_orders.opening import moment

WORK = (
    ("Isolate and drain", "断电、泄压、排液"),
    ("Take off the coupling", "拆卸联轴器"),
    ("Measure shaft runout", "测量轴径向跳动"),
    ("Take out the rotor", "抽出转子"),
    ("Clean and inspect the casing", "清洗并检查泵壳"),
    ("Replace the mechanical seal", "更换机械密封"),
    ("Fit the bearings", "装配轴承"),
    ("Align the motor", "电机对中"),
    ("Trial run", "试运行"),
)
CHECKS = (
    ("No cracks in the casing", "泵壳无裂纹"),
    ("Wear ring within its limit", "口环磨损在允许范围内"),
    ("Oil is clear", "润滑油清澈无杂质"),
    ("Guard is back in place", "防护罩已装回"),
)
REMARK = "轴承座有轻微锈蚀，已打磨并涂防锈油。Bearing seat slightly rusty; ground and oiled. "
UNSAID = "talk to the manufacturer before the next one"


def long_repair(steps: int, shots: int) -> dict[str, Any]:
    """A template of so many steps in a row; every third of them takes so many photos."""
    nodes: dict[str, Any] = {
        f"s{number}": _step(number, shots if number % 3 == 1 else 0, f"s{number + 1}" if number < steps else "signed")
        for number in range(1, steps + 1)
    }
    nodes["signed"] = _signing()
    nodes["done"] = {"kind": "end", "outcome": "repaired", "title": _words("Overhauled", "大修完成")}
    return {
        "format": 1,
        "key": "pump.overhaul",
        "title": _words("Centrifugal pump overhaul", "离心泵大修"),
        "applies_to": [{"product": "pump/centrifugal/*"}],
        "roles": {"engineer": {"title": _words("Engineer", "工程师")}},
        "start": "s1",
        "nodes": nodes,
    }


def publish_long_repair(workshop: Workshop, steps: int, shots: int) -> Workshop:
    """The workshop, opening orders of this template from now on."""
    sue = workshop.cast.sue
    with session_for(workshop.database, sue) as session:
        made = run_write(session, lambda: library.publish_template(session, sue, long_repair(steps, shots)))
        return Workshop(workshop.database, workshop.cast, str(made.id))


def work_through(phone: Phone, order: str, steps: int, photo: Callable[[int], bytes], shots: int) -> None:
    """Do all of it; `photo` makes the picture with a number."""
    chance = random.Random(steps)  # noqa: S311 - the same numbers each time
    for number in range(1, steps + 1):
        phone.do("StartStep", order, visit=f"s{number}#1")
        answers = _answers(number, chance)
        if number % 3 == 1:
            answers["photos"] = {
                f"p{each}": [_taken(phone, photo(number * 100 + each))] for each in range(1, shots + 1)
            }
        phone.do("CompleteStep", order, visit=f"s{number}#1", answers=answers)
    phone.do("StartStep", order, visit="signed#1")
    image = phone.upload(drawn_signature())
    signed = {"name": "王建国", "image": image}
    phone.do("CompleteStep", order, visit="signed#1", answers={"customer": signed, "sheet": _rows()})


def camera(number: int, size: tuple[int, int] = (1280, 960)) -> bytes:
    """A picture that no other one equals, with something to recognise it by."""
    chance = random.Random(number)  # noqa: S311
    image = Image.new("RGB", size, (chance.randrange(60, 160), chance.randrange(80, 160), chance.randrange(90, 170)))
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y, r = chance.randrange(size[0]), chance.randrange(size[1]), chance.randrange(10, 160)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(chance.randrange(255) for _ in range(3)))
    draw.text((30, 20), f"IMG {number}", fill="white", font_size=size[1] // 8)
    made = BytesIO()
    image.save(made, "JPEG", quality=88)
    return made.getvalue()


def drawn_signature() -> bytes:
    """A few strokes on white."""
    image = Image.new("RGB", (600, 200), "white")
    draw = ImageDraw.Draw(image)
    draw.line([(40, 150), (120, 50), (160, 150), (240, 60), (300, 140), (420, 70), (560, 130)], fill="black", width=6)
    made = BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def _words(english: str, chinese: str) -> dict[str, str]:
    return {"en": english, "zh-CN": chinese}


def _step(number: int, shots: int, following: str) -> dict[str, Any]:
    title = WORK[(number - 1) % len(WORK)]
    fields: list[dict[str, Any]] = [
        {
            "id": "runout",
            "type": "reading",
            "label": _words("Runout", "跳动量"),
            "unit": "mm",
            "norm": 0.02,
            "tolerance": [0, 0.05] if number % 2 else [None, 0.05],
        },
        {
            "id": "checks",
            "type": "checklist",
            "label": _words("Checks", "检查项"),
            "items": [{"id": f"c{at}", "label": _words(*each)} for at, each in enumerate(CHECKS)],
        },
        {"id": "remark", "type": "long_text", "label": _words("Remark", "备注")},
        {"id": "inside", "type": "text", "label": _words("For ourselves", "内部备注"), "internal": True},
    ]
    if shots:
        fields.append({"id": "photos", "type": "photo", "label": _words("Photos", "照片"), "shots": _shots(shots)})
    if number == 2:
        line = {"part": BEARING, "label": _words("Bearing", "轴承"), "quantity": 1, "unit": "pcs"}
        fields.append({"id": "used", "type": "parts", "label": _words("Parts", "用料"), "lines": [line]})
    return {
        "kind": "step",
        "title": _words(f"{title[0]} {number}", f"{title[1]} {number}"),
        "role": "engineer",
        "standard_minutes": 10,
        "fields": fields,
        "next": [{"to": following}],
    }


def _shots(count: int) -> list[dict[str, Any]]:
    return [{"id": f"p{each}", "label": _words(f"View {each}", f"视角 {each}")} for each in range(1, count + 1)]


def _signing() -> dict[str, Any]:
    columns = [
        {"id": "point", "type": "text", "label": _words("Point", "测点")},
        {"id": "value", "type": "number", "label": _words("Vibration", "振动")},
        {"id": "blame", "type": "text", "label": _words("Whose fault", "责任方"), "internal": True},
    ]
    return {
        "kind": "step",
        "title": _words("Hand over", "交付签字"),
        "role": "engineer",
        "fields": [
            {"id": "sheet", "type": "table", "label": _words("Vibration", "振动测量"), "columns": columns},
            {
                "id": "customer",
                "type": "signature",
                "label": _words("Customer", "客户签字"),
                "meaning": _words("Received in working order", "设备已修复并验收"),
            },
        ],
        "next": [{"to": "done"}],
    }


def _rows() -> list[dict[str, Any]]:
    return [{"point": f"{at}H", "value": 1.2 + at / 10, "blame": "supplier at fault"} for at in range(1, 4)]


def _answers(number: int, chance: random.Random) -> dict[str, Any]:
    off = {"result": "not_ok", "note": "磨损 0.4 mm, replaced"}
    answers: dict[str, Any] = {
        "runout": {"value": round(chance.uniform(0.01, 0.06), 3)},
        "checks": {f"c{at}": off if at == 1 and number % 4 == 0 else {"result": "ok"} for at in range(len(CHECKS))},
        "remark": REMARK * (1 + number % 2),
        "inside": UNSAID,
    }
    if number == 2:
        answers["used"] = [
            {"part": BEARING, "quantity": 1, "action": "removed", "serial": "OLD-1007"},
            {"part": BEARING, "quantity": 1, "action": "used", "serial": "NEW-2044"},
        ]
    return answers


def _taken(phone: Phone, body: bytes) -> dict[str, str]:
    return {"photo": phone.upload(body), "source": "camera", "at": moment(utc_now())}
