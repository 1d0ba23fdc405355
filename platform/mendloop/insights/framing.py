"""What every page of figures is given for its frame: tabs, filters, what can be chosen, how far the facts are."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from flask import g, request

from mendloop.accounts.actor import OWNER, SUPERVISOR, VIEWER
from mendloop.clock import utc_now
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.insights import keeping, naming
from mendloop.insights.filters import SPLITS, Filters, filters_from
from mendloop.insights.tabs import TABS
from mendloop.pages.render import current_zone, t

READERS = (OWNER, SUPERVISOR, VIEWER)


def framed(here: str) -> dict[str, Any]:
    """For a page that extends insights_frame.html. Facts that are not there yet are made for a short while; then the
    page comes back by itself, with `go_on`, and takes its time: the one before it is there to be read."""
    session, actor, filters = current_session(), current_actor(), current_filters()
    left = keeping.catch_up(session, actor) if "go_on" in request.args else keeping.glance(session, actor)
    choices = naming.choices(session, actor, filters, current_language())
    return {
        "here": here,
        "tabs": TABS,
        "filters": filters,
        "address": filters.address(),
        "splits": SPLITS,
        "choices": choices,
        "narrowed": [(name, dict(choices[name]).get(value, value)) for name, value in filters.chosen],
        "period": _period(filters),
        "left": left,
        "go_on": _again() if left else "",
        "over": keeping.count_over(session, actor) if left else 0,
    }


def current_filters() -> Filters:
    """What the address narrows to, read once a request."""
    if "insights_filters" not in g:
        g.insights_filters = filters_from(request.args, today())
    filters: Filters = g.insights_filters
    return filters


def today() -> dt.date:
    """In the organisation's zone."""
    return utc_now().astimezone(current_zone()).date()


def _again() -> str:
    """The address of this very page, to go on reading."""
    return f"{request.path}?{urlencode({**request.args, 'go_on': '1'})}"


def _period(filters: Filters) -> str:
    return t("insights.period", since=filters.since or "…", until=filters.until or t("insights.today"))
