"""The positions that a template can name: those of the BOMs of the products it is for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mendloop_engine.globs import glob_matches
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.boms import in_order, positions_of
from mendloop.assets.models import Bom
from mendloop.assets.positions import Position
from mendloop.assets.structure import Node, Structures, structures_at
from mendloop.clock import utc_now
from mendloop.inventory import services as inventory
from mendloop.library.services import list_products
from mendloop.problems import Refusal

Words = Mapping[str, str]
MOST_FOUND = 50
MOST_BOMS = 100
MOST_LOOKED_AT = 10_000
"""Nodes of all BOMs together: whoever types waits for this."""


@dataclass(frozen=True, slots=True)
class FoundPosition:
    """A position by its address. `label` is its own, or the name of its part; `products` all that have it."""

    address: str
    label: Words
    part: str | None
    products: list[Words] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ProductPositions:
    """The addresses of all positions in one product's BOM that is in effect."""

    title: Words
    nodes: Sequence[Node]

    def means_one(self, position: str) -> bool:
        """Whether this names one position of it: the whole address, or an end that only one has."""
        addresses = [node.address for node in self.nodes]
        return position in addresses or sum(each.endswith(f"/{position}") for each in addresses) == 1


def product_positions(session: Session, actor: Actor, globs: Sequence[str]) -> list[ProductPositions]:
    """The BOMs of the products that these patterns mean; of all products where there are none. Up to a limit."""
    products = list_products(session, actor, only_active=True)
    meant = {each.id: each.title for each in products if not globs or any(glob_matches(it, each.key) for it in globs)}
    boms = _in_effect(session, actor, meant)
    lines = positions_of(session, actor, [bom.id for bom in boms])
    structures = structures_at(session, actor) if boms else None
    found, room = [], MOST_LOOKED_AT
    for bom in boms:
        nodes = _walked(structures, lines[bom.id]) if structures and room > 0 else []
        room -= len(nodes)
        found += [ProductPositions(meant[bom.product_id or ""], nodes)] if nodes else []
    return found


def positions_like(
    session: Session, actor: Actor, products: Iterable[ProductPositions], text: str
) -> list[FoundPosition]:
    """Those whose address, label, part number or part's name hold every word of the text, as the BOMs have them."""
    found: dict[str, FoundPosition] = {}
    for product in products:
        for node in product.nodes:
            one = FoundPosition(node.address, node.position.label, node.position.part)
            found.setdefault(node.address, one).products.append(product.title)
    names = _names(session, actor, found.values())
    wanted = text.casefold().split()
    like = (each for each in found.values() if _holds(each, names.get(each.part or "", {}), wanted))
    return [
        FoundPosition(each.address, each.label or names.get(each.part or "", {}), each.part, each.products)
        for _, each in zip(range(MOST_FOUND), like, strict=False)
    ]


def _in_effect(session: Session, actor: Actor, products: Iterable[str]) -> list[Bom]:
    statement = select(Bom).where(
        Bom.organisation_id == actor.organisation_id, Bom.product_id.is_not(None), Bom.effective_from <= utc_now()
    )
    latest: dict[str, Bom] = {}
    for bom in sorted(session.execute(statement).scalars(), key=in_order):
        latest[bom.product_id or ""] = bom
    return [latest[product] for product in products if product in latest][:MOST_BOMS]


def _walked(structures: Structures, lines: Sequence[Position]) -> list[Node]:
    """All positions through all levels; none of a BOM that is too large to be handled."""
    try:
        return [node for top in structures.nodes(lines) for node in top.walk()]
    except Refusal:
        return []


def _names(session: Session, actor: Actor, found: Iterable[FoundPosition]) -> dict[str, Words]:
    numbers = {each.part for each in found if each.part is not None}
    return {number: part.name for number, part in inventory.parts_by_number(session, actor, numbers).items()}


def _holds(each: FoundPosition, name: Words, wanted: Sequence[str]) -> bool:
    text = " ".join([each.address, each.part or "", *each.label.values(), *name.values()]).casefold()
    return all(word in text for word in wanted)
