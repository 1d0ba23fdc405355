"""Others at the same template: two tabs, two people, conflicts, and who may only look."""

from collections.abc import Callable
from pathlib import Path

import pytest
from drafting.washer import opened, title_of
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
Designing = Callable[..., DesignerTab]


def test_two_tabs_of_one_browser_do_not_overwrite_each_other(lin: DesignerTab) -> None:
    template = opened(lin)
    other = lin.another_tab().open(template)
    lin.title("From the first tab")
    other.show_outline()
    other.write("arrive", "title/en", "From the second tab")
    lin.saved()
    other.saved()
    for tab in (lin, other):
        expect(tab.find("template-title")).to_have_value("From the first tab")
        expect(tab.find("node-arrive")).to_contain_text("From the second tab")
    saved = lin.on_server(template)["document"]
    assert (title_of(saved), saved["nodes"]["arrive"]["title"]["en"]) == ("From the first tab", "From the second tab")


def test_a_true_conflict_is_shown_side_by_side_and_the_choice_stands(designing: Designing, pictures: Path) -> None:
    lin, dee = designing("lin"), designing("dee")
    template = opened(lin)
    dee.open(template).saved()
    dee.show_outline()
    dee.page.context.set_offline(True)
    dee.title("As Dee wants it")
    dee.write("arrive", "title/en", "Dee's own step")
    lin.title("As Lin wants it")
    lin.saved()
    dee.page.context.set_offline(False)
    expect(dee.save_state).to_have_attribute("data-state", "conflict")
    expect(dee.find("template-title")).to_have_value("As Dee wants it")
    dee.save_state.click()
    dialog = dee.find("conflicts")
    expect(dialog).to_contain_text("As Dee wants it")
    expect(dialog).to_contain_text("As Lin wants it")
    expect(dialog).to_contain_text("Lin")
    expect(dee.find("conflict")).to_have_count(1)
    dee.picture(pictures / "designer" / "conflict.png")
    dialog.get_by_test_id("take-mine").click()
    expect(dialog).to_have_count(0)
    dee.saved()
    saved = dee.on_server(template)["document"]
    assert (title_of(saved), saved["nodes"]["arrive"]["title"]["en"]) == ("As Dee wants it", "Dee's own step")
    expect(lin.find("template-title")).to_have_value("As Dee wants it")
    dee.context.set_offline(True)
    dee.title("Dee once more")
    lin.title("Lin once more")
    lin.saved()
    dee.context.set_offline(False)
    expect(dee.save_state).to_have_attribute("data-state", "conflict")
    dee.save_state.click()
    dialog.get_by_test_id("take-theirs").click()
    dee.saved()
    expect(dee.find("template-title")).to_have_value("Lin once more")
    assert title_of(dee.on_server(template)["document"]) == "Lin once more"


@pytest.mark.long
def test_a_conflict_that_was_not_chosen_yet_survives_a_reload(designing: Designing) -> None:
    lin, dee = designing("lin"), designing("dee")
    template = opened(lin)
    dee.open(template).saved()
    dee.context.set_offline(True)
    dee.title("Dee's title")
    lin.title("Lin's title")
    lin.saved()
    dee.context.set_offline(False)
    expect(dee.save_state).to_have_attribute("data-state", "conflict")
    dee.page.reload()
    dee.here()
    expect(dee.save_state).to_have_attribute("data-state", "conflict")
    dee.save_state.click()
    expect(dee.find("conflicts")).to_contain_text("Dee's title")
    expect(dee.find("conflicts")).to_contain_text("Lin's title")
    dee.find("take-mine").click()
    dee.saved()
    expect(dee.find("template-title")).to_have_value("Dee's title")
    assert title_of(dee.on_server(template)["document"]) == "Dee's title"


@pytest.mark.long
def test_a_step_that_is_renamed_here_and_removed_there_is_a_conflict_like_any_other(designing: Designing) -> None:
    lin, dee = designing("lin"), designing("dee")
    template = opened(lin)
    dee.open(template).saved()
    dee.show_outline()
    lin.show_outline()
    dee.context.set_offline(True)
    dee.choose("arrive")
    dee.press("F2")
    dee.page.keyboard.type("Half a na")
    lin.remove_node("arrive")
    lin.saved()
    dee.context.set_offline(False)
    expect(dee.save_state).to_have_attribute("data-state", "conflict")
    dee.save_state.click()
    expect(dee.find("conflicts")).to_contain_text("Half a na")
    dee.find("take-mine").first.click()
    dee.saved()
    assert dee.on_server(template)["document"]["nodes"]["arrive"]["title"]["en"] == "Half a na"


@pytest.mark.long
def test_who_is_in_a_step_that_somebody_takes_away_is_told_and_types_no_commands(designing: Designing) -> None:
    lin, dee = designing("lin"), designing("dee")
    template = opened(lin)
    dee.open(template).saved()
    dee.show_outline()
    lin.show_outline()
    dee.settings("arrive")
    dee.control("/nodes/arrive/title/en").click()
    lin.remove_node("arrive")
    lin.saved()
    expect(dee.find("toast")).to_contain_text("Arrive and confirm", timeout=12_000)
    expect(dee.find("toast")).to_contain_text("Lin")
    expect(dee.save_state).to_be_focused()
    dee.page.keyboard.type("nnn c")
    expect(dee.find("adder")).to_have_count(0)
    assert dee.document() == dee.on_server(template)["document"]


def test_each_sees_that_the_other_is_there_and_what_they_have_selected(designing: Designing, pictures: Path) -> None:
    lin, dee = designing("lin"), designing("dee")
    template = opened(lin)
    dee.open(template).show_outline()
    dee.choose("arrive")
    expect(lin.find("people")).to_contain_text("Dee", timeout=12_000)
    expect(lin.find("node-arrive").locator(".canvas-person")).to_contain_text("Dee", timeout=12_000)
    expect(dee.find("people")).to_contain_text("Lin")
    lin.picture(pictures / "designer" / "dee_is_here_too.png")
    dee.page.close()
    expect(lin.find("people")).to_have_count(0, timeout=20_000)


@pytest.mark.long
def test_who_may_only_look_sees_everything_and_changes_nothing(designing: Designing, pictures: Path) -> None:
    lin, sue = designing("lin"), designing("sue")
    template = opened(lin)
    before = lin.on_server(template)
    sue.open(template).saved()
    expect(sue.find("undo")).to_have_count(0)
    expect(sue.find("publish")).to_have_count(0)
    sue.find("template-title").focus()
    sue.page.keyboard.type("Not mine")
    sue.show_outline()
    sue.settings("arrive")
    sue.control("/nodes/arrive/title/en").focus()
    sue.page.keyboard.type("Not mine")
    sue.fields("arrive")
    card = sue.page.locator("[data-testid=step-fields] .fields-card").first
    card.locator(".fields-face").click()
    expect(card).to_have_attribute("data-open", "true")
    name = card.locator(".fields-name").first
    name.focus()
    sue.page.keyboard.type("Not mine")
    sue.picture(pictures / "designer" / "read_only.png")
    sue.find("outline-arrive").focus()
    for keys in ("Delete", "n", "ControlOrMeta+v", "ControlOrMeta+d", "ControlOrMeta+x", "Alt+ArrowDown"):
        sue.press(keys)
        sue.press("Escape")
    sue.find("palette-step").click(force=True)
    assert sue.document() == before["document"]
    sue.page.wait_for_timeout(2_500)
    sue.saved()
    body = {
        "expected_revision": before["revision"],
        "document": {**before["document"], "format": 1},
        "layout": {"arrive": {"x": 0, "y": 0}},
    }
    assert sue.ask("PUT", f"/templates/{template}/draft", body)[0] == 403
    assert (
        sue.ask(
            "POST",
            f"/templates/{template}/publish",
            {"expected_revision": before["revision"], "note": "", "acknowledged": []},
        )[0]
        == 403
    )
    assert lin.on_server(template)["revision"] == before["revision"]


@pytest.mark.long
def test_a_right_that_is_taken_away_is_said_and_keeps_the_edits(designing: Designing) -> None:
    lin, dee = designing("lin"), designing("dee")
    template = opened(lin)
    dee.open(template).saved()
    people = {each["name"]: each["person_id"] for each in lin.act("GET", f"/templates/{template}/rights")["people"]}
    lin.act("PUT", f"/templates/{template}/rights", {"people": {people["Dee"]: "view"}})
    dee.title("Dee did not know")
    dee.kept()
    lin.act("PUT", f"/templates/{template}/rights", {"people": {people["Dee"]: "edit"}})
    dee.page.reload()
    dee.here().saved()
    expect(dee.find("template-title")).to_have_value("Dee did not know")
    assert title_of(lin.on_server(template)["document"]) == "Dee did not know"
