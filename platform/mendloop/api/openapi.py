"""The OpenAPI 3.1 description, made from the declared routes."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from mendloop import __version__
from mendloop.api.routes import PREFIX, Route

_REF = "#/components/schemas/{model}"
_ARGUMENT = re.compile(r"<(?:[a-z]+:)?([a-z_0-9]+)>")


class ProblemOut(BaseModel):
    """One problem: a stable code, a JSON pointer, the element's name, and words in the asker's language."""

    code: str
    at: str
    element: str
    params: dict[str, Any]
    message: str


class ProblemDocument(BaseModel):
    """application/problem+json (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    problems: list[ProblemOut]


def describe(routes: Iterable[Route]) -> dict[str, Any]:
    """The whole document."""
    routes = list(routes)
    schemas = _schemas(routes)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        path = PREFIX + _ARGUMENT.sub(r"{\1}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = _operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Mendloop", "version": __version__},
        "paths": paths,
        "components": {"schemas": schemas["$defs"], "securitySchemes": _security()},
    }


def _security() -> dict[str, Any]:
    return {
        "session": {"type": "apiKey", "in": "cookie", "name": "mendloop"},
        "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
    }


def _models(route: Route) -> Iterable[tuple[type[BaseModel], str]]:
    for model, mode in ((route.request, "validation"), (route.query, "validation"), (route.response, "serialization")):
        if isinstance(model, type) and issubclass(model, BaseModel):
            yield model, mode


def _schemas(routes: list[Route]) -> dict[str, Any]:
    wanted: dict[Any, None] = {(ProblemDocument, "serialization"): None}
    for route in routes:
        wanted |= dict.fromkeys(_models(route))
    found, definitions = models_json_schema(list(wanted), ref_template=_REF)
    return {"$defs": definitions.get("$defs", {}), "found": found}


def _operation(route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": f"{route.feature}.{route.handler.__name__}",
        "summary": route.summary,
        "tags": [route.feature],
        "x-roles": sorted(route.access.roles) if route.access.roles is not None else None,
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": _responses(route, schemas),
    }
    if body := _body(route, schemas):
        operation["requestBody"] = body
    if not route.access.is_public:
        operation["security"] = [{"session": []} if route.method == "GET" else {"session": [], "csrf": []}]
    return operation


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    names = _ARGUMENT.findall(route.path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    schema = route.query.model_json_schema(ref_template=_REF)
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": part}
        for name, part in schema["properties"].items()
    ]


def _body(route: Route, schemas: dict[str, Any]) -> dict[str, Any] | None:
    if route.request is not None:
        schema = schemas["found"][(route.request, "validation")]
        return {"required": True, "content": {"application/json": {"schema": schema}}}
    if route.request_media != "application/json":
        return {"required": True, "content": {route.request_media: {"schema": {"type": "string", "format": "binary"}}}}
    return None


def _responses(route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    problem = schemas["found"][(ProblemDocument, "serialization")]
    refused = {"description": "refused", "content": {"application/problem+json": {"schema": problem}}}
    if route.response is None and route.response_media == "application/json":
        return {"204": {"description": "done"}, "default": refused}
    schema = _response_schema(route, schemas)
    return {
        str(route.status): {"description": "done", "content": {route.response_media: {"schema": schema}}},
        "default": refused,
    }


def _response_schema(route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schemas["found"].get((route.response, "serialization"), {})
    return found
