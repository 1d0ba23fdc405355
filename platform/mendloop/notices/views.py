"""The inbox: what waits for the reader, and what they say about it."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mendloop.accounts.actor import ROLES, Actor
from mendloop.accounts.services import names_of_people
from mendloop.clock import utc_now
from mendloop.database import run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.notices import services
from mendloop.notices.filters import Filters, grouped
from mendloop.notices.services import STATES, Line
from mendloop.notices.sources import URGENCIES, sources_for
from mendloop.notices.wording import Reader
from mendloop.pages.navigation import WAITING, Waiting
from mendloop.pages.render import current_zone
from mendloop.problems import Missing, Problem, Refusal
from mendloop.words import words_of

blueprint = Blueprint("notices", __name__, template_folder="pages")
LAG = 2.0
"""Seconds by which a page that is open may lag behind."""
MORNING = dt.time(8)
WAITING["nav.inbox"] = Waiting("inbox.waiting", frozenset(ROLES), services.count_waiting)


@blueprint.get("/inbox")
@allow()
def show_inbox() -> str:
    """What waits, narrowed by what stands in the address."""
    return _page(services.inbox_of(current_session(), current_actor()))


@blueprint.get("/inbox/live")
@allow()
def show_inbox_live() -> Response:
    """The lines alone, for a page that is open; 304 while nothing has changed."""
    lines = services.inbox_of(current_session(), current_actor(), LAG)
    mark = _mark(lines)
    is_known = request.if_none_match.contains(mark)
    page = "" if is_known else render_template("inbox_lines.html", **_context(lines))
    response = Response(page, status=304 if is_known else 200, content_type="text/html; charset=utf-8")
    response.set_etag(mark)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.get("/inbox/open/<path:notice>")
@allow()
def open_notice(notice: str) -> Response:
    """Go where it is dealt with; the reader has seen it then. What waits no more says so."""
    session, actor = current_session(), current_actor()
    try:
        waiting = services.find_waiting(session, actor, notice)
    except Missing:
        flash("", "inbox.dealt_with")
        return redirect(url_for("notices.show_inbox"))
    run_write(session, lambda: services.mark_seen(session, actor, [notice]))
    return redirect(waiting.path)


@blueprint.post("/inbox/seen")
@allow()
def see_all() -> Response:
    """Everything that is shown has been seen."""
    session, actor, filters = current_session(), current_actor(), Filters.from_address(request.args)
    seen = [line.waiting.id for line in services.inbox_of(session, actor, LAG) if filters.lets_through(line)]
    run_write(session, lambda: services.mark_seen(session, actor, seen))
    return _back()


@blueprint.get("/inbox/later")
@allow()
def choose_later() -> str:
    """Until when it is to be out of sight."""
    waiting = services.find_waiting(current_session(), current_actor(), request.args.get("notice", ""))
    return _later_page(waiting)


@blueprint.post("/inbox/later")
@allow()
def put_off() -> Response | tuple[str, int]:
    """Out of sight until then, for the reader alone."""
    notice, session, actor = request.form.get("notice", ""), current_session(), current_actor()
    try:
        until = _until(request.form.get("until", ""))
        run_write(session, lambda: services.put_off(session, actor, notice, until))
    except Refusal as refusal:
        if refusal.status == Missing.status:
            return _gone()
        words = [words_of(each, current_language()) for each in refusal.problems]
        return _later_page(services.find_waiting(session, actor, notice), words), refusal.status
    return _back()


@blueprint.post("/inbox/back")
@allow()
def bring_back() -> Response:
    """To be seen now after all."""
    return _do(services.bring_back)


@blueprint.post("/inbox/take")
@allow()
def take() -> Response | tuple[str, int]:
    """The reader does it, and nobody else has to."""
    session, actor, form = current_session(), current_actor(), request.form
    notice, instead_of = form.get("notice", ""), form.get("instead_of", "")
    try:
        run_write(session, lambda: services.take(session, actor, notice, instead_of))
    except Missing:
        return _gone()
    except Refusal as refusal:
        words = [words_of(each, current_language()) for each in refusal.problems]
        return _page(services.inbox_of(session, actor), words), refusal.status
    return _back()


@blueprint.post("/inbox/give-back")
@allow()
def give_back() -> Response:
    """The reader does not do it after all."""
    return _do(services.give_back)


def _do(act: Callable[[Session, Actor, str], None]) -> Response:
    session, actor, notice = current_session(), current_actor(), request.form.get("notice", "")
    run_write(session, lambda: act(session, actor, notice))
    return _back()


def _back() -> Response:
    address: dict[str, Any] = dict(Filters.from_address(request.args).address())
    return redirect(url_for("notices.show_inbox", **address))


def _gone() -> Response:
    flash("", "inbox.dealt_with")
    return _back()


def _until(asked: str) -> dt.datetime:
    """An hour, tomorrow morning, Monday morning, or a minute of the organisation's clock."""
    now = utc_now().astimezone(current_zone())
    if asked == "hour":
        return now + dt.timedelta(hours=1)
    days = {"tomorrow": 1, "week": 7 - now.weekday()}
    if asked in days:
        return dt.datetime.combine(now.date() + dt.timedelta(days=days[asked]), MORNING, now.tzinfo)
    try:
        return dt.datetime.strptime(asked, "%Y-%m-%dT%H:%M").replace(tzinfo=now.tzinfo)
    except ValueError as error:
        raise Refusal(Problem("notices.until_unreadable", at="/until")) from error


def _page(lines: Sequence[Line], problems: Sequence[str] = ()) -> str:
    kinds = [source.key for source in sources_for(current_actor())]
    return render_template("inbox.html", kinds=kinds, urgencies=URGENCIES, problems=problems, **_context(lines))


def _context(lines: Sequence[Line]) -> dict[str, object]:
    filters, many = Filters.from_address(request.args), Counter(line.state for line in lines)
    return {
        "filters": filters,
        "tabs": [(state, many[state]) for state in STATES],
        "groups": list(grouped(lines, filters)),
        "reader": _reader(),
        "people": names_of_people(current_session(), current_actor()),
        "news": sum(line.is_new for line in lines if filters.lets_through(line)),
    }


def _later_page(waiting: services.Waiting, problems: Sequence[str] = ()) -> str:
    tomorrow = utc_now().astimezone(current_zone()) + dt.timedelta(days=1)
    return render_template(
        "inbox_later.html",
        waiting=waiting,
        reader=_reader(),
        problems=problems,
        until=f"{tomorrow:%Y-%m-%d}T{MORNING:%H:%M}",
        filters=Filters.from_address(request.args),
    )


def _reader() -> Reader:
    return Reader(current_language(), current_zone())


def _mark(lines: Sequence[Line]) -> str:
    """What is shown depends on the day and the language, too."""
    shown = f"{lines}-{utc_now().astimezone(current_zone()):%Y%m%d}-{current_language()}"
    return hashlib.sha256(shown.encode()).hexdigest()[:20]
