"""Answers of the API: plain JSON, or application/problem+json (RFC 9457)."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from flask import json
from werkzeug.wrappers import Response

from mendloop.edge.context import current_language
from mendloop.problems import Problem
from mendloop.words import words_of


def json_response(content: str, status: int) -> Response:
    """An answer from JSON text that is ready."""
    return Response(content, status=status, content_type="application/json")


def problem_response(status: int, problems: Iterable[Problem]) -> Response:
    """All problems at once, each with its code, its place and its words. Nothing in it differs between two askers."""
    listed = [_describe(problem) for problem in problems]
    body = {
        "type": f"/problems/{listed[0]['code']}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": listed[0]["message"],
        "problems": listed,
    }
    return Response(json.dumps(body), status=status, content_type="application/problem+json")


def _describe(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "at": problem.at,
        "element": problem.element,
        "params": dict(problem.params),
        "message": words_of(problem, current_language()),
    }
