"""Numbers as people write them: a decimal comma is refused in words wherever one can be written, never left out."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mendloop.accounts.services import change_own_language
from mendloop.costing.money import parse_amount, parse_percent, write_amount
from mendloop.database import Database, new_id, session_for, write_transaction
from mendloop.inventory import services
from mendloop.inventory.amounts import as_number
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.numerals import has_decimal_comma, plain_number
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, Workshop, put_up
from mendloop.testing.visitor import Visitor
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]
EN, ZH = "write decimals with a point", "小数请用小数点"
EXTRA = {"kind": "subcontractor", "name": "Balancing", "day": "2026-11-21", "why": "Billed late"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1,000", "1000"),
        ("1，000", "1000"),
        ("12,345,678.90", "12345678.90"),
        ("1 000.5", "1000.5"),
        ("1\u202f000", "1000"),
        ("１２．５", "12.5"),
        (" -3 ", "-3"),
        (".5", "0.5"),
    ],
)
def test_thousands_may_be_parted_by_commas_or_spaces(written: str, read: str) -> None:
    assert plain_number(written) == read
    assert as_number(written) == Decimal(read)
    assert not has_decimal_comma(written)


@pytest.mark.parametrize(
    "written", ["1,5", "1，5", "0,500", "1,00", "1 000,50", "1.000,50", "1,0000", "10,", "1,000,5"]
)
def test_any_other_comma_is_told_from_what_is_no_number_at_all(written: str) -> None:
    assert (plain_number(written), as_number(written), parse_amount(written, 2)) == (None, None, None)
    assert has_decimal_comma(written)
    assert parse_percent(f"{written}%") is None


@pytest.mark.parametrize("written", ["", "much", "a,b", "1 5", "1_000", "1e3", "--1", "1.2.3", ","])
def test_what_is_no_number_is_not_blamed_on_its_comma(written: str) -> None:
    assert plain_number(written) is None
    assert not has_decimal_comma(written)


@given(st.integers(-(10**14), 10**14), st.sampled_from([0, 2, 3]))
def test_what_is_written_out_is_read_back(minor: int, digits: int) -> None:
    assert parse_amount(write_amount(minor, digits), digits) == minor


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def seal(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        return services.create_part(session, cast.stan, "OIL-1", {"en": "Oil"}, "L")


def slip(part: Part, quantity: str, cost: str) -> dict[str, str]:
    line = {"part": part.id, "quantity": quantity, "unit": "L", "cost": cost, "lot": "", "serials": ""}
    return {"key": new_id(), "target": WAREHOUSE, "book": "y", **line}


def test_the_desk_and_files_refuse_it(session: Session, visit: Visit, cast: Cast, seal: Part) -> None:
    stan = visit(cast.stan)
    for quantity, cost in (("1,5", "10"), ("1", "1 000,50")):
        answer = stan.submit("/stock/desk/receive", slip(seal, quantity, cost))
        assert (answer.status_code, EN in answer.text) == (422, True)
    pasted = stan.submit("/stock/import/stock", {"cells": "number\tqty\tcost\nOIL-1\t1,5\t10\nOIL-1\t2\t1,5"})
    assert pasted.text.count(EN) == 2
    assert "Take in" not in pasted.text
    session.rollback()
    assert services.stock_of_part(session, cast.stan, seal.id) == []
    assert stan.submit("/stock/desk/receive", slip(seal, "1,000", "1，000.50")).status_code == 302
    session.rollback()
    found = {line.location: (line.milli, line.value) for line in services.stock_of_part(session, cast.stan, seal.id)}
    assert found[WAREHOUSE] == (1_000_000, 1000_50)


def test_counts_and_limits_of_vans_refuse_it(visit: Visit, cast: Cast, seal: Part, workshop: Workshop) -> None:
    stan = visit(cast.stan)
    count = stan.submit("/stock/counts", {"place": WAREHOUSE}).headers["Location"]
    counted = stan.submit(count, {"set": seal.id, f"q_{seal.id}": "1,5"})
    assert (counted.status_code, EN in counted.text) == (422, True)
    van = f"/stock/vans/{van_of(cast.ada.person_id).partition(':')[2]}"
    limit = stan.submit(van, {"number": "OIL-1", "minimum": "1,5", "maximum": "20"})
    assert (limit.status_code, EN in limit.text) == (422, True)


def test_an_orders_parts_and_costs_refuse_it_in_both_languages(
    database: Database, visit: Visit, cast: Cast, workshop: Workshop
) -> None:
    order, sue = workshop.open_order(cast.ada), visit(cast.sue)
    with session_for(database, cast.sue) as session, write_transaction(session):
        change_own_language(session, cast.sue, "zh-CN")
    for verb in ("plan", "issue", "give-back", "explain"):
        fields = {"key": new_id(), "number": BEARING, "quantity": "1,5", "reason": "lost"}
        answer = sue.submit(f"/orders/{order}/parts/{verb}", fields)
        assert (answer.status_code, ZH in answer.text) == (422, True), verb
    extra = sue.submit(f"/orders/{order}/costs/extras", EXTRA | {"amount": "1,5"})
    assert (extra.status_code, ZH in extra.text) == (422, True)
    price = sue.submit("/costs/prices", {"part": BEARING, "since": "2026-11-01", "amount": "1,5"})
    assert (price.status_code, ZH in price.text) == (422, True)
