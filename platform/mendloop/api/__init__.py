"""The JSON API under /api/v1: routes that declare roles, request and response, and the OpenAPI made from them."""

from mendloop.api.routes import Api, Route
from mendloop.edge.context import current_actor, current_database, current_language, current_session

__all__ = ["Api", "Route", "current_actor", "current_database", "current_language", "current_session"]
