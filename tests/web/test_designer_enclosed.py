"""The page of a template brings its draft along: what the API would answer this person now, and nothing more."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mendloop.designer_pages import bundle
from mendloop.testing.cast import Cast
from mendloop.testing.designing import Desk, retitled, sit_down
from mendloop.testing.visitor import Visitor
from werkzeug.test import TestResponse

Visit = Callable[..., Visitor]
CHUNKS = ["src/main.tsx", "src/words/english.ts", "src/words/english_more.ts", *bundle.SCREENS.values()]


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A designer that was built."""
    folder = tmp_path / "designer"
    folder.mkdir()
    chunks = {name: {"file": f"assets/{number}.js"} for number, name in enumerate(CHUNKS)}
    (folder / "manifest.json").write_text(json.dumps(chunks), encoding="utf-8")
    monkeypatch.setattr(bundle, "FOLDER", folder)


@pytest.fixture
def dee(visit: Visit, cast: Cast) -> Desk:
    """At a template of hers."""
    return sit_down(visit(cast.dee))


def enclosed(page: TestResponse) -> dict[str, Any]:
    assert page.status_code == 200
    return {
        path: json.loads(text) for path, text in re.findall(r'data-answer="([^"]*)"[^>]*>(.*?)</script>', page.text)
    }


def draft_in(page: TestResponse, desk: Desk) -> Any:
    return enclosed(page).get(f"/templates/{desk.template_id}/draft")


def test_a_templates_page_holds_what_the_api_answers_this_reader(visit: Visit, cast: Cast, dee: Desk) -> None:
    for reader in (dee.visitor, visit(cast.olive), visit(cast.sue)):
        page = reader.get(f"/designer/{dee.template_id}")
        assert draft_in(page, dee) == reader.get(dee.path("draft")).json
        assert page.headers["Cache-Control"] == "private, no-store"
        assert "Cookie" in page.vary
    dee.save(retitled(dee.document, "Newer"))
    newer = draft_in(dee.visitor.get(f"/designer/{dee.template_id}"), dee)
    assert (newer["revision"], newer["document"]) == (dee.revision, dee.document)


def test_other_screens_hold_no_draft(dee: Desk) -> None:
    for screen in (
        "",
        f"{dee.template_id}/versions",
        f"{dee.template_id}/x",
        "no-such-template",
        f"x/{dee.template_id}",
    ):
        assert list(enclosed(dee.visitor.get(f"/designer/{screen}"))) == ["/session"]


def test_who_may_not_see_the_draft_gets_none_with_the_page(visit: Visit, cast: Cast, dee: Desk) -> None:
    for person in (cast.ada, cast.stan, cast.vera, cast.cy):
        assert list(enclosed(visit(person).get(f"/designer/{dee.template_id}"))) == ["/session"]
    visit(cast.olive).send("PUT", dee.path("rights"), json={"people": {cast.dee.person_id: "none"}})
    assert list(enclosed(dee.visitor.get(f"/designer/{dee.template_id}"))) == ["/session"]
    assert visit().get(f"/designer/{dee.template_id}").status_code == 302


def test_a_page_that_a_program_fetches_to_keep_holds_nothing(dee: Desk) -> None:
    for mode in ("cors", "no-cors", "same-origin"):
        page = dee.visitor.get(f"/designer/{dee.template_id}", headers={"Sec-Fetch-Mode": mode})
        assert enclosed(page) == {}


def test_words_of_people_cannot_leave_their_place_in_the_page(dee: Desk) -> None:
    hostile = "</script><script src=//evil></script><!-- & \u2028 x"
    assert dee.save(retitled(dee.document, hostile)).status_code == 200
    page = dee.visitor.get(f"/designer/{dee.template_id}")
    assert hostile in draft_in(page, dee)["document"]["title"].values()
    assert "evil></script>" not in page.text
    assert "<!-- &" not in page.text
