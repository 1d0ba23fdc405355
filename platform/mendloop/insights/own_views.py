"""Figures about people: what somebody gave in knowledge, and what everybody may see of their own work."""

import datetime as dt

from flask import Blueprint, render_template

from mendloop.accounts.actor import ENGINEER
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.insights import figures, keeping, naming, showing
from mendloop.insights.filters import SHOWN_BEFORE, Filters
from mendloop.insights.framing import READERS, current_filters, framed, today
from mendloop.insights.knowledge_shared import shared
from mendloop.insights.own_signals import own_signals, own_steps
from mendloop.insights.step_names import step_names
from mendloop.insights.tabs import TABS, Tab
from mendloop.knowledge.settings import points_of

MOST_SIGNALS = 20
blueprint = Blueprint("insights_people", __name__, url_prefix="/insights", template_folder="pages")
TABS.append(Tab("knowledge", "insights_people.show_knowledge"))


@blueprint.get("/knowledge")
@allow(*READERS)
def show_knowledge() -> str:
    """Cases published, how often they helped, the time that saved; people by name."""
    session, actor, filters = current_session(), current_actor(), current_filters()
    frame = framed("knowledge")
    people = naming.names(session, actor, "person", current_language())
    found = sorted(shared(session, actor, filters), key=lambda it: people.get(it.person, it.person))
    return render_template(
        "insights_knowledge.html",
        rows=found,
        people=people,
        points=points_of(session, actor),
        say_saved=lambda each: showing.say_minutes(each / showing.MINUTE_MS),
        **frame,
    )


@blueprint.get("/mine")
@allow(ENGINEER)
def show_own() -> str:
    """One's own figures, and first of all what could look wrong in them."""
    session, actor = current_session(), current_actor()
    filters = Filters(person=actor.person_id, since=today() - dt.timedelta(days=SHOWN_BEFORE))
    left = keeping.glance(session, actor)
    signals = own_signals(session, actor, Filters(since=filters.since))
    return render_template(
        "insights_mine.html",
        left=left,
        filters=filters,
        signals=signals[:MOST_SIGNALS],
        count=len(signals),
        steps=own_steps(session, actor, Filters(since=filters.since)),
        cards=showing.cards(figures.overview(session, actor, filters)),
        names=step_names(session, actor, current_language()),
    )
