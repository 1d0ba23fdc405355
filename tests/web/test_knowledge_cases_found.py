"""What is published is found: by lists, by the search that is brought up to date, by nobody else's organisation."""

import datetime as dt
import fcntl
import hashlib
import io
import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mendloop.accounts.actor import Actor
from mendloop.cli import main
from mendloop.clock import utc_now
from mendloop.database import Database, run_write, session_for
from mendloop.knowledge import articles, changes, indexing, settings
from mendloop.knowledge import services as knowledge
from mendloop.knowledge.adding import add_case
from mendloop.knowledge.rendering import as_html
from mendloop.knowledge.search.entries import Question
from mendloop.library import services as library
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import PUMP, photo_bytes
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]


def act(database: Database, actor: Actor, work: Callable[..., Any], *arguments: Any) -> Any:
    with session_for(database, actor) as session:
        return run_write(session, lambda: work(session, actor, *arguments))


@pytest.fixture(autouse=True)
def pump(database: Database, cast: Cast) -> None:
    """A product with a fault."""
    act(database, cast.sue, library.add_product, library.ProductDetails(PUMP, {"en": "Pump NS-40", "zh-CN": "离心泵"}))
    act(database, cast.sue, library.add_fault_code, library.FaultCodeDetails("P-11", "problem", {"en": "Noise"}))


def published(database: Database, cast: Cast, title: str, author: Actor | None = None) -> str:
    """A case of Ada's that everybody reads; its id."""
    said = {"title": {"en": title}, "symptom": {"en": f"{title} symptom"}, "remedy": {"en": "renew the seal"}}
    content = knowledge.CaseContent(**said, product=PUMP, faults=("P-11",), minutes=30)  # type: ignore[arg-type]
    writer = (author or cast.ada).person_id
    case = act(database, cast.sue, add_case, writer, content)
    act(database, cast.sue, knowledge.publish_case, case.id, case.revision)
    return str(case.id)


def found(database: Database, actor: Actor, folder: Path, text: str) -> list[str]:
    with session_for(database, actor) as session:
        return [hit.entry_id for hit in indexing.search_knowledge(session, actor, folder, Question(text=text))]


def test_a_search_knows_what_was_published_a_moment_ago_and_forgets_what_was_retired(
    database: Database, cast: Cast, tmp_path: Path
) -> None:
    assert found(database, cast.ada, tmp_path, "gurgling") == []
    case = published(database, cast, "Gurgling suction")
    assert found(database, cast.ada, tmp_path, "gurgling") == [case]
    act(database, cast.sue, knowledge.retire_case, case, None)
    assert found(database, cast.ada, tmp_path, "gurgling") == []
    act(database, cast.sue, knowledge.restore_case, case)
    assert found(database, cast.ada, tmp_path, "gurgling") == [case]


@pytest.mark.parametrize("called", ["NS-40", "离心泵", "centrifugal"])
def test_a_case_is_found_by_what_its_product_is_called(
    database: Database, cast: Cast, tmp_path: Path, called: str
) -> None:
    case = published(database, cast, "Gurgling suction")
    assert found(database, cast.ada, tmp_path, called) == [case]


def test_a_search_is_made_anew_when_its_folder_is_gone_or_is_newer_than_the_database(
    database: Database, cast: Cast, tmp_path: Path
) -> None:
    case = published(database, cast, "Gurgling suction")
    assert found(database, cast.ada, tmp_path, "gurgling") == [case]
    home = indexing.home_of(cast.ada, tmp_path)
    shutil.rmtree(home)
    assert found(database, cast.ada, tmp_path, "gurgling") == [case]
    mark = json.loads((home / "mark").read_text())
    (home / "mark").write_text(json.dumps({**mark, "id": "of another history"}))
    published(database, cast, "Something else")
    assert found(database, cast.ada, tmp_path, "gurgling")[0] == case
    assert json.loads((home / "mark").read_text())["folder"] != mark["folder"]
    assert [each.name for each in home.iterdir() if each.is_dir()] == [
        json.loads((home / "mark").read_text())["folder"]
    ]


def test_who_began_to_read_before_a_change_does_not_take_the_search_back(
    database: Database, cast: Cast, tmp_path: Path
) -> None:
    published(database, cast, "The first")
    home = indexing.home_of(cast.ada, tmp_path)
    with session_for(database, cast.ada) as early:
        assert changes.newest_change(early, cast.ada).number == 1
        case = published(database, cast, "Gurgling suction")
        assert found(database, cast.bo, tmp_path, "gurgling")[0] == case
        before = (home / "mark").read_text()
        indexing.search_knowledge(early, cast.ada, tmp_path, Question(text="gurgling"))
    assert (home / "mark").read_text() == before


def test_the_old_search_answers_while_somebody_else_makes_a_new_one(
    database: Database, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = published(database, cast, "Gurgling suction")
    assert found(database, cast.ada, tmp_path, "gurgling") == [case]
    later = published(database, cast, "Gurgling discharge")
    monkeypatch.setattr(indexing, "PATIENCE", 0.05)
    with (indexing.home_of(cast.ada, tmp_path) / "turn").open("w") as elsewhere:
        fcntl.flock(elsewhere, fcntl.LOCK_EX)
        assert found(database, cast.ada, tmp_path, "gurgling") == [case]
    assert set(found(database, cast.ada, tmp_path, "gurgling")) == {case, later}


def test_synonyms_of_the_organisation_find_what_is_called_otherwise(
    database: Database, cast: Cast, tmp_path: Path
) -> None:
    case = published(database, cast, "The flurb leaks")
    assert case not in found(database, cast.ada, tmp_path, "quidnunc")
    act(database, cast.dee, settings.change_synonyms, "flurb, quidnunc\n\n a ， b、c ")
    assert found(database, cast.ada, tmp_path, "quidnunc") == [case]
    with session_for(database, cast.dee) as session:
        assert settings.synonyms_text(session, cast.dee) == "flurb、quidnunc\na、b、c"


def test_nobody_elses_organisation_finds_or_opens_anything(
    database: Database, cast: Cast, tmp_path: Path, visit: Visit
) -> None:
    case = published(database, cast, "Gurgling suction")
    assert found(database, cast.cy, tmp_path, "gurgling") == []
    cy = visit(cast.cy)
    assert "Gurgling" not in cy.get("/knowledge/").text
    for path in (f"/knowledge/cases/{case}", f"/knowledge/cases/{case}/edit", f"/api/v1/cases/{case}"):
        assert cy.get(path).status_code == 404


def test_changes_are_numbered_without_a_gap_however_many_publish_at_once(database: Database, cast: Cast) -> None:
    threads = [threading.Thread(target=published, args=(database, cast, f"Case {n}")) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with session_for(database, cast.sue) as session:
        assert changes.newest_change(session, cast.sue).number == 6
        assert len(changes.subjects_after(session, cast.sue, 0)) == 6
        assert len(knowledge.entries_after(session, cast.sue, 4).entries) == 2


def test_lists_are_narrowed_by_what_stands_in_the_address(database: Database, cast: Cast, visit: Visit) -> None:
    published(database, cast, "Gurgling suction")
    vera = visit(cast.vera)
    for query in ("", "?product=pump", f"?product={PUMP}", "?fault=P-11", "?kind=case"):
        assert "Gurgling suction" in vera.get(f"/knowledge/{query}").text
    for query in ("?product=fan", "?fault=P-12", "?kind=article", "?template=other", "?status=retired"):
        assert "Gurgling suction" not in vera.get(f"/knowledge/{query}").text
    assert vera.get("/knowledge/?status=review").status_code == 200


def test_a_bulletin_is_written_published_and_found_for_its_products_only(
    database: Database, cast: Cast, tmp_path: Path, visit: Visit
) -> None:
    ada, sue = visit(cast.ada), visit(cast.sue)
    form = {"kind": "bulletin", "title": "Bolts", "body": "## Torque\n\n- 25 Nm", "products": ["pump"]}
    assert ada.submit("/knowledge/articles/new", {**form, "products": ["nothing"]}).status_code == 422
    where = ada.submit("/knowledge/articles/new", form).headers["Location"].split("?")[0]
    assert visit(cast.vera).get(where).status_code == 404
    assert ada.submit(f"{where}/publish", {"revision": "1"}).status_code == 403
    assert sue.submit(f"{where}/publish", {"revision": "1"}).status_code == 302
    assert "<h3>Torque</h3>" in visit(cast.vera).get(where).text
    with session_for(database, cast.sue) as session:
        assert len(articles.find_articles(session, cast.sue, articles.ArticleFilters(product=PUMP))) == 1
        assert articles.find_articles(session, cast.sue, articles.ArticleFilters(product="fan")) == []
    assert len(found(database, cast.ada, tmp_path, "torque bolts")) == 1


def test_a_picture_goes_into_the_text_and_into_the_photo_store(cast: Cast, visit: Visit) -> None:
    dee = visit(cast.dee)
    form = {"kind": "article", "title": "Bolts", "body": "Look:"}
    assert dee.submit("/knowledge/articles/picture", form).status_code == 422
    assert (
        dee.submit("/knowledge/articles/picture", {**form, "picture": (io.BytesIO(b"no"), "a.jpg")}).status_code == 415
    )
    body, name = photo_bytes(), hashlib.sha256(photo_bytes()).hexdigest()
    page = dee.submit("/knowledge/articles/picture", {**form, "picture": (io.BytesIO(body), "a.jpg")}).text
    assert f"Look:\n\n![](photo:{name})" in page
    saved = dee.submit("/knowledge/articles/new", {**form, "body": f"![](photo:{name})", "publish": "1"})
    assert f'src="/api/v1/photos/{name}?size=view"' in dee.get(saved.headers["Location"]).text
    with dee.get(f"/api/v1/photos/{name}?size=view") as shown:
        assert shown.status_code == 200


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](https://elsewhere.example/x.png)",
        "[x](//elsewhere.example)",
        '![" onerror="alert(1)](photo:' + "0" * 64 + ")",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_the_text_of_an_article_cannot_do_anything(hostile: str) -> None:
    html = as_html(hostile)
    for danger in ("<script", 'href="javascript', 'href="//', 'elsewhere.example/x.png"', '" onerror', "<img src=x"):
        assert danger not in html


def test_points_are_counted_from_what_happened(database: Database, cast: Cast) -> None:
    start = utc_now()
    one, _ = published(database, cast, "One"), published(database, cast, "Two", cast.bo)
    act(database, cast.ada, knowledge.count_votes_changed, one, 3, 1)
    act(database, cast.ada, knowledge.count_votes_changed, one, 2, 1)

    def counted() -> dict[str, tuple[int, int, int]]:
        with session_for(database, cast.sue) as session:
            rows = knowledge.contributions(session, cast.sue, start, utc_now() + dt.timedelta(seconds=1))
        return {row.person_id: (row.published, row.helped, row.points) for row in rows}

    assert counted()[cast.ada.person_id] == (1, 2, 0)
    act(database, cast.sue, knowledge.change_points, knowledge.Points(True, 10, 3))
    assert counted()[cast.ada.person_id] == (1, 2, 16)
    assert counted()[cast.bo.person_id] == (1, 0, 10)


def test_a_program_edits_hands_over_and_publishes_a_case(database: Database, cast: Cast, visit: Visit) -> None:
    case = published(database, cast, "Gurgling suction")
    ada, sue = visit(cast.ada), visit(cast.sue)
    path = f"/api/v1/cases/{case}"
    body = {"revision": ada.get(f"{path}/draft").json["revision"], "cause": {"en": "air"}, "faults": ["P-11"]}  # type: ignore[index]
    edited = ada.send("PATCH", path, json=body)
    assert edited.status_code == 200, edited.text
    assert ada.send("PATCH", path, json=body).status_code == 409
    assert ada.get(path).json["content"]["cause"] == {}  # type: ignore[index]
    revision = edited.json["revision"]  # type: ignore[index]
    assert ada.send("POST", f"{path}/acts", json={"act": "publish", "revision": revision}).status_code == 403
    told = sue.send("POST", f"{path}/acts", json={"act": "publish", "revision": revision})
    assert (told.json["version"], told.json["content"]["cause"]) == (2, {"en": "air"})  # type: ignore[index]
    assert ada.get("/api/v1/cases?product=pump").json["total"] == 1  # type: ignore[index]


def test_the_operator_makes_searches_anew(
    database: Database, database_url: str, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(database, cast, "Gurgling suction")
    monkeypatch.setenv("MENDLOOP_DATABASE_URL", database_url)
    monkeypatch.setenv("MENDLOOP_DATA", str(tmp_path))
    told = CliRunner().invoke(main, ["knowledge", "rebuild", "--drafts"], catch_exceptions=False)
    assert sorted(told.output.splitlines()) == [
        *["Drafts that were missing: 0"] * 2,
        "Entries in the search: 0",
        "Entries in the search: 1",
    ]
