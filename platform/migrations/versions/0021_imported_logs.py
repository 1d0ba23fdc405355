"""Event logs that somebody imported: what lists say about them, and their files."""

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import make_immutable, separate_organisations
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

LOGS, FILES = "imported_logs", "imported_log_files"


def upgrade() -> None:
    _make_logs()
    _make_files()
    make_immutable(op.get_bind(), [FILES], verbs=("UPDATE",))
    separate_organisations(op.get_bind(), [LOGS, FILES])


def _make_logs() -> None:
    numbers = ("cases", "events", "activities", "left_out")
    op.create_table(
        LOGS,
        *(_text("organisation_id"), _text("id"), _text("name", 200), _text("file_name", 200), _text("sha256", 64)),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in numbers),
        *(_moment("first_at"), _moment("last_at"), _json("meaning"), _json("steps")),
        *(_moment("created_at"), _text("created_by")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=f"fk_{LOGS}_organisation_id"),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=f"pk_{LOGS}"),
    )
    op.create_index(f"ix_{LOGS}_sha256", LOGS, ["organisation_id", "sha256"])


def _make_files() -> None:
    there = [f"{LOGS}.organisation_id", f"{LOGS}.id"]
    op.create_table(
        FILES,
        *(_text("organisation_id"), _text("log_id"), sa.Column("content", sa.LargeBinary(), nullable=False)),
        sa.ForeignKeyConstraint(["organisation_id", "log_id"], there, name=f"fk_{FILES}_organisation_id_log_id"),
        sa.PrimaryKeyConstraint("organisation_id", "log_id", name=f"pk_{FILES}"),
        info={"immutable": True, "may_be_deleted": True},
    )


def _text(name: str, length: int = 36) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=length), nullable=False)


def _moment(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _json(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False)
