"""A template for the process of the telephone repairs in a public event log: its steps are called as in the log."""

from typing import Any


def _step(title: str, *following: dict[str, Any], fields: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    words = {"zh-CN": title, "en": title}
    return {"kind": "step", "title": words, "role": "engineer", "fields": list(fields), "next": list(following)}


def _asked(name: str) -> dict[str, Any]:
    return {"id": name, "type": "boolean", "label": {"zh-CN": name, "en": name}, "required": True}


PHONE_TEMPLATE: dict[str, Any] = {
    "format": 1,
    "key": "phone.log",
    "title": {"zh-CN": "电话维修", "en": "Telephone repair"},
    "applies_to": [{"product": "phone/*"}],
    "roles": {"engineer": {"title": {"zh-CN": "工程师", "en": "Engineer"}}},
    "start": "register",
    "nodes": {
        "register": _step("Register", {"to": "analyze"}),
        "analyze": _step("Analyze Defect", {"to": "both"}, fields=(_asked("is_complex"),)),
        "both": {"kind": "parallel", "join": "met", "next": [{"to": "which"}, {"to": "inform"}]},
        "inform": _step("Inform User", {"to": "met"}),
        "which": {
            "kind": "choice",
            "next": [{"to": "complex", "when": "steps.analyze.is_complex == true"}, {"to": "simple"}],
        },
        "simple": _step("Repair (Simple)", {"to": "test"}),
        "complex": _step("Repair (Complex)", {"to": "test"}),
        "test": _step(
            "Test Repair", {"to": "met", "when": "is_fixed == true"}, {"to": "restart"}, fields=(_asked("is_fixed"),)
        ),
        "restart": _step("Restart Repair", {"to": "which", "rework": True}),
        "met": {"kind": "join", "next": [{"to": "archive"}]},
        "archive": _step("Archive Repair", {"to": "done"}),
        "done": {"kind": "end", "title": {"zh-CN": "结束", "en": "Done"}, "outcome": "repaired"},
    },
}
