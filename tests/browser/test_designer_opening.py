"""A template's page brings the draft along; a page that may be old is not believed."""

import pytest
from drafting.washer import WASHER
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import Request, expect

pytestmark = pytest.mark.browser


def drafts_asked_by(tab: DesignerTab) -> list[str]:
    """Filled with every question for a draft that the page asks from now on."""
    asked: list[str] = []

    def heard(request: Request) -> None:
        if request.method == "GET" and request.url.endswith("/draft"):
            asked.append(request.url)

    tab.page.on("request", heard)
    return asked


def test_a_template_is_shown_without_asking_for_its_draft(lin: DesignerTab) -> None:
    template = lin.begin(WASHER)
    asked = drafts_asked_by(lin)
    lin.open(template).saved()
    expect(lin.find("node-arrive")).to_be_visible()
    assert asked == []
    assert lin.page.locator("script[data-answer]").count() == 0


def test_a_page_that_is_loaded_again_or_gone_back_to_asks_for_what_is_there_now(lin: DesignerTab) -> None:
    template = lin.begin(WASHER)
    lin.open(template).saved()
    asked = drafts_asked_by(lin)
    lin.page.reload()
    lin.here().saved()
    assert len(asked) == 1
    lin.page.goto("about:blank")
    other = lin.another_tab().open(template)
    other.title("Changed in another tab")
    other.saved()
    lin.page.go_back()
    lin.here()
    expect(lin.find("template-title")).to_have_value("Changed in another tab")
    assert len(asked) == 2


def test_the_first_picture_stays_where_it_is(lin: DesignerTab) -> None:
    template = lin.begin(WASHER)
    lin.page.add_init_script("""
      globalThis.places = [];
      const look = () => {
        const first = document.querySelector('[data-node]');
        if (first !== null) globalThis.places.push(first.dataset.node + first.style.left + first.style.top);
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);""")
    lin.page.goto(f"{lin.address}/designer/{template}")
    lin.here().saved()
    lin.page.wait_for_timeout(800)
    assert len(set(lin.page.evaluate("globalThis.places"))) == 1
