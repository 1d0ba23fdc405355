"""Parked work says which device it came from, and is counted without reading all of it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("parked_commands", sa.Column("device_id", sa.String(length=64), nullable=True))
    op.create_index("ix_parked_commands_settled", "parked_commands", ["organisation_id", "settled_at"], unique=False)
