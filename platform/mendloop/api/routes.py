"""Declaring a route of the API: who may call it, what goes in, what comes out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import Flask
from pydantic import BaseModel, TypeAdapter
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response

from mendloop.accounts.actor import ROLES
from mendloop.api.answers import json_response
from mendloop.api.requests import parse_body, parse_query
from mendloop.config import Config
from mendloop.database.transactions import ATTEMPTS, is_retryable
from mendloop.edge.access import Access, declare
from mendloop.edge.context import current_config, current_session
from mendloop.edge.json_guard import MAX_BYTES

PREFIX = "/api/v1"
Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Route:
    """One operation. `request`, `query` and `response` are pydantic models (or types built from them)."""

    feature: str
    method: str
    path: str
    access: Access
    handler: Callable[..., Any]
    summary: str
    request: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    response: Any = None
    status: int = 200
    request_media: str = "application/json"
    response_media: str = "application/json"


class Api:
    """The routes of one feature. Handlers get `body` and `query` when they declare models for them.

    A handler returns its response model, None (204), or a werkzeug Response when it answers with something else.
    """

    def __init__(self, feature: str) -> None:
        self.feature = feature
        self.routes: list[Route] = []

    def get(self, path: str, **declared: Any) -> Callable[[Handler], Handler]:
        """Declare a GET route; see `Route` for what can be declared."""
        return self.route("GET", path, **declared)

    def post(self, path: str, **declared: Any) -> Callable[[Handler], Handler]:
        """Declare a POST route."""
        return self.route("POST", path, **declared)

    def put(self, path: str, **declared: Any) -> Callable[[Handler], Handler]:
        """Declare a PUT route."""
        return self.route("PUT", path, **declared)

    def patch(self, path: str, **declared: Any) -> Callable[[Handler], Handler]:
        """Declare a PATCH route."""
        return self.route("PATCH", path, **declared)

    def delete(self, path: str, **declared: Any) -> Callable[[Handler], Handler]:
        """Declare a DELETE route."""
        return self.route("DELETE", path, **declared)

    def route(
        self,
        method: str,
        path: str,
        *,
        roles: Iterable[str] | None,
        summary: str,
        max_bytes: Callable[[Config], int] | None = None,
        **declared: Any,
    ) -> Callable[[Handler], Handler]:
        """Declare a route. `roles=None` lets everybody in; `roles=ANY_ROLE` everybody who is signed in."""
        access = Access(None if roles is None else frozenset(roles), max_bytes)

        def keep(handler: Handler) -> Handler:
            self.routes.append(Route(self.feature, method, path, access, handler, summary, **declared))
            return handler

        return keep

    def install(self, app: Flask) -> None:
        """Put the routes on the application."""
        for route in self.routes:
            endpoint = f"api.{route.feature}.{route.handler.__name__}"
            app.add_url_rule(PREFIX + route.path, endpoint, _view(route), methods=[route.method])


ANY_ROLE = frozenset(ROLES)


def _view(route: Route) -> Callable[..., Response]:
    answer = TypeAdapter(route.response) if route.response is not None else None

    @wraps(route.handler)
    def view(**arguments: Any) -> Response:
        if route.request is not None:
            arguments["body"] = parse_body(route.request, _limit(route))
        if route.query is not None:
            arguments["query"] = parse_query(route.query)
        return _render(route, answer, _run(route.handler, arguments))

    return declare(view, route.access)


def _limit(route: Route) -> int:
    return route.access.max_bytes(current_config()) if route.access.max_bytes else MAX_BYTES


def _run(handler: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    """The whole command again when PostgreSQL asks for it; nothing of the failed attempt is kept."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return handler(**arguments)
        except DBAPIError as error:
            if attempt == ATTEMPTS or not is_retryable(error):
                raise
            current_session().rollback()
    raise AssertionError("unreachable")


def _render(route: Route, answer: TypeAdapter[Any] | None, result: Any) -> Response:
    if isinstance(result, Response):
        return result
    if answer is None:
        return Response(status=204)
    return json_response(answer.dump_json(result, by_alias=True).decode(), route.status)
