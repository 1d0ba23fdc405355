"""The places a person can choose: warehouses, vans, quarantine, and where old parts wait."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import ENGINEER, Actor
from mendloop.accounts.services import people_with_role
from mendloop.inventory.locations import QUARANTINE, REMOVED, VAN, WAREHOUSE, van_of, warehouse_of
from mendloop.inventory.models import StockBalance
from mendloop.inventory.rows import add_places
from mendloop.inventory.whereabouts import places_of_kind
from mendloop.problems import Problem, Refusal

_NAME = re.compile(r"[\w-][\w -]{0,39}")


def warehouses(session: Session, actor: Actor) -> list[str]:
    """The central stores, the first one always."""
    return [WAREHOUSE, *(key for key in places_of_kind(session, actor, WAREHOUSE) if key != WAREHOUSE)]


def add_warehouse(session: Session, actor: Actor, name: str) -> str:
    """Another central store; in a write transaction. Answers its key; the same name again is the same store."""
    if not _NAME.fullmatch(name.strip()):
        raise Refusal(Problem("stock.warehouse_name", at="/name"))
    key = warehouse_of(name.strip())
    add_places(session, actor.organisation_id, [key])
    return key


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
