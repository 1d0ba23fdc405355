"""Times and shares as people read them."""

from collections.abc import Callable

from mendloop.insights.flow.numbers import Interval
from mendloop.pages.render import t

HOUR, DAY = 60, 24 * 60


def span(minutes: float | None) -> str:
    """Minutes, hours or days, whichever reads best; a dash where nothing is known."""
    if minutes is None:
        return "–"
    if minutes < 100:
        return t("flow.minutes", value=short(minutes))
    if minutes < 48 * HOUR:
        return t("flow.hours", value=short(minutes / HOUR))
    return t("flow.days", value=short(minutes / DAY))


def exact_minutes(minutes: float) -> str:
    """In minutes with two decimals at most, whatever their number."""
    return t("flow.minutes", value=f"{minutes:,.2f}".rstrip("0").rstrip("."))


def share(value: float) -> str:
    """In per cent with one decimal."""
    return f"{100 * value:.1f} %"


def between(interval: Interval | None, write: Callable[[float], str]) -> str:
    """A figure's bounds, written by `write`; nothing where they are not known."""
    if interval is None or interval.low is None or interval.high is None:
        return ""
    return f"{write(interval.low)} – {write(interval.high)}"


def short(value: float) -> str:
    """With one decimal, and none from ten on."""
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}".removesuffix(".0")
