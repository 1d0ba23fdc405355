"""Words that one of the template's languages lacks."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..problems import LANGUAGES, Problem, deeper
from .elements import element_at
from .outline import FieldOutline, Outline

NAMES = {"zh-CN": {"zh-CN": "中文", "en": "Chinese"}, "en": {"zh-CN": "英文", "en": "English"}}
SEPARATED = {"zh-CN": "、", "en": " and "}


def word_problems(outline: Outline) -> Iterator[Problem]:
    """A warning for each text without a translation, and for each field without a label."""
    document = {key: value for key, value in outline.document.items() if key != "scenarios"}
    languages = languages_of(document)
    for path, words in _all_words(document, ()):
        for language in languages:
            if language not in words:
                yield _missing("words.missing_translation", deeper("", *path), element_at(document, path), [language])
    for node in outline.nodes.values():
        for field in node.fields:
            yield from _label_problems(field, languages)
            for column in field.columns:
                yield from _label_problems(column, languages)


def languages_of(document: Mapping[str, Any]) -> list[str]:
    """The languages in which the template is written: those it says, else all of the product's."""
    given = document.get("languages")
    said = given if isinstance(given, list) else []
    return [language for language in LANGUAGES if language in said] or list(LANGUAGES)


def _label_problems(field: FieldOutline, languages: list[str]) -> Iterator[Problem]:
    if "label" not in field.doc and field.doc.get("type") != "instruction":
        yield _missing("words.missing", deeper(field.at, "label"), field.element, languages)


def _missing(code: str, at: str, element: str, languages: list[str]) -> Problem:
    shown = {shown: SEPARATED[shown].join(NAMES[each][shown] for each in languages) for shown in LANGUAGES}
    return Problem(code, at, element, {"language": languages[0], "languages": languages, "shown": shown})


def _all_words(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, str]]]:
    if isinstance(value, Mapping):
        if any(language in value for language in LANGUAGES) and all(isinstance(text, str) for text in value.values()):
            yield path, value
            return
        for key, item in value.items():
            yield from _all_words(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _all_words(item, (*path, index))
