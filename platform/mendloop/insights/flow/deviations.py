"""Deviations as a person reads them: what was missing before what, what was too much after what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mendloop.insights.flow.replay import Move
from mendloop.insights.flow.variants import Explained


@dataclass(frozen=True, slots=True)
class Told:
    """`kind` is `extra` or `missing`; `name` what it is about, `after` what was done last before it, if anything."""

    kind: str
    name: str
    after: str


def told(explained: Explained, titles: Mapping[str, str]) -> list[Told]:
    """The deviations of a variant in order."""
    return list(_told(explained, titles))


def _told(explained: Explained, titles: Mapping[str, str]) -> Iterator[Told]:
    last = ""
    for move in explained.replayed.moves:
        name = _name(move, explained, titles)
        if move.is_deviation:
            yield Told(move.kind, name, last)
        if move.kind in ("done", "extra"):
            last = name


def _name(move: Move, explained: Explained, titles: Mapping[str, str]) -> str:
    if move.work is not None:
        name = explained.variant.works[move.work].name
        return titles.get(name, name)
    step = move.firing.step if move.firing is not None else ""
    return titles.get(step, step)
