"""The lines of a BOM: a tree of positions, checked as a whole."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mendloop_engine.json_values import JsonObject

from mendloop.problems import Problem

MOST_POSITIONS = 10_000
"""In one BOM; what its parts consist of comes on top."""
DEEPEST = 20
LONGEST_LABEL = 200
MOST_MILLI = 1_000_000_000
WHOLE = 1000
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a BOM. `key` names it for good, `parent` is the key of the position it stands in."""

    key: str
    parent: str | None = None
    label: Mapping[str, str] = field(default_factory=dict)
    part: str | None = None
    milli: int = WHOLE
    serial: bool = False


def faults_of_positions(lines: Sequence[Position]) -> list[Problem]:
    """Everything that is wrong with them taken by themselves; `at` is `/lines/<index>`."""
    if len(lines) > MOST_POSITIONS:
        return [Problem("bom.too_many", at="/lines", params={"limit": MOST_POSITIONS, "count": len(lines)})]
    return [*_faults_of_lines(lines), *_faults_of_tree(lines)]


def children_of(lines: Sequence[Position]) -> dict[str | None, list[Position]]:
    """The positions by the one they stand in, in their order; those at the top under None."""
    found: dict[str | None, list[Position]] = {}
    for line in lines:
        found.setdefault(line.parent, []).append(line)
    return found


def _faults_of_lines(lines: Sequence[Position]) -> Iterator[Problem]:
    taken: set[str] = set()
    for index, line in enumerate(lines):
        for code in _faults_of_line(line, taken):
            yield Problem(code, at=f"/lines/{index}", params={"key": line.key, "number": index + 1})
        taken.add(line.key)


def _faults_of_line(line: Position, taken: set[str]) -> Iterator[str]:
    if not _KEY.fullmatch(line.key):
        yield "bom.key_invalid"
    if line.key in taken:
        yield "bom.key_twice"
    if not 0 < line.milli <= MOST_MILLI:
        yield "bom.quantity_invalid"
    if line.serial and line.milli % WHOLE:
        yield "bom.serial_not_whole"
    if any(len(text) > LONGEST_LABEL for text in line.label.values()):
        yield "bom.label_long"
    if line.part is None and not any(text.strip() for text in line.label.values()):
        yield "bom.nameless"


def _faults_of_tree(lines: Sequence[Position]) -> Iterator[Problem]:
    parents = {line.key: line.parent for line in lines}
    depths: dict[str, int | None] = {}
    for index, line in enumerate(lines):
        params: JsonObject = {"key": line.key, "number": index + 1, "parent": line.parent or "", "limit": DEEPEST}
        if line.parent is not None and line.parent not in parents:
            yield Problem("bom.parent_unknown", at=f"/lines/{index}", params=params)
            continue
        depth = _depth(line.key, parents, depths)
        if depth is None:
            yield Problem("bom.inside_itself", at=f"/lines/{index}", params=params)
        elif depth > DEEPEST:
            yield Problem("bom.too_deep", at=f"/lines/{index}", params=params)


def _depth(key: str, parents: Mapping[str, str | None], known: dict[str, int | None]) -> int | None:
    """1 at the top; None when the way up never ends."""
    way: list[str] = []
    here: str | None = key
    while here is not None and here not in known and here in parents:
        known[here] = None
        way.append(here)
        here = parents[here]
    depth = known[here] if here is not None and here in known else 0
    for each in reversed(way):
        depth = None if depth is None else depth + 1
        known[each] = depth
    return known[key]
