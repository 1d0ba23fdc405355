"""Several people save one draft: nobody overwrites anybody, and nobody is refused for what they saved already."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from mendloop.testing.cast import Cast
from mendloop.testing.designing import Desk, Document, codes_of, retitled, sit_down
from mendloop.testing.visitor import Visitor
from werkzeug.test import TestResponse

Visit = Callable[..., Visitor]
ROUNDS = 12


@pytest.fixture
def dee(visit: Visit, cast: Cast) -> Desk:
    return sit_down(visit(cast.dee))


@pytest.fixture
def olive(visit: Visit, cast: Cast, dee: Desk) -> Desk:
    desk = Desk(visit(cast.olive), dee.template_id, "tab-2")
    desk.open()
    return desk


def test_the_second_to_save_gets_both_sides_and_the_base(dee: Desk, olive: Desk) -> None:
    base = dee.document
    dee.save(retitled(base, "By Dee"), {"receive": {"x": 1, "y": 1}})
    refused = olive.save(retitled(base, "By Olive"))
    assert refused.status_code == 409
    assert refused.content_type == "application/problem+json"
    assert codes_of(refused) == ["draft.changed"]
    told = refused.json or {}
    assert (told["revision"], told["saved_by_name"]) == (2, "Dee")
    assert told["document"]["title"]["en"] == "By Dee"
    assert told["layout"] == {"receive": {"x": 1, "y": 1}}
    assert (told["base"], told["base_layout"]) == (base, {})
    assert olive.save(retitled(base, "By both"), expected=told["revision"]).status_code == 200


def test_an_expected_revision_that_never_was_has_no_base(dee: Desk) -> None:
    told = dee.save(retitled(dee.document, "x"), expected=77)
    assert told.status_code == 409
    assert (told.json or {})["base"] is None


def test_a_save_repeated_after_a_lost_answer_is_answered_as_the_first_time(dee: Desk) -> None:
    changed = retitled(dee.document, "Once")
    first, again = (dee.save(changed, {"a": {"x": 1, "y": 2}}, expected=1) for _ in range(2))
    assert (again.status_code, again.json) == (first.status_code, first.json)
    assert dee.open()["revision"] == 2


def test_it_is_so_even_when_somebody_else_has_saved_since(dee: Desk, olive: Desk) -> None:
    changed = retitled(dee.document, "By Dee")
    first = dee.save(changed, expected=1)
    assert olive.save(retitled(changed, "By Olive"), expected=2).status_code == 200
    again = dee.save(changed, expected=1)
    assert again.json == first.json
    assert olive.open()["document"]["title"]["en"] == "By Olive"


@pytest.mark.parametrize("difference", ["other content", "other layout", "other tab", "other person"])
def test_what_only_looks_like_a_repeated_save_is_refused(dee: Desk, olive: Desk, difference: str) -> None:
    base, changed = dee.document, retitled(dee.document, "By Dee")
    dee.save(changed, expected=1)
    dee.save(retitled(base, "Further"))
    desk = olive if difference == "other person" else dee
    desk.session = "another" if difference == "other tab" else "tab-1"
    document = retitled(base, "Other") if difference == "other content" else changed
    layout = {"receive": {"x": 1, "y": 1}} if difference == "other layout" else {}
    assert desk.save(document, layout, expected=1).status_code == 409


def test_of_two_who_save_at_the_same_moment_exactly_one_wins(dee: Desk, olive: Desk) -> None:
    desks = [dee, olive]
    with ThreadPoolExecutor(2) as pool:
        for round_ in range(ROUNDS):
            revision = dee.open()["revision"]
            start = threading.Barrier(2)

            def save(
                desk: Desk, words: str, expected: int = revision, start: threading.Barrier = start
            ) -> TestResponse:
                document = retitled(desk.document, words)
                start.wait()
                return desk.save(document, expected=expected)

            answers = list(pool.map(save, desks, [f"Dee {round_}", f"Olive {round_}"]))
            assert sorted(answer.status_code for answer in answers) == [200, 409]
            winner = next(index for index, answer in enumerate(answers) if answer.status_code == 200)
            assert dee.open()["document"]["title"]["en"] == ["Dee", "Olive"][winner] + f" {round_}"
            assert dee.revision == revision + 1


def test_eight_who_save_and_merge_until_they_are_heard_lose_nothing(visit: Visit, cast: Cast, dee: Desk) -> None:
    def insist(number: int) -> None:
        desk = Desk(visit(cast.dee), dee.template_id, f"tab-{number}")
        desk.open()
        document, expected = desk.document, desk.revision
        while True:
            answer = desk.save({**document, f"x_{number}": number}, expected=expected)
            if answer.status_code == 200:
                return
            told = answer.json or {}
            document, expected = told["document"], told["revision"]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(insist, range(8)))
    found = dee.open()
    assert {key for key in found["document"] if key.startswith("x_")} == {f"x_{number}" for number in range(8)}
    assert found["revision"] == 9
    revisions = (dee.get("revisions").json or {})["revisions"]
    assert [one["revision"] for one in revisions] == list(range(9, 0, -1))


def test_one_who_publishes_while_another_saves_publishes_what_was_seen_or_hears_of_the_save(
    dee: Desk, olive: Desk
) -> None:
    with ThreadPoolExecutor(2) as pool:
        for round_ in range(ROUNDS):
            dee.open()
            olive.open()
            seen, start = dee.document, threading.Barrier(2)
            newer = retitled(seen, f"Olive {round_}")

            def publish(start: threading.Barrier = start) -> TestResponse:
                start.wait()
                return dee.publish()

            def save(start: threading.Barrier = start, newer: Document = newer) -> TestResponse:
                start.wait()
                return olive.save(newer)

            published, saved = pool.submit(publish), pool.submit(save)
            assert saved.result().status_code == 200
            answer = published.result()
            assert answer.status_code in {201, 409}
            if answer.status_code == 201:
                version = (answer.json or {})["version_id"]
                found = dee.visitor.get(f"/api/v1/template-versions/{version}").json or {}
                assert found["document"] == seen
