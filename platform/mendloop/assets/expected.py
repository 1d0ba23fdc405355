"""What belongs where: the positions that an asset's BOM, and the BOMs of the assemblies in it, provide."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.boms import positions_of
from mendloop.assets.models import Asset
from mendloop.assets.positions import Position
from mendloop.assets.structure import Assemblies, Node, Structures
from mendloop.assets.units import Place, Unit, access_unit
from mendloop.problems import Refusal


class Expected:
    """Looks positions up; everything is read once. Assemblies are taken as they consist of now."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session, self._actor = session, actor
        self._assemblies = Assemblies(session, actor)
        self._of_asset: dict[str, list[Node]] = {}
        self._in_asset: dict[str, Mapping[str, Node]] = {}

    def nodes_of_asset(self, asset: Asset) -> list[Node]:
        """The positions of the asset's own BOM through all levels; none when it has no BOM."""
        if asset.id not in self._of_asset:
            lines = positions_of(self._session, self._actor, [asset.bom_id])[asset.bom_id] if asset.bom_id else []
            self._of_asset[asset.id] = self._as_far_as_can_be(lines)
        return self._of_asset[asset.id]

    def node_at(self, place: Place) -> Node | None:
        """The position that the place is; None when no BOM provides it."""
        if place.parent_id is not None:
            holder = access_unit(self._session, self._actor, place.parent_id)
            return _by_address(self.nodes_inside(holder)).get(place.slot)
        return self.places_in(place.asset_id).get(place.slot) if place.asset_id is not None else None

    def places_in(self, asset_id: str) -> Mapping[str, Node]:
        """All positions of the asset's own BOM by their addresses."""
        if asset_id not in self._in_asset:
            asset = self._session.get(Asset, (self._actor.organisation_id, asset_id))
            self._in_asset[asset_id] = _by_address(self.nodes_of_asset(asset)) if asset is not None else {}
        return self._in_asset[asset_id]

    def nodes_in(self, part: str) -> list[Node]:
        """What a part consists of by its own BOM."""
        return self._as_far_as_can_be(self._assemblies.inside(part))

    def nodes_inside(self, unit: Unit) -> list[Node]:
        """What belongs inside the unit, addresses beginning in it: by its part's own BOM, else by where it is."""
        own = self.nodes_in(unit.part)
        node = self.node_at(unit.place) if not own and unit.place is not None else None
        if node is None or node.position.part != unit.part:
            return own
        return [_from_here(child, len(node.address) + 1) for child in node.children]

    def _as_far_as_can_be(self, lines: Sequence[Position]) -> list[Node]:
        """Through all levels; where that has become too much, the own positions. Facts are never refused for it."""
        try:
            return self._assemblies.nodes(lines)
        except Refusal:
            return Structures({}).nodes(lines)


def _by_address(nodes: Iterable[Node]) -> Mapping[str, Node]:
    return {node.address: node for top in nodes for node in top.walk()}


def _from_here(node: Node, skipped: int) -> Node:
    return Node(node.position, node.address[skipped:], [_from_here(child, skipped) for child in node.children])
