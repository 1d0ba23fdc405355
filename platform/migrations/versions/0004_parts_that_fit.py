"""Parts say for which products they are made, and whether each has a serial number."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    globs = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("parts", sa.Column("fits", globs, nullable=False, server_default=sa.text("'[]'")))
    op.add_column("parts", sa.Column("serial_tracked", sa.Boolean(), nullable=False, server_default=sa.false()))
