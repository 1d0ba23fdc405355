"""The words of the server's pages: one flat JSON catalogue per language here, and one in each feature's `words/`."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from mendloop_engine.problems import Problem

LANGUAGES = ("zh-CN", "en")
DEFAULT_LANGUAGE = "zh-CN"
_PLACE = re.compile(r"\{([a-z_]+)\}")


def only_in(languages: Sequence[str], value: Any) -> Any:
    """A document whose texts are in these languages only; a text that is in none of them stays as it is."""
    if isinstance(value, list):
        return [only_in(languages, each) for each in value]
    if not isinstance(value, Mapping):
        return value
    is_said = is_text(value) and any(language in value for language in languages)
    return {key: only_in(languages, each) for key, each in value.items() if not is_said or key in languages}


def is_text(value: object) -> bool:
    """Whether this is a text by its languages."""
    return isinstance(value, Mapping) and len(value) > 0 and all(key in LANGUAGES for key in value)


class MissingWords(KeyError):
    """A key that no catalogue has."""


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All words of a language, of all features together. A key in two catalogues is an error."""
    merged: dict[str, str] = {}
    for file in sorted(Path(__file__).parent.parent.glob(f"**/words/{language}.json")):
        words = json.loads(file.read_text(encoding="utf-8"))
        if doubled := merged.keys() & words.keys():
            raise ValueError(f"{file}: {sorted(doubled)} are in another catalogue too")
        merged |= words
    return merged


def translate(language: str, key: str, /, **values: object) -> str:
    """The words for `key`, with {places} filled. With a `count`, `key.one` and `key.other` are tried first."""
    words = catalogue(language)
    if "count" in values:
        plural = f"{key}.one" if values["count"] == 1 else f"{key}.other"
        key = plural if plural in words else key
    try:
        text = words[key]
    except KeyError as error:
        raise MissingWords(f"{language}: {key}") from error
    return _PLACE.sub(lambda place: str(values[place[1]]), text)


def words_of(problem: Problem, language: str) -> str:
    """A problem as a person reads it: in our words, else in the engine's."""
    key = f"problem.{problem.code}"
    if key in catalogue(language):
        said = {name: _said(value, language) for name, value in problem.params.items()}
        return translate(language, key, element=problem.element, **said)
    return problem.message(language)


def _said(value: object, language: str) -> object:
    """Lists with commas, words in the language; numbers stay numbers, so that they can be counted with."""
    if isinstance(value, list | tuple):
        return ("、" if language == "zh-CN" else ", ").join(str(_said(each, language)) for each in value)
    return local(value, language) if isinstance(value, Mapping) else value


def places(text: str) -> set[str]:
    """The names of the {places} in a text."""
    return set(_PLACE.findall(text))


def unit_in(language: str, unit: str) -> str:
    """The word for a unit in which parts are counted; one that is written the same everywhere (kg, L) as it is."""
    return catalogue(language).get(f"unit.{unit}", unit)


def local(text: Mapping[str, str] | None, language: str) -> str:
    """The wanted language of a text kept in several, else whichever there is, else nothing."""
    if not text:
        return ""
    return text.get(language) or text.get(DEFAULT_LANGUAGE) or text.get("en") or next(iter(text.values()), "")


def best_language(wanted: str | None) -> str:
    """The catalogue nearest to a browser's tag (`zh-Hans-CN` → zh-CN, `en-GB` → en)."""
    if not wanted:
        return DEFAULT_LANGUAGE
    return "zh-CN" if wanted.lower().startswith("zh") else "en"
