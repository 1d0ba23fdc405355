"""The organisation's own orders as an event log, and how one version of their template explains them."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.insights.flow.log import Attributes, Trace
from mendloop.insights.flow.own_log import OwnTrace, trace_of
from mendloop.insights.flow.replay import Work
from mendloop.insights.flow.step_figures import StepFigures, figures_by_step, routes_taken
from mendloop.insights.flow.template_net import TemplateNet, net_of_template
from mendloop.insights.flow.variants import Explained, explain, variants_of
from mendloop.insights.models import InsightOrder
from mendloop.library import services as library
from mendloop.library.services import Template, TemplateVersion
from mendloop.words import local
from mendloop.work_orders import services as orders
from mendloop.work_orders.services import WorkOrder

MOST_ORDERS = 2000
"""The newest ones; more are not read for one page."""
ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Period:
    """Orders that were opened from `since` on and before `until`; None: whenever."""

    since: dt.datetime | None = None
    until: dt.datetime | None = None


@dataclass(frozen=True)
class OwnFlow:
    """Orders, and the version that is to explain them. `versions`: all of the template, newest first.
    `leaves_out`: there are older orders, which are not read."""

    template: Template
    versions: tuple[TemplateVersion, ...]
    version: TemplateVersion
    orders: tuple[WorkOrder, ...]
    traces: tuple[OwnTrace, ...]
    leaves_out: bool = False

    @cached_property
    def document(self) -> Mapping[str, Any]:
        """What the version says."""
        found: Mapping[str, Any] = json.loads(self.version.document)
        return found

    @cached_property
    def net(self) -> TemplateNet:
        """Its flow."""
        return net_of_template(self.document)

    @cached_property
    def ids(self) -> dict[str, str]:
        """Orders' ids by their numbers."""
        return {order.number: order.id for order in self.orders}

    @cached_property
    def explained(self) -> list[Explained]:
        """Each way in which orders went, and how the version explains it; those that are over up to an end of
        their outcome."""
        own = {order.number: order.template_version_id == self.version.id for order in self.orders}
        works = {each.trace.case: self._works(each, own[each.trace.case]) for each in self.traces}
        groups: dict[str | None, list[Trace]] = {}
        for each in self.traces:
            outcome = str(each.trace.attributes.get("outcome", "")) if each.status == ENDED else None
            groups.setdefault(outcome, []).append(each.trace)
        found: list[Explained] = []
        for outcome, traces in groups.items():
            end = 0 if outcome is None else self.net.end_with(outcome)
            found += explain(self.net, variants_of(traces, lambda trace: works[trace.case]), end=end)
        return _numbered(found, len(self.traces))

    def _works(self, own: OwnTrace, is_own_version: bool) -> tuple[Work, ...]:
        """What was done, as the version knows it: routes are those of the version that was executed, no other's."""
        if is_own_version:
            return own.works
        known = frozenset(self.net.steps)
        return tuple(Work(work.name, work.step if work.step in known else "") for work in own.works)

    @cached_property
    def figures(self) -> dict[str, StepFigures]:
        """What happened at each step."""
        return figures_by_step([each.trace for each in self.traces], self.net.steps, lambda activity: activity)

    @cached_property
    def taken(self) -> Mapping[str, int]:
        """How often each route was taken."""
        return routes_taken(self.explained)

    def titles(self, language: str) -> dict[str, str]:
        """What nodes are called, those of older versions too."""
        return titles_of((each.document for each in reversed(self.versions)), language)


def _numbered(found: Iterable[Explained], cases: int) -> list[Explained]:
    """The most frequent one first, each with its share of all cases."""
    ordered = sorted(found, key=lambda each: -each.variant.count)
    return [
        replace(each, variant=replace(each.variant, number=number, share=each.variant.count / cases))
        for number, each in enumerate(ordered, 1)
    ]


def titles_of(documents: Iterable[str], language: str) -> dict[str, str]:
    """What the nodes of these documents are called; where two say something else, the later one is right."""
    found: dict[str, str] = {}
    for text in documents:
        nodes = json.loads(text)["nodes"]
        found |= {name: local(node.get("title"), language) or name for name, node in nodes.items()}
    return found


def flow_of(
    session: Session, actor: Actor, key: str, version_id: str, period: Period, *, all_versions: bool = False
) -> OwnFlow | None:
    """The orders of a version (without one: of the newest), or with `all_versions` of all of them; None where there is
    no such template, or none at all."""
    published = library.list_templates(session, actor, archived=True)
    chosen = next((each for each in published if each.template.key == key), None)
    if chosen is None:
        return None
    versions = tuple(library.list_versions(session, actor, chosen.template))
    version = next((each for each in versions if each.id == version_id), versions[0])
    wanted = [each.id for each in versions] if all_versions else [version.id]
    found = orders.orders_of_versions(session, actor, wanted, period.since, period.until, MOST_ORDERS + 1)
    read, leaves_out = tuple(found[:MOST_ORDERS]), len(found) > MOST_ORDERS
    return OwnFlow(chosen.template, versions, version, read, tuple(own_traces(session, actor, read)), leaves_out)


def usual_templates(session: Session, actor: Actor) -> list[str]:
    """Keys of templates, those by which most orders ended first."""
    mine = InsightOrder.organisation_id == actor.organisation_id
    statement = select(InsightOrder.template).where(mine).group_by(InsightOrder.template)
    return list(session.execute(statement.order_by(func.count().desc(), InsightOrder.template)).scalars())


def own_traces(session: Session, actor: Actor, found: Sequence[WorkOrder]) -> Iterator[OwnTrace]:
    """Each of these orders as a case."""
    by_id = {order.id: order for order in found}
    for order_id, events in orders.step_events(session, actor, [order.id for order in found]):
        order = by_id[order_id]
        yield OwnTrace(order.id, order.status, trace_of(order.number, events, _attributes(order)))


def _attributes(order: WorkOrder) -> Attributes:
    said = {"product": order.product, "asset": order.asset, "priority": order.priority, "status": order.status}
    return {name: value for name, value in {**said, "outcome": order.outcome or ""}.items() if value}


def of_one_version(flow: OwnFlow, version_id: str) -> list[Trace]:
    """The cases that ran this version."""
    versions = {order.number: order.template_version_id for order in flow.orders}
    return [each.trace for each in flow.traces if versions[each.trace.case] == version_id]
