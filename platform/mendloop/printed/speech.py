"""Saying things in the language of the document, which need not be its reader's own."""

from dataclasses import dataclass

from mendloop.printed.conditions import Sentence, sentence_of
from mendloop.printed.conditions.meaning import Place
from mendloop.printed.loose import Loose, words
from mendloop.words import catalogue, translate, unit_in


@dataclass(frozen=True, slots=True)
class Speech:
    """What is said about one template."""

    language: str
    nodes: Loose

    def say(self, key: str, **values: object) -> str:
        """The words for `printed.<key>`."""
        return translate(self.language, f"printed.{key}", **values)

    def read(self, value: object) -> str:
        """A text of the template."""
        return words(value, self.language)

    def condition(self, node: str, source: str) -> Sentence:
        """What a condition that stands at `node` says."""
        return sentence_of(Place(self.nodes, node, self.language), source)

    def type_name(self, type_: str) -> str:
        """What a type of field is called; a plugin's own as it is."""
        return catalogue(self.language).get(f"field_type.{type_}", type_)

    def unit(self, unit: str) -> str:
        """What people call a unit in which parts are counted."""
        return unit_in(self.language, unit)

    def kind_name(self, kind: str) -> str:
        """What a kind of node is called; steps are not named so."""
        return catalogue(self.language).get(f"node_kind.{kind}", "")

    def outcome(self, outcome: str) -> str:
        """How a repair ended; the company's own outcomes as they are."""
        return catalogue(self.language).get(f"printed.outcome.{outcome}", outcome)
