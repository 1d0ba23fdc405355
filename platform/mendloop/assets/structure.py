"""What a BOM is through all its levels: positions, and in them what assemblies consist of at that time."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.boms import in_order, positions_of
from mendloop.assets.models import Bom
from mendloop.assets.positions import DEEPEST, WHOLE, Position, children_of
from mendloop.assets.units import MANY
from mendloop.clock import utc_now
from mendloop.problems import Problem, Refusal

MOST_NODES = 20_000
"""Positions through all levels."""


@dataclass(frozen=True, slots=True)
class Node:
    """A position in its place. `address` is the way to it by keys, with / between them."""

    position: Position
    address: str
    children: Sequence["Node"] = field(default=())

    def walk(self) -> Iterator["Node"]:
        """This node and all below, from top to bottom."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Structures:
    """All that assemblies consisted of at one instant, as positions by part number."""

    by_part: Mapping[str, Sequence[Position]]

    def nodes(self, positions: Sequence[Position]) -> list[Node]:
        """The tree of these positions through all levels; refused when it is larger or deeper than can be handled."""
        return _Growing(self).grow(children_of(positions), None, "", 1)


class Assemblies:
    """What assemblies consisted of at one instant, by default now: read when it is asked for, and each only once."""

    def __init__(self, session: Session, actor: Actor, when: dt.datetime | None = None) -> None:
        self._session, self._actor, self._when = session, actor, when or utc_now()
        self._by_part: dict[str, Sequence[Position]] = {}
        self._seen: set[str] = set()

    def below(self, lines: Iterable[Position]) -> Structures:
        """Enough to know what these positions are through all levels."""
        waiting = _parts_of(lines) - self._seen
        while waiting:
            self._seen |= waiting
            found = self._read(sorted(waiting))
            self._by_part |= found
            waiting = {part for inner in found.values() for part in _parts_of(inner)} - self._seen
        return Structures(self._by_part)

    def nodes(self, lines: Sequence[Position]) -> list[Node]:
        """The tree of these positions through all levels; refused when it is larger or deeper than can be handled."""
        return self.below(lines).nodes(lines)

    def inside(self, part: str) -> Sequence[Position]:
        """What a part consists of by its own BOM."""
        return self.below([Position("", part=part)]).by_part.get(part, ())

    def _read(self, parts: Sequence[str]) -> dict[str, Sequence[Position]]:
        latest: dict[str, Bom] = {}
        for start in range(0, len(parts), MANY):
            for bom in sorted(self._boms(parts[start : start + MANY]), key=in_order):
                latest[bom.part_number or ""] = bom
        lines = positions_of(self._session, self._actor, (bom.id for bom in latest.values())) if latest else {}
        return {number: lines[bom.id] for number, bom in latest.items()}

    def _boms(self, parts: Sequence[str]) -> Iterable[Bom]:
        statement = select(Bom).where(
            Bom.organisation_id == self._actor.organisation_id,
            Bom.part_number.in_(parts),
            Bom.effective_from <= self._when,
        )
        return self._session.execute(statement).scalars()


def structures_at(session: Session, actor: Actor, when: dt.datetime | None = None) -> Structures:
    """All assemblies, by the revisions that held at an instant, by default now."""
    statement = select(Bom.part_number).where(
        Bom.organisation_id == actor.organisation_id, Bom.part_number.is_not(None)
    )
    parts = session.execute(statement.distinct()).scalars()
    return Assemblies(session, actor, when).below(Position("", part=part) for part in parts)


def nodes_of(session: Session, actor: Actor, bom: Bom, when: dt.datetime | None = None) -> list[Node]:
    """The tree of a revision, with assemblies as they were at that instant."""
    return Assemblies(session, actor, when).nodes(positions_of(session, actor, [bom.id])[bom.id])


def explode(nodes: Iterable[Node]) -> dict[str, int]:
    """How much of each part there is altogether, in thousandths; assemblies are counted, and so is what is in them."""
    totals: dict[str, Fraction] = {}
    _add_up(nodes, Fraction(1), totals)
    return {part: _rounded(total) for part, total in sorted(totals.items())}


class _Growing:
    """Counts what has grown, and stops before it is too much."""

    def __init__(self, structures: Structures) -> None:
        self._structures = structures
        self._grown = 0

    def grow(
        self, tree: Mapping[str | None, Sequence[Position]], parent: str | None, above: str, depth: int
    ) -> list[Node]:
        """The nodes in `parent`. Depth counts every level, those of assemblies too."""
        if depth > DEEPEST and tree.get(parent):
            raise Refusal(Problem("bom.too_deep_in_all", params={"limit": DEEPEST, "address": above.strip("/")}))
        return [self._node(tree, position, above, depth) for position in tree.get(parent, ())]

    def _node(self, tree: Mapping[str | None, Sequence[Position]], position: Position, above: str, depth: int) -> Node:
        self._grown += 1
        if self._grown > MOST_NODES:
            raise Refusal(Problem("bom.too_large", params={"limit": MOST_NODES}))
        address = above + position.key
        inner = self.grow(tree, position.key, f"{address}/", depth + 1)
        if not inner and position.part is not None:
            nested = self._structures.by_part.get(position.part, ())
            inner = self.grow(children_of(nested), None, f"{address}/", depth + 1)
        return Node(position, address, inner)


def _add_up(nodes: Iterable[Node], times: Fraction, totals: dict[str, Fraction]) -> None:
    for node in nodes:
        here = times * Fraction(node.position.milli, WHOLE)
        if node.position.part is not None:
            totals[node.position.part] = totals.get(node.position.part, Fraction(0)) + here
        _add_up(node.children, here, totals)


def _parts_of(lines: Iterable[Position]) -> set[str]:
    return {line.part for line in lines if line.part is not None}


def _rounded(total: Fraction) -> int:
    """To the next thousandth; half a thousandth counts as one."""
    return int(total * WHOLE + Fraction(1, 2))
