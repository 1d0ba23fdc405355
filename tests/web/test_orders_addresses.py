"""Addresses that nobody's browser would send are answered, never with an error of ours."""

from collections.abc import Callable

import pytest
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor

ODD = ("%00", "%F0%9F%94%A7", "x" * 5000, "%", "1e400", "-1", "99999999999999999999", "%E2%80%AE", "..%2F..", "'")


@pytest.mark.parametrize("odd", ODD)
def test_odd_addresses_are_answered(visit: Callable[..., Visitor], cast: Cast, odd: str) -> None:
    sue = visit(cast.sue)
    names = ("status", "assignee", "product", "text", "overdue", "before", "limit")
    paths = [f"/orders/?{name}={odd}" for name in names[:-1]]
    paths += [f"/api/v1/orders?{name}={odd}" for name in names]
    paths += [
        f"/api/v1/parts?query={odd}",
        f"/api/v1/photos/{odd}",
        f"/api/v1/plans/{odd}",
        f"/orders/new?product={odd}",
    ]
    paths += [f"/orders/{odd}", f"/orders/{odd}/live", f"/api/v1/orders/{odd}", f"/api/v1/orders/{odd}/events"]
    assert [path for path in paths if sue.get(path, buffered=True).status_code >= 500] == []


@pytest.mark.parametrize("odd", ["\0", "\ud800", "x" * 5000, "'", "\u202e"])
def test_odd_words_in_forms_are_answered(visit: Callable[..., Visitor], cast: Cast, odd: str) -> None:
    sue = visit(cast.sue)
    form = {
        "product": odd,
        "asset": odd,
        "fault_text": odd,
        "customer": odd,
        "template": odd,
        "assignee": odd,
        "due": odd,
    }
    try:
        answer = sue.submit("/orders/new", {**form, "open": "1"})
    except UnicodeEncodeError:
        return  # not even this test's browser can send it
    assert answer.status_code < 500


def test_who_opens_where_a_form_is_sent_to_comes_to_the_page_with_the_form(
    visit: Callable[..., Visitor], cast: Cast
) -> None:
    sue = visit(cast.sue)
    ways = {
        "/orders/x/parts/explanations/y": "/orders/x/parts",
        "/orders/x/cancel": "/orders/x",
        "//elsewhere.example/sign-out": "/",
        "/sign-out": "/",
    }
    assert {path: sue.get(path).headers.get("Location") for path in ways} == ways
    assert sue.get("/api/v1/orders/x/parts/issue").status_code == 405
    assert sue.send("POST", "/healthz", json={}).status_code == 405


@pytest.mark.parametrize("odd", ["status=bogus", "limit=-5", "limit=0", "limit=many", "overdue=perhaps"])
def test_a_filter_that_says_nothing_is_refused_rather_than_left_out(
    visit: Callable[..., Visitor], cast: Cast, odd: str
) -> None:
    answer = visit(cast.sue).get(f"/api/v1/orders?{odd}")
    assert answer.status_code == 422
    assert answer.get_json()["problems"][0]["at"] == f"/{odd.partition('=')[0]}"
