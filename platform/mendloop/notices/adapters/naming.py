"""How lines name orders and places, in every language at once: nobody knows yet who will read them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import names_of_people
from mendloop.inventory.locations import PERSON, VAN, kind_of, owner_of
from mendloop.library.services import list_products
from mendloop.notices.sources import Value
from mendloop.words import LANGUAGES, translate
from mendloop.work_orders.attention import Watched
from mendloop.work_orders.services import orders_by_id


@dataclass(frozen=True, slots=True)
class OrderNames:
    """What an order is called: its number, and what it is about."""

    products: Mapping[str, Mapping[str, str]]

    def values(self, order: Watched) -> dict[str, Value]:
        """The asset, else the customer, else the product."""
        about = order.asset or order.customer or self.products.get(order.product) or order.product
        return {"number": order.number, "about": about}


def order_names(session: Session, actor: Actor) -> OrderNames:
    """The products' names are read once for all orders."""
    return OrderNames({product.key: product.title for product in list_products(session, actor)})


def numbers_of(session: Session, actor: Actor, order_ids: Iterable[str]) -> dict[str, str]:
    """The orders' numbers by their ids, as far as there are such orders."""
    return {order_id: order.number for order_id, order in orders_by_id(session, actor, order_ids).items()}


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """What people call places: Van Ada, Warehouse north."""

    people: Mapping[str, str]

    def name(self, key: str) -> Mapping[str, str]:
        """In every language."""
        kind, owner = kind_of(key), owner_of(key)
        whose = (self.people.get(owner, "–") if kind in (VAN, PERSON) else owner) if owner else ""
        return {tongue: f"{translate(tongue, f'location.{kind}')} {whose}".strip() for tongue in LANGUAGES}


def place_names(session: Session, actor: Actor) -> PlaceNames:
    """People's names are read once for all places."""
    return PlaceNames(names_of_people(session, actor))
