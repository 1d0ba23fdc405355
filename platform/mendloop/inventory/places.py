"""The places a person can choose: warehouses, vans, quarantine, and where old parts wait."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import ENGINEER, Actor
from mendloop.accounts.services import people_with_role
from mendloop.inventory.locations import QUARANTINE, REMOVED, WAREHOUSE, van_of
from mendloop.inventory.models import Location, StockBalance


def warehouses(session: Session, actor: Actor) -> list[str]:
    """The central stores, the first one always."""
    return [WAREHOUSE, *(key for key in _keys_of(session, actor, WAREHOUSE) if key != WAREHOUSE)]


def vans(session: Session, actor: Actor) -> list[str]:
    """The vans of everybody who repairs, by name, then those of others in which something still lies."""
    theirs = [van_of(person.id) for person in people_with_role(session, actor, ENGINEER)]
    others = [key for key in filled(session, actor) if key.startswith("van:") and key not in theirs]
    return [*theirs, *others]


def shelves(session: Session, actor: Actor) -> list[str]:
    """Where good parts may be put."""
    return [*warehouses(session, actor), *vans(session, actor)]


def waiting_places(session: Session, actor: Actor) -> list[str]:
    """Where parts wait for somebody to decide what becomes of them."""
    return [QUARANTINE, *(key for key in filled(session, actor) if key.startswith(f"{REMOVED}:"))]


def filled(session: Session, actor: Actor) -> list[str]:
    """Every place where something lies."""
    statement = (
        select(StockBalance.location)
        .where(StockBalance.organisation_id == actor.organisation_id, StockBalance.milli > 0)
        .distinct()
        .order_by(StockBalance.location)
    )
    return list(session.execute(statement).scalars())


def _keys_of(session: Session, actor: Actor, kind: str) -> list[str]:
    statement = select(Location.key).where(Location.organisation_id == actor.organisation_id, Location.kind == kind)
    return list(session.execute(statement.order_by(Location.key)).scalars())
