"""Part numbers and serial numbers are found in capital and in small letters; no two parts differ by those alone.

Where two parts do already, both stay, each by its exact number. One has the key, and is found however the number is
written: the one that was entered, before one that only the field had told of, and the older one of two. The others are
found by their exact numbers, until somebody gives them another.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

PARTS = sa.table("parts", *(sa.column(name) for name in ("organisation_id", "id", "number", "number_key", "known")))
SERIALS = sa.table(
    "stock_serials", *(sa.column(name) for name in ("organisation_id", "part_id", "serial", "serial_key"))
)
EXACT = "\x01"
"""Begins the keys of those that are found by their exact numbers only: no number holds it."""


def upgrade() -> None:
    op.add_column("parts", sa.Column("number_key", sa.String(length=400), nullable=False, server_default=""))
    op.add_column("stock_serials", sa.Column("serial_key", sa.String(length=800), nullable=False, server_default=""))
    connection = op.get_bind()
    for (organisation,) in connection.execute(sa.text("SELECT id FROM organisations")).all():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT set_config('mendloop.organisation', :id, true)"), {"id": organisation})
        _fold_parts(connection, organisation)
        _fold_serials(connection, organisation)
    op.create_index("ix_parts_number_key", "parts", ["organisation_id", "number_key"], unique=True)
    op.drop_index("ix_stock_serials_serial", "stock_serials")
    op.create_index("ix_stock_serials_key", "stock_serials", ["organisation_id", "serial_key", "part_id"])


def _fold_parts(connection: sa.Connection, organisation: str) -> None:
    taken: set[str] = set()
    mine = sa.select(PARTS.c.id, PARTS.c.number).where(PARTS.c.organisation_id == organisation)
    rows = []
    for part, number in connection.execute(mine.order_by(PARTS.c.known.desc(), PARTS.c.id)).all():
        folded = number.strip().casefold()
        rows.append({"own": organisation, "part": part, "key": EXACT + number if folded in taken else folded})
        taken.add(folded)
    there = (PARTS.c.organisation_id == sa.bindparam("own"), PARTS.c.id == sa.bindparam("part"))
    if rows:
        connection.execute(sa.update(PARTS).where(*there).values(number_key=sa.bindparam("key")), rows)


def _fold_serials(connection: sa.Connection, organisation: str) -> None:
    mine = sa.select(SERIALS.c.part_id, SERIALS.c.serial).where(SERIALS.c.organisation_id == organisation)
    rows = [
        {"own": organisation, "part": part, "named": serial, "key": serial.strip().casefold()}
        for part, serial in connection.execute(mine).all()
    ]
    there = (
        SERIALS.c.organisation_id == sa.bindparam("own"),
        SERIALS.c.part_id == sa.bindparam("part"),
        SERIALS.c.serial == sa.bindparam("named"),
    )
    if rows:
        connection.execute(sa.update(SERIALS).where(*there).values(serial_key=sa.bindparam("key")), rows)
