"""What an organisation lays down about costs: settings, special days, rate cards, prices, who pays what.

It holds for orders that are open or come later. Orders that are closed keep what held when they ended, unless a `Reach`
says that they are meant, too, and why.
"""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import names_of_people
from mendloop.clock import utc_now
from mendloop.costing import facts
from mendloop.costing.book import Settings, book_of
from mendloop.costing.details import (
    OPEN_ORDERS,
    CoverageDetails,
    DayDetails,
    Details,
    PriceDetails,
    RateDetails,
    Reach,
    SettingsDetails,
)
from mendloop.costing.facts import Fact, standing
from mendloop.costing.models import CostFact, CostSheet
from mendloop.costing.reading import Reader
from mendloop.costing.saying import say, say_once
from mendloop.inventory.balances import stock_lines
from mendloop.inventory.services import parts_by_number
from mendloop.problems import Conflict, Missing, Problem, Refusal
from mendloop.work_orders.access import CLOSED


def register_of(session: Session, actor: Actor, kind: str) -> list[Fact]:
    """What holds of one kind, oldest first."""
    return [fact for fact in standing(session, actor) if fact.kind == kind]


def change_settings(session: Session, actor: Actor, details: SettingsDetails, reach: Reach = OPEN_ORDERS) -> None:
    """Lay down the settings as a whole. The same again is no news, unless it is to reach closed orders now."""
    reader = Reader(details.exponent)
    data, why = details.read(reader), reach.read(reader)
    reader.finish()
    book, known = book_of(session, actor), register_of(session, actor, facts.SETTINGS)
    if data["currency"] != book.settings.currency:
        _check_currency(session, actor, reach)
    if not known or Settings.from_json(data) != book.settings or _reaches_further(known[0], why):
        say(session, actor, facts.SETTINGS, "", data, why=why)


def add_rate(
    session: Session, actor: Actor, details: RateDetails, key: str = "", reach: Reach = OPEN_ORDERS
) -> CostFact:
    """A rate card; the same `key` again is the same card."""
    reader = _reader(session, actor)
    if details.person and details.person not in names_of_people(session, actor):
        reader.wrong("person.unknown", "person")
    return _lay_down(session, actor, facts.RATE, (details, reach), reader, key)


def add_price(
    session: Session, actor: Actor, details: PriceDetails, key: str = "", reach: Reach = OPEN_ORDERS
) -> CostFact:
    """What one unit of a part that is known is sold for; the same `key` again is the same price."""
    reader, number = _reader(session, actor), details.part.strip()
    part = parts_by_number(session, actor, [number]).get(number)
    if part is not None:
        details = replace(details, part=part.number)
    elif number:
        reader.wrong("cost.part_unknown", "part", part=number[:100])
    return _lay_down(session, actor, facts.PRICE, (details, reach), reader, key)


def add_coverage(
    session: Session, actor: Actor, details: CoverageDetails, key: str = "", reach: Reach = OPEN_ORDERS
) -> CostFact:
    """Who pays what; the same `key` again is the same rule."""
    return _lay_down(session, actor, facts.COVERAGE, (details, reach), Reader(), key)


def set_days(session: Session, actor: Actor, details: DayDetails, reach: Reach = OPEN_ORDERS) -> int:
    """Lay down what kind of days these are; how many. Days that are so already are left as they are."""
    reader = Reader()
    data, why = details.read(reader), reach.read(reader)
    reader.finish()
    now, known = utc_now(), {fact.key: fact for fact in register_of(session, actor, facts.DAY)}
    days = details.days()
    for day in days:
        if day not in known or known[day].data != data or _reaches_further(known[day], why):
            say(session, actor, facts.DAY, day, data, why=why, at=now)
    return len(days)


def take_back(session: Session, actor: Actor, kind: str, key: str, reach: Reach = OPEN_ORDERS) -> None:
    """What was laid down under this key holds no more; what was computed from it keeps saying so."""
    if all(fact.key != key for fact in register_of(session, actor, kind)):
        raise Missing
    reader = Reader()
    why = reach.read(reader)
    reader.finish()
    say(session, actor, kind, key, None, why=why)


def was_laid_down(session: Session, actor: Actor, kind: str, key: str) -> bool:
    """Whether it ever was, and may be taken back by now."""
    return any((fact.kind, fact.key) == (kind, key) for fact in facts.said(session, actor))


def _reader(session: Session, actor: Actor) -> Reader:
    return Reader(book_of(session, actor).settings.exponent)


def _lay_down(
    session: Session, actor: Actor, kind: str, said: tuple[Details, Reach], reader: Reader, key: str
) -> CostFact:
    data, why = said[0].read(reader), said[1].read(reader)
    reader.finish()
    return say_once(session, actor, kind, key, data, why=why)


def _reaches_further(known: Fact, why: str) -> bool:
    """Whether the same, said with this reason, is to reach closed orders that it does not reach yet."""
    return bool(why) and why != known.said.why


def _check_currency(session: Session, actor: Actor, reach: Reach) -> None:
    """There is one for all orders: closed ones cannot keep another, and only take it where they have no amounts."""
    if _has_amounts(session, actor):
        raise Conflict(Problem("cost.currency_fixed", at="/currency"))
    closed = select(CostSheet.order_id).where(
        CostSheet.organisation_id == actor.organisation_id, CostSheet.status.in_(CLOSED)
    )
    if not reach.closed and session.execute(closed.limit(1)).first() is not None:
        raise Refusal(Problem("cost.currency_of_all", at="/closed"))


def _has_amounts(session: Session, actor: Actor) -> bool:
    """Whether there are amounts that another currency would make wrong."""
    amounts = select(CostFact.id).where(
        CostFact.organisation_id == actor.organisation_id, CostFact.kind.in_((facts.RATE, facts.PRICE, facts.EXTRA))
    )
    sheets = select(CostSheet.order_id).where(CostSheet.organisation_id == actor.organisation_id, CostSheet.cost != 0)
    if any(session.execute(query.limit(1)).first() is not None for query in (amounts, sheets)):
        return True
    return any(line.value for line in stock_lines(session, actor))
