"""What was edited by whom, and whether every edit is still there: or was taken back, or put to a choice."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True)
class Fact:
    """Something that an edit made true: a text, name or number that is nowhere else; or that it is nowhere any more."""

    by: str
    mark: str
    is_there: bool = True

    def holds(self, text: str) -> bool:
        """Whether it is so in a document, given as text."""
        return (self.mark in text) == self.is_there

    def __str__(self) -> str:
        return f"{self.by} {'wrote' if self.is_there else 'removed'} {self.mark}"


def text_of(document: Any) -> str:
    """The document in a form in which marks are found."""
    return json.dumps(document, ensure_ascii=False)


@dataclass
class Act:
    """One edit: what it says of itself, and the place of the document that it may change."""

    by: str
    kind: str
    place: Any
    """What stood there before: marks in it may go."""
    facts: tuple[Fact, ...] = ()
    takes_back: bool = False
    """Undo and redo: may take away what this person has done, or bring back what they had removed."""


@dataclass
class Ledger:
    """Every act; which facts were given up on purpose, and which were put to somebody to choose."""

    acts: list[Act] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    given_up: set[Fact] = field(default_factory=set)
    disputed: set[Fact] = field(default_factory=set)
    choices: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    could: Counter[str] = field(default_factory=Counter)
    """How often each kind of act went well."""

    def note(self, act: Act, before: Document, after: Document) -> None:
        """An act was done by somebody who saw `before` and then `after`."""
        self.acts.append(act)
        old, new, place = text_of(before), text_of(after), text_of(act.place)
        for fact in self.facts:
            if fact.holds(old) and not fact.holds(new) and self._may_end(act, fact, place):
                self.given_up.add(fact)
            elif act.takes_back and fact.holds(new) and not fact.holds(old):
                self.given_up.discard(fact)
        self.facts += act.facts

    def _may_end(self, act: Act, fact: Fact, place: str) -> bool:
        if act.takes_back:
            return fact.by == act.by or fact in self._ended_by(act.by)
        return fact.is_there and fact.mark in place

    def _ended_by(self, person: str) -> set[Fact]:
        return {fact for act in self.acts if act.by == person for fact in self.facts if fact.mark in text_of(act.place)}

    def put_to_choice(self, words: str) -> None:
        """A conflict was shown in these words, and somebody chose."""
        self.choices.append(words)
        self.disputed |= {fact for fact in self.facts if fact.mark in words}

    def lost(self, end: Document) -> list[Fact]:
        """Edits that are not in the end document although nobody has given them up."""
        text = text_of(end)
        return [fact for fact in self.missing(text) if fact not in self.given_up and fact not in self.disputed]

    def missing(self, text: str) -> Iterable[Fact]:
        """Edits that do not hold in the end."""
        return (fact for fact in self.facts if not fact.holds(text))

    def impossible(self) -> list[str]:
        """Kinds of acts that were tried three times or more and never once went well."""
        tried = Counter(each.split(":")[0].split()[1] for each in self.failed)
        return [kind for kind, count in tried.items() if count >= 3 and not self.could[kind]]

    def told(self) -> str:
        """In one line."""
        kinds = sorted({act.kind for act in self.acts})
        counts = ", ".join(f"{sum(act.kind == kind for act in self.acts)} {kind}" for kind in kinds)
        return (
            f"{len(self.acts)} edits ({counts}); {len(self.facts)} facts, {len(self.given_up)} given up, "
            f"{len(self.choices)} conflicts chosen, {len(self.failed)} acts not done: {'; '.join(self.failed[:3])}"
        )


def differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Where two documents differ, with both values; the order of members does not count."""
    if isinstance(one, dict) and isinstance(other, dict):
        return [
            each
            for key in one.keys() | other.keys()
            for each in differences(one.get(key), other.get(key), f"{path}/{key}")
        ]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [
            each
            for index, pair in enumerate(zip(one, other, strict=True))
            for each in differences(*pair, f"{path}/{index}")
        ]
    return [] if one == other else [f"{path}: {one!r} | {other!r}"[:300]]
