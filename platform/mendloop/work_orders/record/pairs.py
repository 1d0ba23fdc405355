"""Photos of the same view, before and after."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mendloop_engine.plan import Plan, StepNode

from mendloop.work_orders.record.copies import Copy
from mendloop.work_orders.record.sections import Pair
from mendloop.work_orders.record.speech import Speech

Place = tuple[str, str, str]
"""Step, field, shot."""


def photo_pairs(plan: Plan, visits: Sequence[Any], speech: Speech, copy: Copy) -> tuple[Pair, ...]:
    """Every pair that the template names and that has a photo, by its newest visits; the older side first."""
    latest = {row.node: row for row in visits if row.status == "completed"}
    hidden = _internal_places(plan) if copy.is_customers else set()
    found: dict[frozenset[Place], Pair] = {}
    for place, other, label in _named_pairs(plan, speech):
        sides = sorted((place, other), key=lambda side: _opened(latest, side))
        before, after = (_photos(latest, side) if side[:2] not in hidden else () for side in sides)
        if before or after:
            found.setdefault(frozenset((place, other)), Pair(label, before, after))
    return tuple(_without_halves(list(found.values())))


def _internal_places(plan: Plan) -> set[tuple[str, str]]:
    steps = (node for node in plan.nodes.values() if isinstance(node, StepNode))
    return {(step.id, field.id) for step in steps for field in step.fields if field.internal}


def _without_halves(pairs: list[Pair]) -> Iterator[Pair]:
    """A photo whose other half was taken in another step is not shown alone as well, and alone it is shown once."""
    shown = {photo for pair in pairs if pair.before and pair.after for photo in pair.before + pair.after}
    for pair in pairs:
        photos = pair.before + pair.after
        if (pair.before and pair.after) or not shown.intersection(photos):
            shown.update(photos)
            yield pair


def _named_pairs(plan: Plan, speech: Speech) -> Iterator[tuple[Place, Place, str]]:
    for node in plan.nodes.values():
        if not isinstance(node, StepNode):
            continue
        for field in node.fields:
            shots: Any = field.settings.get("shots") if field.type == "photo" else None
            for shot in shots or []:
                if shot.get("pair"):
                    label = speech.local(shot.get("label")) or shot["id"]
                    yield (node.id, field.id, shot["id"]), _place(shot["pair"], node.id), label


def _place(pair: str, step: str) -> Place:
    parts = pair.split(".")
    return (step, parts[0], parts[1]) if len(parts) == 2 else (parts[0], parts[1], parts[2])


def _opened(latest: Mapping[str, Any], place: Place) -> int:
    row = latest.get(place[0])
    return int(row.opened_sequence) if row is not None else 2**31


def _photos(latest: Mapping[str, Any], place: Place) -> tuple[str, ...]:
    row = latest.get(place[0])
    if row is None:
        return ()
    shots = json.loads(row.answers).get(place[1]) or {}
    return tuple(taken["photo"] for taken in shots.get(place[2]) or ())
