"""The pages of figures: the overview, one page for each figure, the orders behind it."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, request, url_for

from mendloop.costing import services as costing
from mendloop.costing.money import write_amount
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.insights import figures, found, naming, showing, steps_again
from mendloop.insights.charts import Bar, BarChart, LineChart
from mendloop.insights.costs_of_orders import Cost, costs_by_line
from mendloop.insights.figures import Figure
from mendloop.insights.filters import Filters
from mendloop.insights.framing import READERS, current_filters, framed
from mendloop.insights.remembered import remembered
from mendloop.insights.small_numbers import FEW
from mendloop.insights.step_names import step_names
from mendloop.pages.render import show_instant, t

blueprint = Blueprint("insights", __name__, template_folder="pages", url_prefix="/insights")
PAGE = 100
Chart = tuple[str, Any]
"""Which macro of charts.html draws it, and the shape."""


@blueprint.get("/")
@allow(*READERS)
def show_overview() -> str:
    """Every figure in a card, and over time."""
    session, actor, filters = current_session(), current_actor(), current_filters()
    frame = framed("overview")
    shown = remembered(session, actor, filters, lambda: figures.overview(session, actor, filters))
    charts = [_titled(each) for each in shown if each.months]
    return render_template("insights_overview.html", cards=showing.cards(shown), charts=charts, **frame)


@blueprint.get("/<figure>")
@allow(*READERS)
def show_figure(figure: str) -> str:
    """One figure: what it means, what it is made of, split, over time."""
    session, actor, filters = current_session(), current_actor(), current_filters()
    figures.kind_of(figure)
    frame = framed(figure)
    language = current_language()
    what = (figure, filters, language)
    shown = remembered(session, actor, what, lambda: figures.figure(session, actor, figure, filters, language))
    return render_template(
        "insights_figure.html",
        name=figure,
        value=showing.say(shown.total.value, shown.kind.unit),
        median=showing.say(shown.total.median, "minutes") if shown.kind.unit == "minutes" else "",
        interval=showing.say_interval(shown.total) if shown.kind.is_share else "",
        unit=shown.kind.unit,
        n=shown.total.n,
        inputs=showing.inputs_of(shown, shown.total),
        charts=list(_charts(shown, filters)),
        few=FEW,
        **frame,
    )


@blueprint.get("/<figure>/orders")
@allow(*READERS)
def show_orders(figure: str) -> str:
    """The orders behind a figure, or behind one line of its split, each with its own value."""
    session, actor, filters = current_session(), current_actor(), current_filters()
    kind, here = figures.kind_of(figure), found.zone(session, actor)
    frame = framed(figure)
    behind = figures.measured(session, actor, kind, filters)
    key = request.args.get("line")
    if key is not None:
        behind = figures.of_line(behind, filters, key, here)
    behind = figures.in_order(behind)
    page = max(0, request.args.get("page", 0, type=int))
    names = naming.names(session, actor, filters.split, current_language())
    return render_template(
        "insights_orders.html",
        name=figure,
        line=key,
        line_name=names.get(key or "", key) or t("insights.unnamed"),
        rows=behind[page * PAGE : (page + 1) * PAGE],
        more=page + 1 if len(behind) > (page + 1) * PAGE else None,
        count=len(behind),
        kind=kind,
        say=showing.say,
        say_input=showing.say_input,
        people=naming.names(session, actor, "person", current_language()),
        templates=naming.names(session, actor, "template", current_language()),
        **frame,
    )


def _titled(figure: Figure) -> LineChart:
    return replace(showing.time_chart(figure), title=t(f"insights.tab.{figure.kind.name}"))


def _charts(figure: Figure, filters: Filters) -> Iterator[Chart]:
    link = _link_to(figure.kind.name, filters)
    if figure.kind.name == "evidence":
        yield "bars", showing.evidence_chart(figure)
    if filters.split != "month":
        is_time = figure.kind.name == "repair_time"
        chart = showing.repair_chart(figure, filters, link) if is_time else showing.split_chart(figure, filters, link)
        yield ("stacks" if is_time else "bars"), chart
    if figure.months:
        yield "lines", showing.time_chart(figure)
    yield from _MORE.get(figure.kind.name, _nothing)(filters)


def _link_to(figure: str, filters: Filters) -> Callable[[str], str]:
    """To the orders behind a line."""
    address: dict[str, Any] = dict(filters.address())
    return lambda key: url_for("insights.show_orders", figure=figure, **address, line=key)


def _rework(filters: Filters) -> Iterator[Chart]:
    session, actor = current_session(), current_actor()
    steps = step_names(session, actor, current_language())
    done = remembered(session, actor, ("steps", filters), lambda: steps_again.steps_done_again(session, actor, filters))
    shares = [(steps.get(row[:2], row[1]), row[3], row[2]) for row in done if row[3]]
    if shares:
        title, again = t("insights.rework.steps"), t("insights.rework.step")
        yield "bars", showing.share_chart(title, again, shares, t("insights.tab.rework"), t("insights.orders"))
    causes = steps_again.causes_of_rework(session, actor, filters)
    if causes:
        counted = [(f"{row[2]} → {steps.get(row[:2], row[1])}", row[3], str(row[3])) for row in causes]
        title, cause = t("insights.rework.causes"), t("insights.rework.cause")
        yield "bars", showing.counted_chart(title, cause, counted, t("insights.rework.times"))


def _parts(filters: Filters) -> Iterator[Chart]:
    moved = steps_again.parts_moved(current_session(), current_actor(), filters)
    used = [(row[0], row[1] / 1000, f"{row[1] / 1000:g}") for row in moved if row[1]]
    if used:
        title, part = t("insights.parts.most"), t("insights.parts.part")
        yield "bars", showing.counted_chart(title, part, used, t("insights.in.used"))
    back = [
        (row[0], row[2] / (row[1] + row[2]), f"{row[2] * 100 / (row[1] + row[2]):.1f} %") for row in moved if row[2]
    ]
    if back:
        title = t("insights.return_rate")
        yield "bars", replace(showing.counted_chart(title, t("insights.parts.part"), back, title), most=1.0)


def _planned(filters: Filters) -> Iterator[Chart]:
    session, actor = current_session(), current_actor()
    costs = costs_by_line(session, actor, filters)
    if not costs:
        return
    settings = costing.book_of(session, actor).settings
    names = naming.names(session, actor, filters.split, current_language())
    is_person = filters.split == "person"

    def bar(each: Cost) -> Bar:
        label = names.get(each.key, each.key) or t("insights.unnamed")
        if is_person and each.orders < FEW:
            return Bar(label, None, "–", each.orders, note=t("insights.too_few"))
        amount = f"{write_amount(round(each.minor), settings.exponent)} {settings.currency}"
        return Bar(label, each.minor, amount, each.orders)

    bars = [bar(each) for each in costs[: showing.MOST_BARS]]
    bars = sorted(bars, key=lambda each: each.label) if is_person else bars
    split, cost = t(f"insights.by.{filters.split}"), t("insights.in.cost")
    yield "bars", BarChart(cost, bars, None, split, cost, t("insights.orders"))


def _nothing(filters: Filters) -> Iterator[Chart]:  # noqa: ARG001
    return iter(())


_MORE: dict[str, Callable[[Filters], Iterator[Chart]]] = {"rework": _rework, "parts": _parts, "planned": _planned}


@blueprint.app_template_filter("insight_day")
def show_day(moment: int) -> str:
    """A moment of the facts, as date and minute in the organisation's zone."""
    return show_instant(dt.datetime.fromtimestamp(moment / 1000, dt.UTC))
