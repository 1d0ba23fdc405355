"""What figures are narrowed to and split by, as it stands in the address of every page here."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields

NARROWED = ("person", "team", "template", "version", "product", "fault", "customer")
"""Whose orders, and which: each the value of one column of the facts."""
SPLITS = (*NARROWED, "month")
USUAL_SPLIT = "template"
USUAL_DAYS = 14
"""After the end of a repair, in which the same asset must not come back."""
MOST_DAYS = 365
SHOWN_BEFORE = 182
"""Days that are shown where nobody has chosen any."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty means all. Orders belong to the day on which they ended, `until` included, in the organisation's zone."""

    person: str = ""
    team: str = ""
    template: str = ""
    version: str = ""
    product: str = ""
    fault: str = ""
    customer: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    split: str = USUAL_SPLIT
    days: int = USUAL_DAYS

    def address(self, **changes: object) -> dict[str, str]:
        """The same in an address; `changes` are what is other there."""
        found = {each.name: getattr(self, each.name) for each in fields(self)} | changes
        usual = {"split": USUAL_SPLIT, "days": USUAL_DAYS}
        shown = {name: "" if value is None else str(value) for name, value in found.items()}
        return {
            name: value
            for name, value in shown.items()
            if name == "since" or (value and value != str(usual.get(name, "")))
        }

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Names and values of what somebody narrowed, without the days."""
        return [(name, getattr(self, name)) for name in NARROWED if getattr(self, name)]


def filters_from(given: Mapping[str, str], today: dt.date) -> Filters:
    """What the address says; what it says wrongly is left out."""
    named = {name: given.get(name, "").strip()[:200] for name in NARROWED}
    since = _day(given["since"]) if "since" in given else today - dt.timedelta(days=SHOWN_BEFORE)
    split = given.get("split", "")
    return Filters(
        **named,
        since=since,
        until=_day(given.get("until", "")),
        split=split if split in SPLITS else USUAL_SPLIT,
        days=_days(given.get("days", "")),
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _days(text: str) -> int:
    known = text.isascii() and text.isdigit() and len(text) < 5
    return min(max(int(text), 1), MOST_DAYS) if known else USUAL_DAYS
