"""What the API says of what is laid down about costs, and is told; amounts as in `shapes`."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, Field

from mendloop.costing.facts import Fact
from mendloop.costing.models import CostFact
from mendloop.costing.shapes import Key, Reason, Short, Text

Made = TypeVar("Made")


class ReachIn(BaseModel):
    """It holds for orders that are open or come later. `closed`: also for orders that are closed already, for which
    `why` has to be given."""

    closed: bool = False
    why: Reason = ""


class SettingsBody(BaseModel):
    """The settings. `hours_0` are those of Mondays (`09:00-12:00, 13:00-18:00`, empty: a day off); factors are decimals
    or fractions (`1.5`, `4/3`), the rest decimal texts."""

    currency: Short
    hours_0: Text = ""
    hours_1: Text = ""
    hours_2: Text = ""
    hours_3: Text = ""
    hours_4: Text = ""
    hours_5: Text = ""
    hours_6: Text = ""
    overtime: Short
    rest_day: Short
    holiday: Short
    waiting_minutes: Short
    overhead_percent: Short = ""
    overhead_fixed: Short = ""
    markup_percent: Short = ""
    tax_percent: Short = ""


class SettingsIn(SettingsBody, ReachIn):
    """The settings, and which orders they are for."""


class SaidOut(BaseModel):
    """Something that was laid down, by whom and when. `why`: the reason for which it holds for orders that were closed
    already; empty: they keep what they had."""

    key: str
    said_at: dt.datetime
    said_by: str
    why: str


class RateIn(ReachIn):
    """What an hour costs (`side` cost) or is charged (price), for whom it names; empty: for all."""

    key: Key = ""
    side: Literal["cost", "price"]
    per_hour: Short
    since: Short
    until: Short = ""
    person: Short = ""
    skill: Text = ""
    customer: Text = ""
    kind: Literal["", "work", "travel", "waiting"] = ""


class RateOut(SaidOut):
    """A rate card; the most special one that is valid on a day wins."""

    side: str
    per_hour: int
    since: dt.date
    until: dt.date | None
    person: str
    skill: str
    customer: str
    kind: str


class RatesOut(BaseModel):
    """All that hold, oldest first."""

    rates: list[RateOut]


class PriceIn(ReachIn):
    """What one unit of a part is sold for, to one customer or to all."""

    key: Key = ""
    part: Text
    amount: Short
    since: Short
    until: Short = ""
    customer: Text = ""


class PriceOut(SaidOut):
    """The price of a part."""

    part: str
    amount: int
    since: dt.date
    until: dt.date | None
    customer: str


class PricesOut(BaseModel):
    """All that hold, oldest first."""

    prices: list[PriceOut]


class CoverageIn(ReachIn):
    """Who pays these kinds of lines, and how much of them; the customer pays the rest."""

    key: Key = ""
    name: Text
    kinds: Annotated[list[Short], Field(max_length=10)]
    payer: Literal["customer", "manufacturer", "us"]
    percent: Short = "100"
    warranty: bool = False
    customer: Text = ""
    product: Text = ""


class CoverageOut(SaidOut):
    """A rule of who pays; `points` are hundredths of a percent."""

    name: str
    kinds: list[str]
    payer: str
    points: int
    warranty: bool
    customer: str
    product: str


class CoveragesOut(BaseModel):
    """All rules that hold, oldest first."""

    coverage: list[CoverageOut]


class DaysIn(ReachIn):
    """What kind of day it is, or all days to `until` are."""

    day: Short
    until: Short = ""
    kind: Literal["holiday", "rest_day", "workday"]
    name: Text = ""


class DayOut(SaidOut):
    """A special day; its key is its date."""

    kind: str
    name: str


class DaysOut(BaseModel):
    """All special days, by date."""

    days: list[DayOut]


def said_out(make: Callable[..., Made], fact: Fact | CostFact) -> Made:
    """What was laid down, as `make` says it."""
    said = fact.said if isinstance(fact, Fact) else fact
    return make(key=said.key, said_at=said.said_at, said_by=said.said_by, why=said.why, **json.loads(said.data))
