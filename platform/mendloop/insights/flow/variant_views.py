"""How orders went, one way beside the other; where they left the flow of a version; two versions before and after."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from flask import render_template, request

from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_session
from mendloop.insights import figures
from mendloop.insights.filters import Filters
from mendloop.insights.flow.asking import asked, shown
from mendloop.insights.flow.blueprint import READERS, blueprint
from mendloop.insights.flow.comparing import Cases, Compared, compare
from mendloop.insights.flow.deviations import told
from mendloop.insights.flow.listing import listing
from mendloop.insights.flow.numbers import Interval, share_interval
from mendloop.insights.flow.own_orders import ENDED, OwnFlow
from mendloop.insights.flow.step_figures import deviations_by_kind
from mendloop.insights.flow.template_net import net_of_template
from mendloop.insights.framing import current_filters
from mendloop.insights.sums import sum_of

VERDICTS = ("fits", "stops", "deviates", "cut")


@blueprint.get("/variants")
@allow(*READERS)
def show_variants() -> str:
    """Every way in which orders went, and whether the version explains it."""
    wanted = asked()
    flow = wanted.flow()
    page = shown(wanted, flow)
    explained = flow.explained if flow is not None else []
    counted: Counter[str] = Counter()
    for each in explained:
        counted[each.verdict] += each.variant.count
    return render_template(
        "flow_variants.html",
        place="variants",
        explained=listing(explained),
        counted=[(verdict, counted[verdict]) for verdict in VERDICTS if counted[verdict]],
        deviations=deviations_by_kind(explained),
        told=lambda each: told(each, page["titles"]),
        **page,
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One of two versions, with its cases."""

    id: str
    number: int
    cases: Cases


@blueprint.get("/compare")
@allow(*READERS)
def show_comparison() -> str:
    """`?version=` beside `?with=`, the version before it unless said otherwise."""
    wanted = asked()
    flow = wanted.flow(all_versions=True)
    page = shown(wanted, flow)
    sides = _sides(flow, request.args.get("with", "")) if flow is not None else None
    return render_template(
        "flow_comparison.html",
        place="comparison",
        sides=sides,
        compared=_compared(flow, sides) if flow is not None and sides is not None else [],
        **page,
    )


def _sides(flow: OwnFlow, other: str) -> tuple[Side, Side] | None:
    """Before and after; None where the template has one version only."""
    older = [each for each in flow.versions if each.number < flow.version.number]
    chosen = next((each for each in flow.versions if each.id == other and each.id != flow.version.id), None)
    against = chosen or next(iter(older or [each for each in flow.versions if each.id != flow.version.id]), None)
    if against is None:
        return None
    before, after = sorted((against, flow.version), key=lambda each: each.number)
    return _side(flow, before.id, before.number), _side(flow, after.id, after.number)


def _side(flow: OwnFlow, version: str, number: int) -> Side:
    own = {order.number for order in flow.orders if order.template_version_id == version}
    every = [each for each in flow.traces if each.trace.case in own]
    over = [each.trace for each in every if each.status == ENDED]
    return Side(version, number, Cases([each.trace for each in every], over))


def _compared(flow: OwnFlow, sides: tuple[Side, Side]) -> list[Compared]:
    documents = {each.id: each.document for each in flow.versions}
    first_fix = Compared("first_fix", "share", _first_fix(sides[0].id), _first_fix(sides[1].id), more_is_better=True)
    return [first_fix, *compare(sides[0].cases, sides[1].cases, _steps(documents[side.id] for side in reversed(sides)))]


def _steps(documents: Iterable[str]) -> list[str]:
    """Those of the first document in the order in which one reads them, then those that only the others have."""
    return list(dict.fromkeys(step for text in documents for step in net_of_template(json.loads(text)).steps))


def _first_fix(version: str) -> Interval | None:
    """As the page of that figure counts it, over the orders of the version that ended in the period."""
    filters = current_filters()
    own = Filters(version=version, since=filters.since, until=filters.until, days=filters.days)
    measured = figures.measured(current_session(), current_actor(), figures.kind_of("first_fix"), own)
    total = sum_of("", measured)
    return share_interval(round(total.upper), round(total.lower))
