"""Figures in words and as charts, for pages."""

from collections.abc import Callable, Sequence
from typing import Any

from mendloop.insights.charts import Bar, BarChart, Line, LineChart, Stack, StackedChart
from mendloop.insights.figures import Figure
from mendloop.insights.filters import Filters
from mendloop.insights.small_numbers import FEW
from mendloop.insights.sums import Sum
from mendloop.pages.render import t

MOST_BARS = 30
MINUTE_MS, HOUR, DAY = 60_000, 60, 1440
Linked = Callable[[str], str]


def say(value: float | None, unit: str) -> str:
    """A value of a figure; – where there is none."""
    if value is None:
        return "–"
    if unit == "percent":
        return f"{value * 100:.1f} %"
    return say_minutes(value) if unit == "minutes" else f"{value:.2f}"


def say_minutes(minutes: float) -> str:
    """In the unit in which people say it."""
    if minutes < 2 * HOUR:
        return t("insights.say.minutes", value=f"{minutes:.0f}")
    if minutes < 2 * DAY:
        return t("insights.say.hours", value=f"{minutes / HOUR:.1f}")
    return t("insights.say.days", value=f"{minutes / DAY:.1f}")


def say_input(value: int, unit: str) -> str:
    """One of the sums that a figure is made of."""
    if unit == "minutes":
        return say_minutes(value / MINUTE_MS)
    return f"{value / 1000:g}" if unit == "pieces" else f"{value:,}"


def say_interval(found: Sum) -> str:
    """Where the true share may lie."""
    interval = found.interval
    if interval is None:
        return ""
    low, high = (f"{end * 100:.0f} %" for end in interval)
    return t("insights.likely", low=low, high=high)


def inputs_of(figure: Figure, found: Sum) -> list[tuple[str, str]]:
    """What the figure is made of, by name; of the time to repair, for one repair."""
    values = found.inputs or [0] * len(figure.kind.inputs)
    if figure.kind.name == "repair_time" and found.n:
        values = [value // found.n for value in values]
    pairs = zip(figure.kind.inputs, values, strict=True)
    return [(t(f"insights.in.{name}"), say_input(value, figure.kind.input_unit)) for name, value in pairs]


def split_chart(figure: Figure, filters: Filters, link: Linked) -> BarChart:
    """One bar for each line of the split."""
    bars = [_bar(figure, line, filters.split == "person", link) for line in figure.lines[:MOST_BARS]]
    return BarChart(
        title=t(f"insights.splitted.{filters.split}"),
        bars=bars,
        most=1.0 if figure.kind.is_share else None,
        label=t(f"insights.by.{filters.split}"),
        value=t(f"insights.tab.{figure.kind.name}"),
        count=t("insights.orders"),
    )


def _bar(figure: Figure, line: Sum, is_person: bool, link: Linked) -> Bar:
    interval = line.interval if figure.kind.is_share else None
    label, is_few = figure.name(line.key) or t("insights.unnamed"), line.n < FEW
    if is_person and is_few:
        note = t("insights.too_few")
        return Bar(label, None, "–", line.n, href=link(line.key), note=note)
    low, high = interval or (None, None)
    note = t("insights.tiny") if is_few else ""
    return Bar(label, line.value, say(line.value, figure.kind.unit), line.n, low, high, link(line.key), note)


def time_chart(figure: Figure) -> LineChart:
    """The figure month by month."""
    name, unit = t(f"insights.tab.{figure.kind.name}"), figure.kind.unit
    scale = {"percent": 100, "minutes": 1 / HOUR}.get(unit, 1)
    values = [None if each.value is None else each.value * scale for each in figure.months]
    texts = [f"{say(each.value, unit)} (n={each.n})" for each in figure.months]
    return LineChart(
        title=t("insights.over_time"),
        labels=[each.key for each in figure.months],
        lines=[Line(name, values, texts)],
        top=100 if figure.kind.is_share else None,
        unit={"percent": " %", "minutes": " h"}.get(unit, ""),
        label=t("insights.month"),
    )


def repair_chart(figure: Figure, filters: Filters, link: Linked) -> StackedChart:
    """Of what the mean time to repair consists, line by line."""
    lines = [line for line in figure.lines if line.n][:MOST_BARS]
    return StackedChart(
        title=t(f"insights.splitted.{filters.split}"),
        names=[t(f"insights.in.{name}") for name in figure.kind.inputs],
        stacks=[_stack(figure, line, link) for line in lines],
        label=t(f"insights.by.{filters.split}"),
        value=t("insights.tab.repair_time"),
        count=t("insights.orders"),
    )


def _stack(figure: Figure, line: Sum, link: Linked) -> Stack:
    means = [value / MINUTE_MS / line.n for value in line.inputs]
    label = figure.name(line.key) or t("insights.unnamed")
    text = say(line.value, "minutes")
    return Stack(label, means, [say_minutes(mean) for mean in means], text, line.n, link(line.key))


def evidence_chart(figure: Figure) -> BarChart:
    """How much of each kind of evidence is there."""
    counts = figure.total.inputs or [0] * 8
    kinds = ("photos", "dwell", "flow", "readings")
    pairs = zip(kinds, counts[::2], counts[1::2], strict=True)
    bars = [
        Bar(t(f"insights.kind.{kind}"), kept / due if due else None, f"{kept:,} / {due:,}") for kind, due, kept in pairs
    ]
    return BarChart(t("insights.by_kind"), bars, 1.0, t("insights.kind"), t("insights.kept_of_due"))


def counted_chart(title: str, label: str, counted: Sequence[tuple[str, float, str]], value: str) -> BarChart:
    """Names with how much there is of each."""
    return BarChart(title, [Bar(name, much, text) for name, much, text in counted], None, label, value)


def share_chart(title: str, label: str, shares: Sequence[tuple[str, int, int]], value: str, count: str) -> BarChart:
    """Names with a share of something, `n` trials each."""
    bars = [_share(name, part, n) for name, part, n in shares]
    return BarChart(title, bars, 1.0, label, value, count)


def _share(name: str, part: int, n: int) -> Bar:
    found = Sum("", n, part, n)
    low, high = found.interval or (None, None)
    return Bar(name, found.value, say(found.value, "percent"), n, low, high, note=t("insights.tiny") if n < FEW else "")


def cards(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """The figures of the overview."""
    return [
        {
            "name": figure.kind.name,
            "value": say(figure.total.value, figure.kind.unit),
            "n": figure.total.n,
            "interval": say_interval(figure.total) if figure.kind.is_share else "",
            "median": say(figure.total.median, "minutes") if figure.kind.unit == "minutes" else "",
        }
        for figure in figures
    ]
