"""The history of a draft: restoring, reading earlier saves, thinning out."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from mendloop.cli import main
from mendloop.clock import utc_now
from mendloop.database import Database, session_for, write_transaction
from mendloop.drafts.models import TemplateRevision
from mendloop.drafts.thinning import Line, superfluous
from mendloop.testing.cast import Cast
from mendloop.testing.designing import Desk, codes_of, retitled, sit_down
from mendloop.testing.visitor import Visitor
from sqlalchemy import insert, select

Visit = Callable[..., Visitor]
NOBODYS_ID = "01900000-0000-7000-8000-000000000000"
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def dee(visit: Visit, cast: Cast) -> Desk:
    return sit_down(visit(cast.dee))


def revisions(desk: Desk, query: str = "") -> list[dict[str, Any]]:
    return list((desk.get(f"revisions{query}").json or {})["revisions"])


def test_a_version_is_restored_as_a_revision_like_any_other(dee: Desk) -> None:
    dee.save(retitled(dee.document, "First"), {"receive": {"x": 1, "y": 1}})
    first = dee.publish().json or {}
    dee.save(retitled(dee.document, "Second"))
    answer = dee.send("POST", "restore", {"version_id": first["version_id"]})
    assert answer.status_code == 200
    assert (answer.json or {})["revision"] == 4
    found = dee.open()
    assert (found["revision"], found["document"]["title"]["en"]) == (4, "First")
    assert found["layout"] == {"receive": {"x": 1, "y": 1}}
    newest = revisions(dee)[0]
    assert (newest["origin"], newest["note"], newest["saved_by_name"]) == ("restored", "v1", "Dee")


def test_what_was_replaced_by_a_restore_can_be_had_again(dee: Desk) -> None:
    dee.save(retitled(dee.document, "Kept"), note="before lunch")
    dee.send("POST", "restore", {"revision": 1})
    assert dee.open()["document"]["title"]["en"] != "Kept"
    kept = dee.get("revisions/2").json or {}
    assert (kept["document"]["title"]["en"], kept["note"]) == ("Kept", "before lunch")
    dee.send("POST", "restore", {"revision": 2})
    assert dee.open()["document"]["title"]["en"] == "Kept"


def test_a_restore_may_insist_that_nobody_saved_since(dee: Desk) -> None:
    dee.save(retitled(dee.document, "Newer"))
    refused = dee.send("POST", "restore", {"revision": 1, "expected_revision": 1})
    assert refused.status_code == 409
    assert (refused.json or {})["revision"] == 2


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"version_id": NOBODYS_ID, "revision": 1}, 422),
        ({"version_id": NOBODYS_ID}, 404),
        ({"revision": 77}, 404),
        ({"revision": 2**31}, 422),
        ({"revision": -1}, 422),
    ],
)
def test_what_is_not_there_cannot_be_restored(dee: Desk, body: dict[str, Any], status: int) -> None:
    assert dee.send("POST", "restore", body).status_code == status


def test_a_version_of_another_template_cannot_be_restored_here(visit: Visit, cast: Cast, dee: Desk) -> None:
    other = sit_down(visit(cast.dee), {"from": "builtin:pump.overhaul"})
    version = (other.publish().json or {})["version_id"]
    assert dee.send("POST", "restore", {"version_id": version}).status_code == 404


def test_revisions_come_by_pages(dee: Desk) -> None:
    for number in range(4):
        dee.save(retitled(dee.document, f"{number}"))
    assert [one["revision"] for one in revisions(dee)] == [5, 4, 3, 2, 1]
    assert [one["revision"] for one in revisions(dee, "?before=3")] == [2, 1]
    for odd in ("0", "x", "-1", "9" * 30, "²", "1.0"):
        assert dee.get(f"revisions/{odd}").status_code == 404


def line(revision: int, days: float, is_marked: bool = False) -> Line:
    return Line(revision, NOW - dt.timedelta(days=days), is_marked)


def test_after_a_month_the_last_of_each_day_is_kept() -> None:
    old = [line(1, 50), line(2, 40.2), line(3, 40.1), line(4, 40), line(5, 35.1, is_marked=True), line(6, 35)]
    young = [line(7, 29.9), line(8, 29.8), line(9, 0)]
    assert list(superfluous([*old, *young], NOW)) == [2, 3]


def test_the_newest_is_kept_however_old() -> None:
    assert list(superfluous([line(1, 90.2), line(2, 90.1), line(3, 90)], NOW)) == [2]


def test_the_command_thins_out_and_keeps_what_counts(
    database: Database, cast: Cast, dee: Desk, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(database, cast, dee, 2, 9)
    result = run_thin(database_url, monkeypatch)
    assert result.exit_code == 0, result.output
    assert "6 revisions were taken away." in result.output
    with session_for(database, cast.dee) as session:
        own = TemplateRevision.organisation_id == cast.dee.organisation_id
        kept = session.execute(select(TemplateRevision.revision).where(own)).scalars()
        assert sorted(kept) == [1, 5, 9]
    assert "0 revisions" in run_thin(database_url, monkeypatch).output


def run_thin(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("MENDLOOP_DATABASE_URL", database_url)
    monkeypatch.setenv("MENDLOOP_SECRET_KEY", "not needed, and not to be kept in a file")
    return CliRunner().invoke(main, ["draft", "thin"])


def age(database: Database, cast: Cast, dee: Desk, first: int, last: int) -> None:
    """Saves of one forenoon two months ago; the fifth has a note."""
    with session_for(database, cast.dee) as session, write_transaction(session):
        (row,) = session.execute(
            select(TemplateRevision).where(TemplateRevision.organisation_id == cast.dee.organisation_id)
        ).scalars()
        common = {column.name: getattr(row, column.name) for column in TemplateRevision.__table__.columns}
        forenoon = utc_now().replace(hour=10) - dt.timedelta(days=60)
        for number in range(first, last + 1):
            at = {"revision": number, "saved_at": forenoon + dt.timedelta(minutes=number), "origin": "saved"}
            note = {"note": "here" if number == 5 else ""}
            session.execute(insert(TemplateRevision).values({**common, **at, **note}))
    assert dee.template_id == common["template_id"]


def test_restoring_needs_the_right_to_edit(visit: Visit, cast: Cast, dee: Desk) -> None:
    sue = Desk(visit(cast.sue), dee.template_id)
    assert codes_of(sue.send("POST", "restore", {"revision": 1})) == ["template.right_missing.edit"]
