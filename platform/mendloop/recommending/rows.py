"""The counts in the database: a few statements, built once."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table, and_, bindparam, case, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mendloop.recommending.models import PartUseCount, RepairCount
from mendloop.recommending.repairs import Place, Tally, Use

REPAIRS: Table = RepairCount.__table__  # type: ignore[assignment]
USES: Table = PartUseCount.__table__  # type: ignore[assignment]
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


_REPAIRS_THERE = select(*(REPAIRS.c[name] for name in PLACE), REPAIRS.c.repairs).where(*_there(REPAIRS))
_USES_THERE = select(
    *(USES.c[name] for name in PLACE), USES.c.part, USES.c.used, USES.c.last_at, USES.c.last_number
).where(*_there(USES))


def read_counts(
    session: Session,
    organisation_id: str,
    template: str,
    nodes: Iterable[str],
    products: Iterable[str],
    faults: Iterable[str],
) -> Tally:
    """What was counted at these places."""
    values = {
        "organisation": organisation_id,
        "of_template": template,
        "nodes": list(nodes),
        "products": list(products),
        "faults": list(faults),
    }
    connection, tally = session.connection(), Tally()
    for *place, repairs in connection.execute(_REPAIRS_THERE, values):
        tally.repairs[Place(*place)] = repairs
    for *place, part, used, last_at, last_number in connection.execute(_USES_THERE, values):
        tally.uses[Place(*place), part] = Use(used, last_at, last_number)
    return tally


def add_counts(session: Session, organisation_id: str, tally: Tally) -> None:
    """Count these in addition to what is there. In one order everywhere, so that two orders that end at the same
    time wait for each other and never both."""
    dialect = session.get_bind().dialect.name
    repairs, uses = as_rows(organisation_id, tally)
    for adding, rows in ((_adding_repairs(dialect), repairs), (_adding_uses(dialect), uses)):
        for first in range(0, len(rows), AT_ONCE):
            session.connection().execute(adding, rows[first : first + AT_ONCE])


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
