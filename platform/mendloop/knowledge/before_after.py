"""Photos of the same view before and after a repair, as a template pairs them. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from mendloop_engine.plan import Plan, StepNode

from mendloop.knowledge.content import PhotoPair, Words
from mendloop.knowledge.signs import Seen

Place: TypeAlias = tuple[str, str, str]
"""Step, field, shot."""


def photo_pairs(plan: Plan, visits: Sequence[Seen]) -> tuple[PhotoPair, ...]:
    """Every pair that has both its photos, by the newest visits; what was taken first is before."""
    newest = {seen.node: (number, seen) for number, seen in enumerate(visits)}
    found: dict[frozenset[Place], PhotoPair] = {}
    for place, other, label in _named(plan):
        first, second = sorted((place, other), key=lambda each: newest[each[0]][0] if each[0] in newest else -1)
        before, after = _photos(newest, first), _photos(newest, second)
        if before and after:
            found.setdefault(frozenset((place, other)), PhotoPair(label, before, after))
    return tuple(found.values())


def _named(plan: Plan) -> Iterator[tuple[Place, Place, Words]]:
    for step in (node for node in plan.nodes.values() if isinstance(node, StepNode)):
        for field in step.fields:
            shots: Any = field.settings.get("shots") if field.type == "photo" else None
            for shot in shots or ():
                if shot.get("pair"):
                    label: Words = shot.get("label") or {"en": shot["id"]}
                    yield (step.id, field.id, shot["id"]), _place(shot["pair"], step.id), label


def _place(pair: str, step: str) -> Place:
    """`field.shot` is of the same step, `step.field.shot` of any."""
    parts = pair.split(".")
    return (step, parts[0], parts[1]) if len(parts) == 2 else (parts[0], parts[1], parts[2])


def _photos(newest: Mapping[str, tuple[int, Seen]], place: Place) -> tuple[str, ...]:
    if place[0] not in newest:
        return ()
    shots = newest[place[0]][1].answers.get(place[1]) or {}
    return tuple(str(taken["photo"]) for taken in shots.get(place[2]) or ())
