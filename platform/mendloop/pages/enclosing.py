"""Answers of the API that travel with a page, so that the app on it need not ask for them one after another.

What is enclosed is what the API itself would answer this person now, word for word: there is no second way to anybody's
data. The one difference is the CSRF token, which stays out: the page is compressed, and a secret must not be (BREACH).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, json, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from mendloop.api.routes import PREFIX
from mendloop.edge.access import access_of
from mendloop.edge.context import actor_or_none
from mendloop.problems import Refusal


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One answer: what was asked, and JSON that may stand inside a script element."""

    path: str
    etag: str
    content: Markup


def enclose(path: str, text: str, etag: str = "") -> Enclosed:
    """The answer to `path`, escaped: `<` can only stand inside a string of JSON, where it may be written so."""
    return Enclosed(path, etag, Markup(text.replace("<", "\\u003c")))  # noqa: S704 - escaped for this place


def may_enclose() -> bool:
    """False for who is not signed in, and when a program keeps the page for later, for whoever that may be then."""
    return actor_or_none() is not None and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def enclosed_session() -> Iterator[Enclosed]:
    """Who is signed in, without the token."""
    session = _answer("/session")
    if session is not None:
        yield enclose("/session", json.dumps(json.loads(session.get_data()) | {"csrf_token": ""}))


def enclosed_answer(path: str) -> Iterator[Enclosed]:
    """What the API answers to `path`; nothing where it refuses: the app asks itself then, and hears why."""
    answer = _answer(path)
    if answer is not None:
        yield enclose(path, answer.get_data(as_text=True), answer.headers.get("ETag", ""))


def _answer(path: str) -> Response | None:
    try:
        endpoint, arguments = current_app.url_map.bind_to_environ(request.environ).match(PREFIX + path, "GET")
        view = current_app.view_functions[endpoint]
        access, actor = access_of(view), actor_or_none()
        if access is None or access.roles is None or actor is None or not actor.has_any(access.roles):
            return None
        answer = view(**arguments)
    except (Refusal, HTTPException):
        return None
    return answer if isinstance(answer, Response) and answer.status_code == 200 else None
