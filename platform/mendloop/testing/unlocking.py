"""A process in which one step locks and the next one takes the locks off, with or without anything else to do in it."""

from typing import Any

POINTS = [{"id": "breaker", "label": {"en": "Main breaker", "zh-CN": "总开关"}}]
LOCK = {"id": "loto", "type": "safety_gate", "label": {"en": "Lock", "zh-CN": "上锁"}, "points": POINTS}
UNLOCK = {"id": "off", "type": "safety_gate", "label": {"en": "Unlock", "zh-CN": "解锁"}, "removes": "isolate.loto"}
REMARK = {"id": "remark", "type": "text", "label": {"en": "Remark", "zh-CN": "备注"}}


def locking_process(key: str, product: str, *fields: Any) -> dict[str, Any]:
    """Its document; `fields` are those of the step after the locks were set."""
    return {
        "format": 1,
        "key": key,
        "title": {"en": "Locked for repair", "zh-CN": "挂牌检修"},
        "applies_to": [{"product": product}],
        "roles": {"engineer": {"title": {"en": "Engineer", "zh-CN": "工程师"}}},
        "start": "isolate",
        "nodes": {
            "isolate": _step("Isolate", "断电挂牌", "release", LOCK),
            "release": _step("Take the locks off", "解除挂牌", "end", *fields),
            "end": {"kind": "end", "title": {"en": "Done", "zh-CN": "完成"}, "outcome": "repaired"},
        },
    }


def _step(english: str, chinese: str, to: str, *fields: Any) -> dict[str, Any]:
    words = {"en": english, "zh-CN": chinese}
    return {"kind": "step", "title": words, "role": "engineer", "fields": list(fields), "next": [{"to": to}]}
