"""What pages of assets need besides their subject: names of parts, people and orders."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import names_of_people
from mendloop.assets import services
from mendloop.assets.models import Asset, AssetConflict, AssetFact
from mendloop.assets.pasting import amount
from mendloop.inventory import services as inventory
from mendloop.library import services as library
from mendloop.words import local
from mendloop.work_orders import services as orders


@dataclass(frozen=True, slots=True)
class Names:
    """What people call what is named by ids and numbers."""

    language: str
    parts: Mapping[str, Mapping[str, str]]
    people: Mapping[str, str]
    orders: Mapping[str, str]
    assets: Mapping[str, Asset]
    products: Mapping[str, Mapping[str, str]]

    def part(self, number: str | None) -> str:
        """The part's name, else its number."""
        return local(self.parts.get(number or ""), self.language) or number or ""

    def product(self, product_id: str | None) -> str:
        """The product's name."""
        return local(self.products.get(product_id or ""), self.language)

    def quantity(self, milli: int) -> str:
        """Without noughts at its end."""
        return amount(milli)


def names_for(
    session: Session,
    actor: Actor,
    *,
    parts: Iterable[str | None] = (),
    order_ids: Iterable[str | None] = (),
    asset_ids: Iterable[str | None] = (),
) -> Names:
    """Everything is read in a few statements, however much there is to name."""
    found = inventory.parts_by_number(session, actor, {each for each in parts if each})
    told = orders.orders_by_id(session, actor, {each for each in order_ids if each})
    return Names(
        actor.language,
        {number: part.name for number, part in found.items()},
        names_of_people(session, actor),
        {order_id: order.number for order_id, order in told.items()},
        services.assets_by_id(session, actor, asset_ids),
        {product.id: product.title for product in library.list_products(session, actor)},
    )


def names_for_facts(session: Session, actor: Actor, facts: Iterable[AssetFact | None]) -> Names:
    """What these facts name."""
    known = [fact for fact in facts if fact is not None]
    return names_for(
        session,
        actor,
        parts=[fact.part_number for fact in known],
        order_ids=[fact.order_id for fact in known],
        asset_ids=[fact.asset_id for fact in known],
    )


def names_for_conflicts(session: Session, actor: Actor, conflicts: Iterable[AssetConflict]) -> Names:
    """What these tasks name."""
    known = list(conflicts)
    return names_for(
        session,
        actor,
        parts=[each.part_number for each in known],
        order_ids=[each.order_id for each in known],
        asset_ids=[asset_id for each in known for asset_id in (each.asset_id, each.found_asset_id)],
    )
