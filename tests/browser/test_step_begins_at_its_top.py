"""A step at the phone begins at its top, and says in words of people why it came back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from mendloop.testing.designer_tab import DesignerTab
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import Phone
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
PRODUCT = "pump/centrifugal/harbour-80"
Phones = Callable[..., Phone]
ITEMS = [{"id": f"item_{n}", "label": {"en": f"Bolt {n}", "zh-CN": f"螺栓 {n}"}} for n in range(1, 10)]
LIST = {"id": "bolts", "type": "checklist", "label": {"en": "Bolts", "zh-CN": "螺栓"}, "items": ITEMS}
RESULT = {
    "id": "result",
    "type": "choice",
    "label": {"en": "Result", "zh-CN": "结果"},
    "required": True,
    "options": [
        {"id": "option_1", "label": {"en": "Fine", "zh-CN": "通过"}},
        {"id": "option_2", "label": {"en": "Sent back", "zh-CN": "不行，退回"}},
    ],
}
BACK = {
    "when": "result == 'option_2'",
    "to": "fit",
    "rework": True,
    "limit": 3,
    "exit": "end",
    "reason_field": "result",
}


def step(english: str, chinese: str, field: dict[str, Any], *routes: dict[str, Any]) -> dict[str, Any]:
    title = {"en": english, "zh-CN": chinese}
    return {"kind": "step", "title": title, "role": "engineer", "fields": [field], "next": list(routes)}


@pytest.fixture
def order(lin: DesignerTab, demonstration: LiveServer) -> str:
    """The number of an order with two long lists and a choice that sends back."""
    document = {
        "format": 1,
        "key": "long.lists",
        "title": {"en": "Long lists", "zh-CN": "长表"},
        "applies_to": [{"product": PRODUCT}],
        "roles": {"engineer": {"title": {"en": "Engineer", "zh-CN": "工程师"}}},
        "start": "fit",
        "nodes": {
            "fit": step("Fit", "装配", LIST, {"to": "tighten"}),
            "tighten": step("Tighten", "紧固", LIST, {"to": "check"}),
            "check": step("Check", "终检", RESULT, BACK, {"to": "end"}),
            "end": {"kind": "end", "title": {"en": "Done", "zh-CN": "完成"}, "outcome": "repaired"},
        },
    }
    template = lin.begin({"document": document})
    version = lin.act("POST", f"/templates/{template}/publish", {"expected_revision": 1})["version_id"]
    card = lin.act("POST", "/orders", {"product": PRODUCT, "template": version})
    lin.act("PUT", f"/templates/{template}/archived", {"archived": True})
    return str(card["number"])


def at_its_top(bo: Phone) -> None:
    """The title, the list's title and its first item stand below the header, and above the footer."""
    bo.page.wait_for_timeout(400)
    header = bo.page.locator("header").first.bounding_box()
    footer = bo.page.locator("footer.bottom").bounding_box()
    assert header is not None
    assert footer is not None
    for shown in (bo.page.locator(".step-title h2"), bo.card("bolts"), bo.card("bolts").get_by_text(re.compile(" 1$"))):
        box = shown.first.bounding_box()
        assert box is not None
        assert header["y"] + header["height"] <= box["y"] < footer["y"]


def read_on(bo: Phone, far: int) -> None:
    bo.page.evaluate("(far) => scrollTo(0, far)", far)
    bo.page.wait_for_function("(far) => scrollY >= far", arg=far)


@pytest.mark.parametrize("language", ["zh-CN", pytest.param("en", marks=pytest.mark.long)])
def test_a_step_begins_at_its_top_and_says_why_it_came_back(language: str, phone: Phones, order: str) -> None:
    bo = phone("bo", language)
    bo.open_order(order)
    bo.at("fit#1")
    read_on(bo, 150)
    bo.start()
    at_its_top(bo)
    bo.look("long_list_begun")
    bo.tick_all("bolts")
    bo.finish()
    bo.at("tighten#1")
    at_its_top(bo)
    read_on(bo, 150)
    bo.start()
    at_its_top(bo)
    read_on(bo, 150)
    bo.pause("waiting_help")
    bo.tap("resume")
    expect(bo.find("finish")).to_be_visible()
    at_its_top(bo)
    bo.tick_all("bolts")
    bo.finish()
    bo.at("check#1")
    bo.start()
    bo.choose("result", "option_2")
    bo.finish()
    bo.at("fit#2")
    expect(bo.find("rework-reason")).to_have_text({"zh-CN": "不行，退回", "en": "Sent back"}[language])
    bo.look("sent_back_by_a_choice")
    assert bo.errors == []
