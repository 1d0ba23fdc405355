"""What belongs to the request being answered. Only views use this; services are given a session and an actor."""

from typing import cast

from flask import current_app, g, request
from flask_login import current_user
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.config import Config
from mendloop.database import Database, open_session
from mendloop.words import LANGUAGES, best_language

LANGUAGE_COOKIE = "mendloop_language"


def current_config() -> Config:
    """The settings of this installation."""
    return cast(Config, current_app.extensions["mendloop_config"])


def current_database() -> Database:
    """The database of this installation."""
    return cast(Database, current_app.extensions["mendloop_database"])


def current_session() -> Session:
    """This request's database session; after sign-in it is bound to the person's organisation."""
    if "database_session" not in g:
        g.database_session = open_session(current_database())
    return cast(Session, g.database_session)


def close_session(_error: BaseException | None = None) -> None:
    """End of the request: what was not committed is gone."""
    session = g.pop("database_session", None)
    if session is not None:
        session.close()


def current_actor() -> Actor:
    """The signed-in person. The guard has made sure that there is one, except on public routes."""
    return cast(Actor, current_user.actor)


def actor_or_none() -> Actor | None:
    """The signed-in person, if any."""
    return cast(Actor, current_user.actor) if current_user.is_authenticated else None


def current_language() -> str:
    """The person's language; before sign-in the one chosen in this browser, else what the browser asks for."""
    actor = actor_or_none()
    if actor is not None:
        return actor.language
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return chosen if chosen in LANGUAGES else best_language(request.accept_languages.best)


def is_api_request() -> bool:
    """True when the answer is read by a program."""
    return request.path.startswith("/api/")
