"""What waits is told to those who can deal with it, and to nobody else; dealt with, it is gone."""

import datetime as dt
import html
import re
import threading
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from flask import Flask
from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import Database, run_write, session_for
from mendloop.edge.access import allow
from mendloop.notices import services
from mendloop.notices.inbox import inbox_of
from mendloop.notices.models import NoticeMark, NoticeTaking
from mendloop.notices.services import everything_waiting
from mendloop.problems import Conflict
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import Phone, Workshop, finish_repair, inspect, put_up, work_to_repair
from mendloop.testing.visitor import Visitor
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.services import assign_work_order, cancel_work_order
from sqlalchemy import update
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.sue) as opened:
        yield opened


@pytest.fixture
def ada(visit: Visit, cast: Cast, workshop: Workshop) -> Phone:
    return Phone(visit(cast.ada))


@pytest.fixture
def sue(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.sue)


def kinds(database: Database, actor: Actor) -> list[str]:
    with session_for(database, actor) as session:
        return [each.kind for each in everything_waiting(session, actor)]


def is_due(session: Session, order: str, minutes: int) -> None:
    """The order's time is over in so many minutes."""
    own = WorkOrder.organisation_id == session.info["mendloop_organisation"]
    when = utc_now() + dt.timedelta(minutes=minutes)
    run_write(session, lambda: session.execute(update(WorkOrder).where(own, WorkOrder.id == order).values(due_at=when)))


def words(page: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def test_an_overdue_order_waits_for_the_supervisor_and_for_whoever_has_it(
    database: Database, session: Session, workshop: Workshop, cast: Cast
) -> None:
    order = workshop.open_order(cast.ada)
    is_due(session, order, -30)
    assert kinds(database, cast.sue) == ["order_overdue"] == kinds(database, cast.olive)
    assert kinds(database, cast.ada) == ["my_due", "my_new"]
    assert [kinds(database, other) for other in (cast.bo, cast.dee, cast.stan, cast.vera, cast.cy)] == [[]] * 5


def test_what_is_due_soon_becomes_overdue_and_is_gone_with_the_order(
    database: Database, session: Session, workshop: Workshop, cast: Cast
) -> None:
    order = workshop.open_order()
    is_due(session, order, 60)
    assert kinds(database, cast.sue) == ["order_due_soon"]
    is_due(session, order, -1)
    assert kinds(database, cast.sue) == ["order_overdue"]
    run_write(session, lambda: cancel_work_order(session, cast.sue, order, "by mistake"))
    assert kinds(database, cast.sue) == []


def test_work_that_nobody_is_at_stands_still_and_work_under_way_does_not(
    database: Database, session: Session, workshop: Workshop, ada: Phone, cast: Cast
) -> None:
    order = workshop.open_order(cast.ada)
    ada.do("StartStep", order, visit="isolate#1")
    long_ago(session, order, hours=100)
    assert kinds(database, cast.sue) == []
    ada.do("PauseStep", order, visit="isolate#1", reason="waiting_parts")
    assert kinds(database, cast.sue) == []
    long_ago(session, order, hours=47)
    assert kinds(database, cast.sue) == [], "parts may take two days"
    long_ago(session, order, hours=2)
    assert kinds(database, cast.sue) == ["order_standing"]


def long_ago(session: Session, order: str, hours: int) -> None:
    """What stands in the order has stood for so much longer."""
    row = session.get_one(WorkOrder, (session.info["mendloop_organisation"], order), populate_existing=True)
    state = re.sub(r'"since":"([^"]+)"', lambda found: f'"since":"{earlier(found[1], hours)}"', row.state)
    session.rollback()
    own = (WorkOrder.organisation_id == session.info["mendloop_organisation"], WorkOrder.id == order)
    run_write(session, lambda: session.execute(update(WorkOrder).where(*own).values(state=state)))


def earlier(text: str, hours: int) -> str:
    moved = dt.datetime.fromisoformat(text) - dt.timedelta(hours=hours)
    return moved.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_an_order_that_nobody_begins_waits_after_a_day(
    database: Database, session: Session, workshop: Workshop, cast: Cast
) -> None:
    order = workshop.open_order()
    own = (WorkOrder.organisation_id == cast.sue.organisation_id, WorkOrder.id == order)
    before = utc_now() - dt.timedelta(hours=25)
    assert kinds(database, cast.sue) == []
    run_write(session, lambda: session.execute(update(WorkOrder).where(*own).values(created_at=before)))
    assert kinds(database, cast.sue) == ["order_untouched"]


def test_an_engineer_is_told_of_new_work_of_work_sent_back_and_of_a_step_that_waits_for_her_skill(
    database: Database, visit: Visit, workshop: Workshop, ada: Phone, cast: Cast
) -> None:
    order, ivy = workshop.open_order(cast.ada), Phone(visit(cast.ivy))
    assert kinds(database, cast.ada) == ["my_new"]
    assert kinds(database, cast.bo) == []
    work_to_repair(ada, order)
    assert kinds(database, cast.ada) == []
    finish_repair(ada, order)
    assert kinds(database, cast.ivy) == ["step_handed_on"]
    assert kinds(database, cast.ada) == []
    inspect(ivy, order, "inspect#1", "rejected")
    assert kinds(database, cast.ada) == ["step_sent_back"]
    assert [kinds(database, other) for other in (cast.ivy, cast.bo)] == [[], []]
    ada.do("StartStep", order, visit="repair#2")
    assert kinds(database, cast.ada) == []


def test_parked_entries_wait_for_who_settles_them_one_line_for_an_order(
    database: Database, workshop: Workshop, ada: Phone, sue: Visitor, cast: Cast
) -> None:
    order = workshop.open_order(cast.ada)
    for runout in (0.1, 0.2):
        answers = {"runout": {"value": runout}}
        ada.send(ada.make("CompleteStep", order, visit="measure#1", answers=answers))
    assert kinds(database, cast.sue) == ["parked"]
    page = words(sue.get("/inbox").text)
    assert "2 entries could not be applied" in page
    assert [kinds(database, other) for other in (cast.vera, cast.stan)] == [[], []]


def test_every_link_leads_to_where_its_reader_may_deal_with_it(
    database: Database, session: Session, visit: Visit, workshop: Workshop, ada: Phone, cast: Cast
) -> None:
    order = workshop.open_order(cast.ada)
    is_due(session, order, -30)
    ada.send(ada.make("CompleteStep", order, visit="measure#1", answers={"runout": {"value": 1}}))
    handed_on = workshop.open_order(cast.ada)
    work_to_repair(ada, handed_on)
    finish_repair(ada, handed_on)
    for actor in (cast.sue, cast.olive, cast.ada, cast.ivy):
        reader = visit(actor)
        with session_for(database, actor) as own:
            lines = everything_waiting(own, actor)
        assert lines
        for line in lines:
            answer = reader.get(f"/inbox/open/{quote(line.id)}")
            assert answer.location == line.path
            assert reader.get(answer.location).status_code == 200


def test_opening_what_waits_marks_it_as_seen_and_what_waits_no_more_says_so(
    database: Database, workshop: Workshop, sue: Visitor, session: Session, cast: Cast
) -> None:
    order = workshop.open_order()
    is_due(session, order, -30)
    notice = f"order_overdue:{order}"
    assert "1 is new" in words(sue.get("/inbox").text)
    assert sue.get(f"/inbox/open/{notice}").status_code == 302
    assert "is new" not in words(sue.get("/inbox").text)
    run_write(session, lambda: cancel_work_order(session, cast.sue, order, "by mistake"))
    page = words(sue.get(f"/inbox/open/{notice}", follow_redirects=True).text)
    assert "dealt with already" in page
    assert "All is well" in page


def test_nobody_opens_what_waits_in_another_organisation(
    visit: Visit, workshop: Workshop, session: Session, cast: Cast
) -> None:
    order = workshop.open_order()
    is_due(session, order, -30)
    cy = visit(cast.cy)
    assert cy.get(f"/inbox/open/order_overdue:{order}").location == "/inbox"
    for act in ("take", "later", "give-back", "back"):
        answer = cy.submit(f"/inbox/{act}", {"notice": f"order_overdue:{order}", "until": "hour"})
        assert answer.location == "/inbox"
    assert cy.get(f"/inbox/later?notice=order_overdue:{order}").status_code == 404


def test_what_is_put_off_is_out_of_sight_for_one_person_until_then(
    database: Database, visit: Visit, workshop: Workshop, sue: Visitor, session: Session, cast: Cast
) -> None:
    order = workshop.open_order()
    is_due(session, order, -30)
    notice = f"order_overdue:{order}"
    assert sue.submit("/inbox/later", {"notice": notice, "until": "tomorrow"}).status_code == 302
    assert "All is well" in words(sue.get("/inbox").text)
    assert "was due" in words(sue.get("/inbox?show=later").text)
    assert "was due" in words(visit(cast.olive).get("/inbox").text)
    own = (NoticeMark.organisation_id == cast.sue.organisation_id, NoticeMark.notice == notice)
    over = utc_now() - dt.timedelta(seconds=1)
    run_write(session, lambda: session.execute(update(NoticeMark).where(*own).values(later_until=over)))
    assert "was due" in words(sue.get("/inbox").text)


def test_what_is_put_off_comes_back_at_once_when_asked_for_and_never_lies_in_the_past(
    workshop: Workshop, sue: Visitor, session: Session
) -> None:
    order = workshop.open_order()
    is_due(session, order, -30)
    notice = f"order_overdue:{order}"
    for until in ("2020-01-01T08:00", "2099-01-01T08:00", "soon", ""):
        assert sue.submit("/inbox/later", {"notice": notice, "until": until}).status_code == 422
    sue.submit("/inbox/later", {"notice": notice, "until": "week"})
    sue.submit("/inbox/back", {"notice": notice})
    assert "was due" in words(sue.get("/inbox").text)


def test_of_two_supervisors_who_take_the_same_the_second_is_told_of_the_first(
    visit: Visit, workshop: Workshop, sue: Visitor, session: Session, cast: Cast
) -> None:
    order = workshop.open_order()
    is_due(session, order, -30)
    given, olive = {"notice": f"order_overdue:{order}"}, visit(cast.olive)
    assert sue.submit("/inbox/take", given).status_code == 302
    second = olive.submit("/inbox/take", given)
    assert second.status_code == 409
    assert "Sue is at it already" in words(second.text)
    assert "Sue is at it" in words(olive.get("/inbox?show=taken").text)
    assert "You are at it" in words(sue.get("/inbox").text)
    assert olive.submit("/inbox/take", {**given, "instead_of": cast.sue.person_id}).status_code == 302
    assert sue.submit("/inbox/take", {**given, "instead_of": cast.sue.person_id}).status_code == 409
    olive.submit("/inbox/give-back", given)
    assert "was due" in words(sue.get("/inbox").text)


def test_of_many_who_take_the_same_at_the_same_moment_one_has_it(
    database: Database, workshop: Workshop, session: Session, cast: Cast
) -> None:
    order = workshop.open_order()
    is_due(session, order, -30)
    people, outcomes = [cast.sue, cast.olive] * 4, list[str]()
    start = threading.Barrier(len(people))

    def try_to_take(actor: Actor) -> None:
        with session_for(database, actor) as own:
            start.wait()
            try:
                run_write(own, lambda: services.take(own, actor, f"order_overdue:{order}"))
            except Conflict:
                outcomes.append("")
            else:
                outcomes.append(actor.name)

    threads = [threading.Thread(target=try_to_take, args=(actor,)) for actor in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == len(people)
    assert len({name for name in outcomes if name}) == 1


def test_what_was_said_about_it_falls_away_when_it_begins_anew(
    database: Database, workshop: Workshop, sue: Visitor, session: Session, cast: Cast
) -> None:
    order = workshop.open_order()
    is_due(session, order, -30)
    given = {"notice": f"order_overdue:{order}"}
    sue.submit("/inbox/take", given)
    sue.submit("/inbox/later", {**given, "until": "hour"})
    earlier = utc_now() - dt.timedelta(hours=1)
    mine = NoticeMark.organisation_id == cast.sue.organisation_id
    ours = NoticeTaking.organisation_id == cast.sue.organisation_id
    run_write(session, lambda: session.execute(update(NoticeMark).where(mine).values(marked_at=earlier)))
    run_write(session, lambda: session.execute(update(NoticeTaking).where(ours).values(taken_at=earlier)))
    with session_for(database, cast.sue) as own:
        (line,) = inbox_of(own, cast.sue)
    assert (line.state, line.is_new, line.taken_by) == (services.WAITS, True, None)


def test_the_number_beside_the_navigation_counts_what_waits_now(
    database: Database, visit: Visit, workshop: Workshop, session: Session, cast: Cast
) -> None:
    for minutes in (-30, -20, -10):
        is_due(session, workshop.open_order(), minutes)
    assert badge(visit(cast.sue).get("/inbox").text) == "Inbox 3 3 things wait for you"
    assert badge(visit(cast.vera).get("/orders/").text) == "Inbox"
    assert badge(visit(cast.cy).get("/orders/").text) == "Inbox"


def badge(page: str) -> str:
    """What stands beside the inbox in the navigation."""
    found = re.search(r'<a href="/inbox".*?</a>', page, re.DOTALL)
    assert found is not None
    return words(found[0])


def test_a_page_that_fails_says_so_although_nobody_can_be_counted_for(
    app: Flask, visit: Visit, workshop: Workshop, session: Session, cast: Cast
) -> None:
    def fail() -> str:
        raise RuntimeError

    app.add_url_rule("/failing", "failing", allow()(fail))
    is_due(session, workshop.open_order(), -30)
    sue = visit(cast.sue)
    sue.get("/inbox")
    assert "Inbox" in words(sue.get("/failing").text)


def test_the_address_keeps_what_is_shown(workshop: Workshop, sue: Visitor, session: Session) -> None:
    late, soon = workshop.open_order(asset="LATE-1"), workshop.open_order(asset="SOON-1")
    is_due(session, late, -30)
    is_due(session, soon, 60)
    shown = {address: words(sue.get(f"/inbox{address}").text) for address in ("?urgency=now", "?kind=order_due_soon")}
    assert "LATE-1" in shown["?urgency=now"]
    assert "SOON-1" not in shown["?urgency=now"]
    assert "SOON-1" in shown["?kind=order_due_soon"]
    assert "LATE-1" not in shown["?kind=order_due_soon"]
    answer = sue.submit("/inbox/seen?urgency=now")
    assert answer.location == "/inbox?urgency=now"
    assert "LATE-1" not in words(sue.get("/inbox?new=1").text)
    assert "SOON-1" in words(sue.get("/inbox?new=1").text)


def test_a_page_that_is_open_learns_only_of_changes(workshop: Workshop, sue: Visitor, session: Session) -> None:
    first = sue.get("/inbox/live")
    assert sue.get("/inbox/live", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    is_due(session, workshop.open_order(), -30)
    sue.get("/inbox")
    changed = sue.get("/inbox/live", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "was due" in words(changed.text)


def test_an_order_that_was_given_to_somebody_else_waits_for_them(
    database: Database, session: Session, workshop: Workshop, cast: Cast
) -> None:
    order = workshop.open_order(cast.ada)
    run_write(session, lambda: assign_work_order(session, cast.sue, order, cast.bo.person_id))
    assert kinds(database, cast.ada) == []
    assert kinds(database, cast.bo) == ["my_new"]


def test_all_words_are_there_in_both_languages_for_every_kind() -> None:
    from mendloop.notices.sources import all_sources  # noqa: PLC0415 - after everything has registered itself
    from mendloop.words import LANGUAGES, catalogue  # noqa: PLC0415 - as above

    wanted = [f"notice_{part}.{source.key}" for source in all_sources() for part in ("kind", "line", "do")]
    missing = [
        f"{language}: {key}"
        for language in LANGUAGES
        for key in wanted
        if key not in catalogue(language) and f"{key}.other" not in catalogue(language)
    ]
    assert missing == []
