"""People say themselves where and of what they are told; the owner sees how the mail server is."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from mendloop.app import create_app
from mendloop.config import Config
from mendloop.database import Database, session_for
from mendloop.notices import preferences
from mendloop.notices.mail.smtp import NAME
from mendloop.testing.cast import Cast
from mendloop.testing.mail_mill import Mill, put_up_mill, text_of, with_mail
from mendloop.testing.post_office import CONNECTION, PostOffice, post_office
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]


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
