"""Imported event logs: taking one in, what it tells, what its words mean, removing it."""

import json
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.accounts.services import names_of_people
from mendloop.config import Config
from mendloop.database import run_write
from mendloop.edge.access import Access, allow, declare
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.insights.charts import Bar, BarChart
from mendloop.insights.flow import keeping
from mendloop.insights.flow.blueprint import KEEPERS, READERS, blueprint
from mendloop.insights.flow.figures import Figures, Labour
from mendloop.insights.flow.listing import listing
from mendloop.insights.flow.log import Log
from mendloop.insights.flow.meaning import Meaning, verdicts_of
from mendloop.insights.flow.models import ImportedLog
from mendloop.insights.flow.spans import exact_minutes
from mendloop.insights.flow.variants import variants_of
from mendloop.insights.flow.xes_reading import MOST_FILE_BYTES
from mendloop.pages.render import t
from mendloop.problems import Problem, Refusal
from mendloop.words import words_of

SHOWN_PEOPLE = 60


@blueprint.get("/logs/")
@allow(*READERS)
def list_logs() -> str:
    """Every imported log, and where the next one is taken in."""
    return _list("")


def import_log() -> Response | tuple[str, int]:
    """Take in the file that was sent."""
    session, actor = current_session(), current_actor()
    try:
        name, content = _sent()
        kept = run_write(session, lambda: keeping.take_in(session, actor, name, content))
    except Refusal as refusal:
        return _list(words_of(refusal.problems[0], current_language())), refusal.status
    flash(kept.name, "flow.log.taken_in")
    return redirect(url_for("insights_flow.show_log", log_id=kept.id))


def _sent() -> tuple[str, bytes]:
    """Name and content of the file, no more of it than may be."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Refusal(Problem("xes.no_file", "/file"))
    return file.filename, file.stream.read(MOST_FILE_BYTES + 1)


def _file_bytes(_config: Config) -> int:
    return MOST_FILE_BYTES + 100_000


blueprint.add_url_rule(
    "/logs/", view_func=declare(import_log, Access(frozenset(KEEPERS), _file_bytes)), methods=["POST"]
)


def _list(problem: str) -> str:
    session, actor = current_session(), current_actor()
    logs, names = keeping.list_logs(session, actor), names_of_people(session, actor)
    return render_template("flow_logs.html", place="logs", logs=logs, names=names, problem=problem)


@blueprint.get("/logs/<log_id>")
@allow(*READERS)
def show_log(log_id: str) -> str:
    """What the log tells."""
    kept, log = _opened(log_id)
    figures = Figures(log, Meaning.from_json(kept.meaning))
    return render_template(
        "flow_log.html",
        place="logs",
        kept=kept,
        by=names_of_people(current_session(), current_actor()).get(kept.created_by, ""),
        figures=figures,
        people=_chart(t("flow.labour.by_person"), t("flow.labour.person"), figures.by_person),
        activities=_chart(t("flow.labour.by_activity"), t("flow.labour.activity"), figures.by_activity),
        variants=listing(variants_of(log.traces)),
        **_choices(log),
    )


def _chart(title: str, label: str, labour: list[Labour]) -> BarChart:
    bars = [
        Bar(each.name or t("flow.nobody"), each.minutes, exact_minutes(each.minutes), each.tasks)
        for each in labour[:SHOWN_PEOPLE]
    ]
    return BarChart(title, bars, label=label, value=t("flow.labour.minutes"), count=t("flow.labour.tasks"))


def _choices(log: Log) -> dict[str, Any]:
    """What a person may say that the log's words mean: `verdicts` are an activity, an attribute and a value each."""
    activities = log.activities()
    verdicts = [
        (activity, key, value)
        for activity in activities
        for key, values in verdicts_of(log, activity).items()
        for value in values
    ]
    return {"all_activities": activities, "verdicts": [(json.dumps(each), *each) for each in verdicts]}


@blueprint.post("/logs/<log_id>/meaning")
@allow(*KEEPERS)
def say_meaning(log_id: str) -> Response:
    """Which activity is the test, when it was passed, and what sends a repair back."""
    kept, log = _opened(log_id)
    meaning = _meant(request.form.get("passed", ""), request.form.get("restart", ""), _choices(log))
    run_write(
        current_session(),
        lambda: keeping.say_meaning(current_session(), kept, request.form.get("name", ""), meaning),
    )
    flash(kept.name, "flow.log.meaning_kept")
    return redirect(url_for("insights_flow.show_log", log_id=kept.id))


def _meant(passed: str, restart: str, choices: dict[str, Any]) -> Meaning:
    """Only what can be chosen."""
    test, key, value = next((each[1:] for each in choices["verdicts"] if each[0] == passed), ("", "", ""))
    return Meaning(test, key, value, restart if restart in choices["all_activities"] else "")


@blueprint.get("/logs/<log_id>/log.xes.gz")
@allow(*READERS)
def download_log(log_id: str) -> Response:
    """The file as it was taken in."""
    session, actor = current_session(), current_actor()
    kept = keeping.access_log(session, actor, log_id)
    headers = {"Content-Disposition": 'attachment; filename="log.xes.gz"', "X-Content-Type-Options": "nosniff"}
    return Response(keeping.file_of(session, actor, kept), content_type="application/gzip", headers=headers)


@blueprint.post("/logs/<log_id>/remove")
@allow(*KEEPERS)
def remove_log(log_id: str) -> Response:
    """It goes for good, once somebody has said that it shall."""
    session, actor = current_session(), current_actor()
    kept = keeping.access_log(session, actor, log_id)
    if "sure" not in request.form:
        return redirect(url_for("insights_flow.show_log", log_id=log_id, _anchor="remove"))
    name = kept.name
    run_write(session, lambda: keeping.remove_log(session, actor, keeping.access_log(session, actor, log_id)))
    flash(name, "flow.log.removed")
    return redirect(url_for("insights_flow.list_logs"))


def _opened(log_id: str) -> tuple[ImportedLog, Log]:
    session, actor = current_session(), current_actor()
    kept = keeping.access_log(session, actor, log_id)
    return kept, keeping.read_log(session, actor, kept)
