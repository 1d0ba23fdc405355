"""Turning a session into a person, on every request anew: roles taken away are gone at the next click."""

from dataclasses import dataclass

from flask import Flask
from flask_login import LoginManager, UserMixin

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import find_actor
from mendloop.database import bind_organisation
from mendloop.edge.context import current_session

login_manager = LoginManager()


@dataclass(frozen=True, slots=True, eq=False)
class SignedIn(UserMixin):  # type: ignore[misc] # Flask-Login has no types
    """The person behind a request, as Flask-Login wants to see them."""

    actor: Actor
    organisation_name: str

    def get_id(self) -> str:
        return f"{self.actor.organisation_id}/{self.actor.person_id}"


def install_identity(app: Flask) -> None:
    """Make `current_user` work."""
    # "basic" protection ties a session to one address: a phone changes its address all day.
    login_manager.session_protection = None
    login_manager.user_loader(_load)
    login_manager.init_app(app)


def _load(user_id: str) -> SignedIn | None:
    organisation_id, _, person_id = user_id.partition("/")
    session = current_session()
    bind_organisation(session, organisation_id)
    found = find_actor(session, organisation_id, person_id)
    return SignedIn(*found) if found else None
