"""People are told by mail what they chose to be told: once, also when a mail server or a process dies half-way."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage

import pytest
from click.testing import CliRunner
from flask import Flask
from mendloop.accounts.actor import Actor
from mendloop.app import create_app
from mendloop.cli import main
from mendloop.clock import utc_now
from mendloop.config import Config, MailServer
from mendloop.database import Database, run_write, session_for
from mendloop.notices import collecting, preferences
from mendloop.notices.health import health_of
from mendloop.notices.mail.smtp import NAME, Email, letter_of
from mendloop.notices.models import NoticeAddress, NoticeMessage, NoticeSender, NoticeTold
from mendloop.notices.outbox import SENT
from mendloop.notices.sending import LEASE, Sender
from mendloop.notices.services import Message, NotNow, Refused
from mendloop.testing.cast import Cast
from mendloop.testing.post_office import ADDRESS, CONNECTION, LETTER, SENDER, PostOffice, post_office
from mendloop.testing.pump_shop import Workshop, put_up
from mendloop.testing.visitor import Visitor
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.services import cancel_work_order
from sqlalchemy import select, update
from sqlalchemy.orm import Session

ALWAYS = "00:00"
HELLO = Message("01900000-0000-7000-8000-000000000001", "sue@mill.example", "zh-CN", "轴承到货", "已到", "<p>已到</p>")


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


@pytest.fixture
def mail(config: Config, office: PostOffice) -> Config:
    """Settings with a mail server."""
    server = MailServer("127.0.0.1", "mendloop@mill.example", office.port, "none")
    return replace(config, mail=server, public_url="https://mill.example")


@dataclass(frozen=True)
class Mill:
    """The workshop, with somebody who is told by mail."""

    database: Database
    config: Config
    cast: Cast
    workshop: Workshop

    def wish(self, actor: Actor, **modes: str) -> None:
        """The actor is told at a confirmed address."""
        with session_for(self.database, actor) as session:
            run_write(session, lambda: self._confirmed(session, actor, modes))

    def _confirmed(self, session: Session, actor: Actor, modes: dict[str, str]) -> None:
        address = f"{actor.name.lower()}@mill.example"
        preferences.wish(session, actor, NAME, address, ALWAYS, modes)
        preferences.confirm(session, actor, NAME, address)

    def overdue(self, minutes: int = 30) -> str:
        """An order that should have been done so many minutes ago."""
        order, sue = self.workshop.open_order(), self.cast.sue
        own = (WorkOrder.organisation_id == sue.organisation_id, WorkOrder.id == order)
        due = utc_now() - dt.timedelta(minutes=minutes)
        with session_for(self.database, sue) as session:
            run_write(session, lambda: session.execute(update(WorkOrder).where(*own).values(due_at=due)))
        return order

    def cancel(self, order: str) -> None:
        with session_for(self.database, self.cast.sue) as session:
            run_write(session, lambda: cancel_work_order(session, self.cast.sue, order, "by mistake"))

    def sender(self) -> Sender:
        """A process that sends."""
        assert self.config.mail is not None
        return Sender(self.database, self.config, Email(self.config.mail))

    def send(self) -> int:
        """One round of a process, with fresh eyes."""
        collecting._shelves.clear()
        return self.sender().run()

    def later(self, **passed: float) -> None:
        """So much time goes by for all that is sent and tried again."""
        ago = dt.timedelta(**passed)
        with session_for(self.database, self.cast.sue) as session:
            run_write(session, lambda: self._age(session, ago))

    def _age(self, session: Session, ago: dt.timedelta) -> None:
        own = NoticeMessage.organisation_id == self.cast.sue.organisation_id
        for row in session.execute(select(NoticeMessage).where(own)).scalars():
            row.made_at, row.try_at = row.made_at - ago, row.try_at - ago
            row.sent_at = row.sent_at - ago if row.sent_at else None
        for sender in session.execute(select(NoticeSender)).scalars():
            sender.try_at = sender.try_at - ago if sender.try_at else None
            sender.held_until = sender.held_until - ago if sender.held_until else None

    def messages(self) -> list[NoticeMessage]:
        own = NoticeMessage.organisation_id == self.cast.sue.organisation_id
        with session_for(self.database, self.cast.sue) as session:
            return list(session.execute(select(NoticeMessage).where(own).order_by(NoticeMessage.made_at)).scalars())


@pytest.fixture
def mill(database: Database, mail: Config, cast: Cast) -> Mill:
    """Sue is told of overdue orders at once, once the organisation has switched mail on."""
    made = Mill(database, mail, cast, put_up(database, cast))
    with session_for(database, cast.olive) as session:
        run_write(session, lambda: preferences.switch(session, cast.olive, on=True))
    made.wish(cast.sue, order_overdue="at_once", order_due_soon="never")
    return made


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_what_waits_is_told_once_in_the_persons_language_with_a_link(mill: Mill, office: PostOffice) -> None:
    order = mill.overdue()
    assert mill.send() == 1
    ((to, letter),) = office.letters
    assert to == "sue@mill.example"
    assert "was due" in letter["Subject"]
    assert f"https://mill.example/inbox/open/order_overdue:{order}" in text_of(letter)
    assert letter["Message-ID"] == f"<{mill.messages()[0].id}@mill.example>"
    mill.later(hours=1)
    assert [mill.send() for _ in range(3)] == [0, 0, 0]


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


def test_letters_are_plain_ascii_on_the_wire_and_chinese_for_their_reader(mail: Config, office: PostOffice) -> None:
    assert mail.mail is not None
    Email(mail.mail).deliver(HELLO)
    ((_, body),) = office.taken
    assert body.isascii()
    ((_, letter),) = office.letters
    assert (letter["Subject"], text_of(letter).strip()) == ("轴承到货", "已到")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_body(("html",)) is not None


@pytest.mark.parametrize(
    ("says", "failure", "alone"),
    [
        ({CONNECTION: "554 go away"}, NotNow, False),
        ({SENDER: "530 5.7.0 authentication required"}, NotNow, False),
        ({ADDRESS: "421 closing"}, NotNow, False),
        ({ADDRESS: "452 4.2.2 mailbox full"}, NotNow, True),
        ({ADDRESS: "550 5.1.1 unknown"}, Refused, None),
        ({LETTER: "451 try later"}, NotNow, True),
        ({LETTER: "554 5.7.1 looks like spam"}, Refused, None),
    ],
)
def test_what_a_server_says_is_told_apart(
    mail: Config, office: PostOffice, says: dict[str, str], failure: type[Exception], alone: bool | None
) -> None:
    assert mail.mail is not None
    office.says = says
    with pytest.raises(failure) as caught:
        Email(mail.mail).deliver(HELLO)
    assert next(iter(says.values())) in str(caught.value)
    assert getattr(caught.value, "alone", None) == alone


def test_settings_come_from_the_environment_and_the_password_is_shown_nowhere() -> None:
    given = {
        "MENDLOOP_SMTP_HOST": "mail.example",
        "MENDLOOP_SMTP_FROM": "us@mill.example",
        "MENDLOOP_SMTP_USER": "us",
        "MENDLOOP_SMTP_PASSWORD": "very secret",
    }
    config = Config.from_environment(given)
    assert config.mail is not None
    assert (config.mail.port, config.mail.security) == (587, "starttls")
    assert "very secret" not in repr(config)
    assert Config.from_environment({}).mail is None
    for wrong in ({"MENDLOOP_SMTP_SECURITY": "none"}, {"MENDLOOP_SMTP_FROM": ""}, {"MENDLOOP_SMTP_SECURITY": "tls9"}):
        with pytest.raises(ValueError, match="MENDLOOP_SMTP"):
            MailServer.from_environment({**given, **wrong})


def test_a_subject_cannot_bring_headers_of_its_own(mail: Config) -> None:
    assert mail.mail is not None
    with pytest.raises(ValueError, match=r"linefeed|newline"):
        letter_of(replace(HELLO, subject="Hello\r\nBcc: cy@elsewhere.example"), mail.mail)


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


Visit = Callable[..., Visitor]


@pytest.fixture
def app(mail: Config, database: Database) -> Flask:
    return create_app(mail, database)


def test_an_address_is_told_nothing_before_its_owner_has_opened_the_link_in_a_message(
    mill: Mill, visit: Visit, office: PostOffice, cast: Cast
) -> None:
    mill.overdue()
    olive = visit(cast.olive)
    given = {"address": "olive@mill.example", "daily_at": "07:30", "kind-order_overdue": "at_once"}
    assert olive.submit("/account/notices/email", given).status_code == 302
    assert "not confirmed yet" in olive.get("/account/notices").text
    mill.send()
    letter = next(letter for to, letter in office.letters if to == "olive@mill.example")
    link = re.search(r"https://mill\.example(/account/notices/confirm/\S+)", text_of(letter))
    assert link is not None
    for other in (cast.sue, cast.cy):
        assert visit(other).get(link[1]).status_code == 404
    assert olive.get(f"{link[1]}x").status_code == 404
    assert olive.get(link[1]).status_code == 302
    assert "olive@mill.example is confirmed" in olive.get("/account/notices").text
    mill.later(hours=1)
    mill.send()
    assert [to for to, _ in office.letters].count("olive@mill.example") == 2
    olive.submit("/account/notices/email", {**given, "address": "new@mill.example"})
    assert olive.get(link[1]).status_code == 404


def test_wrong_wishes_are_told_at_their_fields(mill: Mill, visit: Visit, cast: Cast) -> None:
    sue = visit(cast.sue)
    for address in ("sue", "sue@", "a b@mill.example", "sue@mill.example\r\nBcc: x@y.example", "苏@mill.example"):
        answer = sue.submit("/account/notices/email", {"address": address, "daily_at": "07:30"})
        assert answer.status_code == 422
        assert "no e-mail address" in answer.text
    answer = sue.submit("/account/notices/email", {"address": "", "daily_at": "25:00"})
    assert "07:30" in answer.text
    assert sue.submit("/account/notices/wecom", {"address": "", "daily_at": "07:30"}).status_code == 404


def test_a_person_chooses_among_the_kinds_that_their_roles_can_see(mill: Mill, visit: Visit, cast: Cast) -> None:
    page = visit(cast.stan).get("/account/notices").text
    assert "kind-transfer_to_send" in page
    assert "kind-order_overdue" not in page
    visit(cast.stan).submit(
        "/account/notices/email",
        {"address": "", "daily_at": "06:15", "kind-stock_low": "never", "kind-order_overdue": "at_once"},
    )
    with session_for(mill.database, cast.stan) as session:
        wishes = preferences.wishes_of(session, cast.stan, NAME)
    assert wishes.modes["stock_low"] == "never"
    assert "order_overdue" not in wishes.modes
    assert wishes.daily_at == "06:15"


def test_the_owner_sees_the_settings_and_tries_them_and_nobody_sees_the_password(
    mill: Mill, visit: Visit, office: PostOffice, cast: Cast
) -> None:
    mill.wish(cast.olive)
    olive = visit(cast.olive)
    page = olive.get("/organisation/mail").text
    assert f"127.0.0.1:{office.port}" in page
    assert olive.submit("/organisation/mail/trial").status_code == 302
    assert office.letters[0][0] == "olive@mill.example"
    office.says = {CONNECTION: "421 not today"}
    failed = olive.submit("/organisation/mail/trial")
    assert failed.status_code == 502
    assert "421 not today" in failed.text
    assert visit(cast.sue).get("/organisation/mail").status_code == 403


def test_the_owner_switches_it_on_and_off(mill: Mill, visit: Visit, cast: Cast) -> None:
    olive = visit(cast.olive)
    for given, on in (({}, False), ({"on": "y"}, True)):
        olive.submit("/organisation/mail", given)
        with session_for(mill.database, cast.olive) as session:
            assert preferences.is_on(session, cast.olive) is on
