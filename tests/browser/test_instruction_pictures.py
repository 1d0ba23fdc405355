"""A picture in an instruction: put in by a designer, seen close by the engineer, and there without a network."""

import io
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import PATIENCE_MS, Phone
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect

DOCUMENT = {
    "format": 1,
    "key": "test.pictures",
    "title": {"zh-CN": "看图作业", "en": "Work by pictures"},
    "roles": {"engineer": {}},
    "start": "open_up",
    "nodes": {
        "open_up": {
            "kind": "step",
            "role": "engineer",
            "title": {"zh-CN": "拆开", "en": "Open it up"},
            "fields": [
                {
                    "id": "how",
                    "type": "instruction",
                    "label": {"zh-CN": "怎么拆", "en": "How"},
                    "text": {"zh-CN": "松开三颗螺钉。", "en": "Undo the three screws."},
                }
            ],
            "next": [{"to": "done"}],
        },
        "done": {"kind": "end", "outcome": "repaired"},
    },
}


def drawing() -> bytes:
    """Three screws on a plate, larger than the phone needs."""
    made = io.BytesIO()
    plate = Image.new("RGB", (2400, 1500), "#c9d1cf")
    pen = ImageDraw.Draw(plate)
    for x, y in ((500, 400), (1900, 400), (1200, 1150)):
        pen.ellipse((x - 130, y - 130, x + 130, y + 130), fill="#39454a", outline="#b3261e", width=22)
        pen.line((x - 80, y, x + 80, y), fill="#dfe5e3", width=26)
    plate.save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def designer(chromium: Browser, demonstration: LiveServer) -> Iterator[Page]:
    """The signed-in owner's browser."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="en")
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{demonstration.address}/sign-in")
    page.fill("input[name=sign_in_name]", "lin")
    page.fill("input[name=password]", "demo-mendloop")
    page.locator("main form button[type=submit]").first.click()
    page.locator("button[name=language][value='en']").click()
    yield page
    page.close()


def act(page: Page, method: str, path: str, body: Any) -> Any:
    """Something done over the API as the person of this page."""
    api = f"{page.url.split('/', 3)[0]}//{page.url.split('/')[2]}/api/v1"
    token = page.request.get(f"{api}/session").json()["csrf_token"]
    answer = page.request.fetch(
        api + path,
        method=method,
        data=None if body is None else json.dumps(body),
        headers={"X-CSRF-Token": token, "Content-Type": "application/json"},
    )
    assert answer.ok, answer.text()
    return answer.json()


def saved_pictures(page: Page, template: str) -> list[dict[str, Any]]:
    """The pictures of the instruction as the server has them, once the designer has saved."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        document = act(page, "GET", f"/templates/{template}/draft", None)["document"]
        pictures: list[dict[str, Any]] = document["nodes"]["open_up"]["fields"][0].get("pictures", [])
        if pictures and pictures[0].get("alt", {}).get("zh-CN"):
            return pictures
        time.sleep(0.3)
    raise AssertionError("the designer did not save the picture")


def test_a_picture_goes_from_the_designer_to_a_phone_without_a_network(
    designer: Page, phone: Callable[..., Phone], demonstration: LiveServer, pictures: Path
) -> None:
    template = act(designer, "POST", "/templates", {"document": DOCUMENT})["template_id"]
    designer.goto(f"{demonstration.address}/designer/{template}")
    designer.get_by_test_id("node-open_up").click()
    designer.locator("[data-face=how]").click()
    screws = {"name": "three-screws.png", "mimeType": "image/png", "buffer": drawing()}
    designer.get_by_test_id("picture-file").set_input_files(screws)  # type: ignore[arg-type]
    row = designer.get_by_test_id("picture-picture")
    expect(row.locator("textarea, input").first).to_have_value("three screws")
    row.locator("[data-pointer$='/alt/zh-CN']").fill("三颗螺钉")
    designer.screenshot(path=pictures / "en" / "designer_instruction_picture.png")
    (kept,) = saved_pictures(designer, template)
    assert kept["alt"] == {"en": "three screws", "zh-CN": "三颗螺钉"}

    revision = act(designer, "GET", f"/templates/{template}/draft", None)["revision"]
    version = act(designer, "POST", f"/templates/{template}/publish", {"expected_revision": revision})
    ada = phone("ada", "en")
    person = act(ada.page, "GET", "/session", None)["person_id"]
    product = act(designer, "GET", "/products", None)["products"][0]["key"]
    wanted = {"product": product, "template": version["version_id"], "assignee": person}
    order = act(designer, "POST", "/orders", wanted)
    ada.page.reload()
    ada.open_order(order["number"])
    expect(ada.find(f"picture-how-{kept['id']}")).to_be_visible()
    ada.page.wait_for_timeout(1_500)
    ada.context.set_offline(True)
    ada.tap("back")
    ada.open_order(order["number"])
    picture = ada.find(f"picture-how-{kept['id']}").locator("img")
    expect(picture).to_have_js_property("complete", True)
    assert str(picture.get_attribute("src")).startswith("blob:")
    ada.look("instruction_picture")
    ada.tap(f"picture-how-{kept['id']}")
    ada.tap("picture-larger")
    expect(ada.page.locator(".pinch > div")).to_have_attribute("style", "transform: translate(0px, 0px) scale(1.6);")
    ada.look("picture_closeup")
    ada.tap("close-closeup")
    expect(ada.find("picture-closeup")).to_have_count(0)
