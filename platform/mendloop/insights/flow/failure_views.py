"""Failures for product development: a page, and files with one line for each part that came out."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from flask import render_template, request
from werkzeug.wrappers import Response

from mendloop.assets import services as assets
from mendloop.assets.services import TakenOut
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.insights.charts import Bar, BarChart
from mendloop.insights.flow.asking import asked
from mendloop.insights.flow.blueprint import READERS, blueprint
from mendloop.insights.flow.failures import AGES, GROUPS, Failures, grouped
from mendloop.insights.flow.spans import DAY, span
from mendloop.insights.parquet import MEDIA_TYPE, write_parquet
from mendloop.inventory import services as inventory
from mendloop.library import services as library
from mendloop.pages.render import t
from mendloop.tables import Cell, as_file
from mendloop.words import local
from mendloop.work_orders import services as orders

SHOWN = 60
COLUMNS = {
    "part": "VARCHAR",
    "name": "VARCHAR",
    "position": "VARCHAR",
    "product": "VARCHAR",
    "asset": "VARCHAR",
    "lot": "VARCHAR",
    "serial": "VARCHAR",
    "since": "TIMESTAMP",
    "at": "TIMESTAMP",
    "days": "DOUBLE",
    "order": "VARCHAR",
}
"""Of the files, with their SQL types."""


@blueprint.get("/failures")
@allow(*READERS)
def show_failures() -> str:
    """`?by=`: part, position, lot, age or product."""
    group = request.args.get("by", "")
    group = group if group in GROUPS else "part"
    found = _found()
    groups = grouped(found, group)
    return render_template(
        "flow_failures.html",
        place="failures",
        group=group,
        groups=tuple(GROUPS),
        chart=_chart(group, groups),
        rows=list(zip(groups, _names(group, groups), strict=True))[:SHOWN],
        filters=asked().filters,
        days=lambda days: span(None if days is None else days * DAY),
    )


def _found() -> list[TakenOut]:
    period = asked().period
    return assets.taken_out(current_session(), current_actor(), period.since, period.until)


def _chart(group: str, groups: Sequence[Failures]) -> BarChart:
    shown = list(zip(groups, _names(group, groups), strict=True))[:SHOWN]
    bars = [Bar(name, len(each.all), str(len(each.all)), each.assets) for each, name in shown]
    label, value, count = (t(f"flow.failures.{name}") for name in (f"by.{group}", "count", "assets"))
    return BarChart(t("flow.failures.title"), bars, label=label, value=value, count=count)


def _names(group: str, groups: Sequence[Failures]) -> list[str]:
    """What each group is called."""
    session, actor, language = current_session(), current_actor(), current_language()
    if group == "part":
        parts = inventory.parts_by_number(session, actor, {each.key for each in groups})
        names = {number: f"{local(part.name, language)} {number}" for number, part in parts.items()}
    elif group == "product":
        names = {each.id: local(each.title, language) for each in library.list_products(session, actor)}
    elif group == "age":
        names = {str(number): _age(number) for number in range(len(AGES) + 1)}
    else:
        names = {}
    return [names.get(each.key, each.key) or t("flow.failures.unknown") for each in groups]


def _age(number: int) -> str:
    if number == len(AGES):
        return t("flow.failures.age_over", low=AGES[-1])
    return t("flow.failures.age_band", low=AGES[number - 1] if number else 0, high=AGES[number])


@blueprint.get("/failures.<kind>")
@allow(*READERS)
def export_failures(kind: str) -> Response:
    """One line for each part that came out: CSV and XLSX for people, Parquet for SQL."""
    if kind == "parquet":
        headers = {"Content-Disposition": 'attachment; filename="failures.parquet"'}
        return Response(write_parquet(COLUMNS, _facts()), content_type=MEDIA_TYPE, headers=headers)
    heading: list[Cell] = [t(f"flow.failures.col.{name}") for name in COLUMNS]
    rows = [[Decimal(f"{cell:.3f}") if isinstance(cell, float) else cell for cell in row] for row in _facts()]
    return as_file(kind, "failures", [heading, *rows], t("flow.failures.title"))


def _facts() -> Iterator[list[str | float | None]]:
    session, actor, language = current_session(), current_actor(), current_language()
    found = _found()
    parts = inventory.parts_by_number(session, actor, {each.part for each in found})
    products = {each.id: each.key for each in library.list_products(session, actor)}
    known = assets.assets_by_id(session, actor, {each.asset_id for each in found if each.asset_id})
    numbers = orders.orders_by_id(session, actor, {each.order_id for each in found if each.order_id})
    for each in found:
        part, asset, order = parts.get(each.part), known.get(each.asset_id or ""), numbers.get(each.order_id or "")
        yield [
            *(each.part, local(part.name, language) if part else "", each.address),
            *(products.get(each.product_id or "", ""), asset.serial if asset else "", each.lot, each.serial),
            *(each.since.isoformat() if each.since else None, each.at.isoformat(), each.days),
            order.number if order else None,
        ]
