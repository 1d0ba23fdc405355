"""Find what lies somewhere without reading every order a part ever passed through."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    there = sa.text("milli <> 0")
    columns = ["organisation_id", "part_id", "location"]
    op.create_index("ix_stock_balances_there", "stock_balances", columns, sqlite_where=there, postgresql_where=there)
