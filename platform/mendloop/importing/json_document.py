"""A template as JSON: the document itself, or one exported with the places of its nodes."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, ClassVar

from mendloop_engine.fields import BUILT_IN
from mendloop_engine.json_values import Json
from mendloop_engine.problems import deeper
from mendloop_engine.schema import template_schema

from mendloop.edge.json_guard import MAX_INTEGER, read_json
from mendloop.importing.registry import Imported, Importer
from mendloop.problems import Problem, Refusal
from mendloop.words import LANGUAGES, local

MARK = b"\xef\xbb\xbf"
"""What some editors put in front of UTF-8."""


class JsonDocument(Importer):
    """What can be opened as a draft is opened; what else is wrong with it is told beside it."""

    name = "json"
    suffixes: ClassVar[tuple[str, ...]] = (".json",)

    def sniff(self, content: bytes) -> bool:
        """JSON of an object begins with a brace."""
        return content.removeprefix(MARK).lstrip()[:1] == b"{"

    def read(self, content: bytes, stem: str) -> Imported:  # noqa: ARG002 - the document has its own name
        """The document in the file."""
        found = _read(content.removeprefix(MARK))
        layout = None
        if isinstance(found, dict) and isinstance(found.get("document"), dict):
            layout = found.get("layout")
            found = found["document"]
        _must_be_a_draft(found)
        if large := next(_too_large(found, ()), None):
            raise Refusal(_number_too_large(found, *large))
        return Imported(found, layout=layout if isinstance(layout, dict) else None)


def _must_be_a_draft(found: Any) -> None:
    if not isinstance(found, dict):
        raise Refusal(Problem("template.not_an_object"))
    if found.get("format") != 1 or isinstance(found["format"], bool):
        raise Refusal(Problem("template.format_unknown", "/format", params={"format": found.get("format")}))
    if not isinstance(found.get("nodes"), dict):
        raise Refusal(Problem("import.no_nodes", "/nodes"))


def _read(content: bytes) -> Any:
    """What stands in the file."""
    try:
        return read_json(content)
    except Refusal as refusal:
        if refusal.problems[0].code != "json.integer_too_large":
            raise
        raise _with_place(content, refusal) from refusal


def _with_place(content: bytes, refusal: Refusal) -> Refusal:
    """The same refusal of a whole number, with its place, which the guard does not know."""
    try:
        document = json.loads(content, parse_int=_whole)
        path, number = next(_too_large(document, ()))
        return Refusal(_number_too_large(document, path, number))
    except (ValueError, RecursionError, StopIteration):
        return refusal


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < 16 else float(digits)


Path = tuple[str | int, ...]


def _too_large(value: Any, path: Path) -> Iterator[tuple[Path, float]]:
    """The numbers that a browser would change in silence, or could not save."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _too_large(item, (*path, key))
    if isinstance(value, int | float) and abs(value) >= MAX_INTEGER:
        yield path, value


def _number_too_large(document: Any, path: Path, number: float) -> Problem:
    where = {language: " · ".join(_names(document, path, language)) for language in LANGUAGES}
    params: Mapping[str, Json] = {"value": f"{number:.16g}", "where": where, "limit": str(MAX_INTEGER - 1)}
    return Problem("import.number_too_large", deeper("", *path), params=params)


def _names(document: Any, path: Path, language: str) -> Iterator[str]:
    """What is around the place by what people call it, then the setting's own name."""
    value, named = document, ""
    for key in path:
        value = value[key]
        words = (value.get("title") or value.get("label")) if isinstance(value, dict) else None
        if isinstance(words, dict) and (named := local(words, language)):
            yield named
    key = next(str(each) for each in reversed(path) if isinstance(each, str))
    yield local(_settings().get(key), language) or key


@cache
def _settings() -> Mapping[str, Mapping[str, str]]:
    """What settings are called, by their keys."""
    found: dict[str, Mapping[str, str]] = {}
    waiting: list[Any] = [template_schema(BUILT_IN)]
    while waiting:
        schema = waiting.pop(0)
        for key, each in schema.get("properties", {}).items() if isinstance(schema, dict) else ():
            if isinstance(each, dict) and "title" in each:
                found.setdefault(key, {"en": each["title"], "zh-CN": each.get("x-zh-CN", {}).get("title", "")})
        waiting += schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    return found
