"""Signing in and out."""

import re
from collections.abc import Callable

import pytest
from mendloop.accounts.models import BrowserSession, SignInDelay
from mendloop.clock import utc_now
from mendloop.database import Database, open_session, write_transaction
from mendloop.testing.cast import PASSWORD, Cast
from mendloop.testing.visitor import Visitor
from sqlalchemy import func, select, update

Visit = Callable[..., Visitor]


def token_on(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def try_password(visitor: Visitor, password: str, name: str = "ada", address: str = "10.0.0.1") -> int:
    visitor.csrf_token = token_on(visitor.get("/sign-in").text)
    data = {"sign_in_name": name, "password": password}
    return visitor.submit("/sign-in", data, environ_base={"REMOTE_ADDR": address}).status_code


def let_time_pass(database: Database) -> None:
    with open_session(database) as session, write_transaction(session):
        session.execute(update(SignInDelay).values(wait_until=utc_now()))


def test_the_right_password_opens_the_persons_own_page(visit: Visit) -> None:
    stranger = visit()
    assert try_password(stranger, PASSWORD) == 302
    assert stranger.get("/api/v1/session").json["name"] == "Ada"  # type: ignore[index]


def test_sign_in_names_are_the_same_in_capitals(visit: Visit) -> None:
    assert try_password(visit(), PASSWORD, name=" ADA ") == 302


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(visit: Visit) -> None:
    stranger = visit()
    assert try_password(stranger, "wrong password") == 401
    assert try_password(stranger, "wrong password", name="nobody") == 401


def test_the_session_gets_a_new_token_at_sign_in(visit: Visit) -> None:
    stranger = visit()
    stranger.get("/sign-in")
    before = stranger.client.get_cookie("mendloop")
    try_password(stranger, PASSWORD)
    after = stranger.client.get_cookie("mendloop")
    assert before
    assert after
    assert before.value != after.value
    assert after.http_only
    assert after.same_site == "Lax"


def test_the_old_token_is_worth_nothing_after_sign_in(visit: Visit) -> None:
    stranger = visit()
    stranger.get("/sign-in")
    before = stranger.client.get_cookie("mendloop")
    try_password(stranger, PASSWORD)
    thief = visit()
    assert before
    thief.client.set_cookie("mendloop", before.value)
    assert thief.get("/api/v1/session").status_code == 401


def test_signing_out_ends_the_session_on_the_server(visit: Visit, cast: Cast, database: Database) -> None:
    ada = visit(cast.ada)
    cookie = ada.client.get_cookie("mendloop")
    ada.submit("/sign-out")
    thief = visit()
    assert cookie
    thief.client.set_cookie("mendloop", cookie.value)
    assert thief.get("/api/v1/session").status_code == 401
    with open_session(database) as session:
        signed_in = select(func.count()).where(BrowserSession.person_id == cast.ada.person_id)
        assert session.execute(signed_in).scalar() == 0


def test_many_wrong_passwords_make_one_wait_and_the_right_one_works_after_it(visit: Visit, database: Database) -> None:
    stranger = visit()
    answers = [try_password(stranger, "wrong password") for _ in range(6)]
    assert answers == [401, 401, 401, 401, 401, 429]
    let_time_pass(database)
    assert try_password(stranger, PASSWORD) == 302


def test_a_guesser_elsewhere_does_not_keep_the_real_person_out(visit: Visit) -> None:
    guesser = visit()
    for _ in range(6):
        try_password(guesser, "wrong password", address="203.0.113.9")
    assert try_password(visit(), PASSWORD, address="10.0.0.1") == 302


def test_one_colleagues_mistakes_do_not_slow_down_the_fleet_behind_the_same_address(visit: Visit) -> None:
    clumsy = visit()
    for _ in range(6):
        try_password(clumsy, "wrong password")
    assert try_password(visit(), PASSWORD, name="bo") == 302


@pytest.mark.parametrize("target", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "x"])
def test_after_sign_in_nobody_is_sent_to_another_host(visit: Visit, target: str) -> None:
    stranger = visit()
    stranger.csrf_token = token_on(stranger.get("/sign-in").text)
    data = {"sign_in_name": "ada", "password": PASSWORD}
    assert stranger.submit(f"/sign-in?next={target}", data).location == "/"


def test_after_sign_in_one_is_where_one_wanted_to_be(visit: Visit) -> None:
    stranger = visit()
    asked = stranger.get("/people/?page=2")
    assert asked.status_code == 302
    stranger.csrf_token = token_on(stranger.get(asked.location).text)
    answer = stranger.submit(asked.location, {"sign_in_name": "olive", "password": PASSWORD})
    assert answer.location == "/people/?page=2"


def test_without_a_token_the_form_is_refused(visit: Visit) -> None:
    answer = visit().client.post("/sign-in", data={"sign_in_name": "ada", "password": PASSWORD})
    assert answer.status_code == 400


def test_over_https_the_cookie_is_bound_to_the_host(visit: Visit) -> None:
    stranger = visit()
    stranger.app.config["SESSION_COOKIE_SECURE"] = True
    answer = stranger.get("/sign-in", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-mendloop=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_demo_accounts_are_not_shown_where_no_demo_was_loaded(visit: Visit) -> None:
    assert "demo-mendloop" not in visit().get("/sign-in").text


def test_a_stranger_can_choose_the_language(visit: Visit) -> None:
    stranger = visit()
    stranger.csrf_token = token_on(stranger.get("/sign-in", headers={"Accept-Language": "en-GB"}).text)
    stranger.submit("/language", {"language": "zh-CN", "next": "/sign-in"})
    assert '<html lang="zh-CN">' in stranger.get("/sign-in", headers={"Accept-Language": "en-GB"}).text
