"""What differs between two revisions of a BOM, position by position."""

from collections.abc import Sequence
from dataclasses import dataclass

from mendloop.assets.positions import Position


@dataclass(frozen=True, slots=True)
class Difference:
    """`kind` is added, removed or changed; `changed` names what of it: label, parent, part, quantity, serial."""

    kind: str
    key: str
    before: Position | None
    after: Position | None
    changed: tuple[str, ...] = ()


def differences(before: Sequence[Position], after: Sequence[Position]) -> list[Difference]:
    """What became of each position, in the order of the newer revision, what is gone at the end."""
    old, new = ({each.key: each for each in lines} for lines in (before, after))
    found = []
    for key, position in new.items():
        if key not in old:
            found.append(Difference("added", key, None, position))
        elif changed := _changed(old[key], position):
            found.append(Difference("changed", key, old[key], position, changed))
    return [*found, *(Difference("removed", key, position, None) for key, position in old.items() if key not in new)]


def _changed(one: Position, other: Position) -> tuple[str, ...]:
    pairs = {
        "parent": (one.parent, other.parent),
        "label": (dict(one.label), dict(other.label)),
        "part": (one.part, other.part),
        "quantity": (one.milli, other.milli),
        "serial": (one.serial, other.serial),
    }
    return tuple(name for name, (first, second) in pairs.items() if first != second)
