"""The places a person can choose: warehouses, vans, quarantine, and where old parts wait."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import ENGINEER, Actor
from mendloop.accounts.services import people_with_role
from mendloop.inventory.locations import QUARANTINE, REMOVED, VAN, WAREHOUSE, van_of
from mendloop.inventory.models import StockBalance
from mendloop.inventory.whereabouts import places_of_kind


def warehouses(session: Session, actor: Actor) -> list[str]:
    """The central stores, the first one always."""
    return [WAREHOUSE, *(key for key in places_of_kind(session, actor, WAREHOUSE) if key != WAREHOUSE)]


def vans(session: Session, actor: Actor) -> list[str]:
    """The vans of everybody who repairs, by name, then those of others in which something still lies."""
    theirs = [van_of(person.id) for person in people_with_role(session, actor, ENGINEER)]
    others = [key for key in places_of_kind(session, actor, VAN) if key not in theirs]
    return [*theirs, *(key for key in others if holds_something(session, actor, key))]


def shelves(session: Session, actor: Actor) -> list[str]:
    """Where good parts may be put."""
    return [*warehouses(session, actor), *vans(session, actor)]


def waiting_places(session: Session, actor: Actor) -> list[str]:
    """Where parts wait for somebody to decide what becomes of them."""
    removed = places_of_kind(session, actor, REMOVED)
    return [QUARANTINE, *(key for key in removed if holds_something(session, actor, key))]


def holds_something(session: Session, actor: Actor, place: str) -> bool:
    """Whether any part lies there."""
    statement = select(StockBalance.part_id).where(
        StockBalance.organisation_id == actor.organisation_id, StockBalance.location == place, StockBalance.milli > 0
    )
    return session.execute(statement.limit(1)).first() is not None
