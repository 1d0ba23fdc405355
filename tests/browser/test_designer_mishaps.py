"""What people meet when something goes another way than they thought: Back, a server that says no, our mistakes."""

import json

import pytest
from drafting.washer import API, opened, title_of
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import Route, expect

pytestmark = pytest.mark.browser


def test_back_closes_a_dialog_before_it_leaves(lin: DesignerTab) -> None:
    opened(lin)
    address = lin.page.url
    for name in ("shortcuts", "find", "rights"):
        lin.menu(name)
        expect(lin.page.locator("dialog[open]")).to_have_count(1)
        lin.page.go_back()
        expect(lin.page.locator("dialog[open]")).to_have_count(0)
        assert lin.page.url == address
        expect(lin.find("editor")).to_be_visible()


def test_a_dialog_that_was_closed_otherwise_leaves_nothing_behind_for_back(lin: DesignerTab) -> None:
    lin.page.goto(f"{lin.address}/designer/")
    lin.find("builtin-washing_machine.does_not_drain").get_by_role("button").click()
    lin.here()
    lin.menu("shortcuts")
    lin.close_sheet()
    lin.press("Control+k")
    expect(lin.find("palette-input")).to_be_focused()
    lin.page.keyboard.type("shortcuts")
    lin.press("Enter")
    expect(lin.find("shortcuts")).to_be_visible()
    lin.press("Escape")
    expect(lin.page.locator("dialog[open]")).to_have_count(0)
    lin.page.wait_for_function("history.state === null")
    lin.page.go_back()
    expect(lin.find("gallery")).to_be_visible()


def test_a_dialog_opened_while_the_history_is_still_on_its_way_stays_open(lin: DesignerTab) -> None:
    lin.page.add_init_script("const go = history.go.bind(history); history.go = by => setTimeout(() => go(by), 500)")
    opened(lin)
    at_first = lin.page.evaluate("history.length")
    lin.menu("shortcuts")
    lin.close_sheet()
    lin.press("Control+k")
    expect(lin.find("palette-input")).to_be_focused()
    lin.page.wait_for_timeout(1_000)
    expect(lin.find("palette-input")).to_be_focused()
    assert lin.page.evaluate("history.state.dialog") == 1
    assert lin.page.evaluate("history.length") == at_first + 1
    lin.page.go_back()
    expect(lin.page.locator("dialog[open]")).to_have_count(0)
    lin.here()


def test_who_goes_elsewhere_out_of_a_dialog_stays_there(lin: DesignerTab) -> None:
    opened(lin)
    lin.press("Control+k")
    expect(lin.find("palette-input")).to_be_focused()
    lin.page.keyboard.type("versions")
    lin.press("Enter")
    expect(lin.find("moment-draft")).to_be_visible()
    lin.page.wait_for_timeout(300)
    assert lin.page.url.endswith("/versions")
    lin.page.go_back()
    lin.here()


def test_a_draft_that_is_too_large_says_so_and_what_to_do_and_is_kept(lin: DesignerTab) -> None:
    template = opened(lin)
    too_large = {"problems": [{"code": "body_too_large", "message": "That is too much"}]}

    def refuse(route: Route) -> None:
        if route.request.method == "PUT" and route.request.url.endswith("/draft"):
            route.fulfill(status=413, content_type="application/problem+json", body=json.dumps(too_large))
        else:
            route.continue_()

    lin.page.route(API, refuse)
    lin.title("More than the server takes")
    lin.kept()
    expect(lin.save_state).to_contain_text("too large for the server")
    lin.save_state.click()
    dialog = lin.find("refused")
    expect(dialog).to_contain_text("grown too large to be sent")
    expect(dialog).to_contain_text("Nothing is lost")
    lin.page.unroute(API)
    lin.find("send-again").click()
    lin.saved()
    expect(dialog).to_have_count(0)
    assert title_of(lin.on_server(template)["document"]) == "More than the server takes"


def test_what_stands_before_the_server_may_call_it_too_large_as_well(lin: DesignerTab) -> None:
    opened(lin)
    page = "<html>413 Request Entity Too Large</html>"
    lin.page.route(
        API,
        lambda route: (
            route.fulfill(status=413, content_type="text/html", body=page)
            if route.request.method == "PUT" and route.request.url.endswith("/draft")
            else route.continue_()
        ),
    )
    lin.title("Stopped on the way")
    expect(lin.save_state).to_contain_text("too large for the server")


@pytest.mark.parametrize(
    "mishap",
    ["setTimeout(() => { throw new Error('unforeseen'); })", "void Promise.reject(new TypeError('unforeseen'))"],
)
def test_a_mistake_of_ours_is_said_once_and_nothing_is_lost(lin: DesignerTab, mishap: str) -> None:
    template = opened(lin)
    lin.title("Written before it went wrong")
    lin.page.evaluate(f"() => {{ {mishap}; }}")
    toast = lin.find("toast")
    expect(toast).to_contain_text("Something went wrong. What you wrote is kept.")
    toast.get_by_role("button", name="Reload").click()
    lin.here()
    expect(lin.find("template-title")).to_have_value("Written before it went wrong")
    lin.saved()
    assert title_of(lin.on_server(template)["document"]) == "Written before it went wrong"


def test_what_is_no_mistake_is_not_called_one(lin: DesignerTab) -> None:
    opened(lin)
    lin.page.evaluate(
        """() => {
          const message = "ResizeObserver loop completed with undelivered notifications.";
          dispatchEvent(new ErrorEvent("error", { message }));
          void Promise.reject(new DOMException("aborted", "AbortError"));
        }"""
    )
    lin.page.wait_for_timeout(200)
    expect(lin.find("toast")).to_have_text("")


def test_oneself_in_another_tab_is_nobody_else(lin: DesignerTab) -> None:
    template = opened(lin)
    other = lin.another_tab().open(template)
    other.saved()
    lin.page.evaluate("dispatchEvent(new Event('online'))")
    lin.page.wait_for_timeout(1500)
    expect(lin.find("people")).to_have_count(0)
    expect(other.find("people")).to_have_count(0)


def test_the_sheet_of_shortcuts_tells_of_f1(lin: DesignerTab) -> None:
    opened(lin)
    lin.menu("shortcuts")
    row = lin.find("shortcuts").locator("dl > div").filter(has_text="Explain what the keyboard is at")
    expect(row.locator("kbd")).to_have_text("F1")
