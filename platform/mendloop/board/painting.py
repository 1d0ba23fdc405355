"""Cards as HTML, outside of any request: one card is painted once for all watchers of a language."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from jinja2 import Environment

from mendloop.board.board import Shown
from mendloop.board.items import Item
from mendloop.clock import utc_now
from mendloop.words import catalogue, local, translate

MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True, slots=True)
class Painter:
    """Paints with the pages' own Jinja; `icons` is the address of the sheet with the pictures."""

    environment: Environment
    icons: str

    def __call__(self, item: Item, shown: Shown, language: str) -> str:
        """The card as it is this minute; in the browser its minutes go on by themselves."""
        now = utc_now()
        minute = (shown.zone, int(now.timestamp()) // MINUTE)
        painted = item.html.get(language)
        if painted is None or painted[0] != minute:
            painted = item.html[language] = (minute, self._paint(item, shown.zone, language, now))
        return painted[1]

    def _paint(self, item: Item, zone: dt.tzinfo, language: str, now: dt.datetime) -> str:
        return self.environment.get_template("board_card.html").render(
            item=item,
            shows=item.shows,
            now=now,
            icons=self.icons,
            t=partial(translate, language),
            local=lambda text: local(text, language),
            skill=lambda active: (
                catalogue(language).get(f"work_role.{active.role}") or local(active.role_title, language) or active.role
            ),
            clock=clock_in(zone, now),
            lasting=lambda since: lasting(now - _instant(since), language),
            worked=lambda active: _worked(active.worked_ms, active.since if active.status == "running" else None, now),
        )


def lasting(time: dt.timedelta, language: str) -> str:
    """How long something lasts: minutes, then hours with minutes, then days with hours. The browser says the same."""
    seconds = max(0, int(time.total_seconds()))
    if seconds < HOUR:
        return translate(language, "board.minutes", minutes=seconds // MINUTE)
    if seconds < DAY:
        return translate(language, "board.hours", hours=seconds // HOUR, minutes=seconds % HOUR // MINUTE)
    return translate(language, "board.days", days=seconds // DAY, hours=seconds % DAY // HOUR)


def clock_in(zone: dt.tzinfo, now: dt.datetime) -> Callable[[dt.datetime], str]:
    """Says an instant: hour and minute, with the day unless it is today."""
    today = now.astimezone(zone).date()

    def clock(value: dt.datetime) -> str:
        there = value.astimezone(zone)
        return there.strftime("%H:%M" if there.date() == today else "%m-%d %H:%M")

    return clock


def _worked(worked_ms: float, since: str | None, now: dt.datetime) -> int:
    """Whole minutes worked up to now, half ones up, as everywhere."""
    running = (now - _instant(since)).total_seconds() if since is not None else 0
    return int((worked_ms / 1000 + max(0.0, running)) / MINUTE + 0.5)


def _instant(value: str | dt.datetime) -> dt.datetime:
    return dt.datetime.fromisoformat(value) if isinstance(value, str) else value
