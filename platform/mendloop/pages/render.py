"""What every page can use: words, the person, dates, and which part of the product is open."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask import Flask, g, request
from sqlalchemy.exc import SQLAlchemyError

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation, zone_of
from mendloop.clock import utc_now
from mendloop.database import TenancyError
from mendloop.edge.context import actor_or_none, current_language, current_session
from mendloop.pages.navigation import WAITING, Waiting, groups_for
from mendloop.words import catalogue, local, translate, unit_in


def install_pages(app: Flask) -> None:
    """Give Jinja `t`, `local`, `language`, `actor` and the navigation."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(t=t, local=local_text, work_role_name=work_role_name, field_type_name=field_type_name)
    app.jinja_env.globals.update(has_role=has_role, unit_name=unit_name, waiting_at=waiting_at)
    app.jinja_env.filters["instant"] = show_instant
    app.jinja_env.filters["clock"] = show_clock
    app.context_processor(_context)


def t(key: str, /, **values: object) -> str:
    """The words for `key` in the reader's language."""
    return translate(current_language(), key, **values)


def local_text(text: Mapping[str, str] | None) -> str:
    """A text kept in several languages, in the reader's."""
    return local(text, current_language())


def work_role_name(role: str, title: Mapping[str, str] | None = None) -> str:
    """The name of a skill: in our words, else as the template titles it, else as it is."""
    return catalogue(current_language()).get(f"work_role.{role}") or local_text(title) or role


def field_type_name(type_: str) -> str:
    """The name of a field type; a plugin's own is shown as it is."""
    return catalogue(current_language()).get(f"field_type.{type_}", type_)


def unit_name(unit: str) -> str:
    """What people call a unit in which parts are counted."""
    return unit_in(current_language(), unit)


def has_role(*roles: str) -> bool:
    """True when the reader has one of the roles: what they may not do is not offered."""
    actor = actor_or_none()
    return actor is not None and actor.has_any(frozenset(roles))


def waiting_at(key: str) -> int:
    """How much waits at a place for the reader; asked for once a request, and not at all for who is not to see it."""
    actor, waiting = actor_or_none(), WAITING.get(key)
    if actor is None or waiting is None or not actor.has_any(waiting.roles):
        return 0
    if "waiting" not in g:
        g.waiting = {}
    if key not in g.waiting:
        g.waiting[key] = _counted(actor, waiting)
    return int(g.waiting[key])


def _counted(actor: Actor, waiting: Waiting) -> int:
    try:
        return waiting.count(current_session(), actor)
    except (SQLAlchemyError, TenancyError):  # the page may be the one that tells of the very failure
        return 0


def show_instant(value: dt.datetime | None) -> str:
    """Date and minute, in the organisation's own time zone."""
    return value.astimezone(current_zone()).strftime("%Y-%m-%d %H:%M") if value else "–"


def show_clock(value: dt.datetime) -> str:
    """Hour and minute in the organisation's own time zone; with the day unless it is today, and its year."""
    local_time, today = value.astimezone(current_zone()), utc_now().astimezone(current_zone()).date()
    if local_time.date() == today:
        return local_time.strftime("%H:%M")
    return local_time.strftime("%m-%d %H:%M" if local_time.year == today.year else "%Y-%m-%d %H:%M")


def current_zone() -> dt.tzinfo:
    """The zone of the reader's organisation, looked up once a request; UTC where nobody is signed in."""
    actor = actor_or_none()
    if "zone" not in g:
        g.zone = zone_of(access_organisation(current_session(), actor)) if actor else dt.UTC
    zone: dt.tzinfo = g.zone
    return zone


def _context() -> dict[str, Any]:
    actor = actor_or_none()
    return {
        "actor": actor,
        "language": current_language(),
        "waiting_words": {key: waiting.words for key, waiting in WAITING.items()},
        "navigation": groups_for(actor, request.path) if actor else [],
    }
