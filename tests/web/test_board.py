"""The live board: where orders stand, what is a risk in them, what watchers are told and when their line ends."""

import datetime as dt
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from flask import Flask
from mendloop.accounts.actor import Actor
from mendloop.accounts.services import PersonDetails, change_person
from mendloop.board import stream
from mendloop.board.board import Board
from mendloop.board.filters import Filters, is_wanted
from mendloop.board.settings import Limits, change_limits
from mendloop.board.views import BOARDS
from mendloop.board.watching import Boards
from mendloop.clock import utc_now
from mendloop.database import Database, run_write, session_for, write_transaction
from mendloop.database.base import new_id
from mendloop.notices.services import everything_waiting
from mendloop.order_parts.acts import Asked
from mendloop.order_parts.services import explain_part, issue_parts
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, Phone, put_up
from mendloop.testing.straight import open_straight_orders
from mendloop.testing.visitor import Visitor
from mendloop.work_orders.services import assign_work_order, decide_command
from werkzeug.test import TestResponse

Visit = Callable[..., Visitor]
OFF, FINE = {"runout": {"value": 0.09}}, {"runout": {"value": 0.02}}


def act(database: Database, actor: Actor, order: str, kind: str, **payload: Any) -> None:
    at = utc_now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with session_for(database, actor) as session, write_transaction(session):
        decision = decide_command(session, actor, order, new_id(), {"type": kind, "at": at, **payload})
    assert decision.accepted, decision.problems


def look(database: Database, cast: Cast, now: dt.datetime | None = None) -> dict[str, Any]:
    """A new board's cards by order."""
    with session_for(database, cast.sue) as session:
        items = Board(cast.sue.organisation_id).refresh(session, now or utc_now()).items.values()
    return {item.shows.facts.card.id: item for item in items if item.view == "orders"}  # type: ignore[union-attr]


def told(answer: bytes) -> list[tuple[str, Any]]:
    """The events of a stream with their data."""
    found = re.findall(r"event: (\w+)\ndata: (.*)\n\n", answer.decode())
    return [(name, json.loads(data)) for name, data in found]


def lines_of(answer: TestResponse) -> Iterator[Any]:
    """A stream's chunks as they come."""
    return iter(cast("Any", answer.response))


def json_of(answer: TestResponse) -> Any:
    """What a program reads."""
    return answer.json


@pytest.fixture
def boards(app: Flask) -> Iterator[Boards]:
    kept: Boards = app.extensions[BOARDS]
    yield kept
    kept.close()
    deadline = time.monotonic() + 5
    while any(thread.name == "board" for thread in threading.enumerate()) and time.monotonic() < deadline:
        time.sleep(0.02)


def test_an_order_goes_through_the_lanes_as_it_is_worked_on(database: Database, cast: Cast) -> None:
    (order,) = open_straight_orders(database, cast.sue, 2, 1)
    lanes = [look(database, cast)[order].lane]
    for kind, more in (
        ("StartStep", {"visit": "step_0#1"}),
        ("PauseStep", {"visit": "step_0#1", "reason": "break", "note": None}),
        ("ResumeStep", {"visit": "step_0#1"}),
        ("CompleteStep", {"visit": "step_0#1", "answers": FINE}),
        ("StartStep", {"visit": "step_1#1"}),
        ("CompleteStep", {"visit": "step_1#1", "answers": FINE}),
    ):
        act(database, cast.ada, order, kind, **more)
        lanes.append(look(database, cast)[order].lane)
    assert lanes == ["new", "work", "paused", "work", "paused", "work", "done"]


def test_an_order_stands_still_after_the_time_that_is_laid_down(database: Database, cast: Cast) -> None:
    fresh, begun, paused = open_straight_orders(database, cast.sue, 3, 3)
    for order in (begun, paused):
        act(database, cast.ada, order, "StartStep", visit="step_0#1")
    act(database, cast.ada, begun, "CompleteStep", visit="step_0#1", answers=FINE)
    act(database, cast.ada, paused, "PauseStep", visit="step_0#1", reason="break", note=None)
    with session_for(database, cast.sue) as session, write_transaction(session):
        change_limits(session, cast.sue, Limits(untouched=90, standing=30, pauses={"break": 60}))
    still = []
    for minutes in (29, 31, 61, 91):
        cards = look(database, cast, utc_now() + dt.timedelta(minutes=minutes))
        still.append({order for order in (fresh, begun, paused) if "standing" in cards[order].risks})
    assert still == [set(), {begun}, {begun, paused}, {begun, paused, fresh}]


def test_a_reading_is_out_of_tolerance_until_a_later_one_says_otherwise(database: Database, cast: Cast) -> None:
    (order,) = open_straight_orders(database, cast.sue, 2, 1)
    act(database, cast.ada, order, "StartStep", visit="step_0#1")
    act(database, cast.ada, order, "RecordAnswers", visit="step_0#1", answers=OFF)
    risk = look(database, cast)[order].shows.risks[0]
    assert (risk.kind, risk.value) == ("off", "0.09 mm")
    act(database, cast.ada, order, "RecordAnswers", visit="step_0#1", answers=FINE)
    assert look(database, cast)[order].risks == frozenset()


def test_time_alone_makes_the_next_version_and_an_idle_board_makes_none(database: Database, cast: Cast) -> None:
    open_straight_orders(database, cast.sue, 2, 3)
    board, now = Board(cast.sue.organisation_id), utc_now()
    with session_for(database, cast.sue) as session:
        first = board.refresh(session, now)
        assert board.refresh(session, now + dt.timedelta(minutes=1)) is first
        late = board.refresh(session, now + dt.timedelta(days=2))
    assert late.version == first.version + 1


def test_whoever_cannot_go_on_waits_for_somebody_else(database: Database, cast: Cast) -> None:
    (order,) = open_straight_orders(database, cast.sue, 2, 1)
    act(database, cast.ada, order, "StartStep", visit="step_0#1")
    act(database, cast.ada, order, "CompleteStep", visit="step_0#1", answers=FINE)
    with session_for(database, cast.sue) as session, write_transaction(session):
        assign_work_order(session, cast.sue, order, cast.ada.person_id)
        details = PersonDetails("Ada", "ada", "en", ("engineer",), ("inspector",))
        change_person(session, cast.olive, cast.ada.person_id, details)
    assert look(database, cast)[order].lane == "check"


def test_people_are_shown_with_what_they_are_at(database: Database, cast: Cast, visit: Visit) -> None:
    (order,) = open_straight_orders(database, cast.sue, 2, 1)
    act(database, cast.ada, order, "StartStep", visit="step_0#1")
    page = visit(cast.vera).get("/board?view=people").text
    lanes = dict(re.findall(r'data-lane="(\w+)"(.*?)</section>', page, re.DOTALL))
    assert cast.ada.person_id in lanes["at_work"]
    assert f"/orders/{order}" in lanes["at_work"]
    assert cast.bo.person_id in lanes["free"]


def test_filters_in_the_address_narrow_the_page_and_its_totals(database: Database, cast: Cast, visit: Visit) -> None:
    mine, other = open_straight_orders(database, cast.sue, 2, 2)
    with session_for(database, cast.sue) as session, write_transaction(session):
        assign_work_order(session, cast.sue, mine, cast.ada.person_id)
    sue = visit(cast.sue)
    for query, shown in (
        ("", {mine, other}),
        (f"person={cast.ada.person_id}", {mine}),
        ("person=none", {other}),
        ("product=bench", {mine, other}),
        ("product=ben", set()),
        ("template=bench.straight_2", {mine, other}),
        ("risk=overdue", set()),
        ("text=ada", {mine}),
    ):
        page = sue.get(f"/board?{query}").text
        assert {order for order in (mine, other) if f'id="o-{order}"' in page} == shown, query
    assert "/board/stream?person=" in sue.get(f"/board?person={cast.ada.person_id}").text


def test_nothing_of_another_organisation_is_seen(database: Database, cast: Cast, visit: Visit) -> None:
    (order,) = open_straight_orders(database, cast.sue, 2, 1)
    assert order in visit(cast.sue).get("/board/changes").text
    assert order not in visit(cast.cy).get("/board/changes").text


def test_changes_are_told_from_the_last_message_on(database: Database, cast: Cast, visit: Visit) -> None:
    first, second = open_straight_orders(database, cast.sue, 2, 2)
    sue = visit(cast.sue)
    whole = json_of(sue.get("/board/changes"))
    assert whole["whole"]
    assert {f"o-{first}", f"o-{second}"} == {each["id"] for each in whole["put"]}
    assert sue.get(f"/board/changes?last={whole['id']}").status_code == 204
    act(database, cast.ada, first, "StartStep", visit="step_0#1")
    change = json_of(sue.get(f"/board/changes?last={whole['id']}"))
    assert not change["whole"]
    assert [(each["id"], each["lane"]) for each in change["put"]] == [(f"o-{first}", "work")]
    for unknown in ("", "x.1", "nonsense", f"{whole['id']}9999"):
        assert json_of(sue.get(f"/board/changes?last={unknown}"))["whole"]


def test_a_commit_reaches_the_stream_within_a_second(
    app: Flask, boards: Boards, database: Database, cast: Cast, visit: Visit
) -> None:
    (order,) = open_straight_orders(database, cast.sue, 2, 1)
    sue = visit(cast.sue)
    last = json_of(sue.get("/board/changes"))["id"]
    answer = sue.get(f"/board/stream?last={last}", buffered=False)
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert "Content-Encoding" not in answer.headers
    lines = lines_of(answer)
    assert told(next(lines))[0][0] == "beat"
    start = time.monotonic()
    act(database, cast.ada, order, "StartStep", visit="step_0#1")
    ((kind, message),) = told(next(lines))
    assert time.monotonic() - start < 1
    assert (kind, message["put"][0]["id"], message["put"][0]["lane"]) == ("board", f"o-{order}", "work")
    assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    answer.close()
    assert boards.streams == 0


def test_a_stream_ends_with_the_session_with_the_role_and_with_the_server(
    app: Flask, boards: Boards, database: Database, cast: Cast, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "BEAT", 0.05)
    vera, sue = visit(cast.vera), visit(cast.sue)
    watched = lines_of(vera.get("/board/stream", buffered=False))
    next(watched)
    with session_for(database, cast.olive) as session, write_transaction(session):
        change_person(session, cast.olive, cast.vera.person_id, PersonDetails("Vera", "vera", "en", ("engineer",), ()))
    assert told(b"".join(watched))[-1] == ("bye", {"why": "signed_out"})
    watched = lines_of(sue.get("/board/stream", buffered=False))
    next(watched)
    boards.close()
    assert told(b"".join(watched))[-1] == ("bye", {"why": "restart"})
    assert boards.streams == 0


def test_as_many_watch_as_may_and_no_more(
    boards: Boards, cast: Cast, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mendloop.board.watching.MOST_STREAMS", 1)
    sue = visit(cast.sue)
    first = sue.get("/board/stream", buffered=False)
    next(lines_of(first))
    assert told(sue.get("/board/stream").data) == [("bye", {"why": "full"})]
    first.close()


def test_limits_are_kept_and_told_and_what_is_no_time_is_refused(cast: Cast, visit: Visit) -> None:
    sue = visit(cast.sue)
    given = dict.fromkeys(("untouched", "standing", "due_soon", "pause"), "60")
    reasons = ("waiting_parts", "waiting_customer", "waiting_help", "other_job", "break", "end_of_shift")
    given |= {f"pause_{reason}": "45" for reason in reasons}
    assert sue.submit("/board/settings", given | {"standing": "95"}).status_code == 302
    assert "1 h 35 min" in sue.get("/board").text
    assert sue.submit("/board/settings", given | {"standing": "0"}).status_code == 422
    assert visit(cast.vera).get("/board/settings").status_code == 403


def test_a_filter_wants_what_it_says(database: Database, cast: Cast) -> None:
    (order,) = open_straight_orders(database, cast.sue, 2, 1)
    item = look(database, cast)[order]
    assert is_wanted(item, Filters())
    assert not is_wanted(item, Filters(view="people"))
    assert not is_wanted(item, Filters(risk="any"))


def test_board_and_inbox_say_the_same_of_what_stands_still(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, begun, paused, again = open_straight_orders(database, cast.sue, 3, 4)
    for order in (begun, paused, again):
        act(database, cast.ada, order, "StartStep", visit="step_0#1")
    act(database, cast.ada, begun, "CompleteStep", visit="step_0#1", answers=FINE)
    for order, reason in ((paused, "break"), (again, "other_job")):
        act(database, cast.ada, order, "PauseStep", visit="step_0#1", reason=reason, note=None)
    begins = utc_now()
    both = []
    for minutes in (0, 61, 241, 24 * 60 + 1):
        now = begins + dt.timedelta(minutes=minutes)
        monkeypatch.setattr("mendloop.notices.adapters.orders.utc_now", lambda now=now: now)
        with session_for(database, cast.sue) as session:
            waiting = everything_waiting(session, cast.sue)
        still = {each.subject for each in waiting if each.kind in ("order_standing", "order_untouched")}
        cards = look(database, cast, now)
        assert still == {order for order, item in cards.items() if "standing" in item.risks}, minutes
        both.append(still)
    assert both == [set(), {begun, paused}, {begun, paused, again}, {fresh, begun, paused, again}]


def test_parts_that_lack_entries_parked_and_explanations_are_marked(
    database: Database, cast: Cast, visit: Visit
) -> None:
    shop = put_up(database, cast)
    lacking = [shop.open_order(cast.ada) for _ in range(11)]
    order, plain = lacking[0], open_straight_orders(database, cast.sue, 2, 1)[0]
    marks = [item.risks for id_, item in look(database, cast).items() if id_ in lacking]
    assert frozenset({"parts"}) in marks
    assert look(database, cast)[plain].risks == frozenset()
    with session_for(database, cast.sue) as session:
        run_write(session, lambda: issue_parts(session, cast.stan, order, [Asked(BEARING, 1000)], new_id()))
        said = (Asked(BEARING, None), "lost", "")
        run_write(session, lambda: explain_part(session, cast.sue, order, *said, new_id()))
    ada = Phone(visit(cast.ada))
    ada.send(ada.make("CompleteStep", order, visit="measure#1", answers={"runout": {"value": 1}}))
    card = look(database, cast)[order]
    assert {"explanation", "parked"} <= card.risks
    assert card.lane == "check"
    assert f'id="o-{order}"' in visit(cast.sue).get("/board?risk=parked").text
