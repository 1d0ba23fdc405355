"""Assets and bills of material in a real browser: from a label to the history, and from Excel to a new revision."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from mendloop.testing.live import LiveServer
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
PUMP = "P-2041A"


def asset_of(page: Page, address: str, serial: str) -> str:
    """The address of the asset with this number, found by searching."""
    page.goto(f"{address}/assets/?text={serial}")
    return f"{address}{page.locator('table a.row-link').first.get_attribute('href')}"


def test_an_asset_shows_what_orders_built_in_and_what_was_there_before(
    desk: Callable[[str], Page], demonstration: LiveServer
) -> None:
    page = desk("en")
    page.goto(asset_of(page, demonstration.address, PUMP))
    expect(page.get_by_role("heading", name=PUMP)).to_be_visible()
    page.get_by_role("link", name="Mechanical seal", exact=True).click()
    history = page.get_by_role("table")
    expect(history.locator("tbody tr")).to_have_count(2)
    expect(history).to_contain_text("SH80-11873")
    expect(history).to_contain_text("as delivered")
    history.get_by_role("link", name="SH80-11873").click()
    expect(page.get_by_role("heading", name="Where it has been")).to_be_visible()
    page.get_by_role("link", name=f"{PUMP} · pump/rotor/seal").first.click()
    page.goto(asset_of(page, demonstration.address, PUMP))
    page.get_by_role("link", name="/a/").click()
    expect(page.get_by_role("heading", name=PUMP)).to_be_visible()


def test_an_assembly_goes_from_one_pump_to_the_other_with_what_is_inside(
    desk: Callable[[str], Page], demonstration: LiveServer
) -> None:
    page = desk("en")
    for serial, act, number in ((PUMP, "remove", "ROT-77"), ("P-2041B", "replace", "ROT-77")):
        page.goto(f"{asset_of(page, demonstration.address, serial)}/position?at=pump/rotor")
        page.get_by_text("Enter a change by hand").click()
        page.get_by_label("What was done").select_option(act)
        page.get_by_label("Serial or lot").fill(number)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("status")).to_contain_text("pump/rotor")
    page.goto(asset_of(page, demonstration.address, "P-2041B"))
    expect(page.get_by_role("link", name="ROT-77")).to_be_visible()
    expect(page.get_by_role("link", name="SH80-11873")).to_be_visible()
    page.goto(asset_of(page, demonstration.address, PUMP))
    expect(page.locator(".tag.bad").first).to_contain_text("empty")


def test_lines_from_excel_become_a_revision_once_they_are_right(
    desk: Callable[[str], Page], demonstration: LiveServer
) -> None:
    page = desk("zh-CN")
    page.goto(f"{demonstration.address}/products/")
    page.get_by_role("row", name="Brook 900").get_by_role("link", name="物料清单").click()
    page.get_by_role("link", name="编辑物料清单").first.click()
    lines = "位号\t上级\t名称\t料号\t用量\npump\t\t排水泵\tPMP-WM30\t1\nhose\tdrain\t排水管\tHOSE-WM\t1\n"
    page.get_by_label("清单各行").fill(lines)
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("alert")).to_contain_text("“hose”的上级位置“drain”不存在")
    page.get_by_label("清单各行").fill(lines.replace("drain", "pump"))
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("status")).to_contain_text("2 行，没有问题")
    page.get_by_role("button", name="保存为新修订").click()
    expect(page.get_by_role("status")).to_contain_text("第 1 次修订已保存")
    expect(page.get_by_text("排水管", exact=True).first).to_be_visible()


def test_a_deeper_level_comes_only_when_somebody_opens_it_and_by_a_link_without_a_script(
    desk: Callable[[str], Page], demonstration: LiveServer, chromium: Browser
) -> None:
    page = desk("en")
    page.goto(f"{demonstration.address}/products/")
    address = page.get_by_role("row", name="Brook 700").locator("a[href*='/bom?product']").get_attribute("href")
    lines = ["key,parent,name,part"]
    for group in range(15):
        lines += [f"g{group},,Group {group},", *(f"g{group}k{at},g{group},Small {at},BRG-6206" for at in range(15))]
    file = {"name": "bom.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    page.goto(f"{demonstration.address}{address}".replace("/bom?", "/bom/edit?"))
    page.locator("#file").set_input_files(file)  # type: ignore[arg-type] # it is one
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("status")).to_contain_text("240 lines, nothing wrong")
    page.get_by_role("button", name="Save as a new revision").click()
    expect(page.get_by_role("heading", name="Positions")).to_be_visible()
    expect(page.locator(".bom-line")).to_have_count(15)
    page.locator("details[data-inside] summary").nth(3).click()
    expect(page.locator(".bom-line")).to_have_count(30)
    expect(page.get_by_text("Small 14")).to_be_visible()
    plain = chromium.new_context(java_script_enabled=False, storage_state=page.context.storage_state()).new_page()
    plain.goto(page.url)
    plain.locator("details[data-inside] summary").nth(3).click()
    plain.get_by_role("link", name="Show what is inside: 15 lines").first.click()
    expect(plain.get_by_text("Small 14")).to_be_visible()
    plain.context.close()


@pytest.mark.parametrize(
    ("language", "scheme"), [("zh-CN", "light"), pytest.param("en", "dark", marks=pytest.mark.long)]
)
def test_these_pages_are_for_everybody_and_for_a_phone(
    language: str,
    scheme: Literal["light", "dark"],
    desk: Callable[..., Page],
    demonstration: LiveServer,
    faults: Callable[[Page], list[str]],
    pictures: Path,
) -> None:
    page = desk(language, scheme=scheme)
    found: dict[str, Any] = {}
    for name, address in addresses(page, demonstration.address).items():
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        found[name] = faults(page)
        page.set_viewport_size({"width": 360, "height": 740})
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            found[name].append("wider than a phone")
        page.screenshot(path=pictures / language / f"assets_{name}.png", full_page=True)
    assert found == {name: [] for name in found}


def addresses(page: Page, address: str) -> dict[str, str]:
    """Every page of the feature."""
    asset = asset_of(page, address, PUMP)
    page.goto(f"{address}/products/")
    link = page.locator("tr", has_text="harbour-80").locator("a[href*='/bom?product']")
    bom = address + str(link.get_attribute("href"))
    return {
        "list": f"{address}/assets/",
        "asset": asset,
        "position": f"{asset}/position?at=pump/rotor/seal",
        "new": f"{address}/assets/new",
        "tasks": f"{address}/assets/tasks",
        "bom": bom,
        "edit": bom.replace("/bom?", "/bom/edit?"),
        "where_used": f"{address}/where-used?part=BRG-6309C3",
    }
