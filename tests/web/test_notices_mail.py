"""People are told by mail what they chose to be told: once, also when a mail server or a process dies half-way."""

import datetime as dt
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from mendloop.accounts.actor import Actor
from mendloop.app import create_app
from mendloop.cli import main
from mendloop.clock import utc_now
from mendloop.config import Config
from mendloop.database import Database, run_write, session_for, write_transaction
from mendloop.notices import preferences
from mendloop.notices.health import health_of
from mendloop.notices.mail.smtp import NAME, Email
from mendloop.notices.models import NoticeAddress, NoticeSender, NoticeTold
from mendloop.notices.outbox import SENT
from mendloop.notices.sending import LEASE
from mendloop.notices.services import Message, everything_waiting
from mendloop.testing.cast import Cast
from mendloop.testing.mail_mill import ALWAYS, Mill, put_up_mill, text_of, with_mail
from mendloop.testing.post_office import ADDRESS, CONNECTION, PostOffice, post_office
from mendloop.testing.visitor import Visitor
from mendloop.work_orders.models import WorkOrder
from sqlalchemy import select, update


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


@pytest.fixture
def mail(config: Config, office: PostOffice) -> Config:
    return with_mail(config, office)


@pytest.fixture
def mill(database: Database, mail: Config, cast: Cast) -> Mill:
    return put_up_mill(database, mail, cast)


def test_what_waits_is_told_once_in_the_persons_language_with_a_link(mill: Mill, office: PostOffice) -> None:
    order = mill.overdue()
    assert mill.send() == 1
    ((to, letter),) = office.letters
    assert to == "sue@mill.example"
    assert "was due" in letter["Subject"]
    assert f"https://mill.example/inbox/open/order_overdue%3A{order}" in text_of(letter)
    assert letter["Message-ID"] == f"<{mill.messages()[0].id}@mill.example>"
    mill.later(hours=1)
    assert [mill.send() for _ in range(3)] == [0, 0, 0]


def test_what_people_wrote_is_text_in_a_letter_and_nothing_else(mill: Mill, office: PostOffice) -> None:
    move_due(mill, mill.workshop.open_order(asset='<img src="https://spy.example">'), -dt.timedelta(minutes=1))
    assert mill.send() == 1
    body = office.letters[0][1].get_body(("html",))
    assert body is not None
    assert "<img" not in body.get_content()
    assert "&lt;img" in body.get_content()


def test_nobody_is_told_who_did_not_ask_or_has_not_confirmed_or_whose_organisation_has_not(
    mill: Mill, office: PostOffice
) -> None:
    mill.overdue()
    with session_for(mill.database, mill.cast.olive) as session:
        address = "olive@mill.example"
        run_write(session, lambda: preferences.wish(session, mill.cast.olive, NAME, address, ALWAYS, {}))
        run_write(session, lambda: preferences.switch(session, mill.cast.olive, on=False))
    assert mill.send() == 0
    with session_for(mill.database, mill.cast.olive) as session:
        run_write(session, lambda: preferences.switch(session, mill.cast.olive, on=True))
    assert mill.send() == 1
    assert [to for to, _ in office.letters] == ["sue@mill.example"]


def test_a_storm_is_one_short_letter(mill: Mill, office: PostOffice) -> None:
    for _ in range(40):
        mill.overdue()
    assert mill.send() == 1
    ((_, letter),) = office.letters
    assert "40 things wait" in letter["Subject"]
    assert "10 more" in text_of(letter)
    assert text_of(letter).count("/inbox/open/") == 30


def test_what_comes_within_minutes_of_a_letter_is_told_together_in_the_next(mill: Mill, office: PostOffice) -> None:
    mill.overdue()
    assert mill.send() == 1
    for _ in range(3):
        mill.overdue()
        assert mill.send() == 0
    mill.later(minutes=6)
    assert mill.send() == 1
    assert "3 things wait" in office.letters[1][1]["Subject"]


def test_a_night_without_a_mail_server_loses_nothing_and_leaves_one_letter_behind(
    mill: Mill, office: PostOffice
) -> None:
    office.close()
    orders = []
    for _ in range(5):
        orders.append(mill.overdue())
        mill.send()
        mill.later(minutes=20)
    assert len(mill.messages()) == 1
    with session_for(mill.database, mill.cast.olive) as session:
        health = health_of(session, mill.cast.olive, NAME)
    assert health.failing_since is not None
    assert "Refused" in health.problem
    mill.cancel(orders[0])
    office.open()
    mill.later(hours=1)
    assert mill.send() == 1
    ((_, letter),) = office.letters
    assert "4 things wait" in letter["Subject"]
    with session_for(mill.database, mill.cast.olive) as session:
        assert health_of(session, mill.cast.olive, NAME).failing_since is None


def test_the_owner_is_told_in_the_inbox_of_a_dead_server_and_of_a_refused_address(
    mill: Mill, office: PostOffice
) -> None:
    olive, sue = mill.cast.olive, mill.cast.sue
    office.says = {CONNECTION: "421 too busy"}
    mill.overdue()
    mill.send()
    assert not mail_matters(mill, olive)
    with session_for(mill.database, olive) as session, write_transaction(session):
        session.get_one(NoticeSender, NAME).failing_since = utc_now() - dt.timedelta(minutes=11)
    assert mail_matters(mill, olive) == ["mail_failing"]
    assert not mail_matters(mill, sue)
    office.says = {ADDRESS: "550 5.1.1 no such user here"}
    mill.later(hours=1)
    mill.send()
    assert mail_matters(mill, olive) == ["mail_refused"], "a server that refuses is there"
    office.says = {}
    mill.wish(sue, order_overdue="at_once")
    mill.later(hours=1)
    assert mill.send() == 1
    assert not mail_matters(mill, olive)


def mail_matters(mill: Mill, actor: Actor) -> list[str]:
    with session_for(mill.database, actor) as session:
        return [each.kind for each in everything_waiting(session, actor) if each.kind.startswith("mail_")]


def test_what_was_dealt_with_before_the_server_came_back_is_not_told(mill: Mill, office: PostOffice) -> None:
    office.close()
    order = mill.overdue()
    mill.send()
    mill.cancel(order)
    office.open()
    mill.later(hours=1)
    assert mill.send() == 0
    assert office.taken == []


def test_a_dead_server_is_left_alone_longer_and_longer(mill: Mill, office: PostOffice) -> None:
    office.says = {CONNECTION: "421 too busy"}
    mill.overdue()
    for _ in range(4):
        mill.send()
    assert office.connections == 1
    for wait in (31, 61, 121):
        mill.later(seconds=wait)
        mill.send()
    assert office.connections == 4
    mill.later(seconds=121)
    mill.send()
    assert office.connections == 4, "four failures: not before four minutes"


def test_a_letter_that_may_have_arrived_is_sent_again_as_the_very_same(mill: Mill, office: PostOffice) -> None:
    office.vanishes = True
    order = mill.overdue()
    assert mill.send() == 0
    office.vanishes = False
    mill.overdue()
    mill.cancel(order)
    mill.later(minutes=20)
    assert mill.send() == 1
    (_, first), (_, second) = office.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert text_of(first) == text_of(second)


def test_a_process_killed_after_the_server_took_the_letter_sends_the_very_same_again(
    mill: Mill, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(self: Email, message: Message) -> None:
        assert taken_before(self, message) is None
        raise Killed

    taken_before = Email.deliver
    mill.overdue()
    monkeypatch.setattr(Email, "deliver", die)
    with pytest.raises(Killed):
        mill.send()
    monkeypatch.undo()
    mill.later(minutes=2)
    assert mill.send() == 1
    assert len({letter["Message-ID"] for _, letter in office.letters}) == 1
    assert [each.state for each in mill.messages()] == [SENT]


def test_a_refused_address_is_kept_shown_and_left_alone_until_somebody_says_it_is_right(
    mill: Mill, office: PostOffice
) -> None:
    office.says = {ADDRESS: "550 5.1.1 no such user here"}
    mill.overdue()
    assert mill.send() == 0
    office.says = {}
    mill.overdue()
    mill.later(hours=1)
    assert mill.send() == 0
    with session_for(mill.database, mill.cast.olive) as session:
        (returned,) = health_of(session, mill.cast.olive, NAME).returned
    assert returned.problem == "550 5.1.1 no such user here"
    mill.wish(mill.cast.sue, order_overdue="at_once")
    assert mill.send() == 1


def test_one_address_that_is_put_off_does_not_hold_up_the_others(mill: Mill, office: PostOffice) -> None:
    mill.wish(mill.cast.olive, order_overdue="at_once")
    office.says = {ADDRESS: "450 4.2.0 greylisted"}
    mill.overdue()
    assert mill.send() == 0
    assert office.connections == 2
    office.says = {}
    mill.later(minutes=1)
    assert mill.send() == 2


def test_a_daily_letter_goes_out_once_a_day_after_its_hour_with_all_that_waits(mill: Mill, office: PostOffice) -> None:
    mill.wish(mill.cast.sue, order_overdue="daily")
    mill.overdue()
    assert mill.send() == 0, "today's hour was over when she chose it"
    days(mill, "2000-01-01")
    mill.overdue()
    assert mill.send() == 1
    assert "2 things wait" in office.letters[0][1]["Subject"]
    mill.overdue()
    mill.later(hours=2)
    assert mill.send() == 0
    days(mill, "2000-01-03")
    assert mill.send() == 0, "the same day is told once, whatever else changes"


def days(mill: Mill, day: str) -> None:
    """Sue's last daily letter was that day's."""
    own = NoticeAddress.organisation_id == mill.cast.sue.organisation_id
    with session_for(mill.database, mill.cast.sue) as session:
        run_write(session, lambda: session.execute(update(NoticeAddress).where(own).values(daily_on=day)))


def test_three_days_without_a_server_leave_one_daily_letter(mill: Mill, office: PostOffice) -> None:
    mill.wish(mill.cast.sue, order_overdue="daily")
    office.close()
    mill.overdue()
    for day in ("2000-01-01", "2000-01-02", "2000-01-03"):
        days(mill, day)
        mill.send()
        mill.later(hours=24)
    assert len(mill.messages()) == 1
    office.open()
    assert mill.send() == 1
    assert len(office.taken) == 1


def test_of_two_processes_only_one_sends_and_the_other_takes_over_when_it_is_gone(
    mill: Mill, office: PostOffice
) -> None:
    first, second = mill.sender(), mill.sender()
    with session_for(mill.database, mill.cast.sue) as session:
        assert first._hold(session)
        assert not second._hold(session)
    mill.overdue()
    assert second.run() == 0
    assert office.taken == []
    mill.later(seconds=LEASE.total_seconds() + 1)
    assert second.run() == 1


def test_what_somebody_has_taken_or_put_off_is_not_told(mill: Mill, office: PostOffice) -> None:
    taken, later = mill.overdue(), mill.overdue()
    app = create_app(mill.config, mill.database)
    Visitor(app, mill.cast.olive).submit("/inbox/take", {"notice": f"order_overdue:{taken}"})
    Visitor(app, mill.cast.sue).submit("/inbox/later", {"notice": f"order_overdue:{later}", "until": "hour"})
    assert mill.send() == 0


def test_what_went_away_and_came_again_is_news(mill: Mill, office: PostOffice) -> None:
    order = mill.overdue()
    assert mill.send() == 1
    move_due(mill, order, dt.timedelta(days=3))
    mill.later(hours=1)
    assert mill.send() == 0
    move_due(mill, order, -dt.timedelta(minutes=1))
    assert mill.send() == 1
    own = NoticeTold.organisation_id == mill.cast.sue.organisation_id
    with session_for(mill.database, mill.cast.sue) as session:
        assert len(session.execute(select(NoticeTold).where(own)).scalars().all()) == 1


def move_due(mill: Mill, order: str, ahead: dt.timedelta) -> None:
    own = (WorkOrder.organisation_id == mill.cast.sue.organisation_id, WorkOrder.id == order)
    with session_for(mill.database, mill.cast.sue) as session:
        values = {"due_at": utc_now() + ahead}
        run_write(session, lambda: session.execute(update(WorkOrder).where(*own).values(values)))


def test_the_command_sends_one_round(mill: Mill, office: PostOffice) -> None:
    mill.overdue()
    environment = {
        "MENDLOOP_DATA": str(mill.config.data_folder),
        "MENDLOOP_DATABASE_URL": mill.config.database_url,
        "MENDLOOP_SMTP_HOST": "127.0.0.1",
        "MENDLOOP_SMTP_PORT": str(office.port),
        "MENDLOOP_SMTP_SECURITY": "none",
        "MENDLOOP_SMTP_FROM": "mendloop@mill.example",
    }
    answer = CliRunner().invoke(main, ["notices", "send"], env=environment)
    assert "1 messages have gone out" in answer.output
    assert len(office.taken) == 1
    assert "inbox/open" not in text_of(office.letters[0][1])
