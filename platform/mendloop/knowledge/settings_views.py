"""Words that mean the same, and points for who shares what they know."""

import datetime as dt

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from mendloop.accounts.actor import OWNER, SUPERVISOR
from mendloop.clock import utc_now
from mendloop.database import run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_session
from mendloop.knowledge import settings
from mendloop.knowledge.blueprint import blueprint
from mendloop.knowledge.contributions import contributions
from mendloop.knowledge.forms import PointsForm, SynonymsForm
from mendloop.knowledge.roles import REVIEWERS
from mendloop.pages.forms import show_problems
from mendloop.problems import Refusal

SCHEMERS = (OWNER, SUPERVISOR)
A_YEAR = dt.timedelta(days=365)


@blueprint.get("/knowledge/synonyms")
@allow(*REVIEWERS)
def show_synonyms() -> str:
    """The groups of words."""
    text = settings.synonyms_text(current_session(), current_actor())
    return render_template("synonyms.html", form=SynonymsForm(formdata=None, data={"synonyms": text}))


@blueprint.post("/knowledge/synonyms")
@allow(*REVIEWERS)
def change_synonyms() -> Response | tuple[str, int]:
    """Keep the changes."""
    form, session, actor = SynonymsForm(), current_session(), current_actor()
    try:
        run_write(session, lambda: settings.change_synonyms(session, actor, form.synonyms.data or ""))
    except Refusal as refusal:
        show_problems(form, refusal)
        return render_template("synonyms.html", form=form), refusal.status
    flash("", "knowledge.told.saved")
    return redirect(url_for("knowledge.show_synonyms"))


@blueprint.get("/knowledge/points")
@allow(*SCHEMERS)
def show_points() -> str:
    """The scheme, and what it has given in a year."""
    points = settings.points_of(current_session(), current_actor())
    data = {"on": points.on, "published": points.published, "helped": points.helped}
    return _points_page(PointsForm(formdata=None, data=data))


@blueprint.post("/knowledge/points")
@allow(*SCHEMERS)
def change_points() -> Response | tuple[str, int]:
    """Keep the changes."""
    form, session, actor = PointsForm(), current_session(), current_actor()
    try:
        run_write(session, lambda: settings.change_points(session, actor, form.points))
    except Refusal as refusal:
        show_problems(form, refusal)
        return _points_page(form), refusal.status
    flash("", "knowledge.told.saved")
    return redirect(url_for("knowledge.show_points"))


def _points_page(form: PointsForm) -> str:
    session, actor, now = current_session(), current_actor(), utc_now()
    rows = contributions(session, actor, now - A_YEAR, now)
    return render_template("points.html", form=form, rows=rows, points=settings.points_of(session, actor))
