"""The page of the engineer's app brings along what its screen asks for first, and nothing the reader may not see."""

import gzip
import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mendloop.database import Database
from mendloop.runner_pages import bundle, pieces
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import Workshop, put_up
from mendloop.testing.visitor import Visitor
from werkzeug.test import TestResponse

Visit = Callable[..., Visitor]
NOBODYS_ID = "01900000-0000-7000-8000-000000000000"
BLOCK = re.compile(
    r'<script type="application/json" data-answer="([^"]*)" data-etag="([^"]*)">(.*?)</script>', re.DOTALL
)


@pytest.fixture(autouse=True)
def app_is_built() -> None:
    """The page names the files that were built."""
    if not (bundle.FOLDER / "manifest.json").is_file():
        pytest.fail("the engineer's app was not built: `make test` builds it")


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def order(workshop: Workshop, cast: Cast) -> str:
    return workshop.open_order(cast.ada)


def enclosed(page: TestResponse) -> dict[str, Any]:
    return {html.unescape(path): json.loads(text) for path, _, text in BLOCK.findall(page.text)}


def test_the_page_of_an_order_holds_what_the_api_would_answer(visit: Visit, cast: Cast, order: str) -> None:
    ada = visit(cast.ada)
    found = enclosed(ada.get(f"/go/orders/{order}/visits/isolate%231"))
    plan = found[f"/orders/{order}"]["plan_hash"]
    assert list(found) == ["/session", f"/orders/{order}", f"/plans/{plan}"]
    for path in list(found)[1:]:
        assert found[path] == ada.get(f"/api/v1{path}").json
    session = ada.get("/api/v1/session").json
    assert session is not None
    assert found["/session"] == session | {"csrf_token": ""}


def test_the_page_names_the_etag_that_the_api_would(visit: Visit, cast: Cast, order: str) -> None:
    ada = visit(cast.ada)
    marks = {path: html.unescape(etag) for path, etag, _ in BLOCK.findall(ada.get(f"/go/orders/{order}").text)}
    assert marks[f"/orders/{order}"] == ada.get(f"/api/v1/orders/{order}").headers["ETag"]


def test_the_first_screen_holds_the_list_of_orders(visit: Visit, cast: Cast, order: str) -> None:
    ada = visit(cast.ada)
    for address in ("/go", "/go/"):
        found = enclosed(ada.get(address))
        assert list(found) == ["/session", "/my/orders"]
        assert [card["id"] for card in found["/my/orders"]["orders"]] == [order]


def test_a_stranger_gets_a_page_without_anybodys_data(visit: Visit, order: str) -> None:
    stranger = visit()
    assert enclosed(stranger.get(f"/go/orders/{order}")) == {}
    assert stranger.get(f"/go/orders/{order}").text == stranger.get("/go").text


def test_another_organisation_gets_the_same_page_for_a_foreign_order_as_for_none(
    visit: Visit, cast: Cast, order: str
) -> None:
    cy = visit(cast.cy)
    foreign, missing = cy.get(f"/go/orders/{order}"), cy.get(f"/go/orders/{NOBODYS_ID}")
    assert list(enclosed(foreign)) == ["/session"]
    assert foreign.text == missing.text


def test_the_page_holds_no_token(visit: Visit, cast: Cast, order: str) -> None:
    ada = visit(cast.ada)
    page = ada.get(f"/go/orders/{order}").text
    session = ada.get("/api/v1/session").json
    assert session is not None
    assert session["csrf_token"].partition(".")[0] not in page


def test_a_page_with_data_is_kept_by_nobody(visit: Visit, cast: Cast, order: str) -> None:
    ada = visit(cast.ada)
    for address in ("/go", f"/go/orders/{order}", "/go/outbox"):
        page = ada.get(address)
        assert page.headers["Cache-Control"] == "private, no-store"
        assert "Cookie" in page.vary


def test_after_sign_out_the_same_address_holds_nothing(visit: Visit, cast: Cast, order: str) -> None:
    ada = visit(cast.ada)
    ada.submit("/sign-out")
    assert enclosed(ada.get(f"/go/orders/{order}")) == {}


def test_a_page_that_a_program_fetches_to_keep_holds_nothing(visit: Visit, cast: Cast, order: str) -> None:
    ada = visit(cast.ada)
    for mode in ("cors", "no-cors", "same-origin"):
        page = ada.get(f"/go/orders/{order}", headers={"Sec-Fetch-Mode": mode})
        assert enclosed(page) == {}
        assert page.headers["Cache-Control"] == "no-cache"
    assert enclosed(ada.get(f"/go/orders/{order}", headers={"Sec-Fetch-Mode": "navigate"})) != {}


def test_words_of_people_cannot_leave_their_place_in_the_page(visit: Visit, cast: Cast, workshop: Workshop) -> None:
    hostile = "</script><script src=//evil></script><!-- & \u2028 x"
    order = workshop.open_order(cast.ada, asset=hostile)
    page = visit(cast.ada).get(f"/go/orders/{order}")
    assert enclosed(page)[f"/orders/{order}"]["asset"] == hostile
    assert "evil></script>" not in page.text


def test_what_is_sent_is_compressed_where_the_browser_takes_it(visit: Visit, cast: Cast, order: str) -> None:
    ada = visit(cast.ada)
    plan = enclosed(ada.get(f"/go/orders/{order}"))[f"/orders/{order}"]["plan_hash"]
    for path in (f"/go/orders/{order}", f"/api/v1/orders/{order}", f"/api/v1/plans/{plan}"):
        squeezed = ada.get(path, headers={"Accept-Encoding": "gzip"})
        assert squeezed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in squeezed.vary
        assert gzip.decompress(squeezed.data) == ada.get(path).data
    assert "Content-Encoding" not in ada.get("/api/v1/session", headers={"Accept-Encoding": "gzip"}).headers


def test_an_order_that_did_not_change_is_not_sent_again_whoever_made_its_mark_a_weak_one(
    visit: Visit, cast: Cast, order: str
) -> None:
    ada = visit(cast.ada)
    etag = ada.get(f"/api/v1/orders/{order}").headers["ETag"]
    for mark in (etag, f"W/{etag}"):
        assert ada.get(f"/api/v1/orders/{order}", headers={"If-None-Match": mark}).status_code == 304


def test_the_page_names_the_pieces_by_which_the_open_step_is_shown(visit: Visit, cast: Cast, order: str) -> None:
    ada = visit(cast.ada)
    preloads = r'<link rel="modulepreload" href="/go/assets/([a-z_]+)-'
    of_order, of_list = (set(re.findall(preloads, ada.get(path).text)) for path in (f"/go/orders/{order}", "/go"))
    assert {"evidence", "english_more"} <= of_order - of_list
    assert "answers" not in of_order, "the step takes a photo and asks nothing else"


def test_the_pieces_that_pages_name_are_built() -> None:
    for language in ("zh-CN", "en"):
        named = bundle.bundle_for(language, (pieces.ANSWERS_PIECE, pieces.EVIDENCE_PIECE)).preloads
        assert [file for file in named if not (bundle.FOLDER / file).is_file()] == []


def test_every_built_in_type_is_in_the_piece_that_the_app_has_it_in(checkout: Path) -> None:
    registry = (checkout / "platform/fields/src/registry.ts").read_text(encoding="utf-8")
    shown_by = dict(re.findall(r'registerWidget\("(\w+)", .*?(Widget\b|answersPiece|evidencePiece)', registry))
    assert {name for name, piece in shown_by.items() if piece == "evidencePiece"} == pieces.EVIDENCE
    assert {
        name for name, piece in shown_by.items() if piece not in {"answersPiece", "evidencePiece"}
    } == pieces.AT_ONCE


@pytest.mark.parametrize("odd", ["%00", "%F0%9F%94%A7", "%", "..%2F..", "x%2Fy", "'", "x" * 3000, "%0A", "<script>"])
def test_odd_addresses_get_the_page(visit: Visit, cast: Cast, odd: str) -> None:
    assert visit(cast.ada).get(f"/go/orders/{odd}", buffered=True).status_code in {200, 400, 404}


def test_an_app_that_was_never_built_is_said_on_a_page(
    visit: Visit, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "FOLDER", tmp_path)
    answer = visit(cast.ada).get("/go")
    assert answer.status_code == 503
    assert "make run" in answer.text


def test_the_pieces_of_the_engine_are_named_by_the_rules_that_the_app_has(checkout: Path) -> None:
    engine = checkout / "engine" / "web" / "src"
    loaders = (engine / "fields" / "loaders.ts").read_text(encoding="utf-8")
    simple = set(re.findall(r"new (\w+)\(\)", loaders.partition("const simple")[2].partition("];")[0]))
    named = {"Instruction", "Text", "LongText", "Integer", "NumberField", "BooleanField", "Choice"}
    assert simple == named, "pieces.SIMPLE says the same by the types' names"
    patterns = re.findall(
        r"^const \w+ = /(.+)/;$", (engine / "expressions" / "needs.ts").read_text(encoding="utf-8"), re.M
    )
    words = {word for pattern in patterns for word in re.findall(r"\w+", pattern)}
    assert words == set(re.findall(r"\w+", pieces.MORE.pattern))
