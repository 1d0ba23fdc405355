"""One's own account: a new password for the old one, and signing out everywhere."""

from collections.abc import Callable
from typing import Any

import pytest
from mendloop.accounts.models import SignInDelay
from mendloop.clock import utc_now
from mendloop.database import Database, open_session, write_transaction
from mendloop.testing.cast import PASSWORD, Cast
from mendloop.testing.visitor import Visitor
from sqlalchemy import update
from werkzeug.test import TestResponse

Visit = Callable[..., Visitor]
NEW = "rain on a tin roof"


def change(visitor: Visitor, address: str = "10.0.0.1", **given: str) -> TestResponse:
    form = {"current": PASSWORD, "new": NEW, "repeated": given.get("new", NEW), **given}
    return visitor.submit("/account/password", form, environ_base={"REMOTE_ADDR": address})


def sign_in(visitor: Visitor, password: str, name: str = "ada", address: str = "10.0.0.9") -> int:
    page = visitor.get("/sign-in").text
    visitor.csrf_token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    data = {"sign_in_name": name, "password": password}
    return visitor.submit("/sign-in", data, environ_base={"REMOTE_ADDR": address}).status_code


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/api/v1/session").status_code == 200


@pytest.mark.parametrize("name", ["olive", "sue", "dee", "ada", "stan", "vera"])
def test_everybody_finds_their_account_in_the_menu(visit: Visit, cast: Cast, name: str) -> None:
    page = visit(getattr(cast, name)).get("/account").text
    assert f"<code>{name}</code>" in page
    assert 'href="/account"' in page


def test_the_new_password_counts_and_the_old_one_no_longer(visit: Visit, cast: Cast) -> None:
    assert change(visit(cast.ada)).location == "/account"
    assert sign_in(visit(), PASSWORD) == 401
    assert sign_in(visit(), NEW) == 302


def test_the_other_sessions_end_and_this_one_goes_on_under_a_new_token(visit: Visit, cast: Cast) -> None:
    desk, phone, colleague = visit(cast.ada), visit(cast.ada), visit(cast.bo)
    before = desk.client.get_cookie("mendloop")
    change(desk)
    assert (is_in(desk), is_in(phone), is_in(colleague)) == (True, False, True)
    thief = visit()
    assert before
    thief.client.set_cookie("mendloop", before.value)
    assert not is_in(thief)
    assert "Your password is changed" in desk.get("/account").text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"current": "not it"}, ["This is not your present password."]),
        ({"new": "short"}, ["A password has at least 8 characters."]),
        ({"new": PASSWORD}, ["This is the password you have now."]),
        ({"repeated": "rain on a tin rooof"}, ["The two entries differ."]),
        ({"current": "x", "new": "short", "repeated": "y"}, ["not your present", "at least 8", "two entries differ"]),
    ],
)
def test_all_that_is_wrong_is_said_at_once_and_nothing_changes(
    visit: Visit, cast: Cast, given: dict[str, str], words: list[str]
) -> None:
    ada, phone = visit(cast.ada), visit(cast.ada)
    answer = change(ada, **given)
    assert answer.status_code == 422
    assert [each for each in words if each not in answer.text] == []
    assert is_in(phone)
    assert sign_in(visit(), PASSWORD) == 302


def test_the_sign_in_name_is_no_password(visit: Visit, cast: Cast) -> None:
    data = {"name": "Ada", "sign_in_name": "ada@example.org", "language": "en", "roles": ["engineer"], "active": "y"}
    visit(cast.olive).submit(f"/people/{cast.ada.person_id}", data)
    assert "The sign-in name is no password." in change(visit(cast.ada), new="Ada@Example.org").text


def test_no_entry_comes_back_in_the_page(visit: Visit, cast: Cast) -> None:
    page = change(visit(cast.ada), current="secret guess", new="short").text
    assert "secret guess" not in page
    assert 'value="short"' not in page


def test_guessing_the_old_password_is_slowed_down_as_at_sign_in(visit: Visit, cast: Cast, database: Database) -> None:
    ada = visit(cast.ada)
    statuses = [change(ada, current=f"guess {number}").status_code for number in range(6)]
    assert statuses == [422] * 5 + [429]
    waits = change(ada)
    assert waits.status_code == 429
    assert "seconds" in waits.text
    assert change(ada, address="10.0.0.2").status_code == 302
    with open_session(database) as session, write_transaction(session):
        session.execute(update(SignInDelay).values(wait_until=utc_now()))
    assert change(ada, current=NEW, new=PASSWORD).status_code == 302


def test_signing_out_everywhere_ends_every_session_of_the_person_only(visit: Visit, cast: Cast) -> None:
    desk, phone, colleague = visit(cast.ada), visit(cast.ada), visit(cast.bo)
    assert "on 2 devices" in desk.get("/account").text
    answer: Any = desk.submit("/account/sign-out-everywhere")
    assert answer.location == "/sign-in"
    assert "You are signed out on all devices." in desk.get("/sign-in").text
    assert (is_in(desk), is_in(phone), is_in(colleague)) == (False, False, True)
    assert sign_in(visit(), PASSWORD) == 302
