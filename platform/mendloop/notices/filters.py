"""What of the inbox is shown, as it stands in the address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mendloop.notices.inbox import STATES, WAITS, Line
from mendloop.notices.sources import URGENCIES

FEW = 15
"""So many lines of a kind are shown among others; all of them when only that kind is."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty means all."""

    show: str = WAITS
    kind: str = ""
    urgency: str = ""
    new: bool = False

    @classmethod
    def from_address(cls, given: Mapping[str, str]) -> "Filters":
        """What cannot be meant is left out."""
        show, urgency = given.get("show", WAITS), given.get("urgency", "")
        return cls(
            show if show in STATES else WAITS,
            given.get("kind", "")[:40],
            urgency if urgency in URGENCIES else "",
            given.get("new") == "1",
        )

    def address(self, **other: str) -> dict[str, str]:
        """As it is written in an address; `other` says what is to be different."""
        own = {"show": self.show, "kind": self.kind, "urgency": self.urgency, "new": "1" if self.new else ""}
        return {name: value for name, value in {**own, **other}.items() if value and (name, value) != ("show", WAITS)}

    def lets_through(self, line: Line) -> bool:
        """Whether it is shown."""
        return (
            line.state == self.show
            and self.kind in ("", line.waiting.kind)
            and self.urgency in ("", line.waiting.urgency)
            and (line.is_new or not self.new)
        )


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one kind under one urgency; `more` of them are not shown."""

    kind: str
    lines: list[Line]
    more: int


def grouped(lines: Iterable[Line], filters: Filters) -> Iterator[tuple[str, list[Group]]]:
    """By urgency, and within it by kind: the kind first of which something has waited longest."""
    shown = [line for line in lines if filters.lets_through(line)]
    for urgency in URGENCIES:
        by_kind: dict[str, list[Line]] = {}
        for line in shown:
            if line.waiting.urgency == urgency:
                by_kind.setdefault(line.waiting.kind, []).append(line)
        if by_kind:
            yield urgency, [_group(kind, found, filters) for kind, found in by_kind.items()]


def _group(kind: str, found: list[Line], filters: Filters) -> Group:
    few = len(found) if filters.kind else FEW
    return Group(kind, found[:few], max(0, len(found) - few))
