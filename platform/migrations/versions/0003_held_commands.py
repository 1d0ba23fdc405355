"""Commands that wait for something are found without reading all commands."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    held = sa.text("status = 'held'")
    columns = ["organisation_id", "received_at"]
    op.create_index("ix_commands_held", "commands", columns, unique=False, sqlite_where=held, postgresql_where=held)
