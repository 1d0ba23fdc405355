"""Reading JSON from strangers. What two parsers could read differently is refused, before any handler sees it."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from mendloop.problems import BadRequest, Problem, Refusal

MAX_BYTES = 1_000_000
MAX_DEPTH = 32
MAX_INTEGER = 2**53


def read_json(body: bytes) -> Any:
    """The document in `body`. Syntax errors are 400, documents outside our rules 422."""
    try:
        document = _decode(body)
    except RecursionError as error:
        raise Refusal(Problem("json.too_deep", params={"limit": MAX_DEPTH})) from error
    if body.count(b"[") + body.count(b"{") > MAX_DEPTH or b"\\u" in body:
        _check_values(document)
    return document


def _decode(body: bytes) -> Any:
    try:
        text = body.decode("utf-8")
        return json.loads(
            text, parse_constant=_refuse_constant, parse_int=_integer, parse_float=_double, object_pairs_hook=_object
        )
    except UnicodeDecodeError as error:
        raise BadRequest(Problem("json.not_utf8")) from error
    except json.JSONDecodeError as error:
        raise BadRequest(Problem("json.syntax", params={"line": error.lineno, "column": error.colno})) from error


def _refuse_constant(name: str) -> NoReturn:
    raise BadRequest(Problem("json.not_a_number", params={"value": name}))


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > MAX_INTEGER:
        raise Refusal(Problem("json.integer_too_large", params={"limit": MAX_INTEGER}))
    return int(digits)


def _double(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise Refusal(Problem("json.number_too_large"))
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        raise Refusal(Problem("json.duplicate_key", params={"key": doubled[:100]}))
    return made


def _check_values(document: Any) -> None:
    level, depth = [document], 0
    while level:
        if depth >= MAX_DEPTH and any(isinstance(value, dict | list) for value in level):
            raise Refusal(Problem("json.too_deep", params={"limit": MAX_DEPTH}))
        for value in level:
            _check_texts(value)
        level, depth = [child for value in level for child in _children(value)], depth + 1


def _children(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _check_texts(value: Any) -> None:
    for text in value if isinstance(value, dict) else (value,):
        if isinstance(text, str):
            _check_text(text)


def _check_text(text: str) -> None:
    if "\0" in text:
        raise Refusal(Problem("json.nul"))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refusal(Problem("json.lone_surrogate")) from error
