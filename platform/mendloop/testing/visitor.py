"""A test client with a browser's habits: it keeps cookies and sends the CSRF token of its session."""

import hashlib
import secrets
from typing import Any

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from mendloop.accounts.actor import Actor
from mendloop.accounts.models import BrowserSession
from mendloop.clock import utc_now
from mendloop.database import open_session, write_transaction
from mendloop.edge.sessions import SIGNED_IN_FOR


class Visitor:
    """Somebody at a browser; signed in as `actor`, or as nobody."""

    def __init__(self, app: Flask, actor: Actor | None = None) -> None:
        self.app = app
        self.client = app.test_client()
        self.csrf_token = ""
        if actor is not None:
            self._sign_in(actor)

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open an address."""
        return self.client.get(path, **options)

    def submit(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form, with the token that the page would have carried."""
        return self.client.post(path, data={"csrf_token": self.csrf_token, **(data or {})}, **options)

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        """Call the API, as a browser application does."""
        headers = {"X-CSRF-Token": self.csrf_token, **options.pop("headers", {})}
        return self.client.open(path, method=method, headers=headers, **options)

    def _sign_in(self, actor: Actor) -> None:
        token, raw = secrets.token_urlsafe(32), secrets.token_hex(20)
        user_id = f"{actor.organisation_id}/{actor.person_id}"
        with open_session(self.app.extensions["mendloop_database"]) as session, write_transaction(session):
            session.add(
                BrowserSession(
                    token_hash=hashlib.sha256(token.encode()).hexdigest(),
                    organisation_id=actor.organisation_id,
                    person_id=actor.person_id,
                    data={"_user_id": user_id, "_fresh": True, "csrf_token": raw},
                    expires_at=utc_now() + SIGNED_IN_FOR,
                )
            )
        self.client.set_cookie("mendloop", token)
        serializer = URLSafeTimedSerializer(self.app.config["SECRET_KEY"], salt="wtf-csrf-token")
        self.csrf_token = str(serializer.dumps(raw))
