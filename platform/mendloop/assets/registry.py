"""Assets: the things that are repaired, each with a serial number, and which work order is about which."""

import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.acts import begin
from mendloop.assets.boms import Subject, bom_in_effect
from mendloop.assets.facts import Scene
from mendloop.assets.models import Asset, AssetOrder, AssetUnit
from mendloop.assets.structure import nodes_of
from mendloop.assets.turns import take_turn
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.library import services as library
from mendloop.problems import Conflict, Missing, Problem, Refusal

_TAG_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without letters that are read as others."""
TAG_LENGTH = 8
PAGE = 50
LONGEST = {"serial": 200, "customer": 200, "site": 200}


@dataclass(frozen=True, slots=True)
class AssetDetails:
    """What is written down about an asset."""

    serial: str
    product_id: str
    customer: str = ""
    site: str = ""
    commissioned: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AssetFilters:
    """What the list is narrowed to. `text` is looked for in serial number, tag, customer, site, and serials inside."""

    text: str = ""
    product_id: str = ""
    after: str = ""


def create_asset(session: Session, actor: Actor, details: AssetDetails, at: dt.datetime | None = None) -> Asset:
    """Take an asset in, with everything built in that its product's BOM in effect provides."""
    take_turn(session, actor)  # of two with the same number the second finds the first
    _check(session, actor, details, None)
    now = utc_now()
    bom = bom_in_effect(session, actor, Subject(product_id=details.product_id))
    asset = Asset(organisation_id=actor.organisation_id, id=new_id(), tag=_new_tag(), bom_id=bom.id if bom else None)
    asset.created_at, asset.created_by = now, actor.person_id
    _write(asset, details)
    session.add(asset)
    session.flush()
    if bom is not None:
        building = begin(session, actor, Scene(at or _delivered(details, now), actor.person_id))
        building.build(asset.id, nodes_of(session, actor, bom))
        building.close()
    return asset


def change_asset(session: Session, actor: Actor, asset_id: str, details: AssetDetails) -> Asset:
    """Write down new details; what an asset is a product of does not change."""
    take_turn(session, actor)
    asset = access_asset(session, actor, asset_id)
    kept = AssetDetails(details.serial, asset.product_id, details.customer, details.site, details.commissioned)
    _check(session, actor, kept, asset)
    _write(asset, kept)
    session.flush()
    return asset


def access_asset(session: Session, actor: Actor, asset_id: str) -> Asset:
    """An asset of the actor's organisation, or `Missing`."""
    found = session.get(Asset, (actor.organisation_id, asset_id))
    if found is None:
        raise Missing
    return found


def asset_by_tag(session: Session, actor: Actor, tag: str) -> Asset:
    """The asset with this tag on its label, or `Missing`."""
    statement = select(Asset).where(Asset.organisation_id == actor.organisation_id, Asset.tag == tag.strip().upper())
    found = session.execute(statement).scalar_one_or_none()
    if found is None:
        raise Missing
    return found


def asset_by_serial(session: Session, actor: Actor, product_id: str, serial: str) -> Asset | None:
    """The product's asset with this serial number."""
    statement = select(Asset).where(
        Asset.organisation_id == actor.organisation_id, Asset.product_id == product_id, Asset.serial == serial.strip()
    )
    return session.execute(statement).scalar_one_or_none()


def assets_by_id(session: Session, actor: Actor, ids: Iterable[str | None]) -> dict[str, Asset]:
    """Those of these assets that the organisation has."""
    statement = select(Asset).where(
        Asset.organisation_id == actor.organisation_id, Asset.id.in_(sorted({each for each in ids if each}))
    )
    return {asset.id: asset for asset in session.execute(statement).scalars()}


def find_assets(session: Session, actor: Actor, filters: AssetFilters, limit: int = PAGE) -> list[Asset]:
    """A page of assets, the newest first; `filters.after` is the id of the last one of the page before."""
    statement = select(Asset).where(Asset.organisation_id == actor.organisation_id)
    if filters.product_id:
        statement = statement.where(Asset.product_id == filters.product_id)
    if filters.after:
        statement = statement.where(Asset.id < filters.after)
    if filters.text:
        fields = (Asset.serial, Asset.tag, Asset.customer, Asset.site)
        inside = select(AssetUnit.asset_id).where(
            AssetUnit.organisation_id == actor.organisation_id, AssetUnit.serial == filters.text
        )
        matching = [field.icontains(filters.text, autoescape=True) for field in fields]
        statement = statement.where(or_(*matching, Asset.id.in_(inside)))
    return list(session.execute(statement.order_by(Asset.id.desc()).limit(limit)).scalars())


def known_serials(session: Session, actor: Actor, most: int = 500) -> list[Asset]:
    """Assets to choose from, by serial number."""
    statement = select(Asset).where(Asset.organisation_id == actor.organisation_id)
    return list(session.execute(statement.order_by(Asset.serial).limit(most)).scalars())


def count_assets(session: Session, actor: Actor) -> int:
    """How many there are."""
    statement = select(func.count()).where(Asset.organisation_id == actor.organisation_id).select_from(Asset)
    return session.execute(statement).scalar_one()


def link_order(session: Session, actor: Actor, order_id: str, asset_id: str) -> None:
    """The order is about this asset."""
    access_asset(session, actor, asset_id)
    session.merge(AssetOrder(organisation_id=actor.organisation_id, order_id=order_id, asset_id=asset_id))
    session.flush()


def link_named_order(
    session: Session, actor: Actor, order_id: str, product_key: str, details: tuple[str, str], *, create: bool
) -> Asset | None:
    """Connect an order with the asset that its text (serial number, then customer) names, if that is known.

    With `create` an unknown one is taken in first; without it the text stays what it is, a text.
    """
    serial, customer = (text.strip() for text in details)
    product = library.product_by_key(session, actor, product_key)
    if product is None or not serial:
        return None
    asset = asset_by_serial(session, actor, product.id, serial)
    if asset is None and create:
        asset = create_asset(session, actor, AssetDetails(serial, product.id, customer))
    if asset is not None:
        link_order(session, actor, order_id, asset.id)
    return asset


def asset_of_order(session: Session, actor: Actor, order_id: str) -> Asset | None:
    """The asset that the order is about, when it is more than a text."""
    linked = session.get(AssetOrder, (actor.organisation_id, order_id))
    return access_asset(session, actor, linked.asset_id) if linked is not None else None


def orders_of_asset(session: Session, actor: Actor, asset_id: str) -> list[str]:
    """The ids of the orders about this asset, the newest first."""
    statement = select(AssetOrder.order_id).where(
        AssetOrder.organisation_id == actor.organisation_id, AssetOrder.asset_id == asset_id
    )
    return list(session.execute(statement.order_by(AssetOrder.order_id.desc())).scalars())


def _write(asset: Asset, details: AssetDetails) -> None:
    asset.serial, asset.product_id = details.serial.strip(), details.product_id
    asset.customer, asset.site = details.customer.strip(), details.site.strip()
    asset.commissioned = details.commissioned


def _check(session: Session, actor: Actor, details: AssetDetails, asset: Asset | None) -> None:
    library.access_product(session, actor, details.product_id)
    problems = [
        Problem("asset.text_too_long", at=f"/{name}", params={"limit": limit})
        for name, limit in LONGEST.items()
        if len(getattr(details, name)) > limit
    ]
    if not details.serial.strip():
        problems.append(Problem("asset.serial_missing", at="/serial"))
    if problems:
        raise Refusal(problems)
    holder = asset_by_serial(session, actor, details.product_id, details.serial)
    if holder is not None and holder is not asset:
        raise Conflict(Problem("asset.serial_taken", at="/serial", params={"serial": details.serial.strip()}))


def _delivered(details: AssetDetails, now: dt.datetime) -> dt.datetime:
    if details.commissioned is None:
        return now
    return min(now, dt.datetime.combine(details.commissioned, dt.time(), dt.UTC))


def _new_tag() -> str:
    return "".join(_TAG_LETTERS[byte % len(_TAG_LETTERS)] for byte in os.urandom(TAG_LENGTH))
