"""What the board's pages need besides cards: what one may choose from, the rules in words, words for the browser."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from mendloop.board.board import Shown
from mendloop.board.filters import ANY_RISK, NOBODY, Filters, count_risks, is_wanted
from mendloop.board.items import ORDERS, PEOPLE_LANES, Item
from mendloop.board.lanes import LANES
from mendloop.board.painting import lasting
from mendloop.board.risks import KINDS
from mendloop.board.settings import Limits
from mendloop.words import catalogue, translate

PICTURES: Mapping[str, str] = {
    "": "orders",
    ANY_RISK: "alert",
    "overdue": "alert",
    "standing": "pause",
    "off": "alert",
    "parts": "box",
    "due_soon": "clock",
    "over": "clock",
    "parked": "return",
    "explanation": "box",
    "locks": "lock",
}
TONES: Mapping[str, str] = {ANY_RISK: "", "overdue": "bad", "standing": "bad", "off": "bad"}
FOR_BROWSER = (
    *("minutes", "hours", "days", "of_standard", "as_of", "live", "lost_since", "polling", "signed_out"),
    "page_of",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter with what one may choose from."""

    name: str
    label: str
    value: str
    options: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """When an order has a risk, in words."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """Everything that is on the board now, for one page."""

    filters: Filters
    lanes: dict[str, list[Markup]]
    totals: dict[str, int]
    at: dt.datetime
    clock: str
    zone: str
    """The name of the organisation's time zone, by which the browser tells the time."""
    words: dict[str, str]
    stream: str
    poll: str
    last: str
    link: Callable[[str], str]
    risks: ClassVar[tuple[str, ...]] = ("", ANY_RISK, *KINDS)
    pictures: ClassVar[Mapping[str, str]] = PICTURES
    tones: ClassVar[Mapping[str, str]] = TONES


def lanes_of(shown: Shown, filters: Filters, paint: Callable[[Item], str]) -> dict[str, list[Markup]]:
    """The cards of each lane, in their order."""
    lanes: dict[str, list[Item]] = {lane: [] for lane in (LANES if filters.view == ORDERS else PEOPLE_LANES)}
    for item in shown.items.values():
        if is_wanted(item, filters):
            lanes[item.lane].append(item)
    return {
        lane: [Markup(paint(item)) for item in sorted(items, key=lambda item: item.rank)]  # noqa: S704 - Jinja escaped it
        for lane, items in lanes.items()
    }


def totals_of(shown: Shown, filters: Filters) -> dict[str, int]:
    """How many cards each risk has."""
    return count_risks(shown.items.values(), filters)


def rules_of(limits: Limits, language: str) -> Iterable[Rule]:
    """Each risk with the rule by which an order has it."""

    def time(minutes: int) -> str:
        return lasting(dt.timedelta(minutes=minutes), language)

    times = {name: time(getattr(limits, name)) for name in ("untouched", "standing", "pause", "due_soon")}
    pauses = translate(language, "board.semicolon").join(
        f"{translate(language, f'board.field.pause.{reason}')} {time(minutes)}"
        for reason, minutes in limits.pauses.items()
        if f"board.field.pause.{reason}" in catalogue(language)
    )
    return [Rule(kind, translate(language, f"board.rule.{kind}", **times, pauses=pauses)) for kind in KINDS]


def words_for_browser(language: str) -> dict[str, str]:
    """What the page's script says."""
    return {name: catalogue(language)[f"board.{name}"] for name in FOR_BROWSER}


def people_to_choose(people: Iterable[tuple[str, str]], language: str) -> list[tuple[str, str]]:
    """Everybody, nobody, and each by name."""
    usual = [("", translate(language, "orders.anybody")), (NOBODY, translate(language, "orders.nobody"))]
    return [*usual, *people]
