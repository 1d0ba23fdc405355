"""What somebody lays down about costs, as it was written. `read` says all that is wrong, and what a fact keeps."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from mendloop.costing.book import CHARGED, PAYERS, Settings
from mendloop.costing.money import CURRENCIES
from mendloop.costing.reading import Reader

SIDES = ("cost", "price")
TIME_KINDS = ("", "work", "travel", "waiting")
DAY_KINDS = ("holiday", "rest_day", "workday")
EXTRA_KINDS = ("freight", "subcontractor", "refrigerant", "consumables", "disposal", "travel_expense", "other")
MOST_DAYS = 61
LONGEST_REASON = 1000


class Details(Protocol):
    """Something that is laid down."""

    def read(self, reader: Reader) -> dict[str, Any]:
        """What a fact keeps of it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Which orders it is laid down for: those that are open or come later, or `closed` ones as well, for a reason."""

    closed: bool = False
    why: str = ""

    def read(self, reader: Reader) -> str:
        """The reason that a fact keeps; it has none where closed orders keep what they have."""
        why = reader.text("why", self.why, required=self.closed, longest=LONGEST_REASON)
        if why and not self.closed:
            reader.wrong("cost.reason_without_closed", "closed")
        return why


OPEN_ORDERS = Reach()


@dataclass(frozen=True, slots=True)
class SettingsDetails:
    """The settings."""

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

    @property
    def exponent(self) -> int:
        """How many digits its amounts have."""
        return CURRENCIES.get(self.currency, 2)

    def read(self, reader: Reader) -> dict[str, Any]:
        """Amounts are in the currency that it names itself."""
        return Settings(
            currency=reader.currency("currency", self.currency),
            hours={day: reader.hours(f"hours_{day}", text) for day, text in self.hours.items()},
            overtime=reader.factor("overtime", self.overtime),
            rest_day=reader.factor("rest_day", self.rest_day),
            holiday=reader.factor("holiday", self.holiday),
            waiting_minutes=reader.whole("waiting_minutes", self.waiting_minutes, 1440),
            overhead_points=reader.percent("overhead_percent", self.overhead_percent),
            overhead_fixed=reader.amount("overhead_fixed", self.overhead_fixed),
            markup_points=reader.percent("markup_percent", self.markup_percent),
            tax_points=reader.percent("tax_percent", self.tax_percent, 10_000),
        ).to_json()


@dataclass(frozen=True, slots=True)
class RateDetails:
    """A rate card; the most special one that is valid on a day wins."""

    side: str
    per_hour: str
    since: str
    until: str = ""
    person: str = ""
    skill: str = ""
    customer: str = ""
    kind: str = ""

    def read(self, reader: Reader) -> dict[str, Any]:
        """Whether there is such a person is left to the caller."""
        return {
            "side": reader.one_of("side", self.side, SIDES),
            "per_hour": reader.needed_amount("per_hour", self.per_hour),
            "person": self.person,
            "skill": reader.text("skill", self.skill, longest=64),
            "customer": reader.text("customer", self.customer),
            "kind": reader.one_of("kind", self.kind, TIME_KINDS),
            **reader.validity(self.since, self.until),
        }


@dataclass(frozen=True, slots=True)
class PriceDetails:
    """What one unit of a part is sold for."""

    part: str
    amount: str
    since: str
    until: str = ""
    customer: str = ""

    def read(self, reader: Reader) -> dict[str, Any]:
        """Whether there is such a part is left to the caller."""
        return {
            "part": reader.text("part", self.part, required=True, longest=100),
            "amount": reader.needed_amount("amount", self.amount),
            "customer": reader.text("customer", self.customer),
            **reader.validity(self.since, self.until),
        }


@dataclass(frozen=True, slots=True)
class CoverageDetails:
    """Who pays what."""

    name: str
    kinds: tuple[str, ...]
    payer: str
    percent: str = "100"
    warranty: bool = False
    customer: str = ""
    product: str = ""

    def read(self, reader: Reader) -> dict[str, Any]:
        """At least one kind of cost."""
        if not self.kinds:
            reader.wrong("cost.kinds_missing", "kinds")
        return {
            "name": reader.text("name", self.name, required=True),
            "kinds": [reader.one_of("kinds", kind, CHARGED) for kind in self.kinds],
            "payer": reader.one_of("payer", self.payer, PAYERS),
            "points": reader.percent("percent", self.percent, 10_000),
            "warranty": self.warranty,
            "customer": reader.text("customer", self.customer),
            "product": reader.text("product", self.product),
        }


@dataclass(frozen=True, slots=True)
class DayDetails:
    """A special day, and with `until` all days to that one."""

    day: str
    kind: str
    name: str
    until: str = ""

    def read(self, reader: Reader) -> dict[str, Any]:
        """What each of its days is."""
        first, last = self._ends(reader)
        if first is not None and last is not None and not 0 <= (last - first).days < MOST_DAYS:
            reader.wrong("cost.days_too_many", "until", limit=MOST_DAYS)
        kind = reader.one_of("kind", self.kind, DAY_KINDS)
        return {"kind": kind, "name": reader.text("name", self.name, longest=100)}

    def days(self) -> list[str]:
        """All of them, once `read` found nothing wrong."""
        first, last = self._ends(Reader())
        assert first is not None and last is not None  # noqa: S101, PT018 - the reader would have refused
        return [(first + dt.timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]

    def _ends(self, reader: Reader) -> tuple[dt.date | None, dt.date | None]:
        first = reader.day("day", self.day)
        return first, reader.day("until", self.until, required=False) or first


@dataclass(frozen=True, slots=True)
class ExtraDetails:
    """Another cost of an order. Without a price it is charged at cost plus markup."""

    kind: str
    name: str
    amount: str
    day: str
    why: str
    price: str = ""

    def read(self, reader: Reader) -> dict[str, Any]:
        """Without the reason, which the fact itself keeps."""
        day = reader.day("day", self.day)
        return {
            "kind": reader.one_of("kind", self.kind, EXTRA_KINDS),
            "name": reader.text("name", self.name, required=True),
            "amount": reader.needed_amount("amount", self.amount),
            "price": reader.amount("price", self.price) if self.price.strip() else None,
            "day": day.isoformat() if day else "",
        }
