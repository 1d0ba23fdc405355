"""Drafts leave their templates: each saved revision is kept, with who may and who is there; versions get notes."""

import hashlib
import json
import zlib
from typing import Any

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import make_immutable, separate_organisations
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TENANT = ("template_drafts", "template_presence", "template_revisions", "template_rights")


def upgrade() -> None:
    _make_tables()
    _move_drafts(op.get_bind())
    for column in ("draft", "revision", "changed_at"):
        op.drop_column("templates", column)
    op.add_column("templates", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("template_versions", sa.Column("note", sa.Text(), nullable=False, server_default=""))
    op.add_column("template_versions", sa.Column("layout", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("template_versions", sa.Column("acknowledged", _json(), nullable=False, server_default="[]"))
    op.add_column("template_versions", sa.Column("draft_revision", sa.Integer(), nullable=True))
    if op.get_bind().dialect.name == "postgresql":  # SQLite keeps any length
        op.alter_column("templates", "key", type_=sa.String(length=120))
    make_immutable(op.get_bind(), ["template_revisions"], verbs=("UPDATE",))
    separate_organisations(op.get_bind(), TENANT)


def _json() -> "sa.JSON":
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _make_tables() -> None:
    op.create_table(
        "template_drafts",
        *_keys("template_drafts"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("title", _json(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("standard_minutes", sa.Double(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=36), nullable=False),
    )
    op.create_table(
        "template_revisions",
        *_keys("template_revisions", sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False)),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("layout", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=36), nullable=False),
        sa.Column("session", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        info={"immutable": True, "may_be_deleted": True},
    )
    person = sa.Column("person_id", sa.String(length=36), nullable=False)
    op.create_table(
        "template_presence",
        *_keys("template_presence", person, sa.Column("session", sa.String(length=64), nullable=False)),
        sa.Column("selection", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "template_rights",
        *_keys("template_rights", sa.Column("person_id", sa.String(length=36), nullable=False)),
        sa.Column("level", sa.String(length=10), nullable=False),
    )


def _keys(table: str, *further: "sa.Column[str] | sa.Column[int]") -> tuple[sa.schema.SchemaItem, ...]:
    own = ("organisation_id", "template_id")
    return (
        *(sa.Column(name, sa.String(length=36), nullable=False) for name in own),
        *further,
        sa.ForeignKeyConstraint(
            own, ["templates.organisation_id", "templates.id"], name=f"fk_{table}_organisation_id_template_id"
        ),
        sa.PrimaryKeyConstraint(*own, *(column.name for column in further), name=f"pk_{table}"),
    )


def _move_drafts(connection: sa.Connection) -> None:
    """Each draft becomes the one revision that is known of it; on PostgreSQL the rows of one organisation are seen."""
    for (organisation,) in connection.execute(sa.text("SELECT id FROM organisations")).all():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT set_config('mendloop.organisation', :id, true)"), {"id": organisation})
        for template in connection.execute(_TEMPLATES.where(_TABLE.c.organisation_id == organisation)).all():
            _move(connection, template)


_TABLE = sa.table(
    "templates",
    *(sa.column(name, sa.String()) for name in ("organisation_id", "id", "latest_version_id")),
    sa.column("draft", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
    sa.column("revision", sa.Integer()),
    sa.column("changed_at", sa.DateTime(timezone=True)),
)
_VERSIONS = sa.table(
    "template_versions", *(sa.column(name, sa.String()) for name in ("organisation_id", "id", "published_by"))
)
_TEMPLATES = sa.select(_TABLE, _VERSIONS.c.published_by).select_from(
    _TABLE.outerjoin(
        _VERSIONS,
        (_VERSIONS.c.organisation_id == _TABLE.c.organisation_id) & (_VERSIONS.c.id == _TABLE.c.latest_version_id),
    )
)


def _move(connection: sa.Connection, template: "sa.Row[Any]") -> None:
    document = template.draft
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    steps = [node for node in document["nodes"].values() if node["kind"] == "step"]
    ordered = json.dumps([document, {}], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    common = {
        "organisation_id": template.organisation_id,
        "template_id": template.id,
        "revision": template.revision,
        "content_hash": hashlib.sha256(ordered.encode()).hexdigest(),
        "saved_at": template.changed_at,
        "saved_by": template.published_by or "",
    }
    facts = {
        "title": document["title"],
        "steps": len(steps),
        "standard_minutes": sum(float(step.get("standard_minutes", 0)) for step in steps),
    }
    content = {"document": zlib.compress(text.encode(), 1), "layout": zlib.compress(b"{}", 1)}
    origin = {"session": "", "note": "", "origin": "published"}
    drafts, revisions = (sa.Table(name, sa.MetaData(), autoload_with=connection) for name in _MADE)
    connection.execute(sa.insert(drafts).values(common | facts))
    connection.execute(sa.insert(revisions).values(common | content | origin))


_MADE = ("template_drafts", "template_revisions")
