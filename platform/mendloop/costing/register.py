"""What an organisation lays down about costs: settings, special days, rate cards, prices, who pays what."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import names_of_people
from mendloop.costing import facts
from mendloop.costing.book import CHARGED, PAYERS, Book, Settings, read_book
from mendloop.costing.facts import Fact, say, standing
from mendloop.costing.models import CostFact, CostSheet
from mendloop.costing.money import CURRENCIES
from mendloop.costing.reading import Reader
from mendloop.database import new_id
from mendloop.inventory.balances import stock_lines
from mendloop.problems import Conflict, Missing, Problem

SIDES = ("cost", "price")
TIME_KINDS = ("", "work", "travel", "waiting")
DAY_KINDS = ("holiday", "rest_day", "workday")
REGISTERS = (facts.DAY, facts.RATE, facts.PRICE, facts.COVERAGE)


@dataclass(frozen=True, slots=True)
class SettingsDetails:
    """The settings as somebody wrote them."""

    currency: str
    hours: Mapping[int, str]
    overtime: str
    rest_day: str
    holiday: str
    waiting_minutes: str
    overhead_percent: str = ""
    overhead_fixed: str = ""
    markup_percent: str = ""
    tax_percent: str = ""


@dataclass(frozen=True, slots=True)
class RateDetails:
    """A rate card as somebody wrote it."""

    side: str
    per_hour: str
    since: str
    until: str = ""
    person: str = ""
    skill: str = ""
    customer: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PriceDetails:
    """The price of a part as somebody wrote it."""

    part: str
    amount: str
    since: str
    until: str = ""
    customer: str = ""


@dataclass(frozen=True, slots=True)
class CoverageDetails:
    """Who pays what, as somebody wrote it."""

    name: str
    kinds: tuple[str, ...]
    payer: str
    percent: str = "100"
    warranty: bool = False
    customer: str = ""
    product: str = ""


@dataclass(frozen=True, slots=True)
class DayDetails:
    """A special day as somebody wrote it, and with `until` all days to that one."""

    day: str
    kind: str
    name: str
    until: str = field(default="")


def book_of(session: Session, actor: Actor, until: int | None = None) -> Book:
    """What holds for all orders; as it was after the fact number `until`."""
    return read_book(standing(session, actor, until=until))


def register_of(session: Session, actor: Actor, kind: str) -> list[Fact]:
    """What holds of one kind, oldest first."""
    return [fact for fact in standing(session, actor) if fact.kind == kind]


def change_settings(session: Session, actor: Actor, details: SettingsDetails) -> None:
    """Lay down the settings; sheets that follow from them get a new revision when they are looked at next."""
    reader = Reader(_exponent(details.currency))
    settings = Settings(
        currency=reader.currency("currency", details.currency),
        hours={day: reader.hours(f"hours_{day}", text) for day, text in details.hours.items()},
        overtime=reader.factor("overtime", details.overtime),
        rest_day=reader.factor("rest_day", details.rest_day),
        holiday=reader.factor("holiday", details.holiday),
        waiting_minutes=reader.whole("waiting_minutes", details.waiting_minutes, 1440),
        overhead_points=reader.percent("overhead_percent", details.overhead_percent),
        overhead_fixed=reader.amount("overhead_fixed", details.overhead_fixed),
        markup_points=reader.percent("markup_percent", details.markup_percent),
        tax_points=reader.percent("tax_percent", details.tax_percent, 10_000),
    )
    reader.finish()
    if settings.currency != book_of(session, actor).settings.currency and _has_amounts(session, actor):
        raise Conflict(Problem("cost.currency_fixed", at="/currency"))
    say(session, actor, facts.SETTINGS, "", settings.to_json())


def add_rate(session: Session, actor: Actor, details: RateDetails) -> CostFact:
    """A rate card; the most special one that is valid on a day wins."""
    reader = Reader(book_of(session, actor).settings.exponent)
    data = {
        "side": reader.one_of("side", details.side, SIDES),
        "per_hour": reader.needed_amount("per_hour", details.per_hour),
        "person": details.person,
        "skill": reader.text("skill", details.skill, longest=64),
        "customer": reader.text("customer", details.customer),
        "kind": reader.one_of("kind", details.kind, TIME_KINDS),
        **reader.validity(details.since, details.until),
    }
    if details.person and details.person not in names_of_people(session, actor):
        reader.wrong("person.unknown", "person")
    reader.finish()
    return say(session, actor, facts.RATE, new_id(), data)


def add_price(session: Session, actor: Actor, details: PriceDetails) -> CostFact:
    """What one unit of a part is sold for."""
    reader = Reader(book_of(session, actor).settings.exponent)
    data = {
        "part": reader.text("part", details.part, required=True, longest=100),
        "amount": reader.needed_amount("amount", details.amount),
        "customer": reader.text("customer", details.customer),
        **reader.validity(details.since, details.until),
    }
    reader.finish()
    return say(session, actor, facts.PRICE, new_id(), data)


def add_coverage(session: Session, actor: Actor, details: CoverageDetails) -> CostFact:
    """Who pays what."""
    reader = Reader()
    data = {
        "name": reader.text("name", details.name, required=True),
        "kinds": [reader.one_of("kinds", kind, CHARGED) for kind in details.kinds],
        "payer": reader.one_of("payer", details.payer, PAYERS),
        "points": reader.percent("percent", details.percent, 10_000),
        "warranty": details.warranty,
        "customer": reader.text("customer", details.customer),
        "product": reader.text("product", details.product),
    }
    if not details.kinds:
        reader.wrong("cost.kinds_missing", "kinds")
    reader.finish()
    return say(session, actor, facts.COVERAGE, new_id(), data)


def set_days(session: Session, actor: Actor, details: DayDetails) -> int:
    """Lay down what kind of days these are; how many."""
    reader = Reader()
    first = reader.day("day", details.day)
    last = reader.day("until", details.until, required=False) or first
    kind, name = reader.one_of("kind", details.kind, DAY_KINDS), reader.text("name", details.name, longest=100)
    if first is not None and last is not None and not 0 <= (last - first).days <= 60:
        reader.wrong("cost.days_too_many", "until", limit=61)
    reader.finish()
    assert first is not None and last is not None  # noqa: S101, PT018 - the reader would have refused
    for number in range((last - first).days + 1):
        day = first + dt.timedelta(days=number)
        say(session, actor, facts.DAY, day.isoformat(), {"kind": kind, "name": name})
    return (last - first).days + 1


def take_back(session: Session, actor: Actor, kind: str, key: str) -> None:
    """What was laid down under this key holds no more; what was computed from it keeps saying so."""
    if all(fact.key != key for fact in register_of(session, actor, kind)):
        raise Missing
    say(session, actor, kind, key, None)


def _exponent(currency: str) -> int:
    return CURRENCIES.get(currency, 2)


def _has_amounts(session: Session, actor: Actor) -> bool:
    """Whether there are amounts that another currency would make wrong."""
    amounts = select(CostFact.id).where(
        CostFact.organisation_id == actor.organisation_id, CostFact.kind.in_((facts.RATE, facts.PRICE, facts.EXTRA))
    )
    sheets = select(CostSheet.order_id).where(CostSheet.organisation_id == actor.organisation_id, CostSheet.cost != 0)
    if any(session.execute(query.limit(1)).first() is not None for query in (amounts, sheets)):
        return True
    return any(line.value for line in stock_lines(session, actor))
