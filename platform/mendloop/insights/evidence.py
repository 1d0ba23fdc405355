"""What speaks for a step having been done as it should: found in what was recorded, never in what was ticked. Pure.

Every piece of evidence that is due is there, or is named with what is wrong with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any, TypeAlias

from mendloop_engine.plan import PlanField, StepNode
from mendloop_engine.time import parse_moment

TOLERANCE_MS = 120_000
"""Clocks of phones may differ by so much."""
QUICK = 5
"""A step is impossibly quick when it took less than this part of its standard time: a fifth."""
NEAR_METRES = 500
EARTH_METRES = 6_371_000

Place: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Missing:
    """Evidence that is not there. `kind` is photos, dwell or flow; `why` says what is wrong, `what` names the shot."""

    kind: str
    why: str
    what: str = ""

    def to_json(self) -> dict[str, str]:
        """As it is kept."""
        return {"kind": self.kind, "why": self.why, "what": self.what}


@dataclass(frozen=True, slots=True)
class Passed:
    """One completed visit, as evidence is looked for in it. `clocked` is work and travel."""

    step: StepNode
    answers: Mapping[str, Any]
    opened: int
    started: int
    completed: int
    clocked: int
    standard: int | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many pieces were due by kind, and those that are missing."""

    due: Mapping[str, int]
    missing: tuple[Missing, ...]

    def kept(self, kind: str) -> int:
        """How many of the kind are there."""
        return self.due[kind] - sum(each.kind == kind for each in self.missing)


def evidence_of(visit: Passed, places: Mapping[str, Place]) -> Evidence:
    """`places` says where photos were taken, by their hash, as far as anybody knows."""
    shots = list(_shots(visit.step, visit.answers))
    missing = [wrong for name, needed, taken in shots if (wrong := _wrong_shot(visit, name, needed, taken, places))]
    if visit.standard and visit.clocked * QUICK < visit.standard:
        missing.append(Missing("dwell", "quick"))
    if not visit.opened - TOLERANCE_MS <= visit.started <= visit.completed + TOLERANCE_MS:
        missing.append(Missing("flow", "before_its_turn"))
    due = {"photos": len(shots), "dwell": int(bool(visit.standard)), "flow": 1}
    return Evidence(due, tuple(missing))


def _shots(step: StepNode, answers: Mapping[str, Any]) -> Iterator[tuple[str, int, list[Mapping[str, Any]]]]:
    """Every shot that was taken, with how many of it the template asks for."""
    for field in step.fields:
        taken = answers.get(field.id)
        if field.type != "photo" or not isinstance(taken, Mapping):
            continue
        least = _least(field)
        for shot, photos in taken.items():
            yield f"{field.id}.{shot}", max(1, least.get(shot, 1)), list(photos)


def _least(field: PlanField) -> dict[str, int]:
    shots: Any = field.settings.get("shots") or []
    return {shot["id"]: shot.get("min") or 0 for shot in shots}


def _wrong_shot(
    visit: Passed, name: str, needed: int, taken: list[Mapping[str, Any]], places: Mapping[str, Place]
) -> Missing | None:
    in_time = [photo for photo in taken if _is_in_time(visit, photo)]
    if len(in_time) < min(needed, len(taken)):
        return Missing("photos", "time", name)
    known = [places[photo["photo"]] for photo in in_time if photo["photo"] in places]
    first = _first_place(visit, places)
    if first is not None and any(metres(first, place) > NEAR_METRES for place in known):
        return Missing("photos", "place", name)
    return None


def _is_in_time(visit: Passed, photo: Mapping[str, Any]) -> bool:
    at = parse_moment(photo["at"])
    return at is not None and visit.started - TOLERANCE_MS <= at <= visit.completed + TOLERANCE_MS


def _first_place(visit: Passed, places: Mapping[str, Place]) -> Place | None:
    """Of the first photo of the visit of which it is known: a step is done at one place."""
    hashes = (photo["photo"] for _, _, taken in _shots(visit.step, visit.answers) for photo in taken)
    return next((places[each] for each in hashes if each in places), None)


def metres(here: Place, there: Place) -> float:
    """Between two places, each latitude and longitude in degrees (haversine)."""
    north, south = radians(here[0]), radians(there[0])
    turned = sin((south - north) / 2) ** 2
    turned += cos(north) * cos(south) * sin(radians(there[1] - here[1]) / 2) ** 2
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(turned)))
