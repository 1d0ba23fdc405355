"""Settings, rate cards, prices, coverage, special days: what is laid down, by whom, and what is refused."""

import datetime as dt
from collections.abc import Callable

import pytest
from mendloop.costing import facts, services
from mendloop.costing.models import CostFact
from mendloop.database import Database, run_write, session_for, write_transaction
from mendloop.inventory import services as inventory
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

Visit = Callable[..., Visitor]
WEEK = {f"hours_{day}": "09:00-12:00, 13:00-18:00" if day < 5 else "" for day in range(7)}
SETTINGS = WEEK | {"currency": "CNY", "overtime": "1.5", "rest_day": "2", "holiday": "3", "waiting_minutes": "120"}
RATE = {"side": "cost", "per_hour": "120.50", "since": "2026-01-01", "kind": ""}


@pytest.fixture
def sue(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.sue)


def book(database: Database, cast: Cast, until: int | None = None) -> services.Book:
    with session_for(database, cast.sue) as session:
        return services.book_of(session, cast.sue, until)


def test_an_organisation_begins_with_yuan_and_office_hours(database: Database, cast: Cast) -> None:
    settings = book(database, cast).settings
    assert (settings.currency, settings.exponent) == ("CNY", 2)
    assert sorted(settings.hours) == [0, 1, 2, 3, 4]


def test_a_supervisor_lays_down_the_settings(database: Database, cast: Cast, sue: Visitor) -> None:
    more = {"currency": "JPY", "hours_5": "09：00–11：30", "holiday": "7/2", "overhead_percent": "12.5"}
    answer = sue.submit("/costs/settings", SETTINGS | more | {"overhead_fixed": "1,500", "tax_percent": "13%"})
    assert answer.status_code == 302, answer.text
    settings = book(database, cast).settings
    assert (settings.currency, settings.exponent, settings.hours[5]) == ("JPY", 0, ((540, 690),))
    assert (settings.overhead_points, settings.overhead_fixed, settings.tax_points) == (1250, 1500, 1300)
    assert settings.factors["holiday"] * 2 == 7
    assert 'value="7/2"' in sue.get("/costs/settings").text


def test_everything_that_is_wrong_is_said_at_once(sue: Visitor, database: Database, cast: Cast) -> None:
    wrong = {"hours_0": "18:00-09:00", "overtime": "much", "overhead_fixed": "1.234", "waiting_minutes": "-1"}
    answer = sue.submit("/costs/settings", SETTINGS | wrong)
    assert answer.status_code == 422
    for field in wrong:
        assert f'href="#{field}"' in answer.text
    assert book(database, cast).settings_source == ""


def test_the_currency_stays_once_there_are_amounts(sue: Visitor) -> None:
    assert sue.submit("/costs/rates", RATE).status_code == 302
    answer = sue.submit("/costs/settings", SETTINGS | {"currency": "EUR"})
    assert answer.status_code == 409
    assert "cannot be changed any more" in answer.text


def test_the_currency_stays_once_stock_is_worth_something(sue: Visitor, database: Database, cast: Cast) -> None:
    with session_for(database, cast.stan) as session, write_transaction(session):
        part = inventory.create_part(session, cast.stan, "BRG", {"en": "Bearing"})
        inventory.receive_stock(session, cast.stan, part, 1, value=100)
    assert sue.submit("/costs/settings", SETTINGS | {"currency": "JPY"}).status_code == 409
    assert sue.submit("/costs/settings", SETTINGS).status_code == 302


def test_a_rate_is_added_shown_and_taken_back_but_not_forgotten(sue: Visitor, database: Database, cast: Cast) -> None:
    assert sue.submit("/costs/rates", RATE | {"person": cast.ada.person_id, "until": "2026-12-31"}).status_code == 302
    page = sue.get("/costs/rates").text
    assert "120.50 CNY" in page
    assert "2026-01-01 to 2026-12-31" in page
    (card,) = book(database, cast).cards
    assert (card.per_hour, card.person, card.until) == (12_050, cast.ada.person_id, dt.date(2026, 12, 31))
    with session_for(database, cast.sue) as session:
        (fact,) = services.register_of(session, cast.sue, facts.RATE)
    assert sue.submit(f"/costs/rates/{fact.key}/take-back").status_code == 302
    assert book(database, cast).cards == ()
    assert book(database, cast, until=fact.sequence).cards == (card,)
    assert sue.submit(f"/costs/rates/{fact.key}/take-back").status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"per_hour": ""}, "Please enter an amount"),
        ({"per_hour": "12.345"}, "at most 2 decimals"),
        ({"since": "yesterday"}, "Enter a date"),
        ({"until": "2025-12-31"}, "The last day is before the first"),
        ({"person": "nobody"}, "person"),
    ],
)
def test_a_rate_that_makes_no_sense_is_refused(sue: Visitor, change: dict[str, str], words: str) -> None:
    answer = sue.submit("/costs/rates", RATE | change)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_week_of_holidays_is_laid_down_at_once(sue: Visitor, database: Database, cast: Cast) -> None:
    data = {"day": "2026-10-01", "until": "2026-10-07", "kind": "holiday", "name": "National Day"}
    assert sue.submit("/costs/calendar", data).status_code == 302
    assert len(book(database, cast).days) == 7
    sue.submit("/costs/calendar", {"day": "2026-10-07", "kind": "workday", "name": ""})
    assert book(database, cast).days[dt.date(2026, 10, 7)] == "workday"
    assert sue.submit("/costs/calendar", data | {"until": "2027-10-07"}).status_code == 422


def test_prices_and_coverage_are_laid_down(sue: Visitor, database: Database, cast: Cast) -> None:
    with session_for(database, cast.sue) as session:
        run_write(session, lambda: inventory.create_part(session, cast.sue, "BRG", {"en": "Bearing", "zh-CN": "轴承"}))
    assert sue.submit("/costs/prices", {"part": "BRG", "amount": "88", "since": "2026-01-01"}).status_code == 302
    own = {"part": "BRG", "amount": "80", "since": "2025-01-01", "customer": "Mill"}
    assert sue.submit("/costs/prices", own).status_code == 302
    rule = {"name": "Warranty", "kinds": ["part", "labour.work"], "payer": "manufacturer", "warranty": "y"}
    assert sue.submit("/costs/coverage", rule | {"percent": "80", "product": "pump/*"}).status_code == 302
    assert sue.submit("/costs/coverage", rule | {"kinds": [], "percent": "120"}).status_code == 422
    found, day = book(database, cast), dt.date(2026, 11, 23)
    assert [getattr(found.price_of("BRG", name, day), "amount", 0) for name in ("", "Mill", "Other")] == [
        8800, 8000, 8800
    ]  # fmt: skip
    rule_ = found.coverage_of("part", True, "", "pump/ns-40")
    assert rule_ is not None
    assert (rule_.payer, rule_.points) == ("manufacturer", 8000)
    assert found.coverage_of("part", False, "", "pump/ns-40") is None
    assert found.coverage_of("part", True, "", "phone/aurora") is None
    assert found.coverage_of("extra", True, "", "pump/ns-40") is None
    assert "80 %" in sue.get("/costs/coverage").text


def test_pages_are_for_owners_and_supervisors(visit: Visit, cast: Cast) -> None:
    for path in ("rates", "prices", "coverage", "calendar", "settings"):
        assert visit(cast.olive).get(f"/costs/{path}").status_code == 200
        assert visit(cast.ada).get(f"/costs/{path}").status_code == 403
        assert visit(cast.vera).get(f"/costs/{path}").status_code == 403


def test_a_fact_can_never_be_changed(database: Database, cast: Cast, sue: Visitor) -> None:
    sue.submit("/costs/rates", RATE)
    statement = update(CostFact).where(CostFact.organisation_id == cast.sue.organisation_id).values(data="null")
    with session_for(database, cast.sue) as session, pytest.raises(DBAPIError), write_transaction(session):
        session.execute(statement)


def test_another_organisation_sees_nothing_of_it(visit: Visit, cast: Cast, sue: Visitor) -> None:
    sue.submit("/costs/rates", RATE)
    assert "120.50" not in visit(cast.cy).get("/costs/rates").text
