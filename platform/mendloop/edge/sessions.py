"""Browser sessions kept on the server: the cookie holds a random token and nothing else."""

import datetime as dt
import secrets
from typing import Any

from flask import Flask
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict
from werkzeug.wrappers import Request, Response

from mendloop.accounts.browser_sessions import KeptSession, drop_expired, end_session, find_session, keep_session
from mendloop.clock import utc_now
from mendloop.database import Database, open_session, write_transaction

SIGNED_IN_FOR = dt.timedelta(days=30)
ANONYMOUS_FOR = dt.timedelta(hours=24)
USER = "_user_id"
WITHOUT_SESSION = ("/static/", "/style.css", "/healthz")
"""Answered alike to everybody: the database is not asked who it is."""


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """One browser's session. `rotate()` makes it continue under a new token."""

    def __init__(self, data: dict[str, Any], token: str | None, expires_at: dt.datetime | None) -> None:
        super().__init__(data, on_update=lambda changed: setattr(changed, "modified", True))
        self.token = token
        self.expires_at = expires_at
        self.modified = False
        self.must_rotate = False

    def rotate(self) -> None:
        """Give the session a new token when it is saved; the old one is worth nothing then."""
        self.must_rotate = self.modified = True

    @property
    def lives_for(self) -> dt.timedelta:
        return SIGNED_IN_FOR if USER in self else ANONYMOUS_FOR

    @property
    def is_ageing(self) -> bool:
        """True when half of its life is over, so that it should be prolonged."""
        return self.expires_at is not None and self.expires_at - utc_now() < self.lives_for / 2


class ServerSessions(SessionInterface):
    """Loads and saves sessions in `browser_sessions`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get_cookie_name(self, app: Flask) -> str:
        """`__Host-` binds the cookie to this host and to https; plain http on a workstation cannot have it."""
        return "__Host-mendloop" if app.config["SESSION_COOKIE_SECURE"] else "mendloop"

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        token = request.cookies.get(self.get_cookie_name(app))
        if not token or request.path.startswith(WITHOUT_SESSION):
            return ServerSession({}, None, None)
        with open_session(self._database) as session:
            found = find_session(session, token, utc_now())
        return ServerSession({}, None, None) if found is None else ServerSession(found.data, token, found.expires_at)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, ServerSession)  # noqa: S101 - Flask's interface is wider than ours
        if session.accessed:
            response.vary.add("Cookie")
        if not session.modified and not session.is_ageing:
            return
        token = secrets.token_urlsafe(32) if session.token is None or session.must_rotate else session.token
        self._store(session, token)
        response.set_cookie(
            self.get_cookie_name(app),
            token,
            max_age=session.lives_for,
            secure=app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
            path="/",
        )

    def _store(self, kept: ServerSession, token: str) -> None:
        now = utc_now()
        organisation_id, _, person_id = kept.get(USER, "").partition("/")
        with open_session(self._database) as session, write_transaction(session):
            drop_expired(session, now)
            if kept.token is not None and not end_session(session, kept.token):
                return  # ended by another request meanwhile: it must not come back to life
            owner = (organisation_id or None, person_id or None)
            keep_session(session, token, owner, KeptSession(dict(kept), now + kept.lives_for))
