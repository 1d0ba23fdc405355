"""Quotes: made from what is planned, frozen, answered once by whoever has the link, and by nobody else."""

import datetime as dt
import re
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask
from mendloop.clock import utc_now
from mendloop.costing import quotes, services
from mendloop.costing.models import CostQuote, CostQuoteDecision
from mendloop.database import Database, new_id, run_write, session_for, write_transaction
from mendloop.testing.cast import Cast
from mendloop.testing.cost_shop import CostShop, put_up_costs
from mendloop.testing.visitor import Visitor
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

Visit = Callable[..., Visitor]
ANSWER = {"decision": "approved", "name": "Mr Miller", "remark": "Please before Friday"}


@pytest.fixture
def shop(database: Database, cast: Cast) -> CostShop:
    return put_up_costs(database, cast)


@pytest.fixture
def order(shop: CostShop) -> str:
    return shop.open_order()


@pytest.fixture
def sue(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.sue)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def quoted(sue: Visitor, order: str) -> str:
    """Make a quote; the path of its link."""
    answer = sue.submit(f"/orders/{order}/quotes", {"days": "14", "remark": "Incl. travel"})
    assert answer.status_code == 302, words(answer.text)
    link = re.search(r'value="(http[^"]+/quote/[^"]+)"', sue.get(f"/orders/{order}/quotes").text)
    assert link is not None
    return urlsplit(link[1]).path


def reader(visit: Visit, language: str = "en") -> Visitor:
    """A browser that nobody is signed in with."""
    visitor = visit()
    visitor.client.set_cookie("mendloop_language", language)
    return visitor


def stranger(visit: Visit, path: str) -> Visitor:
    """A customer who has opened the link, with the token of the page's form."""
    visitor = reader(visit)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', visitor.get(path).text)
    assert token is not None
    visitor.csrf_token = token[1]
    return visitor


def decisions(database: Database, cast: Cast) -> list[CostQuoteDecision]:
    statement = select(CostQuoteDecision).where(CostQuoteDecision.organisation_id == cast.sue.organisation_id)
    with session_for(database, cast.sue) as session:
        return list(session.execute(statement).scalars())


def test_a_quote_is_worked_out_by_hand(order: str, sue: Visitor, visit: Visit, database: Database, cast: Cast) -> None:
    """Travel 30 min at 200.00 = 100.00, ours; repair 90 min = 300.00; two bearings 90.00, the maker pays 72.00.
    Customer 300.00 + 18.00 = 318.00, 13 % tax 41.34, in all 359.34."""
    path = quoted(sue, order)
    with session_for(database, cast.sue) as session:
        (quote,) = quotes.quotes_of(session, cast.sue, order)
    assert [(line["price"], line["customer"]) for line in quote.document["lines"]] == [
        (10_000, 0), (30_000, 30_000), (9_000, 1_800)
    ]  # fmt: skip
    assert quote.document["totals"] == {
        "price": 49_000, "covered": 17_200, "discount": 0, "net": 31_800, "tax_points": 1_300, "tax": 4_134,
        "total": 35_934,
    }  # fmt: skip
    page = words(reader(visit).get(path).text)
    assert "359.34 CNY" in page
    assert "Incl. travel" in page
    assert "Mill Lane Repairs" in page


def test_a_stranger_with_the_link_approves_it_once(
    order: str, sue: Visitor, visit: Visit, database: Database, cast: Cast
) -> None:
    path = quoted(sue, order)
    customer = stranger(visit, path)
    assert customer.submit(path, ANSWER).status_code == 302
    assert "Approved by Mr Miller" in words(customer.get(path).text)
    again = customer.submit(path, ANSWER | {"decision": "refused", "name": "Somebody else"})
    assert again.status_code == 409
    assert "It cannot be answered again" in words(again.text)
    (decision,) = decisions(database, cast)
    assert (decision.decision, decision.name, decision.remark) == ("approved", "Mr Miller", "Please before Friday")
    page = words(sue.get(f"/orders/{order}/quotes").text)
    assert "Approved by Mr Miller" in page
    assert "Please before Friday" in page
    assert "359.34 CNY · approved · Mr Miller" in words(sue.get(f"/orders/{order}/costs").text)


def test_a_refusal_is_kept_as_well(order: str, sue: Visitor, visit: Visit, database: Database, cast: Cast) -> None:
    path = quoted(sue, order)
    assert stranger(visit, path).submit(path, ANSWER | {"decision": "refused"}).status_code == 302
    assert [decision.decision for decision in decisions(database, cast)] == ["refused"]


@pytest.mark.parametrize("change", [{"name": "  "}, {"decision": "withdrawn"}, {"decision": ""}, {"name": "x" * 101}])
def test_an_answer_without_name_or_decision_is_asked_again(
    order: str, sue: Visitor, visit: Visit, database: Database, cast: Cast, change: dict[str, str]
) -> None:
    path = quoted(sue, order)
    assert stranger(visit, path).submit(path, ANSWER | change).status_code == 422
    assert decisions(database, cast) == []


def test_what_was_quoted_stays_whatever_becomes_of_prices(
    order: str, sue: Visitor, visit: Visit, database: Database, cast: Cast
) -> None:
    path = quoted(sue, order)
    before = visit().get(path).text
    sue.submit("/costs/rates", {"side": "price", "per_hour": "999", "since": "2026-02-01", "kind": ""})
    assert words(visit().get(path).text) == words(before)
    statement = update(CostQuote).where(CostQuote.organisation_id == cast.sue.organisation_id).values(total=1)
    with session_for(database, cast.sue) as session, pytest.raises(DBAPIError), write_transaction(session):
        session.execute(statement)


def test_a_quote_that_expired_says_so_and_takes_no_answer(
    app: Flask, order: str, sue: Visitor, visit: Visit, database: Database, cast: Cast
) -> None:
    quoted(sue, order)
    with session_for(database, cast.sue) as session, write_transaction(session):
        (quote,) = quotes.quotes_of(session, cast.sue, order)
        names = [column.name for column in CostQuote.__table__.columns]
        copied = {name: getattr(quote.row, name) for name in names}
        over = {"id": new_id(), "number": 2, "expires_at": utc_now() - dt.timedelta(seconds=1)}
        row = CostQuote(**copied | over)
        session.add(row)
        session.flush()
        path = f"/quote/{quotes.link_of(app.config['SECRET_KEY'], row)}"
    customer = stranger(visit, "/sign-in")
    assert "was valid until" in words(customer.get(path).text)
    late = customer.submit(path, ANSWER)
    assert late.status_code == 409
    assert "has expired" in words(late.text)
    assert decisions(database, cast) == []


def test_a_withdrawn_quote_takes_no_answer(
    order: str, sue: Visitor, visit: Visit, database: Database, cast: Cast
) -> None:
    path = quoted(sue, order)
    customer = stranger(visit, path)
    action = re.search(r'action="(/orders/[^"]+/withdraw)"', sue.get(f"/orders/{order}/quotes").text)
    assert action is not None
    assert sue.submit(action[1]).status_code == 302
    late = customer.submit(path, ANSWER)
    assert late.status_code == 409
    assert "withdrawn" in words(late.text)
    assert sue.submit(action[1]).status_code == 409


def test_links_that_we_did_not_make_are_nobodys_and_make_one_wait(order: str, sue: Visitor, visit: Visit) -> None:
    path = quoted(sue, order)
    good = path.rpartition("/")[2]
    body, _, signature = good.rpartition(".")
    flipped = f"{body}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
    guesser, tried = visit(), [flipped, body, "x", f"{good}x", "A" * 500]
    answers = [guesser.get(f"/quote/{token}") for token in tried]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert len({words(answer.text) for answer in answers}) == 1
    assert guesser.get(f"/quote/{flipped}").status_code == 429
    assert guesser.get(path).status_code == 200  # who has the link does not wait for those who guess


def test_a_link_signed_for_something_else_opens_nothing(app: Flask, order: str, sue: Visitor, visit: Visit) -> None:
    good = quoted(sue, order).rpartition("/")[2]
    holder = quotes.read_link(app.config["SECRET_KEY"], good)
    from itsdangerous import URLSafeSerializer  # noqa: PLC0415 - only this test forges

    for salt in ("wtf-csrf-token", "mendloop", "itsdangerous"):
        forged = URLSafeSerializer(app.config["SECRET_KEY"], salt=salt).dumps([holder.organisation_id, holder.quote_id])
        assert visit().get(f"/quote/{forged!s}").status_code == 404


def test_links_are_not_written_into_logs(
    order: str, sue: Visitor, visit: Visit, capsys: pytest.CaptureFixture[str]
) -> None:
    path = quoted(sue, order)
    capsys.readouterr()
    visit().get(path)
    said = "".join(capsys.readouterr())
    assert "/quote/<token>" in said
    assert path not in said


def test_whoever_is_signed_in_elsewhere_may_open_the_link_too(
    order: str, sue: Visitor, visit: Visit, cast: Cast
) -> None:
    path = quoted(sue, order)
    assert "359.34 CNY" in visit(cast.cy).get(path).text
    assert visit(cast.cy).get(f"/orders/{order}/quotes").status_code == 404


def test_of_ten_answers_at_once_one_counts(
    app: Flask, order: str, sue: Visitor, database: Database, cast: Cast
) -> None:
    holder = quotes.read_link(app.config["SECRET_KEY"], quoted(sue, order).rpartition("/")[2])
    counted: list[int] = []

    def answer(number: int) -> None:
        said = quotes.Answer("approved", f"Customer {number}", "", "en")
        with session_for(database, holder) as session:
            try:
                run_write(session, lambda: quotes.answer_quote(session, holder, said))
                counted.append(number)
            except quotes.TooLate:
                pass

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (decision,) = decisions(database, cast)
    assert [f"Customer {number}" for number in counted] == [decision.name]


def test_what_has_no_price_is_named_before_anything_is_quoted(
    order: str, sue: Visitor, database: Database, cast: Cast
) -> None:
    with session_for(database, cast.sue) as session:
        for fact in services.register_of(session, cast.sue, "rate"):
            run_write(session, lambda key=fact.key: services.take_back(session, cast.sue, "rate", key))  # type: ignore[misc]
    answer = sue.submit(f"/orders/{order}/quotes", {"days": "0", "remark": ""})
    assert answer.status_code == 422
    page = words(answer.text)
    assert "no hourly rate for the step “Drive there”" in page
    assert "no hourly rate for the step “Replace bearings”" in page
    assert "Enter a whole number" in page


def test_the_customer_reads_it_in_both_languages(order: str, sue: Visitor, visit: Visit) -> None:
    path = quoted(sue, order)
    assert "同意报价" in visit().get(path, headers={"Accept-Language": "zh-CN"}).text
    assert "更换轴承" in visit().get(path, headers={"Accept-Language": "zh-CN"}).text
    assert "Approve" in visit().get(path, headers={"Accept-Language": "en"}).text
