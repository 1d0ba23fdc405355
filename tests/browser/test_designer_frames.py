"""The phone inside the designer is for everybody too: axe-core judges each of its screens, by day and by night."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from drafting.judge import Inside
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import Locator, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(600)]
Designing = Callable[..., DesignerTab]
LANGUAGES = ["zh-CN", "en"] if os.environ.get("MENDLOOP_ALL_SCREENS") else ["zh-CN"]
LEVELS = ("info", "caution", "danger")
PUMP = {"from": "builtin:pump.overhaul"}


def words(text: str) -> dict[str, str]:
    return {"zh-CN": f"{text} 字段", "en": text}


def labelled(*names: str) -> list[dict[str, Any]]:
    return [{"id": name, "label": words(name.title())} for name in names]


def field(kind: str, **settings: Any) -> dict[str, Any]:
    label = words(kind.replace("_", " ").title())
    return {"id": f"a_{kind}", "type": kind, "label": label, "help": words("How this is done"), **settings}


EVERY_TYPE = [
    field("instruction", text=words("Read"), safety=[{"level": each, "text": words(each)} for each in LEVELS]),
    field("text", placeholder=words("Such as this")),
    field("long_text"),
    field("integer", min=1, max=9),
    field("number", unit="mm", default="1.5"),
    field("boolean", required=True),
    field("choice", options=labelled("worn", "broken", "missing")),
    field("multi_choice", options=labelled("oil", "dust", "rust")),
    field("date"),
    field("datetime"),
    field("photo", shots=[{"id": "front", "label": words("Front"), "min": 2, "max": 3}], camera_only=True),
    field("checklist", items=[{**each, "not_ok": {"note": True, "photo": 1}} for each in labelled("tight", "clean")]),
    field("reading", unit="mm", norm=0.02, tolerance=[0, 0.05], soft_limit=0.08, advice=words("Do it again")),
    field("scan", multiple=True),
    field(
        "parts", lines=[{"part": "SEAL-40", "label": words("Seal"), "unit": "pcs", "required": True, "serial": True}]
    ),
    field("signature", meaning=words("All is well"), who="customer"),
    field("table", columns=[{"id": "gap", "type": "reading", "label": words("Gap"), "unit": "mm"}], rows={"min": 2}),
    {**field("instruction", text=words("Nobody near"), confirm=True), "id": "read"},
    field("safety_gate", points=[{"id": "plug", "label": words("Plug")}], photo=True, second_person=True),
]


def document() -> dict[str, Any]:
    step = {
        "kind": "step",
        "role": "engineer",
        "title": words("All types"),
        "standard_minutes": 5,
        "fields": EVERY_TYPE,
    }
    return {
        "format": 1,
        "key": "frames.example",
        "title": words("Everything"),
        "roles": {"engineer": {"title": words("Engineer")}},
        "start": "all",
        "nodes": {
            "all": {**step, "next": [{"to": "end"}]},
            "end": {"kind": "end", "outcome": "repaired", "title": words("Repaired")},
        },
    }


@pytest.fixture
def inside(designing: Designing, axe: str, pictures: Path) -> Callable[[str], Inside]:
    """`inside(language)`: Lin at the designer, and who judges the phone in it."""
    return lambda language: Inside(designing("lin", language), axe, pictures / "designer", language)


def card(judge: Inside, kind: str) -> Locator:
    return judge.phone.locator(f"#f-a_{kind}-card")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_of_field_on_the_phone_is_for_everybody(language: str, inside: Callable[[str], Inside]) -> None:
    judge = inside(language)
    tab = judge.tab
    tab.open(tab.begin({"document": document()})).saved()
    tab.show_outline()
    tab.choose("all")
    tab.find("toggle-phone").click()
    expect(judge.phone.get_by_test_id("step")).to_be_visible()
    judge.look("phone_types")
    card(judge, "reading").locator("input").first.fill("9")
    card(judge, "reading").locator("input").first.press("Tab")
    judge.phone.get_by_test_id("finish").click()
    judge.look("phone_types_refused")
    judge.phone.get_by_test_id("shoot-front").click()
    expect(judge.phone.get_by_test_id("shutter")).to_be_visible()
    judge.look("phone_camera")
    judge.phone.get_by_test_id("camera-done").click()
    judge.phone.get_by_test_id("finding").click()
    expect(judge.phone.get_by_test_id("finding-sheet")).to_be_visible()
    judge.look("phone_finding")
    assert judge.found == {}, judge.told()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_phone_of_a_trial_is_for_everybody_from_the_first_step_to_the_end(
    language: str, inside: Callable[[str], Inside]
) -> None:
    judge = inside(language)
    tab = judge.tab
    tab.open(tab.begin(PUMP)).saved()
    tab.find("try-it").click()
    expect(judge.phone.get_by_test_id("step")).to_be_visible()
    done = tab.find("course").locator("li")
    for number in range(1, 40):
        tab.find("trial-fill").click()
        judge.look(f"trial_{number}")
        count = done.count()
        tab.find("trial-finish").click()
        expect(done).not_to_have_count(count)
        if tab.find("trial-ended").is_visible():
            break
    judge.look("trial_ended")
    assert judge.found == {}, judge.told()
