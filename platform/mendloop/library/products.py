"""Products: the kinds of things that are repaired."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.library.models import Product
from mendloop.library.rows import access_row, own_rows
from mendloop.library.texts import clean, faults_of_title
from mendloop.problems import Problem, Refusal

_KEY = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*")


@dataclass(frozen=True, slots=True)
class ProductDetails:
    """What is written down about a product."""

    key: str
    title: Mapping[str, str] = field(default_factory=dict)
    active: bool = True


def list_products(session: Session, actor: Actor, only_active: bool = False) -> list[Product]:
    """All products in the order of their keys, so that special ones stand below general ones."""
    wanted = (Product.active,) if only_active else ()
    return list(session.execute(own_rows(actor, Product, *wanted).order_by(Product.key)).scalars())


def access_product(session: Session, actor: Actor, product_id: str) -> Product:
    """A product of the actor's organisation, or `Missing`."""
    return access_row(session, actor, Product, product_id)


def product_by_key(session: Session, actor: Actor, key: str) -> Product | None:
    """The product with this key."""
    return session.execute(own_rows(actor, Product, Product.key == key)).scalar_one_or_none()


def add_product(session: Session, actor: Actor, details: ProductDetails) -> Product:
    """Take a product into the list."""
    _check(session, actor, details, None)
    product = Product(organisation_id=actor.organisation_id)
    _write(product, details)
    session.add(product)
    session.flush()
    return product


def change_product(session: Session, actor: Actor, product_id: str, details: ProductDetails) -> Product:
    """Write down new details. Orders keep the key that they were made with."""
    product = access_product(session, actor, product_id)
    _check(session, actor, details, product)
    _write(product, details)
    session.flush()
    return product


def _write(product: Product, details: ProductDetails) -> None:
    product.key, product.title, product.active = details.key, clean(details.title), details.active


def _check(session: Session, actor: Actor, details: ProductDetails, product: Product | None) -> None:
    problems = faults_of_title(details.title)
    if len(details.key) > 200 or not _KEY.fullmatch(details.key):
        problems.insert(0, Problem("product.key_invalid", at="/key"))
    holder = product_by_key(session, actor, details.key)
    if holder is not None and holder is not product:
        problems.append(Problem("product.key_taken", at="/key"))
    if problems:
        raise Refusal(problems)
