"""What can be wrong, as stable codes; the words are in `words/problems.<language>.json`, `template_problems.json`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from .canonical import canonical_text
from .json_values import Json, Words
from .resources import packaged_json

LANGUAGES = ("zh-CN", "en")
"""The languages in which every word a person reads must exist."""

Level = Literal["error", "warning"]


def _together(catalogues: Mapping[str, Mapping[str, str]]) -> dict[str, Words]:
    """The words of each code by language, from one catalogue per language."""
    found = {code for catalogue in catalogues.values() for code in catalogue}
    return {code: {name: words[code] for name, words in catalogues.items() if code in words} for code in found}


CATALOGUE: Mapping[str, Words] = {
    **_together({language: packaged_json(f"words/problems.{language}.json") for language in LANGUAGES}),
    **packaged_json("words/template_problems.json"),
}
"""For every code its words in each language, with `{params}`; `level` is "warning" where nothing is refused."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a stable code, a JSON pointer, the name of the element, details for the words."""

    code: str
    at: str = ""
    element: str = ""
    params: Mapping[str, Json] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """An error refuses, a warning only tells."""
        return "warning" if CATALOGUE.get(self.code, {}).get("level") == "warning" else "error"

    def message(self, language: str) -> str:
        """This problem in words a person reads; the code itself when the catalogue has none."""
        words = CATALOGUE.get(self.code, {})
        close = "+suggestion" if self.params.get("suggestion") else ""
        text = words.get(language + close) or words.get(language) or words.get("en") or self.code
        return _PARAM.sub(lambda found: self._filled(found, language), text)

    def to_json(self) -> dict[str, Json]:
        """This problem as JSON; its words are left to the reader."""
        return {"code": self.code, "at": self.at, "element": self.element, "params": self.params}

    def _filled(self, found: re.Match[str], language: str) -> str:
        """`{count}` is the number, `{count|step|steps}` the word for one or for any other number."""
        name, one, other = found.groups()
        if one is None:
            return self._shown(name, found[0], language)
        return one if self.params.get(name) == 1 else other

    def _shown(self, name: str, otherwise: str, language: str) -> str:
        value = self.element if name == "element" else self.params.get(name, otherwise)
        return _plain(value, language)


class Problems(tuple[Problem, ...]):
    """Everything that is wrong with one thing, in reading order. Falsy when there is nothing."""

    __slots__ = ()

    @property
    def errors(self) -> "Problems":
        """Only those that refuse."""
        return Problems(problem for problem in self if problem.level == "error")


def deeper(pointer: str, *keys: str | int) -> str:
    """`pointer` one level deeper for each key (RFC 6901)."""
    return pointer + "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in keys)


def codes(problems: Iterable[Problem]) -> list[str]:
    """The codes alone, in order."""
    return [problem.code for problem in problems]


_PARAM = re.compile(r"\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}")


def _plain(value: Json, language: str) -> str:
    """Texts as they are, words in the language, lists with commas, anything else as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return ", ".join(_plain(item, language) for item in value)
    words = value.get(language, value.get("en")) if isinstance(value, Mapping) else None
    return words if isinstance(words, str) else canonical_text(value)
