"""What an order costs, reckoned as a clerk would with the clock cards, the parts' slips and the rates on the wall.

Slow and plain on purpose, and without a line of the product: it judges the cost sheet. Amounts are in fen.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
COST, COST_OF_INSPECTORS, PRICE = 9000, 11000, 18000
FACTORS = {"regular": Decimal(1), "overtime": Decimal("1.5"), "rest_day": Decimal(2)}
OVERHEAD, MARKUP, TAX = Decimal("0.08"), Decimal("0.30"), Decimal("0.13")
MINUTE = 60_000


@dataclass(frozen=True)
class Card:
    """Somebody at a step, in milliseconds since 1970."""

    person: str
    step: str
    start: int
    end: int


def whole(amount: Decimal) -> int:
    """To the fen; exactly between two, the even one."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def clock_cards(events: Iterable[Mapping[str, Any]]) -> list[Card]:
    """Who was at which step from when to when. In these orders nobody paused."""
    begun: dict[str, tuple[str, int]] = {}
    cards = []
    for event in events:
        assert event["type"] not in ("StepPaused", "StepResumed")
        if event["type"] == "StepStarted":
            begun[event["visit"]] = (event["by"], instant(event["at"]))
        elif event["type"] == "StepCompleted":
            person, start = begun.pop(event["visit"])
            cards.append(Card(person, event["visit"], start, instant(event["at"])))
    assert begun == {}
    return sorted(cards, key=lambda card: card.start)


def instant(written: str) -> int:
    """Milliseconds since 1970."""
    moment = dt.datetime.fromisoformat(written)
    return round((moment - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) / dt.timedelta(milliseconds=1))


def time_by_class(start: int, end: int) -> dict[str, int]:
    """Milliseconds at regular time, overtime, and on days of rest, minute by minute."""
    found: dict[str, int] = {}
    while start < end:
        stop = min(end, start - start % MINUTE + MINUTE)
        found[class_of(start)] = found.get(class_of(start), 0) + stop - start
        start = stop
    return found


def class_of(moment: int) -> str:
    """Monday to Friday, nine to twelve and one to six."""
    clock = dt.datetime.fromtimestamp(moment / 1000, ZONE)
    if clock.weekday() >= 5:
        return "rest_day"
    return "regular" if clock.hour in (9, 10, 11, 13, 14, 15, 16, 17) else "overtime"


def labour(cards: Iterable[Card], inspectors: set[str]) -> tuple[int, int]:
    """What the work costs and what it is sold for. Nobody is paid twice for a minute; who began first bears it."""
    paid_until: dict[str, int] = {}
    cost = price = 0
    for card in cards:
        start = max(card.start, paid_until.get(card.person, 0))
        paid_until[card.person] = max(card.end, start)
        for name, worked in time_by_class(start, card.end).items():
            hours = Decimal(worked) / (60 * MINUTE) * FACTORS[name]
            cost += whole(hours * (COST_OF_INSPECTORS if card.step in inspectors else COST))
            price += whole(hours * PRICE)
    return cost, price


@dataclass(frozen=True)
class Reckoned:
    """The sums at the foot of a cost sheet."""

    labour: int
    part: int
    extra: int
    overhead: int
    gross: int
    discount: int

    @property
    def cost(self) -> int:
        """All that was spent."""
        return self.labour + self.part + self.extra + self.overhead

    @property
    def revenue(self) -> int:
        """What the customer pays, without tax."""
        return self.gross - self.discount

    @property
    def tax(self) -> int:
        """On top of that."""
        return whole(self.revenue * TAX)

    @property
    def margin(self) -> int:
        """What is left."""
        return self.revenue - self.cost


def reckon(
    worked: tuple[int, int], used: Mapping[str, int], lost: int, freight: int, discount: Decimal = Decimal(0)
) -> Reckoned:
    """Nothing is charged for what was lost; all else that has no price of its own is sold with the usual markup."""
    cost, price = worked
    sold = [whole(amount * (1 + MARKUP)) for amount in (*used.values(), freight)]
    gross = price + sum(sold)
    overhead = whole(cost * OVERHEAD)
    return Reckoned(cost, sum(used.values()) + lost, freight, overhead, gross, whole(gross * discount))
