"""What holds for all orders of an organisation: its currency, hours, holidays, rates, prices, and who pays what."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from mendloop_engine.globs import glob_matches
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing import facts as said
from mendloop.costing.facts import Fact
from mendloop.costing.intervals import DayKind, TimeClass, WorkingTime
from mendloop.costing.money import CURRENCIES, parse_factor
from mendloop.costing.rates import RateCard

Hours = Mapping[int, tuple[tuple[int, int], ...]]
OFFICE_HOURS: Hours = dict.fromkeys(range(5), ((9 * 60, 12 * 60), (13 * 60, 18 * 60)))
CHARGED = ("labour.work", "labour.travel", "labour.waiting", "part", "extra")
"""Kinds of lines that somebody pays; overhead is nobody's but ours."""
PAYERS = ("customer", "manufacturer", "us")


@dataclass(frozen=True, slots=True)
class Settings:
    """Points are hundredths of a percent. Factors are exact fractions as text: `1.5`, `4/3`."""

    currency: str = "CNY"
    hours: Hours = field(default_factory=lambda: OFFICE_HOURS)
    overtime: str = "1.5"
    rest_day: str = "2"
    holiday: str = "3"
    waiting_minutes: int = 120
    overhead_points: int = 0
    overhead_fixed: int = 0
    markup_points: int = 0
    tax_points: int = 0

    @property
    def exponent(self) -> int:
        """How many digits the currency's minor unit has."""
        return CURRENCIES[self.currency]

    @property
    def factors(self) -> dict[TimeClass, Fraction]:
        """By class of time."""
        read = {name: parse_factor(getattr(self, name)) for name in ("overtime", "rest_day", "holiday")}
        found: dict[TimeClass, Fraction] = {"regular": Fraction(1)}
        found.update({name: factor for name, factor in read.items() if factor is not None})  # type: ignore[misc]
        return found

    def to_json(self) -> dict[str, Any]:
        """As a fact keeps it."""
        hours = {str(day): [list(span) for span in spans] for day, spans in self.hours.items() if spans}
        return {name: getattr(self, name) for name in self.__slots__ if name != "hours"} | {"hours": hours}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Settings":
        """What `to_json` wrote."""
        hours = {int(day): tuple((first, last) for first, last in spans) for day, spans in data["hours"].items()}
        return Settings(**{**data, "hours": hours})


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit of a part is sold for, to one customer or to all."""

    id: str
    part: str
    amount: int
    since: dt.date
    until: dt.date | None = None
    customer: str = ""

    def fits(self, part: str, customer: str, day: dt.date) -> bool:
        """Whether it holds for this sale."""
        is_time = self.since <= day and (self.until is None or day <= self.until)
        return is_time and self.part == part and self.customer in ("", customer)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who pays lines of these kinds: `points` of the price, the customer the rest. `warranty`: only where it holds."""

    id: str
    name: str
    kinds: tuple[str, ...]
    payer: str
    points: int = 10_000
    warranty: bool = False
    customer: str = ""
    product: str = ""

    def fits(self, kind: str, warranty: bool, customer: str, product: str) -> bool:
        """Whether it holds for a line of this kind."""
        if kind not in self.kinds or (self.warranty and not warranty) or self.customer not in ("", customer):
            return False
        return not self.product or glob_matches(self.product, product)

    @property
    def how_special(self) -> tuple[bool, int, bool, str]:
        """The greatest wins: who names the customer, then the product most exactly, then the warranty; the newest."""
        return (bool(self.customer), len(self.product.rstrip("*")), self.warranty, self.id)


@dataclass(frozen=True, slots=True)
class Book:
    """All of it at one moment. `settings_source` is the fact that set the settings, empty while nobody has."""

    settings: Settings
    settings_source: str
    days: Mapping[dt.date, DayKind]
    cards: tuple[RateCard, ...]
    prices: tuple[Price, ...]
    coverage: tuple[Coverage, ...]

    def working_time(self, zone: dt.tzinfo) -> WorkingTime:
        """When work is regular."""
        return WorkingTime(zone, self.settings.hours, self.days)

    def cards_of(self, side: str) -> list[RateCard]:
        """What hours cost us, or what customers are charged for them."""
        return [card for card in self.cards if card.side == side]

    def price_of(self, part: str, customer: str, day: dt.date) -> Price | None:
        """The customer's own price before everybody's, then the newest."""
        fitting = (price for price in self.prices if price.fits(part, customer, day))
        return max(fitting, key=lambda price: (bool(price.customer), price.since, price.id), default=None)

    def coverage_of(self, kind: str, warranty: bool, customer: str, product: str) -> Coverage | None:
        """The rule that says who pays; none: the customer does."""
        fitting = (rule for rule in self.coverage if rule.fits(kind, warranty, customer, product))
        return max(fitting, key=lambda rule: rule.how_special, default=None)


def book_of(session: Session, actor: Actor, until: int | None = None) -> Book:
    """What holds for all orders that are open or come later; as it was after the fact number `until`."""
    return read_book(said.standing(session, actor, until=until))


def read_book(found: Iterable[Fact]) -> Book:
    """What these facts say."""
    settings, source = Settings(), ""
    days: dict[dt.date, DayKind] = {}
    cards, prices, coverage = [], [], []
    for fact in found:
        data = fact.data
        if fact.kind == said.SETTINGS:
            settings, source = Settings.from_json(data), fact.source
        elif fact.kind == said.DAY:
            days[dt.date.fromisoformat(fact.key)] = data["kind"]
        elif fact.kind == said.RATE:
            cards.append(RateCard(**{**data, **_validity(data), "id": fact.id}))
        elif fact.kind == said.PRICE:
            prices.append(Price(**{**data, **_validity(data), "id": fact.id}))
        elif fact.kind == said.COVERAGE:
            coverage.append(Coverage(**{**data, "kinds": tuple(data["kinds"]), "id": fact.id}))
    return Book(settings, source, days, tuple(cards), tuple(prices), tuple(coverage))


def _validity(data: Mapping[str, Any]) -> dict[str, dt.date | None]:
    until = data.get("until")
    return {"since": dt.date.fromisoformat(data["since"]), "until": dt.date.fromisoformat(until) if until else None}
