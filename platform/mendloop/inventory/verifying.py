"""Whether what is kept is what the entries say: by part and place, in words for whoever operates the system."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.models import Part, StockEntry
from mendloop.inventory.rebuilding import PROJECTED, Row, as_bytes, live, rebuilt

_NAMES = {
    "stock_balances": "balance",
    "cost_layers": "cost layer",
    "stock_serials": "serial number",
    "part_stocks": "last entry",
}
_OWN = ("organisation_id", "part_id")
_KEYS = {table.name: [column.name for column in table.primary_key] for table in PROJECTED}


def differences(session: Session, actor: Actor) -> Iterator[str]:
    """Every row that is kept otherwise than the entries say, part by part. Reads what one moment was."""
    if not session.get_bind().dialect.name.startswith("sqlite"):
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        made = rebuilt(session, actor)
    except KeyError:  # an entry takes from what no entry has brought: by part, to say of which
        yield from _contradictions(session, actor)
        return
    kept = live(session, actor)
    if as_bytes(kept) == as_bytes(made):
        return
    numbers = {row.id: row.number for row in session.execute(_parts(actor))}
    for name in _NAMES:
        yield from _of_table(name, kept[name], made[name], numbers)


def _of_table(name: str, kept: Sequence[Row], made: Sequence[Row], numbers: dict[str, str]) -> Iterator[str]:
    keys = _KEYS[name]
    sides = [{tuple(row[key] for key in keys): row for row in rows} for rows in (kept, made)]
    for key in sorted({*sides[0], *sides[1]}, key=str):
        ours, theirs = (side.get(key) for side in sides)
        if ours != theirs:
            about = dict(zip(keys, key, strict=True))
            where = " ".join(str(value) for column, value in about.items() if column not in _OWN)
            part = numbers.get(about["part_id"], about["part_id"])
            yield f"{part} {where}: {_NAMES[name]} is {_told(ours, keys)}, the entries say {_told(theirs, keys)}"


def _told(row: Row | None, keys: Sequence[str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items() if name not in keys) if row else "none"


def _contradictions(session: Session, actor: Actor) -> Iterator[str]:
    moved = select(StockEntry.part_id).where(StockEntry.organisation_id == actor.organisation_id).distinct()
    for part_id, number in session.execute(_parts(actor).where(Part.id.in_(moved))).all():
        try:
            rebuilt(session, actor, [part_id])
        except KeyError:
            yield f"{number}: its entries contradict each other"


def _parts(actor: Actor) -> Any:
    return select(Part.id, Part.number).where(Part.organisation_id == actor.organisation_id).order_by(Part.number)
