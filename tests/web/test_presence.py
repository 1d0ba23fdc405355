"""Who has a template open."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from mendloop.clock import utc_now
from mendloop.drafts import presence
from mendloop.testing.cast import Cast
from mendloop.testing.designing import Desk, codes_of, retitled, sit_down
from mendloop.testing.visitor import Visitor
from werkzeug.test import TestResponse

Visit = Callable[..., Visitor]
NODES = {"kind": "nodes", "nodes": ["receive"]}


@pytest.fixture
def dee(visit: Visit, cast: Cast) -> Desk:
    return sit_down(visit(cast.dee))


@pytest.fixture
def sue(visit: Visit, cast: Cast, dee: Desk) -> Desk:
    return Desk(visit(cast.sue), dee.template_id)


def be_here(desk: Desk, session: str, selection: Any = None) -> TestResponse:
    return desk.send("PUT", "presence", {"session": session, "selection": selection})


def here(answer: TestResponse) -> list[tuple[str, str]]:
    return [(one["name"], one["session"]) for one in (answer.json or {})["people"]]


def test_each_sees_that_the_other_is_there_and_what_they_look_at(dee: Desk, sue: Desk) -> None:
    assert here(be_here(dee, "a", NODES)) == [("Dee", "a")]
    answer = be_here(sue, "b", {"kind": "template"})
    assert here(answer) == [("Dee", "a"), ("Sue", "b")]
    assert [one["selection"] for one in (answer.json or {})["people"]] == [NODES, {"kind": "template"}]
    assert [one["name"] for one in dee.open()["people"]] == ["Dee", "Sue"]


def test_one_person_may_be_there_twice(dee: Desk) -> None:
    be_here(dee, "a")
    assert here(be_here(dee, "b")) == [("Dee", "a"), ("Dee", "b")]


def test_whoever_stays_keeps_since_when(dee: Desk) -> None:
    first = (be_here(dee, "a").json or {})["people"][0]
    again = (be_here(dee, "a", NODES).json or {})["people"][0]
    assert (again["since"], again["selection"]) == (first["since"], NODES)


def test_who_leaves_is_gone(dee: Desk, sue: Desk) -> None:
    be_here(dee, "a")
    be_here(sue, "b")
    assert dee.send("DELETE", "presence?session=a").status_code == 204
    assert here(be_here(sue, "b")) == [("Sue", "b")]
    assert dee.send("DELETE", "presence?session=a").status_code == 204, "leaving twice is harmless"


def test_nobody_can_send_another_away_or_speak_for_them(dee: Desk, sue: Desk) -> None:
    be_here(dee, "a", NODES)
    sue.send("DELETE", "presence?session=a")
    answer = be_here(sue, "a")
    assert sorted(here(answer)) == [("Dee", "a"), ("Sue", "a")]


def test_who_was_silent_for_fifteen_seconds_is_gone(dee: Desk, sue: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    be_here(dee, "a")
    now = utc_now()
    monkeypatch.setattr(presence, "utc_now", lambda: now + dt.timedelta(seconds=14))
    assert here(be_here(sue, "b")) == [("Dee", "a"), ("Sue", "b")]
    monkeypatch.setattr(presence, "utc_now", lambda: now + dt.timedelta(seconds=16))
    assert here(be_here(sue, "b")) == [("Sue", "b")]


def test_a_selection_is_small(dee: Desk) -> None:
    answer = be_here(dee, "a", ["x" * 4000])
    assert answer.status_code == 422
    assert codes_of(answer) == ["presence.selection_long"]
    assert be_here(dee, "x" * 65).status_code == 422
    assert be_here(dee, "").status_code == 422


def test_without_the_right_to_look_nobody_hears_who_is_there(visit: Visit, cast: Cast, dee: Desk) -> None:
    ada = Desk(visit(cast.ada), dee.template_id)
    assert be_here(ada, "a").status_code == 403
    assert Desk(visit(cast.cy), dee.template_id).send("PUT", "presence", {"session": "a"}).status_code == 404


def test_whoever_is_here_hears_at_which_revision_the_draft_is(dee: Desk, sue: Desk) -> None:
    assert (be_here(sue, "b").json or {})["revision"] == 1
    dee.save(retitled(dee.document, "Newer"))
    assert (be_here(sue, "b").json or {})["revision"] == 2
