"""A template as a document: its head, its steps in the order of reading, its ends."""

from collections.abc import Iterator
from dataclasses import dataclass

from mendloop.drafts.services import draw_flow
from mendloop.printed.fields import PrintedField, print_fields
from mendloop.printed.flow import Flow, Route, titled
from mendloop.printed.loose import Loose, as_object, is_number, number, objects, text, texts
from mendloop.printed.speech import Speech


@dataclass(frozen=True, slots=True)
class Applies:
    """A product, and the faults with which it comes."""

    product: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedNode:
    """A numbered place of the flow; of kinds other than step only title and routes are printed."""

    number: str
    kind: str
    kind_name: str
    title: str
    description: str
    role: str
    minutes: str
    not_same_person_as: tuple[str, ...]
    energises: bool
    meets: str
    fields: tuple[PrintedField, ...]
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class End:
    """How the work may end."""

    title: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """Everything that is printed of a template. `picture` is SVG; `minutes` is empty where no step has a standard."""

    title: str
    description: str
    applies_to: tuple[Applies, ...]
    roles: tuple[str, ...]
    minutes: str
    steps: int
    picture: str
    nodes: tuple[PrintedNode, ...]
    ends: tuple[End, ...]


def procedure_of(document: Loose, language: str) -> Procedure:
    """The document as one reads it; of a broken draft whatever can be read."""
    speech = Speech(language, as_object(document.get("nodes")))
    flow = Flow(document, speech)
    steps = [node for node in flow.nodes.values() if node.get("kind") == "step"]
    return Procedure(
        title=speech.read(document.get("title")) or speech.say("untitled"),
        description=speech.read(document.get("description")),
        applies_to=tuple(_applies(document)),
        roles=tuple(_role(name, document, speech) for name in as_object(document.get("roles"))),
        minutes=number(sum(_minutes(step) for step in steps) or None),
        steps=len(steps),
        picture=draw_flow(document, flow.numbers),
        nodes=tuple(_node(name, flow, document, speech) for name in flow.worked),
        ends=tuple(_end(name, flow.nodes[name], speech) for name in flow.ends),
    )


def _applies(document: Loose) -> Iterator[Applies]:
    for rule in objects(document.get("applies_to")):
        yield Applies(text(rule.get("product")) or "*", tuple(texts(rule.get("faults"))))


def _role(name: str, document: Loose, speech: Speech) -> str:
    """A role as the template titles it."""
    return speech.read(as_object(as_object(document.get("roles")).get(name)).get("title")) or name


def _minutes(step: Loose) -> float:
    given = step.get("standard_minutes")
    return max(float(given), 0.0) if is_number(given) else 0.0


def _node(name: str, flow: Flow, document: Loose, speech: Speech) -> PrintedNode:
    node = flow.nodes[name]
    kind = text(node.get("kind")) or "step"
    others = [other for other in texts(node.get("not_same_person_as")) if other in flow.nodes]
    return PrintedNode(
        number=flow.numbers[name],
        kind=kind,
        kind_name=speech.kind_name(kind),
        title=titled(node, name, speech),
        description=speech.read(node.get("description")),
        role=_role(text(node.get("role")), document, speech) if node.get("role") else "",
        minutes=number(node.get("standard_minutes")),
        not_same_person_as=tuple(_reference(other, flow, speech) for other in others),
        energises=node.get("energises") is True,
        meets=_reference(text(node.get("join")), flow, speech) if text(node.get("join")) in flow.nodes else "",
        fields=print_fields(node, name, speech) if kind == "step" else (),
        routes=tuple(flow.routes_from(name)),
    )


def _reference(name: str, flow: Flow, speech: Speech) -> str:
    """“4 Measure”."""
    return f"{flow.numbers.get(name, '')} {titled(flow.nodes[name], name, speech)}".strip()


def _end(name: str, node: Loose, speech: Speech) -> End:
    return End(titled(node, name, speech), speech.outcome(text(node.get("outcome"))))
