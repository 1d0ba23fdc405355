"""Figures and the facts behind them as files: CSV and XLSX for people, Parquet for programs that speak SQL."""

import json
from collections.abc import Iterator
from decimal import Decimal

from flask import Blueprint
from werkzeug.wrappers import Response

from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.insights import facts_out, figures, keeping
from mendloop.insights.framing import READERS, current_filters
from mendloop.insights.parquet import MEDIA_TYPE, write_parquet
from mendloop.insights.sums import Sum
from mendloop.pages.render import t
from mendloop.tables import Cell, as_file

blueprint = Blueprint("insights_files", __name__, url_prefix="/insights")


@blueprint.get("/<figure>.<kind>")
@allow(*READERS)
def export_figure(figure: str, kind: str) -> Response:
    """A figure as it is split on its page, the whole in the last line."""
    session, actor, filters = current_session(), current_actor(), current_filters()
    figures.kind_of(figure)
    keeping.catch_up(session, actor)
    found = figures.figure(session, actor, figure, filters, current_language())
    inputs = [t(f"insights.in.{name}") for name in found.kind.inputs]
    interval = ("insights.low", "insights.high") if found.kind.is_share else ()
    heading: list[Cell] = [t(f"insights.by.{filters.split}"), t("insights.orders"), t(f"insights.tab.{figure}")]
    rows = [[*heading, *(t(name) for name in interval), *inputs]]
    rows += [_line(found.name(line.key) or t("insights.unnamed"), line, found.kind.is_share) for line in found.lines]
    rows.append(_line(t("insights.all"), found.total, found.kind.is_share))
    return as_file(kind, f"{figure}-{filters.split}", rows, t(f"insights.tab.{figure}"))


@blueprint.get("/facts/<table>.parquet")
@allow(*READERS)
def export_parquet(table: str) -> Response:
    """One table of facts for SQL."""
    columns = {column.name: facts_out.type_of(column) for column in facts_out.columns_of(table)}
    session, actor, filters = current_session(), current_actor(), current_filters()
    keeping.catch_up(session, actor)
    body = write_parquet(columns, facts_out.facts(session, actor, table, filters))
    named = {"Content-Disposition": f'attachment; filename="{table}.parquet"'}
    return Response(body, content_type=MEDIA_TYPE, headers=named)


@blueprint.get("/facts/<table>.<kind>")
@allow(*READERS)
def export_facts(table: str, kind: str) -> Response:
    """The same for a spreadsheet."""
    facts_out.columns_of(table)
    keeping.catch_up(current_session(), current_actor())
    return as_file(kind, table, list(_facts(table)))


def _facts(table: str) -> Iterator[list[Cell]]:
    yield [column.name for column in facts_out.columns_of(table)]
    for row in facts_out.facts(current_session(), current_actor(), table, current_filters()):
        yield [json.dumps(value) if isinstance(value, bool) else value for value in row]


def _line(name: str, found: Sum, is_share: bool) -> list[Cell]:
    interval = (found.interval or (None, None)) if is_share else ()
    return [name, found.n, _exact(found.value), *(_exact(end) for end in interval), *found.inputs]


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.6f}")
