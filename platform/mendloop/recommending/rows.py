"""The counts in the database: a few statements, built once."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import Table, and_, bindparam, case, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mendloop.recommending.models import LearningState, PartUseCount, RepairCount
from mendloop.recommending.repairs import Place, Tally, Use

REPAIRS: Table = RepairCount.__table__  # type: ignore[assignment]
USES: Table = PartUseCount.__table__  # type: ignore[assignment]
STATES: Table = LearningState.__table__  # type: ignore[assignment]
PLACE = Place._fields
AT_ONCE = 1000


def _there(table: Table) -> tuple[Any, ...]:
    return (
        table.c.organisation_id == bindparam("organisation"),
        table.c.template == bindparam("of_template"),
        table.c.node.in_(bindparam("nodes", expanding=True)),
        table.c.product.in_(bindparam("products", expanding=True)),
        table.c.fault.in_(bindparam("faults", expanding=True)),
    )


_A_PART = USES.c.part.concat("")
"""No index is to be searched for each part: reading on from place to place and passing some over is twice as fast."""
_REPAIRS_THERE = select(*(REPAIRS.c[name] for name in PLACE), REPAIRS.c.repairs).where(*_there(REPAIRS))
_PARTS_THERE = select(USES.c.part, USES.c.product, USES.c.fault).where(*_there(USES))
_USES_THERE = select(
    *(USES.c[name] for name in PLACE), USES.c.part, USES.c.used, USES.c.last_at, USES.c.last_number
).where(*_there(USES), _A_PART.in_(bindparam("parts", expanding=True)))


@dataclass(frozen=True, slots=True)
class Area:
    """Places of one template: each of these nodes with each of these products and faults."""

    organisation_id: str
    template: str
    nodes: Collection[str]
    products: Collection[str]
    faults: Collection[str]

    def values(self, **more: object) -> dict[str, object]:
        """As the parameters that the statements here want."""
        where = {name: list(getattr(self, name)) for name in ("nodes", "products", "faults")}
        return {"organisation": self.organisation_id, "of_template": self.template, **where, **more}


def read_repairs(session: Session, area: Area) -> dict[Place, int]:
    """How many repairs were counted at each place of the area."""
    found = session.connection().execute(_REPAIRS_THERE, area.values())
    return {Place(*place): repairs for *place, repairs in found}


def read_parts(session: Session, area: Area, near: Collection[tuple[str, str]]) -> set[str]:
    """The parts that were used at these places of the area, each a product and a fault."""
    narrow = replace(area, products={product for product, _ in near}, faults={fault for _, fault in near})
    found = session.connection().execute(_PARTS_THERE, narrow.values())
    return {part for part, product, fault in found if (product, fault) in near}


def read_uses(session: Session, area: Area, parts: Iterable[str]) -> dict[tuple[Place, str], Use]:
    """How often these parts were used at each place of the area."""
    found: Iterable[Any] = session.connection().execute(_USES_THERE, area.values(parts=list(parts))).all()
    return {
        (Place(template, node, product, fault), part): Use(used, last_at, last_number)
        for template, node, product, fault, part, used, last_at, last_number in found
    }


def add_counts(session: Session, organisation_id: str, tally: Tally) -> None:
    """Count these in addition to what is there. In one order everywhere, so that two orders that end at the same
    time wait for each other and never both."""
    take_turn(session, organisation_id, tally.orders)
    dialect = session.get_bind().dialect.name
    repairs, uses = as_rows(organisation_id, tally)
    for adding, rows in ((_adding_repairs(dialect), repairs), (_adding_uses(dialect), uses)):
        for first in range(0, len(rows), AT_ONCE):
            session.connection().execute(adding, rows[first : first + AT_ONCE])


def take_turn(session: Session, organisation_id: str, orders: int = 0) -> None:
    """So many more orders are counted. Nobody else counts before this transaction has ended."""
    row = {"organisation_id": organisation_id, "orders": orders}
    session.connection().execute(_adding_orders(session.get_bind().dialect.name), row)


def state_of(session: Session, organisation_id: str) -> tuple[int, dt.datetime | None]:
    """How many orders were counted, and when all of them were counted again; None: never."""
    statement = select(STATES.c.orders, STATES.c.rebuilt_at).where(STATES.c.organisation_id == organisation_id)
    found = session.connection().execute(statement).one_or_none()
    return (found.orders, found.rebuilt_at) if found is not None else (0, None)


def counted_again(session: Session, organisation_id: str, at: dt.datetime) -> None:
    """Everything has been counted again."""
    mine = STATES.c.organisation_id == organisation_id
    session.connection().execute(update(STATES).where(mine).values(rebuilt_at=at))


def as_rows(organisation_id: str, tally: Tally) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of both tables, in the order of their keys."""
    own = {"organisation_id": organisation_id}
    repairs = [own | place._asdict() | {"repairs": count} for place, count in sorted(tally.repairs.items())]
    uses = [
        own | place._asdict() | {"part": part, "used": use.used, "last_at": use.last_at, "last_number": use.last_number}
        for (place, part), use in sorted(tally.uses.items(), key=lambda each: each[0])
    ]
    return repairs, uses


def all_counts(session: Session, organisation_id: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of both tables as they lie in the database, in the order of their keys."""
    return _all_of(session, REPAIRS, organisation_id), _all_of(session, USES, organisation_id)


def _all_of(session: Session, table: Table, organisation_id: str) -> list[dict[str, Any]]:
    statement = select(table).where(table.c.organisation_id == organisation_id)
    found = [dict(row) for row in session.connection().execute(statement).mappings()]
    return sorted(found, key=lambda row: tuple(row[column.name] for column in table.primary_key))


def forget_counts(session: Session, organisation_id: str) -> None:
    """Throw everything away that was counted."""
    for table in (REPAIRS, USES):
        session.connection().execute(delete(table).where(table.c.organisation_id == organisation_id))
    session.connection().execute(update(STATES).where(STATES.c.organisation_id == organisation_id).values(orders=0))


def _inserting(dialect: str, table: Table) -> Any:
    return (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)


def _key(table: Table) -> Sequence[str]:
    return [column.name for column in table.primary_key]


@cache
def _adding_repairs(dialect: str) -> Any:
    insert = _inserting(dialect, REPAIRS)
    more = {"repairs": REPAIRS.c.repairs + insert.excluded.repairs}
    return insert.on_conflict_do_update(index_elements=_key(REPAIRS), set_=more)


@cache
def _adding_uses(dialect: str) -> Any:
    insert = _inserting(dialect, USES)
    new, old = insert.excluded, USES.c
    later = or_(new.last_at > old.last_at, and_(new.last_at == old.last_at, new.last_number > old.last_number))
    more = {
        "used": old.used + new.used,
        "last_at": case((later, new.last_at), else_=old.last_at),
        "last_number": case((later, new.last_number), else_=old.last_number),
    }
    return insert.on_conflict_do_update(index_elements=_key(USES), set_=more)


@cache
def _adding_orders(dialect: str) -> Any:
    insert = _inserting(dialect, STATES)
    more = {"orders": STATES.c.orders + insert.excluded.orders}
    return insert.on_conflict_do_update(index_elements=_key(STATES), set_=more)
