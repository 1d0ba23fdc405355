"""An asset's BOM as it is: every position with what is in it now, and what is in places no BOM provides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.expected import Expected
from mendloop.assets.models import Asset
from mendloop.assets.positions import Position
from mendloop.assets.structure import Node
from mendloop.assets.units import Unit, units_in


@dataclass(frozen=True, slots=True)
class Branch:
    """A position, or a place that no BOM provides, with one of the units in it; several units are several branches."""

    address: str
    position: Position | None
    unit: Unit | None
    children: Sequence["Branch"]

    def walk(self) -> Iterator["Branch"]:
        """This branch and all below, from top to bottom."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def is_empty(self) -> bool:
        """A part belongs here, and none is in it."""
        return self.unit is None and self.position is not None and self.position.part is not None

    @property
    def is_other(self) -> bool:
        """Another part is in it than belongs here."""
        return self.unit is not None and self.position is not None and self.position.part != self.unit.part


def tree_of(session: Session, actor: Actor, asset: Asset) -> list[Branch]:
    """Everything that belongs into the asset, and everything that is in it."""
    units: dict[str | None, list[Unit]] = {}
    for unit in units_in(session, actor, asset.id):
        units.setdefault(unit.parent_id, []).append(unit)
    expected = Expected(session, actor)
    return _Growing(expected, units).inside(None, "", expected.nodes_of_asset(asset))


class _Growing:
    def __init__(self, expected: Expected, units: Mapping[str | None, Sequence[Unit]]) -> None:
        self._expected, self._units = expected, units

    def inside(self, holder: Unit | None, above: str, nodes: Sequence[Node], skipped: int = 0) -> list[Branch]:
        """The branches in a holder: by its positions, then what else is there."""
        waiting: dict[str, list[Unit]] = {}
        for unit in self._units.get(holder.id if holder else None, ()):
            waiting.setdefault(unit.slot or "", []).append(unit)
        branches = [branch for node in nodes for branch in self._at(node, above, waiting, skipped)]
        strange = [unit for units in waiting.values() for unit in units]
        return [*branches, *(self._branch(above + (unit.slot or ""), None, unit, ()) for unit in strange)]

    def _at(self, node: Node, above: str, waiting: dict[str, list[Unit]], skipped: int) -> Iterator[Branch]:
        slot = node.address[skipped:]
        there = waiting.pop(slot, [])
        if there:
            for unit in there:
                yield self._branch(above + slot, node.position, unit, self._belonging(unit, node))
            return
        inner = [branch for child in node.children for branch in self._at(child, above, waiting, skipped)]
        yield Branch(above + slot, node.position, None, inner)

    def _branch(self, address: str, position: Position | None, unit: Unit, nodes: Sequence[Node]) -> Branch:
        skipped = len(nodes[0].address.rpartition("/")[0]) + 1 if nodes and "/" in nodes[0].address else 0
        return Branch(address, position, unit, self.inside(unit, f"{address}/", nodes, skipped))

    def _belonging(self, unit: Unit, node: Node) -> Sequence[Node]:
        if unit.part == node.position.part:
            return node.children
        return self._expected.nodes_in(unit.part)
