"""Nothing that was edited is ever lost, whatever happens to the page, the network, the server or the session."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from drafting.washer import API, opened, title_of
from mendloop.accounts.demo_accounts import DEMO_PASSWORD
from mendloop.testing.designer_tab import DesignerTab
from mendloop.testing.live import LiveServer
from playwright.sync_api import Dialog, Route, expect

pytestmark = pytest.mark.browser
Designing = Callable[..., DesignerTab]


def test_back_and_forward_lose_nothing(lin: DesignerTab) -> None:
    lin.page.goto(f"{lin.address}/designer/")
    lin.find("builtin-washing_machine.does_not_drain").get_by_role("button").click()
    lin.here()
    template = lin.page.url.rpartition("/")[2]
    lin.title("Edited, and then Back")
    lin.page.go_back()
    expect(lin.find("gallery")).to_be_visible()
    lin.page.go_forward()
    lin.here()
    expect(lin.find("template-title")).to_have_value("Edited, and then Back")
    lin.title("Edited, and then the arrow")
    lin.find("leave").click()
    expect(lin.find("gallery")).to_be_visible()
    lin.page.go_back()
    lin.here().saved()
    expect(lin.find("template-title")).to_have_value("Edited, and then the arrow")
    assert title_of(lin.on_server(template)["document"]) == "Edited, and then the arrow"


def test_going_back_out_of_the_designer_at_once_loses_nothing(lin: DesignerTab) -> None:
    template = opened(lin)
    lin.page.goto("about:blank")
    lin.open(template)
    lin.title("Typed a moment before Back")
    lin.page.go_back()
    lin.page.go_forward()
    lin.here().saved()
    expect(lin.find("template-title")).to_have_value("Typed a moment before Back")
    assert title_of(lin.on_server(template)["document"]) == "Typed a moment before Back"


def test_reloading_in_the_middle_of_a_word_keeps_every_letter(lin: DesignerTab) -> None:
    template = opened(lin)
    for word in ("Half a", "Half a word", "Half a word more"):
        lin.title(word)
        lin.page.reload()
        lin.here()
        expect(lin.find("template-title")).to_have_value(word)
    lin.saved()
    assert title_of(lin.on_server(template)["document"]) == "Half a word more"


def test_a_title_half_written_on_a_card_is_kept_by_back_reload_and_closing(lin: DesignerTab) -> None:
    template = opened(lin)

    def half_written(tab: DesignerTab, text: str) -> None:
        tab.show_outline()
        tab.choose("arrive")
        tab.press("F2")
        expect(tab.find("rename")).to_be_focused()
        tab.page.keyboard.type(text)

    half_written(lin, "Half a")
    lin.page.reload()
    lin.here()
    expect(lin.find("node-arrive")).to_contain_text("Half a")
    lin.page.goto(f"{lin.address}/designer/")
    lin.page.go_back()
    lin.here()
    half_written(lin, "Half a name")
    lin.page.go_back()
    lin.page.go_forward()
    lin.here()
    expect(lin.find("node-arrive")).to_contain_text("Half a name")
    other = lin.another_tab().open(template)
    half_written(other, "Closed in the middle")
    other.page.wait_for_timeout(300)
    assert asked_on_closing(other) == []
    expect(lin.find("node-arrive")).to_contain_text("Closed in the middle")
    lin.saved()


def asked_on_closing(tab: DesignerTab) -> list[str]:
    """Close the tab as people do; what the browser asked, if it did."""
    asked: list[str] = []

    def hear(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    tab.page.on("dialog", hear)
    tab.page.close(run_before_unload=True)
    for _ in range(50):
        if tab.page.is_closed():
            break
        tab.context.pages[0].wait_for_timeout(100)
    return asked


def test_closing_the_tab_asks_nothing_when_everything_is_kept(lin: DesignerTab) -> None:
    template = opened(lin)
    other = lin.another_tab().open(template)
    other.find("template-title").click()
    other.title("Closed right away")
    other.page.wait_for_timeout(300)
    assert asked_on_closing(other) == []
    again = lin.another_tab().open(template)
    expect(again.find("template-title")).to_have_value("Closed right away")
    again.saved()
    assert title_of(again.on_server(template)["document"]) == "Closed right away"


def test_closing_the_tab_asks_while_nothing_can_be_kept(lin: DesignerTab) -> None:
    """A window without storage, and no network: then, and only then, leaving loses something."""
    template = opened(lin)
    other = lin.another_tab()
    other.page.add_init_script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };"
    )
    other.open(template)
    other.page.route(API, lambda route: route.abort() if route.request.method == "PUT" else route.continue_())
    other.find("template-title").click()
    other.title("Nowhere to keep this")
    expect(other.save_state).to_have_attribute("data-state", "unkept")
    assert asked_on_closing(other) == ["beforeunload"]


def test_without_a_network_everything_is_kept_and_saved_later(lin: DesignerTab, pictures: Path) -> None:
    template = opened(lin)
    lin.show_outline()
    lin.context.set_offline(True)
    lin.title("Edited in the basement")
    lin.add_step("arrive", "A step without a network")
    lin.kept()
    expect(lin.save_state).to_contain_text("Kept on this computer")
    lin.picture(pictures / "designer" / "kept_offline.png")
    assert title_of(lin.document()) == "Edited in the basement"
    lin.undo()
    lin.context.set_offline(False)
    lin.saved()
    saved = lin.on_server(template)["document"]
    assert saved == lin.document()
    assert title_of(saved) == "Edited in the basement"


def test_a_page_that_is_reloaded_without_its_server_is_found_again(lin: DesignerTab) -> None:
    """The page's files come from the browser's memory or not at all; what was edited is there when they come."""
    template = opened(lin)
    lin.page.route("**/api/v1/**", lambda route: route.abort())
    lin.title("Only on this computer")
    lin.kept()
    lin.page.reload()
    lin.page.wait_for_timeout(500)
    lin.page.unroute("**/api/v1/**")
    lin.open(template).saved()
    assert title_of(lin.on_server(template)["document"]) == "Only on this computer"


def test_a_server_that_was_restarted_gets_what_was_edited_meanwhile(
    lin: DesignerTab, demonstration: LiveServer
) -> None:
    template = opened(lin)
    demonstration.kill()
    try:
        lin.title("Edited while the server was gone")
        lin.kept()
    finally:
        demonstration.start()
    lin.saved(timeout=30_000)
    assert title_of(lin.on_server(template)["document"]) == "Edited while the server was gone"


def test_an_answer_that_got_lost_makes_no_second_edit(lin: DesignerTab) -> None:
    template = opened(lin)
    before = lin.on_server(template)["revision"]
    lost = [0]

    def lose(route: Route) -> None:
        if route.request.method == "PUT" and lost[0] < 2:
            lost[0] += 1
            route.fetch()
            route.abort()
        else:
            route.continue_()

    lin.page.route(API, lose)
    lin.title("Saved, but nobody heard")
    lin.page.wait_for_timeout(2_000)
    lin.saved(timeout=30_000)
    after = lin.on_server(template)
    assert lost[0] == 2
    assert (title_of(after["document"]), after["revision"]) == ("Saved, but nobody heard", before + 1)


def test_a_session_that_has_ended_keeps_the_edits_until_somebody_signs_in(lin: DesignerTab, pictures: Path) -> None:
    template = opened(lin)
    lin.context.clear_cookies()
    lin.title("Edited after the session had ended")
    lin.kept()
    expect(lin.save_state).to_contain_text("sign in")
    lin.picture(pictures / "designer" / "kept_signed_out.png")
    lin.another_tab().sign_in("lin", DEMO_PASSWORD, "en").page.close()
    lin.page.bring_to_front()
    lin.saved(timeout=30_000)
    assert title_of(lin.on_server(template)["document"]) == "Edited after the session had ended"


def test_somebody_else_who_signs_in_does_not_save_in_a_wrong_name(lin: DesignerTab) -> None:
    template = opened(lin)
    lin.context.clear_cookies()
    lin.title("Lin's own words")
    lin.kept()
    dee = lin.another_tab().sign_in("dee", DEMO_PASSWORD, "en")
    lin.page.bring_to_front()
    lin.page.wait_for_timeout(6_000)
    expect(lin.save_state).to_have_attribute("data-state", "kept")
    assert title_of(dee.on_server(template)["document"]) != "Lin's own words"
    dee.context.clear_cookies()
    dee.sign_in("lin", DEMO_PASSWORD, "en")
    lin.page.bring_to_front()
    lin.saved(timeout=30_000)
    after = lin.on_server(template)
    assert (title_of(after["document"]), after["saved_by_name"]) == ("Lin's own words", "林主管 Lin")


def test_trying_the_template_discards_no_edit(lin: DesignerTab) -> None:
    template = opened(lin)
    lin.title("Edited before it was tried")
    lin.find("try-it").click()
    expect(lin.find("try-it-room")).to_be_visible()
    lin.find("trial-finish").click()
    expect(lin.find("course").locator("li").first).to_be_visible()
    lin.press("Escape")
    if lin.find("sheet-close").count():
        lin.find("sheet-close").click()
    expect(lin.find("template-title")).to_have_value("Edited before it was tried")
    lin.saved()
    assert title_of(lin.on_server(template)["document"]) == "Edited before it was tried"
    expect(lin.find("undo")).to_be_enabled()


def test_undo_covers_replace_all_and_paste(lin: DesignerTab) -> None:
    opened(lin)
    before = lin.document()
    lin.press("ControlOrMeta+f")
    lin.find("find-what").fill("filter")
    lin.find("find-with").fill("sieve")
    lin.find("replace-all").click()
    lin.close_sheet()
    assert json.dumps(lin.document()).count("filter") < json.dumps(before).count("filter")
    lin.undo()
    assert lin.document() == before
    lin.show_outline()
    lin.choose("arrive")
    lin.find("node-arrive").focus()
    lin.press("ControlOrMeta+c")
    lin.press("ControlOrMeta+v")
    expect(lin.page.locator("[data-testid^=outline-arrive_]").first).to_be_visible()
    assert len(lin.document()["nodes"]) == len(before["nodes"]) + 1
    lin.undo()
    assert lin.document() == before


def test_undo_covers_an_import_brought_into_the_draft(lin: DesignerTab, tmp_path: Path) -> None:
    """A file makes a template of its own: nothing that was there is touched, and what came is all there."""
    template = opened(lin)
    lin.title("To be carried elsewhere")
    lin.saved()
    file = tmp_path / "carried.json"
    file.write_text(json.dumps(lin.document()), encoding="utf-8")
    lin.page.goto(f"{lin.address}/designer/")
    lin.find("import-file").set_input_files(file)
    lin.find("import-take").click()
    lin.here()
    assert lin.page.url.rpartition("/")[2] != template
    carried = lin.document()
    assert {**carried, "key": ""} == {**json.loads(file.read_text(encoding="utf-8")), "key": ""}
    lin.title("Renamed")
    lin.undo()
    assert lin.document() == carried
    assert title_of(lin.on_server(template)["document"]) == "To be carried elsewhere"


def test_what_was_removed_from_the_draft_stays_in_versions_and_their_exports(lin: DesignerTab) -> None:
    template = opened(lin)
    key = f"removed_{template[-8:].replace('-', '')}"
    draft = lin.on_server(template)
    body = {"expected_revision": draft["revision"], "document": {**draft["document"], "key": key}, "layout": {}}
    revision = lin.act("PUT", f"/templates/{template}/draft", body)["revision"]
    version = lin.act(
        "POST", f"/templates/{template}/publish", {"expected_revision": revision, "note": "", "acknowledged": []}
    )
    lin.page.reload()
    lin.here()
    lin.show_outline()
    field = draft["document"]["nodes"]["arrive"]["fields"][0]["id"]
    lin.remove_field("arrive", field)
    lin.remove_node("hose")
    lin.saved()
    kept = lin.act("GET", f"/template-versions/{version['version_id']}")["document"]
    assert "hose" in kept["nodes"]
    assert field in [each["id"] for each in kept["nodes"]["arrive"]["fields"]]
    lin.undo()
    lin.undo()
    assert lin.document() == kept
