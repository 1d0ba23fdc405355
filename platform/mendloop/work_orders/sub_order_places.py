"""Where in a machine a sub-order may belong: the positions of the asset's bill of materials, else of the product's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets import services as assets
from mendloop.inventory.services import parts_by_number
from mendloop.library.services import list_products, product_by_key
from mendloop.problems import Refusal
from mendloop.words import local
from mendloop.work_orders.models import WorkOrder


@dataclass(frozen=True, slots=True)
class Place:
    """A position by its address. `part` belongs there, or is there; `serial` is that of the piece that is there.

    `product` is the key of the product that the part is, for which there are templates; empty where none is.
    """

    address: str
    label: Mapping[str, str]
    part: str | None = None
    serial: str = ""
    product: str = ""

    @property
    def depth(self) -> int:
        """How many positions it stands in."""
        return self.address.count("/")

    def words(self, language: str) -> str:
        """What it is called, and the number of the piece that is there."""
        return "\u2003" * self.depth + " · ".join(each for each in (local(self.label, language), self.serial) if each)


@dataclass(frozen=True, slots=True)
class Above:
    """The order that a new one shall be a part of, and the positions for which it may be."""

    order: WorkOrder
    places: Sequence[Place]

    def place(self, address: str | None) -> Place | None:
        """The position with this address."""
        return next((place for place in self.places if place.address == address), None)

    def choices(self, language: str) -> list[tuple[str, str]]:
        """Addresses with what a person reads there; deeper ones stand further in."""
        return [(place.address, place.words(language)) for place in self.places]


def places_in(session: Session, actor: Actor, order: WorkOrder) -> list[Place]:
    """Every position of what the order is about, from top to bottom; none where there is no bill of materials."""
    found: dict[str, Place] = {}
    for place in _places(session, actor, order):
        found.setdefault(place.address, place)
    parts = {place.part for place in found.values() if place.part}
    names = {number: part.name for number, part in parts_by_number(session, actor, parts).items()}
    products = {_written(each.key.rpartition("/")[2]): each.key for each in list_products(session, actor)}
    return [_named(place, names, products) for place in found.values()]


def has_place(session: Session, actor: Actor, order: WorkOrder, address: str) -> bool:
    """Whether what the order is about has this position."""
    return any(place.address == address for place in _places(session, actor, order))


def _places(session: Session, actor: Actor, order: WorkOrder) -> Iterator[Place]:
    asset = assets.asset_of_order(session, actor, order.id)
    if asset is not None:
        for top in assets.tree_of(session, actor, asset):
            yield from (_of_branch(branch) for branch in top.walk() if branch.address)
        return
    for node in _nodes_of_product(session, actor, order.product):
        yield from (Place(each.address, each.position.label, each.position.part) for each in node.walk())


def _nodes_of_product(session: Session, actor: Actor, key: str) -> list[assets.Node]:
    product = product_by_key(session, actor, key)
    bom = assets.bom_in_effect(session, actor, assets.Subject(product_id=product.id)) if product is not None else None
    if bom is None:
        return []
    try:
        return assets.nodes_of(session, actor, bom)
    except Refusal:  # more than can be handled: better no position than no order
        return []


def _of_branch(branch: assets.Branch) -> Place:
    position, unit = branch.position, branch.unit
    part = unit.part if unit is not None else position.part if position is not None else None
    label, serial = position.label if position is not None else {}, unit.serial if unit is not None else None
    return Place(branch.address, label, part, serial or "")


def _named(place: Place, names: Mapping[str, Mapping[str, str]], products: Mapping[str, str]) -> Place:
    """A position without a label is called by its part, else by its key."""
    label = place.label or names.get(place.part or "") or {"en": place.address.rpartition("/")[2]}
    return Place(place.address, label, place.part, place.serial, products.get(_written(place.part or ""), ""))


def _written(key: str) -> str:
    """A part is the product whose key ends with its number, in small letters or capital ones."""
    return key.casefold()
