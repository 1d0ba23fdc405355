"""The rows of stock: a few statements, built once, on the session's connection. The caller holds the part's lock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mendloop.clock import utc_now
from mendloop.inventory.layers import Layer
from mendloop.inventory.locations import kind_of, owner_of
from mendloop.inventory.models import (
    CostLayer,
    Location,
    Part,
    PartStock,
    StockBalance,
    StockEntry,
    StockMovement,
    StockReservation,
    StockSerial,
)
from mendloop.inventory.spelling import folded

_PARTS: Table = Part.__table__  # type: ignore[assignment]
_LOCATIONS: Table = Location.__table__  # type: ignore[assignment]
MOVEMENTS: Table = StockMovement.__table__  # type: ignore[assignment]
ENTRIES: Table = StockEntry.__table__  # type: ignore[assignment]
STOCKS: Table = PartStock.__table__  # type: ignore[assignment]
BALANCES: Table = StockBalance.__table__  # type: ignore[assignment]
LAYERS: Table = CostLayer.__table__  # type: ignore[assignment]
SERIALS: Table = StockSerial.__table__  # type: ignore[assignment]
RESERVATIONS: Table = StockReservation.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class PartKey:
    """One part of one organisation."""

    organisation_id: str
    part_id: str

    def values(self, **more: object) -> dict[str, object]:
        """As the parameters that the statements here want."""
        return {"organisation": self.organisation_id, "part": self.part_id, **more}

    def columns(self, **more: object) -> dict[str, object]:
        """As the first columns of a row."""
        return {"organisation_id": self.organisation_id, "part_id": self.part_id, **more}


@dataclass(frozen=True, slots=True)
class Stock:
    """What is kept once for a part."""

    last_sequence: int
    last_milli: int
    last_value: int
    costing: str


def _of_part(table: Table) -> tuple[Any, Any]:
    return (table.c.organisation_id == bindparam("organisation"), table.c.part_id == bindparam("part"))


def _at_place(table: Table) -> tuple[Any, ...]:
    return (*_of_part(table), table.c.location == bindparam("place"))


_PLACES = select(_LOCATIONS.c.key).where(
    _LOCATIONS.c.organisation_id == bindparam("organisation"), _LOCATIONS.c.key.in_(bindparam("places", expanding=True))
)
_COSTING = select(_PARTS.c.costing).where(
    _PARTS.c.organisation_id == bindparam("organisation"), _PARTS.c.id == bindparam("part")
)
_ON_HAND = select(BALANCES.c.milli).where(*_at_place(BALANCES))
_TAKE = (
    update(BALANCES)
    .where(
        *_at_place(BALANCES),
        BALANCES.c.milli - bindparam("take") >= bindparam("kept"),
        BALANCES.c.reserved >= bindparam("held"),
        BALANCES.c.milli - bindparam("take") >= BALANCES.c.reserved - bindparam("held"),
    )
    .values(milli=BALANCES.c.milli - bindparam("take"), reserved=BALANCES.c.reserved - bindparam("held"))
)
_AVAILABLE = select(BALANCES.c.milli - BALANCES.c.reserved).where(*_at_place(BALANCES))
_HOLD = (
    update(BALANCES)
    .where(*_at_place(BALANCES), BALANCES.c.milli - BALANCES.c.reserved >= bindparam("held"))
    .values(reserved=BALANCES.c.reserved + bindparam("held"))
)
_FREE = update(BALANCES).where(*_at_place(BALANCES)).values(reserved=BALANCES.c.reserved - bindparam("held"))
_LAYERS_AT = select(
    LAYERS.c.number, LAYERS.c.since, LAYERS.c.opened_milli, LAYERS.c.opened_value, LAYERS.c.milli
).where(*_at_place(LAYERS))
_LAYER = _LAYERS_AT.where(LAYERS.c.number == bindparam("layer"))
_DROP_LAYER = LAYERS.delete().where(*_at_place(LAYERS), LAYERS.c.number == bindparam("layer"))
_SERIALS = select(SERIALS.c.serial, SERIALS.c.location, SERIALS.c.order_id).where(*_of_part(SERIALS))
_SERIAL = _SERIALS.where(SERIALS.c.serial == bindparam("named"))
_SPELLED = _SERIALS.where(SERIALS.c.serial_key == bindparam("folded")).order_by(SERIALS.c.serial).limit(1)
_SERIALS_AT = select(func.count()).select_from(SERIALS).where(*_at_place(SERIALS))
_CLOSE = (
    update(STOCKS)
    .where(*_of_part(STOCKS))
    .values(last_sequence=bindparam("to_sequence"), last_milli=bindparam("to_milli"), last_value=bindparam("to_value"))
)
_MOVEMENT = select(MOVEMENTS.c.id, MOVEMENTS.c.digest).where(
    MOVEMENTS.c.organisation_id == bindparam("organisation"), MOVEMENTS.c.key == bindparam("asked")
)
_HELD = (*_at_place(RESERVATIONS), RESERVATIONS.c.order_id == bindparam("order"))
_HELD_FOR = select(RESERVATIONS.c.milli).where(*_HELD)
_FEWER_HELD = update(RESERVATIONS).where(*_HELD, RESERVATIONS.c.milli > bindparam("fewer"))
_FEWER_HELD = _FEWER_HELD.values(milli=RESERVATIONS.c.milli - bindparam("fewer"))
_NONE_HELD = RESERVATIONS.delete().where(*_HELD)


def add_movement(session: Session, row: dict[str, Any]) -> bool:
    """False when there is one with this key already."""
    statement = _moving(session.get_bind().dialect.name)
    return session.connection().execute(statement, row).scalar() is not None


def movement_by_key(session: Session, organisation_id: str, key: str) -> Any:
    """Its id and digest."""
    return session.connection().execute(_MOVEMENT, {"organisation": organisation_id, "asked": key}).one()


def add_places(session: Session, organisation_id: str, places: Iterable[str]) -> None:
    """From now on these places are known."""
    wanted = sorted(set(places))
    values = {"organisation": organisation_id, "places": wanted}
    known = set(session.connection().execute(_PLACES, values).scalars())
    found = [
        {"organisation_id": organisation_id, "key": place, "kind": kind_of(place), "owner_id": owner_of(place)}
        for place in wanted
        if place not in known
    ]
    if found:
        session.connection().execute(_placing(session.get_bind().dialect.name), found)


def lock_place(session: Session, organisation_id: str, place: str) -> None:
    """Nobody else who locks the place goes on before this transaction ends. Places come before parts."""
    add_places(session, organisation_id, [place])
    values = {"organisation": organisation_id, "places": [place]}
    session.connection().execute(_PLACES.with_for_update(), values)


def lock_part(session: Session, part: PartKey) -> Stock:
    """Nobody else moves the part, or holds it for an order, before this transaction ends."""
    row = part.columns(last_sequence=0, last_milli=0, last_value=0)
    last = session.connection().execute(_locking(session.get_bind().dialect.name), row).one()
    costing = session.connection().execute(_COSTING, part.values()).scalar_one()
    return Stock(last.last_sequence, last.last_milli, last.last_value, costing)


def close_part(session: Session, part: PartKey, sequence: int, milli: int, value: int) -> None:
    """Its last number, and what it cost when it last came in."""
    session.connection().execute(_CLOSE, part.values(to_sequence=sequence, to_milli=milli, to_value=value))


def on_hand(session: Session, part: PartKey, place: str) -> int:
    """How much is there."""
    return session.connection().execute(_ON_HAND, part.values(place=place)).scalar() or 0


def available(session: Session, part: PartKey, place: str) -> int:
    """How much is there that is held for nobody; never less than nothing."""
    return max(0, session.connection().execute(_AVAILABLE, part.values(place=place)).scalar() or 0)


def hold(session: Session, part: PartKey, order_id: str, place: str, milli: int) -> bool:
    """Hold it for an order if so much is free there: one UPDATE decides."""
    if session.connection().execute(_HOLD, part.values(place=place, held=milli)).rowcount != 1:
        return False
    row = part.columns(order_id=order_id, location=place, milli=milli, since=utc_now())
    session.connection().execute(_holding(session.get_bind().dialect.name), row)
    return True


def free_balance(session: Session, part: PartKey, place: str, milli: int) -> None:
    """So much less is held there."""
    session.connection().execute(_FREE, part.values(place=place, held=milli))


def held_for(session: Session, part: PartKey, order_id: str, place: str) -> int:
    """How much is held there for an order."""
    return session.connection().execute(_HELD_FOR, part.values(place=place, order=order_id)).scalar() or 0


def take_balance(session: Session, part: PartKey, place: str, milli: int, held: int, kept: int) -> bool:
    """Take it away if it is there, is not held for others, and leaves `kept`; the value is taken apart."""
    values = part.values(place=place, take=milli, held=held, kept=kept)
    return session.connection().execute(_TAKE, values).rowcount == 1


def add_balance(session: Session, part: PartKey, place: str, milli: int, value: int) -> None:
    """Add, or take away, whatever is there."""
    name = session.get_bind().dialect.name
    session.connection().execute(_adding(name), part.columns(location=place, milli=milli, value=value, reserved=0))


def layers_at(session: Session, part: PartKey, place: str) -> list[Layer]:
    """What the part's stock there cost."""
    return [Layer(*row) for row in session.connection().execute(_LAYERS_AT, part.values(place=place))]


def layer_at(session: Session, part: PartKey, place: str, number: int) -> Layer | None:
    """One of them."""
    row = session.connection().execute(_LAYER, part.values(place=place, layer=number)).one_or_none()
    return Layer(*row) if row is not None else None


def keep_layer(session: Session, part: PartKey, place: str, layer: Layer) -> None:
    """As it is now; an empty one is forgotten."""
    if layer.milli == 0:
        session.connection().execute(_DROP_LAYER, part.values(place=place, layer=layer.number))
        return
    row = part.columns(
        location=place,
        number=layer.number,
        since=layer.since,
        opened_milli=layer.opened_milli,
        opened_value=layer.opened_value,
        milli=layer.milli,
    )
    session.connection().execute(_keeping(session.get_bind().dialect.name), row)


def serial(session: Session, part: PartKey, named: str) -> Any:
    """Where the part with this serial number is: serial as it is known, whatever letters are capitals here, location,
    order_id; None when nobody has told of it."""
    found = session.connection().execute(_SERIAL, part.values(named=named)).one_or_none()
    return found or session.connection().execute(_SPELLED, part.values(folded=folded(named))).one_or_none()


def count_serials(session: Session, part: PartKey, place: str) -> int:
    """How many parts lie there whose serial numbers are known."""
    return session.connection().execute(_SERIALS_AT, part.values(place=place)).scalar_one()


def place_serial(session: Session, part: PartKey, named: str, place: str, order_id: str | None, sequence: int) -> None:
    """From now on it is there."""
    own = {"serial": named, "serial_key": folded(named)}
    row = part.columns(**own, location=place, order_id=order_id, sequence=sequence)
    session.connection().execute(_serial_placing(session.get_bind().dialect.name), row)


def use_reservation(session: Session, part: PartKey, order_id: str, place: str, milli: int) -> None:
    """That much is held no longer: it has moved, or was given free."""
    values = part.values(place=place, order=order_id, fewer=milli)
    if session.connection().execute(_FEWER_HELD, values).rowcount == 0:
        session.connection().execute(_NONE_HELD, part.values(place=place, order=order_id))


def add_entries(session: Session, entries: Sequence[dict[str, Any]]) -> None:
    """Write them down, once and for ever."""
    session.connection().execute(ENTRIES.insert(), list(entries))


def _inserting(dialect: str) -> Any:
    return postgresql.insert if dialect == "postgresql" else sqlite.insert


@cache
def _moving(dialect: str) -> Any:
    insert = _inserting(dialect)(MOVEMENTS)
    return insert.on_conflict_do_nothing(index_elements=["organisation_id", "key"]).returning(MOVEMENTS.c.id)


@cache
def _locking(dialect: str) -> Any:
    same = {"last_sequence": STOCKS.c.last_sequence}
    insert = _inserting(dialect)(STOCKS)
    update_ = insert.on_conflict_do_update(index_elements=["organisation_id", "part_id"], set_=same)
    return update_.returning(STOCKS.c.last_sequence, STOCKS.c.last_milli, STOCKS.c.last_value)


@cache
def _placing(dialect: str) -> Any:
    return _inserting(dialect)(_LOCATIONS).on_conflict_do_nothing()


@cache
def _adding(dialect: str) -> Any:
    insert = _inserting(dialect)(BALANCES)
    more = {name: BALANCES.c[name] + insert.excluded[name] for name in ("milli", "value")}
    return insert.on_conflict_do_update(index_elements=["organisation_id", "part_id", "location"], set_=more)


@cache
def _holding(dialect: str) -> Any:
    insert = _inserting(dialect)(RESERVATIONS)
    return insert.on_conflict_do_update(
        index_elements=["organisation_id", "order_id", "part_id", "location"],
        set_={"milli": RESERVATIONS.c.milli + insert.excluded.milli},
    )


@cache
def _keeping(dialect: str) -> Any:
    insert = _inserting(dialect)(LAYERS)
    names = ("since", "opened_milli", "opened_value", "milli")
    return insert.on_conflict_do_update(
        index_elements=["organisation_id", "part_id", "location", "number"],
        set_={name: insert.excluded[name] for name in names},
    )


@cache
def _serial_placing(dialect: str) -> Any:
    insert = _inserting(dialect)(SERIALS)
    return insert.on_conflict_do_update(
        index_elements=["organisation_id", "part_id", "serial"],
        set_={name: insert.excluded[name] for name in ("location", "order_id", "sequence")},
    )
