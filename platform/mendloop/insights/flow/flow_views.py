"""The flow as orders really went through it, drawn over their template; and the orders behind each step of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from mendloop.edge.access import allow
from mendloop.edge.context import current_language
from mendloop.insights.flow.asking import asked, shown
from mendloop.insights.flow.blueprint import READERS, blueprint
from mendloop.insights.flow.log import Trace
from mendloop.insights.flow.numbers import percentile
from mendloop.insights.flow.own_orders import OwnFlow
from mendloop.insights.flow.picture import FlowPicture, Said, picture_of
from mendloop.insights.flow.spans import span
from mendloop.insights.flow.step_figures import StepFigures
from mendloop.insights.flow.tasks import Task, tasks_of
from mendloop.pages.render import t
from mendloop.problems import Missing
from mendloop.words import local

SHOWN_ORDERS = 200


@dataclass(frozen=True, slots=True)
class Rework:
    """A way back: from which step to which node, how often it was taken."""

    start: str
    to: str
    count: int


@blueprint.get("/")
@allow(*READERS)
def show_flow() -> str:
    """The picture, with the same figures as a table."""
    wanted = asked()
    flow = wanted.flow()
    page = shown(wanted, flow)
    drawn = draw(flow.document, flow.taken, flow.figures, page["here"]) if flow is not None else None
    return render_template(
        "flow_flow.html", place="flow", picture=drawn, reworks=_reworks(flow) if flow is not None else [], **page
    )


def draw(
    document: Mapping[str, Any],
    taken: Mapping[str, int],
    figures: Mapping[str, StepFigures],
    address: Mapping[str, Any] | None = None,
) -> FlowPicture:
    """The flow with its figures; with an `address`, steps lead to the orders behind them."""

    def said(name: str, node: Mapping[str, Any]) -> Said:
        title = local(node.get("title"), current_language()) or t(f"flow.node.{node['kind']}")
        found = figures.get(name)
        if found is None:
            return Said(title, hint=title)
        time = span(found.work) if found.works else ""
        href = "" if address is None else url_for("insights_flow.show_step", **address, step=name)
        weight = (found.work or 0) + (found.wait or 0)
        return Said(title, f"{found.visits}×", time, weight, len(found.still), href, _hint(title, found))

    return picture_of(document, taken, said)


def _hint(title: str, found: StepFigures) -> str:
    return t(
        "flow.step_hint",
        title=title,
        visits=found.visits,
        again=found.again,
        wait=span(found.wait),
        work=span(found.work),
    )


def _reworks(flow: OwnFlow) -> list[Rework]:
    """Ways back that were taken, frequent ones first."""
    routes = [
        Rework(name, edge["to"], flow.taken.get(f"{name}/{index}", 0))
        for name, node in flow.document["nodes"].items()
        for index, edge in enumerate(node.get("next") or ())
        if edge.get("rework") is True
    ]
    return sorted((each for each in routes if each.count), key=lambda each: -each.count)


@dataclass(frozen=True, slots=True)
class AtStep:
    """What one order did at a step: `open` is what is not done there yet."""

    case: str
    tasks: tuple[Task, ...]

    @property
    def open(self) -> Task | None:
        """Where it stands still, or is worked on."""
        return next((task for task in self.tasks if task.is_open), None)

    @property
    def waited(self) -> float | None:
        """The longest wait."""
        return max((task.waited for task in self.tasks if task.waited is not None), default=None)

    @property
    def worked(self) -> float | None:
        """All work together."""
        return sum(task.worked or 0 for task in self.tasks) if any(task.worked for task in self.tasks) else None

    @property
    def visits(self) -> int:
        """How often it was done."""
        return sum(task.completed is not None for task in self.tasks)


@blueprint.get("/step")
@allow(*READERS)
def show_step() -> str:
    """The orders that came to `?step=`: first those that stand there now, then those that waited longest."""
    wanted = asked()
    flow = wanted.flow()
    step = request.args.get("step", "")
    if flow is None or step not in flow.figures:
        raise Missing
    rows = sorted(_at(step, [each.trace for each in flow.traces]), key=_rank)
    middle = percentile([row.waited for row in rows if row.waited is not None], 0.5)
    page = shown(wanted, flow)
    more = len(rows) - SHOWN_ORDERS
    return render_template(
        "flow_step.html", place="flow", step=step, rows=rows[:SHOWN_ORDERS], more=more, middle=middle, **page
    )


def _at(step: str, traces: list[Trace]) -> list[AtStep]:
    found = (AtStep(trace.case, tuple(task for task in tasks_of(trace) if task.activity == step)) for trace in traces)
    return [each for each in found if each.tasks]


def _rank(row: AtStep) -> tuple[bool, float]:
    return row.open is None, -(row.waited or 0.0)
