"""The order in which the nodes are read, their numbers, and how one goes on from each."""

from collections.abc import Iterator
from dataclasses import dataclass

from mendloop.library.reading_order import reading_order
from mendloop.printed.conditions import Sentence
from mendloop.printed.loose import Loose, as_object, is_number, number, objects, text
from mendloop.printed.speech import Speech

WORKED = ("step", "choice", "parallel", "join", "order", "wait")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a route leads. `number` is empty for an end."""

    title: str
    number: str = ""
    is_nowhere: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """One way on. `lead` says when it is taken, `verb` what one does then, `limit` how often, before `exit`."""

    lead: str
    when: Sentence | None
    label: str
    verb: str
    to: Target
    limit: str
    exit: Target | None
    back: bool


def titled(node: Loose, name: str, speech: Speech) -> str:
    """What a node is called; one without a title by its kind."""
    title = speech.read(node.get("title"))
    if title or node.get("kind") not in WORKED[1:]:
        return title or name
    return speech.kind_name(text(node.get("kind")))


class Flow:
    """The nodes of a template as a reader meets them."""

    def __init__(self, document: Loose, speech: Speech) -> None:
        self._speech = speech
        self.nodes = {name: as_object(node) for name, node in as_object(document.get("nodes")).items()}
        start = text(document.get("start"))
        reached = reading_order(
            [start] if start in self.nodes else [], {name: self._onward(name) for name in self.nodes}
        )
        later = [name for name in self.nodes if name not in set(reached)]
        ordered = [*reached, *later]
        self.worked = [name for name in ordered if self.nodes[name].get("kind") != "end"]
        self.ends = [name for name in ordered if self.nodes[name].get("kind") == "end"]
        self.numbers = {name: str(index) for index, name in enumerate(self.worked, 1)}

    def _onward(self, name: str) -> list[str]:
        """Where the flow goes from a node, what is read first last: of branches the first one, else the usual way,
        which is the last one; not what is done again."""
        edges = list(objects(self.nodes[name].get("next")))
        exits = [text(edge.get("exit")) for edge in edges]
        ways = [text(edge.get("to")) for edge in edges if edge.get("rework") is not True]
        ways = ways[::-1] if self.nodes[name].get("kind") == "parallel" else ways
        return [to for to in (*exits, *ways) if to in self.nodes]

    def routes_from(self, name: str) -> Iterator[Route]:
        """All ways on from a node."""
        node = self.nodes[name]
        edges = list(objects(node.get("next")))
        for index, edge in enumerate(edges):
            source, limit = text(edge.get("when")), edge.get("limit")
            yield Route(
                lead=self._lead(node, bool(source), len(edges), index),
                when=self._speech.condition(name, source) if source else None,
                label=self._speech.read(edge.get("label")),
                verb=self._verb(edge),
                to=self._target(text(edge.get("to"))),
                limit=self._speech.say("limit", count=number(limit)) if is_number(limit) else "",
                exit=self._target(text(edge.get("exit"))) if edge.get("exit") and is_number(limit) else None,
                back=edge.get("rework") is True,
            )

    def _lead(self, node: Loose, has_condition: bool, count: int, index: int) -> str:
        if has_condition:
            return self._speech.say("if")
        if node.get("kind") == "parallel":
            return self._speech.say("branch")
        if node.get("kind") == "join":
            return self._speech.say("joined")
        return self._speech.say("otherwise" if index and count > 1 else "then")

    def _verb(self, edge: Loose) -> str:
        if edge.get("rework") is True:
            return self._speech.say("back_to")
        to = text(edge.get("to"))
        return self._speech.say("finish_with" if to in self.ends else "go_to")

    def _target(self, name: str) -> Target:
        node = self.nodes.get(name)
        if node is None:
            return Target(self._speech.say("nowhere", name=name or "–"), is_nowhere=True)
        return Target(titled(node, name, self._speech), self.numbers.get(name, ""))
