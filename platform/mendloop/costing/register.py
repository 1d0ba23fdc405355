"""What an organisation lays down about costs: settings, special days, rate cards, prices, who pays what."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import names_of_people
from mendloop.clock import utc_now
from mendloop.costing import facts
from mendloop.costing.book import Settings, book_of
from mendloop.costing.details import CoverageDetails, DayDetails, Details, PriceDetails, RateDetails, SettingsDetails
from mendloop.costing.facts import Fact, standing
from mendloop.costing.models import CostFact, CostSheet
from mendloop.costing.reading import Reader
from mendloop.costing.saying import say, say_once
from mendloop.inventory.balances import stock_lines
from mendloop.problems import Conflict, Missing, Problem


def register_of(session: Session, actor: Actor, kind: str) -> list[Fact]:
    """What holds of one kind, oldest first."""
    return [fact for fact in standing(session, actor) if fact.kind == kind]


def change_settings(session: Session, actor: Actor, details: SettingsDetails) -> None:
    """Lay down the settings. Orders that are over get another revision where that changes something."""
    reader = Reader(details.exponent)
    data = details.read(reader)
    reader.finish()
    book = book_of(session, actor)
    if data["currency"] != book.settings.currency and _has_amounts(session, actor):
        raise Conflict(Problem("cost.currency_fixed", at="/currency"))
    if not book.settings_source or Settings.from_json(data) != book.settings:
        say(session, actor, facts.SETTINGS, "", data)


def add_rate(session: Session, actor: Actor, details: RateDetails, key: str = "") -> CostFact:
    """A rate card; the same `key` again is the same card."""
    reader = _reader(session, actor)
    if details.person and details.person not in names_of_people(session, actor):
        reader.wrong("person.unknown", "person")
    return _lay_down(session, actor, facts.RATE, details, reader, key)


def add_price(session: Session, actor: Actor, details: PriceDetails, key: str = "") -> CostFact:
    """What one unit of a part is sold for; the same `key` again is the same price."""
    return _lay_down(session, actor, facts.PRICE, details, _reader(session, actor), key)


def add_coverage(session: Session, actor: Actor, details: CoverageDetails, key: str = "") -> CostFact:
    """Who pays what; the same `key` again is the same rule."""
    return _lay_down(session, actor, facts.COVERAGE, details, Reader(), key)


def set_days(session: Session, actor: Actor, details: DayDetails) -> int:
    """Lay down what kind of days these are; how many. Days that are so already are left as they are."""
    reader = Reader()
    data = details.read(reader)
    reader.finish()
    now, known = utc_now(), {fact.key: fact.data for fact in register_of(session, actor, facts.DAY)}
    days = details.days()
    for day in days:
        if known.get(day) != data:
            say(session, actor, facts.DAY, day, data, at=now)
    return len(days)


def take_back(session: Session, actor: Actor, kind: str, key: str) -> None:
    """What was laid down under this key holds no more; what was computed from it keeps saying so."""
    if all(fact.key != key for fact in register_of(session, actor, kind)):
        raise Missing
    say(session, actor, kind, key, None)


def was_laid_down(session: Session, actor: Actor, kind: str, key: str) -> bool:
    """Whether it ever was, and may be taken back by now."""
    return any((fact.kind, fact.key) == (kind, key) for fact in facts.said(session, actor))


def _reader(session: Session, actor: Actor) -> Reader:
    return Reader(book_of(session, actor).settings.exponent)


def _lay_down(session: Session, actor: Actor, kind: str, details: Details, reader: Reader, key: str) -> CostFact:
    data = details.read(reader)
    reader.finish()
    return say_once(session, actor, kind, key, data)


def _has_amounts(session: Session, actor: Actor) -> bool:
    """Whether there are amounts that another currency would make wrong."""
    amounts = select(CostFact.id).where(
        CostFact.organisation_id == actor.organisation_id, CostFact.kind.in_((facts.RATE, facts.PRICE, facts.EXTRA))
    )
    sheets = select(CostSheet.order_id).where(CostSheet.organisation_id == actor.organisation_id, CostSheet.cost != 0)
    if any(session.execute(query.limit(1)).first() is not None for query in (amounts, sheets)):
        return True
    return any(line.value for line in stock_lines(session, actor))
