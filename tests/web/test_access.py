"""Who gets in where: every route, every identity, every method."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from mendloop.accounts.actor import Actor
from mendloop.edge.access import access_of
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from werkzeug.routing import Rule

Visit = Callable[..., Visitor]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NOBODYS_ID = "01900000-0000-7000-8000-000000000000"


def rules(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static")


def path_of(rule: Rule) -> str:
    """The rule's address with every argument filled by an id that nothing has."""
    return re.sub(r"<[^>]+>", NOBODYS_ID, rule.rule)


def test_every_route_declares_who_may_use_it(app: Flask) -> None:
    undeclared = [
        rule.rule for rule in app.url_map.iter_rules() if access_of(app.view_functions[rule.endpoint]) is None
    ]
    assert undeclared == []


def test_a_route_that_declares_nothing_is_refused(app: Flask, visit: Visit, cast: Cast) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert visit(cast.olive).get("/forgotten").status_code == 403


@pytest.mark.parametrize("name", [None, "olive", "sue", "dee", "ada", "ivy", "stan", "vera", "cy"])
def test_no_identity_gets_further_than_declared_or_breaks_anything(
    app: Flask, visit: Visit, cast: Cast, name: str | None
) -> None:
    actor: Actor | None = getattr(cast, name) if name else None
    visitor = visit(actor)
    wrong = [line for rule in rules(app) for method in METHODS if (line := fault(app, visitor, actor, rule, method))]
    assert wrong == []


def fault(app: Flask, visitor: Visitor, actor: Actor | None, rule: Rule, method: str) -> str:
    """Empty when the answer is one that this identity may get."""
    if rule.endpoint in {"sign_in.sign_out", "own_account.leave_everywhere"}:
        return ""  # it would end the visit
    answer = visitor.send(method, path_of(rule), headers={"Accept": "*/*"}, buffered=False)
    status = answer.status_code
    answer.close()
    shown = f"{method} {rule.rule}: {status}"
    allowed = expected(app, actor, rule, method)
    return "" if status in allowed else shown


def expected(app: Flask, actor: Actor | None, rule: Rule, method: str) -> set[int] | range:
    access = access_of(app.view_functions[rule.endpoint])
    assert access is not None
    if method not in (rule.methods or ()):
        # Another rule may answer this method at the same address: then that rule's own turn judges it.
        return range(200, 500)
    if access.roles is None:
        return set(range(200, 400)) | {400, 401, 404, 415, 422}
    if actor is None:
        return {302} if method == "GET" and not rule.rule.startswith("/api/") else {401}
    if not actor.roles & access.roles:
        return {403}
    return set(range(200, 400)) | {400, 404, 409, 415, 422}


def test_a_form_without_its_token_is_refused_before_anything_happens(app: Flask, visit: Visit, cast: Cast) -> None:
    olive = visit(cast.olive)
    olive.csrf_token = ""
    unguarded = [
        f"{method} {rule.rule}"
        for rule in rules(app)
        for method in ("POST", "PUT", "PATCH", "DELETE")
        if method in (rule.methods or ()) and olive.send(method, path_of(rule)).status_code not in {400, 403}
    ]
    assert unguarded == []


def test_a_token_of_another_session_is_worth_nothing(visit: Visit, cast: Cast) -> None:
    olive, sue = visit(cast.olive), visit(cast.sue)
    olive.csrf_token = sue.csrf_token
    assert olive.submit("/organisation", {"name": "Taken over"}).status_code == 400


def test_missing_and_foreign_get_the_same_answer(visit: Visit, cast: Cast) -> None:
    olive = visit(cast.olive)
    foreign = olive.get(f"/people/{cast.cy.person_id}")
    missing = olive.get(f"/people/{NOBODYS_ID}")
    assert foreign.status_code == missing.status_code == 404
    assert without_token(foreign.text) == without_token(missing.text).replace(NOBODYS_ID, cast.cy.person_id)


def without_token(page: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


def test_a_stranger_at_the_api_is_told_so_in_json(visit: Visit) -> None:
    answer = visit().get("/api/v1/session")
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"


def test_an_unknown_address_of_the_api_is_answered_in_json(visit: Visit) -> None:
    answer = visit().get("/api/v1/nothing-here")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_every_answer_carries_the_browsers_orders(visit: Visit, cast: Cast) -> None:
    for path in ("/sign-in", "/people/", "/api/v1/session", "/nope", "/style.css"):
        headers = visit(cast.olive).get(path).headers
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert "unsafe-eval" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert len(headers["X-Request-Id"]) == 36


def test_pages_carry_no_script_and_no_style_of_their_own(visit: Visit, cast: Cast) -> None:
    olive = visit(cast.olive)
    for path in ("/people/", "/people/new", "/products/", "/fault-codes/", "/templates/", "/organisation"):
        page = olive.get(path).text
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick=" not in page
