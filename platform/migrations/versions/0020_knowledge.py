"""Knowledge: cases drawn from repairs, articles and bulletins, what of it changed, what an organisation decides."""

from typing import Literal

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import make_immutable, separate_organisations
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("case_acts", "case_versions", "knowledge_article_versions", "knowledge_changes")
TABLES = (*NEVER_CHANGED, "cases", "knowledge_articles", "knowledge_settings", "knowledge_states")


def upgrade() -> None:
    _make_cases()
    _make_acts()
    _make_articles()
    _make_versions("case_versions", "case_id", "cases")
    _make_versions("knowledge_article_versions", "article_id", "knowledge_articles")
    _make_changes()
    _make_settings()
    make_immutable(op.get_bind(), NEVER_CHANGED)
    separate_organisations(op.get_bind(), TABLES)


def _make_cases() -> None:
    op.create_table(
        "cases",
        *(_text("organisation_id"), _text("id"), _text("order_id", nullable=True), *_document()),
        *(_text("product", 200), _text("template", 120), _text("faults", 2000), _whole("minutes")),
        *(_text("merged_into", nullable=True), _text("successor", nullable=True)),
        *(_whole("helped"), _whole("not_helped")),
        sa.CheckConstraint("helped >= 0 AND not_helped >= 0", name="ck_cases_counts_votes"),
        *(_key("cases", "merged_into", "cases"), _key("cases", "successor", "cases")),
        *(_key("cases", "order_id", "work_orders"), _home("cases")),
        sa.PrimaryKeyConstraint("organisation_id", "id", name="pk_cases"),
        sa.UniqueConstraint("organisation_id", "order_id", name="uq_cases_organisation_id_order_id"),
    )
    op.create_index("ix_cases_list", "cases", ["organisation_id", "status", "changed_at"])
    op.create_index("ix_cases_author", "cases", ["organisation_id", "author", "status"])
    op.create_index("ix_cases_merged", "cases", ["organisation_id", "merged_into"])


def _make_acts() -> None:
    op.create_table(
        "case_acts",
        *(_text("organisation_id"), _text("case_id"), _whole("number", autoincrement=False), _text("act", 20)),
        *(_text("by"), _moment("at"), _text("note", 2000), _whole("version"), _text("other", nullable=True)),
        _key("case_acts", "case_id", "cases"),
        sa.PrimaryKeyConstraint("organisation_id", "case_id", "number", name="pk_case_acts"),
        info={"immutable": True},
    )
    op.create_index("ix_case_acts_at", "case_acts", ["organisation_id", "at"])


def _make_articles() -> None:
    op.create_table(
        "knowledge_articles",
        *(_text("organisation_id"), _text("id"), _text("kind", 20), *_document()),
        *(_text("products", 2000), _text("faults", 2000)),
        sa.CheckConstraint("kind IN ('article', 'bulletin')", name="ck_knowledge_articles_known_kind"),
        _home("knowledge_articles"),
        sa.PrimaryKeyConstraint("organisation_id", "id", name="pk_knowledge_articles"),
    )
    op.create_index("ix_knowledge_articles_list", "knowledge_articles", ["organisation_id", "status", "changed_at"])


def _make_versions(table: str, of: str, owner: str) -> None:
    op.create_table(
        table,
        *(_text("organisation_id"), _text(of), _whole("number", autoincrement=False)),
        *(_long("document"), _moment("made_at"), _text("made_by")),
        _key(table, of, owner),
        sa.PrimaryKeyConstraint("organisation_id", of, "number", name=f"pk_{table}"),
        info={"immutable": True},
    )


def _make_changes() -> None:
    op.create_table(
        "knowledge_states",
        *(_text("organisation_id"), sa.Column("last_change", sa.BigInteger(), nullable=False)),
        _home("knowledge_states"),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_knowledge_states"),
    )
    op.create_table(
        "knowledge_changes",
        _text("organisation_id"),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        *(_text("id"), _text("kind", 20), _text("subject"), _whole("helped"), _moment("at")),
        _home("knowledge_changes"),
        sa.PrimaryKeyConstraint("organisation_id", "number", name="pk_knowledge_changes"),
        info={"immutable": True},
    )
    op.create_index("ix_knowledge_changes_at", "knowledge_changes", ["organisation_id", "at"])


def _make_settings() -> None:
    gives = "points_published >= 0 AND points_helped >= 0"
    op.create_table(
        "knowledge_settings",
        *(_text("organisation_id"), _long("synonyms"), sa.Column("points_on", sa.Boolean(), nullable=False)),
        *(_whole("points_published"), _whole("points_helped")),
        sa.CheckConstraint(gives, name="ck_knowledge_settings_gives_points"),
        _home("knowledge_settings"),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_knowledge_settings"),
    )


def _document() -> "tuple[sa.Column[object], ...]":
    """What a case and an article have in common: a draft that changes, and the number of its newest version."""
    return (
        *(_text("status", 20), _whole("revision"), _long("draft"), _whole("version"), _text("author")),
        *(_moment("created_at"), _moment("changed_at"), _moment("published_at", nullable=True)),
        _json("title"),
    )


def _home(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=f"fk_{table}_organisation_id")


def _key(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    ours, theirs = ["organisation_id", column], [f"{owner}.organisation_id", f"{owner}.id"]
    return sa.ForeignKeyConstraint(ours, theirs, name=f"fk_{table}_organisation_id_{column}")


def _text(name: str, length: int = 36, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _long(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.Text(), nullable=False)


def _json(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False)


def _whole(name: str, *, autoincrement: bool | Literal["auto"] = "auto") -> "sa.Column[object]":
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=autoincrement)


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
