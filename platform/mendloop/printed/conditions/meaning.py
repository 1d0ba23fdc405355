"""What a path of an expression means in the template."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mendloop.printed.conditions.leaf import Path
from mendloop.printed.loose import NOTHING, Loose, as_object, objects, text, words
from mendloop.words import catalogue

LISTS = ("items", "shots", "options", "points")
RESULTS = ("ok", "not_ok", "na")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a path is called, the general before the special, and the field whose answer it is."""

    names: tuple[str, ...] = ()
    field: Loose = dataclasses.field(default_factory=dict)
    member: str = ""

    @property
    def unit(self) -> str:
        """The unit that numbers of this answer have."""
        return text(self.field.get("unit"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a condition stands: in which template, at which node, for readers of which language."""

    nodes: Loose
    node: str
    language: str

    def name_of(self, path: Path) -> str:
        """“Measure · Runout”; as it is written where the template has nothing like it."""
        return " · ".join(self.meaning_of(path).names) or ".".join(path)

    def meaning_of(self, path: Path) -> Meaning:
        """What `path` means here."""
        first, *rest = path
        if first in ("order", "now"):
            return Meaning((self._member(".".join(path)),))
        if first in ("steps", "visits"):
            return self._in_step(first, rest)
        return self._in_field(as_object(self.nodes.get(self.node)), (), first, rest)

    def answer_name(self, meaning: Meaning, value: str) -> str:
        """What an answer is called: the option's label, the result's word, else as it is in quotes."""
        label = dict(self._options(meaning)).get(value)
        if not label and not value:
            return catalogue(self.language)["condition.empty"]
        return f"“{label or value}”"

    def _in_step(self, around: str, rest: list[str]) -> Meaning:
        step = as_object(self.nodes.get(rest[0])) if rest else NOTHING
        if step.get("kind") != "step":
            return Meaning()
        named = (words(step.get("title"), self.language) or rest[0],)
        inside = rest[2:] if around == "visits" else rest[1:]
        if inside:
            return self._in_field(step, named, inside[0], inside[1:])
        return Meaning(named) if around == "visits" else Meaning()

    def _in_field(self, node: Loose, step: tuple[str, ...], name: str, members: list[str]) -> Meaning:
        field = next((each for each in objects(node.get("fields")) if each.get("id") == name), None)
        if field is None:
            return Meaning()
        label = words(field.get("label"), self.language) or name
        parts = dict(self._parts(field))
        inside = [parts.get(member) or self._member(member) for member in members if member != "value"]
        return Meaning((*step, label, *inside), field, members[-1] if members else "")

    def _options(self, meaning: Meaning) -> Iterator[tuple[str, str]]:
        type_ = meaning.field.get("type")
        if type_ == "checklist" and meaning.member == "result":
            for result in RESULTS:
                yield result, catalogue(self.language)[f"condition.result.{result}"]
        elif type_ in ("choice", "multi_choice"):
            yield from self._listed(meaning.field.get("options"))

    def _parts(self, field: Loose) -> Iterator[tuple[str, str]]:
        for each in LISTS:
            yield from self._listed(field.get(each))

    def _listed(self, entries: Any) -> Iterator[tuple[str, str]]:
        for entry in objects(entries):
            yield text(entry.get("id")), words(entry.get("label"), self.language)

    def _member(self, name: str) -> str:
        """Members that every field of a type has."""
        return catalogue(self.language).get(f"condition.member.{name}", name)
