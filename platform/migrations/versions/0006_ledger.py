"""Stock by double entry: movements with their entries, what they are worth, serials, and what is held for orders."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import make_immutable, separate_organisations
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OUTSIDE = ("supplier", "customer", "discrepancy", "adjustment")
MADE = (
    "stock_movements",
    "stock_entries",
    "part_stocks",
    "stock_balances",
    "cost_layers",
    "stock_serials",
    "stock_reservations",
    "stock_discrepancies",
)
BEFORE = "stock_entries_before"


def upgrade() -> None:
    connection = op.get_bind()
    _set_aside(connection)
    op.drop_table("stock_entries")
    op.drop_table("stock_balances")
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("parts", sa.Column("packs", json, nullable=False, server_default=sa.text("'{}'")))
    op.add_column("parts", sa.Column("costing", sa.String(length=10), nullable=False, server_default="average"))
    _make_tables()
    for organisation in _organisations(connection):
        _Ledger(connection, organisation).take_over()
    op.drop_table(BEFORE)
    make_immutable(connection, ["stock_movements", "stock_entries"])
    separate_organisations(connection, MADE)


def _organisations(connection: sa.Connection) -> Iterator[str]:
    """One after the other; on PostgreSQL the rows of one organisation are seen."""
    for (organisation,) in connection.execute(sa.text("SELECT id FROM organisations ORDER BY id")).all():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT set_config('mendloop.organisation', :id, true)"), {"id": organisation})
        yield organisation


def _set_aside(connection: sa.Connection) -> None:
    columns = (
        *(_id("organisation_id"), _id("id"), _id("part_id"), _id("from_location", 60), _id("to_location", 60)),
        *(_whole("milli"), _moment("at"), _id("by"), _id("action", 20), _id("order_id", nullable=True)),
        *(_id("visit", 80, nullable=True), _id("serial", 200, nullable=True)),
        *(_id("lot", 200, nullable=True), _id("note", 2000, nullable=True)),
    )
    names = ", ".join(f'"{column.name}"' for column in columns)
    op.create_table(BEFORE, *columns)
    copy = f"INSERT INTO {BEFORE} ({names}) SELECT {names} FROM stock_entries WHERE organisation_id = :id"  # noqa: S608 - our names
    for organisation in _organisations(connection):
        connection.execute(sa.text(copy), {"id": organisation})


def _id(name: str, length: int = 36, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _whole(name: str, *, nullable: bool = False, default: str | None = None) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=nullable, server_default=default)


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_part(table: str, *key: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["organisation_id", "part_id"],
            ["parts.organisation_id", "parts.id"],
            name=f"fk_{table}_organisation_id_part_id",
        ),
        sa.PrimaryKeyConstraint("organisation_id", *key, name=f"pk_{table}"),
    )


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _make_tables() -> None:
    _make_movements()
    _make_entries()
    _make_balances()
    _make_rest()


def _make_movements() -> None:
    op.create_table(
        "stock_movements",
        *(_id("organisation_id"), _id("id"), _id("key", 80), _id("digest", 64), _id("action", 20)),
        *(_moment("at"), _moment("booked_at"), _id("by")),
        *(_id("order_id", nullable=True), _id("visit", 80, nullable=True)),
        *(_id("reason", 60, nullable=True), _id("note", 2000, nullable=True)),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_stock_movements_organisation_id"),
        sa.PrimaryKeyConstraint("organisation_id", "id", name="pk_stock_movements"),
        sa.UniqueConstraint("organisation_id", "key", name="uq_stock_movements_organisation_id_key"),
        info={"immutable": True},
    )
    op.create_index("ix_stock_movements_order", "stock_movements", ["organisation_id", "order_id"])


def _make_entries() -> None:
    name = "stock_entries"
    op.create_table(
        name,
        *(_id("organisation_id"), _id("id"), _id("movement_id"), _id("part_id"), _whole("sequence")),
        *(_id("from_location", 60), _id("to_location", 60), _whole("milli"), _whole("value")),
        *(_whole("from_layer", nullable=True), _whole("to_layer", nullable=True)),
        *(_id("unit", 20, nullable=True), _id("serial", 200, nullable=True), _id("lot", 200, nullable=True)),
        _id("order_id", nullable=True),
        *_of_part(name, "id"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "movement_id"],
            ["stock_movements.organisation_id", "stock_movements.id"],
            name="fk_stock_entries_organisation_id_movement_id",
        ),
        sa.UniqueConstraint(
            "organisation_id", "part_id", "sequence", name=f"uq_{name}_organisation_id_part_id_sequence"
        ),
        _check(name, "moves_something", "milli > 0"),
        _check(name, "owes_nothing", "value >= 0"),
        _check(name, "moves_elsewhere", "from_location <> to_location"),
        _check(name, "one_of_a_serial", "serial IS NULL OR milli <= 1000"),
        info={"immutable": True},
    )
    op.create_index("ix_stock_entries_order", name, ["organisation_id", "order_id"])
    op.create_index("ix_stock_entries_movement", name, ["organisation_id", "movement_id"])


def _make_balances() -> None:
    op.create_table(
        "part_stocks",
        *(_id("organisation_id"), _id("part_id")),
        *(_whole("last_sequence"), _whole("last_milli"), _whole("last_value")),
        *_of_part("part_stocks", "part_id"),
    )
    outside = ", ".join(f"'{place}'" for place in OUTSIDE)
    op.create_table(
        "stock_balances",
        *(_id("organisation_id"), _id("part_id"), _id("location", 60), _whole("milli")),
        *(_whole("value", default="0"), _whole("reserved", default="0")),
        *_of_part("stock_balances", "part_id", "location"),
        _check("stock_balances", "nothing_below_nothing", f"milli >= 0 OR location IN ({outside})"),
        _check("stock_balances", "held_is_there", "reserved >= 0 AND (reserved = 0 OR reserved <= milli)"),
    )
    op.create_table(
        "cost_layers",
        *(_id("organisation_id"), _id("part_id"), _id("location", 60)),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        *(_whole("since"), _whole("opened_milli"), _whole("opened_value"), _whole("milli")),
        *_of_part("cost_layers", "part_id", "location", "number"),
        _check("cost_layers", "holds_something", "milli > 0 AND milli <= opened_milli"),
    )


def _make_rest() -> None:
    op.create_table(
        "stock_serials",
        *(_id("organisation_id"), _id("part_id"), _id("serial", 200), _id("location", 60)),
        *(_id("order_id", nullable=True), _whole("sequence")),
        *_of_part("stock_serials", "part_id", "serial"),
    )
    op.create_index("ix_stock_serials_place", "stock_serials", ["organisation_id", "part_id", "location"])
    op.create_table(
        "stock_reservations",
        *(_id("organisation_id"), _id("order_id"), _id("part_id"), _id("location", 60)),
        *(_whole("milli"), _moment("since")),
        *_of_part("stock_reservations", "order_id", "part_id", "location"),
        _check("stock_reservations", "holds_something", "milli > 0"),
    )
    op.create_index("ix_stock_reservations_part", "stock_reservations", ["organisation_id", "part_id", "location"])
    op.create_table(
        "stock_discrepancies",
        *(_id("organisation_id"), _id("id"), _id("part_id"), _id("order_id"), _id("visit", 80, nullable=True)),
        *(_id("action", 20), _whole("milli"), _id("serial", 200, nullable=True), _id("found_at", 60, nullable=True)),
        *(_moment("raised_at"), _id("raised_by"), _moment("settled_at", nullable=True)),
        *(_id("settled_by", nullable=True), _id("note", 2000, nullable=True)),
        *_of_part("stock_discrepancies", "id"),
    )
    for index, column in (("open", "settled_at"), ("order", "order_id")):
        op.create_index(f"ix_stock_discrepancies_{index}", "stock_discrepancies", ["organisation_id", column])


class _Ledger:
    """One organisation's entries as they were become movements. Nobody knows what they cost: they are worth nothing.

    What was built in lay at the order for ever; now it goes on to the customer, and comes back from there.
    """

    def __init__(self, connection: sa.Connection, organisation: str) -> None:
        self._connection = connection
        self._organisation = organisation
        tables = {name: sa.Table(name, sa.MetaData(), autoload_with=connection) for name in (BEFORE, *MADE)}
        self._tables = tables
        self._balances: dict[tuple[str, str], int] = {}
        self._layers: dict[tuple[str, str], list[int]] = {}
        self._serials: dict[tuple[str, str], dict[str, Any]] = {}
        self._last: dict[str, int] = {}
        self._received: dict[str, int] = {}
        self._doubtful: set[tuple[str, str]] = set()

    def take_over(self) -> None:
        before = self._tables[BEFORE]
        mine = sa.select(before).where(before.c.organisation_id == self._organisation).order_by(before.c.id)
        entries = list(_in_turn(self._connection.execute(mine).all()))
        while more := _contradicted(entries, self._doubtful):
            self._doubtful |= more
        for old in entries:
            self._take_over(old)
        self._write_balances()

    def _take_over(self, old: "sa.Row[Any]") -> None:
        own = {"organisation_id": self._organisation}
        movement = own | {name: getattr(old, name) for name in ("id", "action", "by", "order_id", "visit", "note")}
        movement |= {"key": old.id, "digest": "", "at": old.at, "booked_at": old.at}
        self._connection.execute(self._tables["stock_movements"].insert(), movement)
        for number, (source, target) in enumerate(_legs(old)):
            self._enter(old, number, source, target)

    def _enter(self, old: "sa.Row[Any]", number: int, source: str, target: str) -> None:
        serial = _serial(old, self._doubtful)
        sequence = self._last[old.part_id] = self._last.get(old.part_id, 0) + 1
        entry = {
            "organisation_id": self._organisation,
            "id": old.id if number == 0 else f"{old.id[:-4]}{number:04d}",
            "movement_id": old.id,
            "part_id": old.part_id,
            "sequence": sequence,
            "from_location": source,
            "to_location": target,
            "milli": old.milli,
            "value": 0,
            "from_layer": None if source in OUTSIDE else 0,
            "to_layer": None if target in OUTSIDE else 0,
            "serial": serial,
            "lot": old.lot or (old.serial if serial is None else None),
            "order_id": old.order_id,
        }
        self._connection.execute(self._tables["stock_entries"].insert(), entry)
        self._carry(old.part_id, source, target, old.milli)
        if source == "supplier":
            self._received[old.part_id] = old.milli
        if serial is not None:
            place = {"location": target, "order_id": old.order_id, "sequence": sequence}
            self._serials[old.part_id, serial] = place

    def _carry(self, part: str, source: str, target: str, milli: int) -> None:
        for place, sign in ((source, -1), (target, 1)):
            self._balances[part, place] = self._balances.get((part, place), 0) + sign * milli
        if source not in OUTSIDE:
            self._layers[part, source][1] -= milli
        if target not in OUTSIDE:
            left = self._layers.get((part, target), [0, 0])[1]
            self._layers[part, target] = [left + milli, left + milli]

    def _write_balances(self) -> None:
        own = {"organisation_id": self._organisation}
        self._add(
            "stock_balances",
            [
                own | {"part_id": part, "location": place, "milli": milli, "value": 0, "reserved": 0}
                for (part, place), milli in self._balances.items()
            ],
        )
        self._add(
            "cost_layers",
            [
                own
                | {
                    "part_id": part,
                    "location": place,
                    "number": 0,
                    "since": 0,
                    "opened_milli": opened,
                    "opened_value": 0,
                    "milli": milli,
                }
                for (part, place), (opened, milli) in self._layers.items()
                if milli
            ],
        )
        self._add(
            "stock_serials",
            [own | {"part_id": part, "serial": serial} | place for (part, serial), place in self._serials.items()],
        )
        self._add(
            "part_stocks",
            [
                own
                | {"part_id": part, "last_sequence": last, "last_milli": self._received.get(part, 0), "last_value": 0}
                for part, last in self._last.items()
            ],
        )

    def _add(self, table: str, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(self._tables[table].insert(), rows)


def _legs(old: "sa.Row[Any]") -> list[tuple[str, str]]:
    """The way that a part went, by what is an order's place now."""
    if old.to_location.startswith("order:"):
        return [(old.from_location, old.to_location), (old.to_location, "customer")]
    if old.from_location.startswith("order:"):
        return [("customer", old.from_location), (old.from_location, old.to_location)]
    return [(old.from_location, old.to_location)]


def _in_turn(entries: "Sequence[sa.Row[Any]]") -> "Iterator[sa.Row[Any]]":
    """Ids of one millisecond do not say which came first: what is not there yet waits for what brings it."""
    there: Counter[tuple[str, str]] = Counter()
    waiting: list[sa.Row[Any]] = []
    for entry in entries:
        waiting.append(entry)
        while found := [old for old in waiting if _is_there(old, there)][:1]:
            waiting.remove(found[0])
            for source, target in _legs(found[0]):
                there[found[0].part_id, source] -= found[0].milli
                there[found[0].part_id, target] += found[0].milli
            yield found[0]
    yield from waiting


def _is_there(old: "sa.Row[Any]", there: Counter[tuple[str, str]]) -> bool:
    source = _legs(old)[0][0]
    return source in OUTSIDE or there[old.part_id, source] >= old.milli


def _serial(old: "sa.Row[Any]", doubtful: set[tuple[str, str]]) -> str | None:
    """Its serial number, if it is one part and can be told from others; else the number goes on as that of a lot."""
    return old.serial if old.serial and old.milli == 1000 and (old.part_id, old.serial) not in doubtful else None


def _contradicted(entries: "Sequence[sa.Row[Any]]", doubtful: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Serial numbers that were used where they were not, or lie where fewer parts are: nobody had looked at them."""
    found: set[tuple[str, str]] = set()
    at: dict[tuple[str, str], str] = {}
    named: Counter[tuple[str, str]] = Counter()
    there: Counter[tuple[str, str]] = Counter()
    for old in entries:
        serial, part = _serial(old, doubtful | found), old.part_id
        for source, target in _legs(old):
            there[part, source] -= old.milli
            there[part, target] += old.milli
            if serial is not None:
                was = at.get((part, serial), source)
                if was != source and not (was in OUTSIDE and source in OUTSIDE):
                    found.add((part, serial))
                named[part, was] -= (part, serial) in at
                named[part, target] += 1
                at[part, serial] = target
            if source not in OUTSIDE and named[part, source] * 1000 > there[part, source]:
                found |= {key for key, place in at.items() if (key[0], place) == (part, source)}
    return found
