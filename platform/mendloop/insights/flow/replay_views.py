"""An imported log on a template: which of its ways the flow explains, and where the others leave it."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.database import run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.insights.flow import keeping
from mendloop.insights.flow.blueprint import KEEPERS, READERS, blueprint
from mendloop.insights.flow.deviations import told
from mendloop.insights.flow.flow_views import draw
from mendloop.insights.flow.listing import listing
from mendloop.insights.flow.log import Log
from mendloop.insights.flow.models import ImportedLog
from mendloop.insights.flow.own_orders import titles_of
from mendloop.insights.flow.step_figures import deviations_by_kind, figures_by_step, routes_taken
from mendloop.insights.flow.template_net import TemplateNet, net_of_template
from mendloop.insights.flow.variant_views import VERDICTS
from mendloop.insights.flow.variants import OUTSIDE, Explained, explain, guess_steps, mapped, variants_of
from mendloop.library import services as library
from mendloop.library.services import TemplateVersion
from mendloop.problems import Missing
from mendloop.words import local


@dataclass(frozen=True)
class OnTemplate:
    """A log, the version that is to explain it, and which activity is which step."""

    log: Log
    template_id: str
    version: TemplateVersion
    steps: Mapping[str, str]

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
    def explained(self) -> list[Explained]:
        """Every variant."""
        return explain(self.net, variants_of(self.log.traces, mapped(self.steps)))


@blueprint.get("/logs/<log_id>/replay")
@allow(*READERS)
def replay_log(log_id: str) -> str:
    """`?template=KEY&version=ID`; without a template one can choose it here."""
    kept, log = _opened(log_id)
    published = library.list_templates(current_session(), current_actor(), archived=True)
    on = _on_template(kept, log, request.args.get("template", ""), request.args.get("version", ""))
    counted: Counter[str] = Counter()
    for each in on.explained if on else ():
        counted[each.verdict] += each.variant.count
    titles = titles_of([on.version.document], current_language()) if on else {}
    return render_template(
        "flow_replay.html",
        place="logs",
        kept=kept,
        log=log,
        on=on,
        templates=[(each.template.key, local(each.version.title, current_language())) for each in published],
        versions=_versions(on) if on else [],
        titles=titles,
        counted=[(verdict, counted[verdict]) for verdict in VERDICTS if counted[verdict]],
        deviations=deviations_by_kind(on.explained) if on else [],
        told=lambda each: told(each, titles),
        picture=_picture(on) if on else None,
        outside=OUTSIDE,
        listed=listing(on.explained) if on else None,
    )


def _picture(on: OnTemplate) -> Any:
    figures = figures_by_step(on.log.traces, on.net.steps, lambda activity: on.steps.get(activity, ""))
    return draw(on.document, routes_taken(on.explained), figures)


def _versions(on: OnTemplate) -> list[TemplateVersion]:
    session, actor = current_session(), current_actor()
    return library.list_versions(session, actor, library.access_template(session, actor, on.template_id))


@blueprint.post("/logs/<log_id>/steps")
@allow(*KEEPERS)
def say_steps(log_id: str) -> Response:
    """Which activity is which step: `step-0`, `step-1`, … in the order of the log's activities."""
    kept, log = _opened(log_id)
    on = _on_template(kept, log, request.form.get("template", ""), request.form.get("version", ""))
    if on is None:
        raise Missing
    known = {*on.net.steps, OUTSIDE}
    given = [request.form.get(f"step-{number}", "") for number, _ in enumerate(log.activities())]
    steps = {name: step if step in known else "" for name, step in zip(log.activities(), given, strict=True)}
    run_write(current_session(), lambda: keeping.say_steps(current_session(), kept, on.template_id, steps))
    template = request.form["template"]
    there = url_for("insights_flow.replay_log", log_id=log_id, template=template, version=on.version.id)
    return redirect(there)


def _on_template(kept: ImportedLog, log: Log, key: str, version_id: str) -> OnTemplate | None:
    """With the steps that somebody chose for this template, else those that are named alike."""
    session, actor = current_session(), current_actor()
    template = library.template_by_key(session, actor, key) if key else None
    versions = library.list_versions(session, actor, template) if template is not None else []
    if template is None or not versions:
        return None
    version = next((each for each in versions if each.id == version_id), versions[0])
    steps = {name: str(step) for name, step in kept.steps.get(template.id, {}).items()}
    return OnTemplate(log, template.id, version, steps or _guessed(log, version))


def _guessed(log: Log, version: TemplateVersion) -> dict[str, str]:
    nodes = json.loads(version.document)["nodes"]
    titles = {name: list((node.get("title") or {}).values()) for name, node in nodes.items() if node["kind"] == "step"}
    return guess_steps(log, titles)


def _opened(log_id: str) -> tuple[ImportedLog, Log]:
    session, actor = current_session(), current_actor()
    kept = keeping.access_log(session, actor, log_id)
    return kept, keeping.read_log(session, actor, kept)
