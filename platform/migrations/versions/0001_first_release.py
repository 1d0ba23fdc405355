"""All tables of the first release."""

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import make_immutable, separate_organisations
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

IMMUTABLE = (
    "order_events",
    "stock_entries",
    "template_versions",
)
TENANT = (
    "awaited_photos",
    "commands",
    "device_queues",
    "fault_codes",
    "locations",
    "order_counters",
    "order_events",
    "parked_commands",
    "parts",
    "people",
    "photo_references",
    "photos",
    "products",
    "stock_balances",
    "stock_entries",
    "sync_epochs",
    "template_versions",
    "templates",
    "visits",
    "work_orders",
)


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
    )
    op.create_table(
        "sign_in_delays",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_delays")),
    )
    op.create_index(op.f("ix_sign_in_delays_wait_until"), "sign_in_delays", ["wait_until"], unique=False)
    op.create_table(
        "browser_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_browser_sessions_organisation_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_browser_sessions")),
    )
    op.create_index(op.f("ix_browser_sessions_expires_at"), "browser_sessions", ["expires_at"], unique=False)
    op.create_index(op.f("ix_browser_sessions_person_id"), "browser_sessions", ["person_id"], unique=False)
    op.create_table(
        "commands",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("order_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("device_id", sa.String(length=64), nullable=False),
        sa.Column("incarnation", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("base_revision", sa.Integer(), nullable=True),
        sa.Column("device_at", sa.String(length=30), nullable=False),
        sa.Column("monotonic_ms", sa.Double(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clock_offset_ms", sa.BigInteger(), nullable=True),
        sa.Column("clock_flagged", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_commands_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_commands")),
    )
    op.create_index(
        "ix_commands_device",
        "commands",
        ["organisation_id", "device_id", "incarnation", "person_id", "status", "sequence"],
        unique=False,
    )
    op.create_table(
        "device_queues",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.String(length=64), nullable=False),
        sa.Column("incarnation", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("high_water", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_device_queues_organisation_id")
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "device_id", "incarnation", "person_id", name=op.f("pk_device_queues")
        ),
    )
    op.create_table(
        "fault_codes",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("parent_code", sa.String(length=60), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_fault_codes_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_fault_codes")),
        sa.UniqueConstraint("organisation_id", "code", name=op.f("uq_fault_codes_organisation_id_code")),
    )
    op.create_table(
        "locations",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_locations_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "key", name=op.f("pk_locations")),
    )
    op.create_table(
        "order_counters",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_order_counters_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "year", name=op.f("pk_order_counters")),
    )
    op.create_table(
        "parked_commands",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("command_id", sa.String(length=36), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("order_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.String(length=36), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_parked_commands_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_parked_commands")),
        sa.UniqueConstraint(
            "organisation_id",
            "command_id",
            "content_hash",
            name=op.f("uq_parked_commands_organisation_id_command_id_content_hash"),
        ),
    )
    op.create_index(op.f("ix_parked_commands_order_id"), "parked_commands", ["order_id"], unique=False)
    op.create_table(
        "parts",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_parts_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_parts")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_parts_organisation_id_number")),
    )
    op.create_table(
        "people",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("roles", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("template_roles", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_people_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_people")),
    )
    op.create_table(
        "photos",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_from", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_photos_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "sha256", name=op.f("pk_photos")),
    )
    op.create_table(
        "products",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_products_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_products")),
        sa.UniqueConstraint("organisation_id", "key", name=op.f("uq_products_organisation_id_key")),
    )
    op.create_table(
        "sync_epochs",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("epoch", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_sync_epochs_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_sync_epochs")),
    )
    op.create_table(
        "templates",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("draft", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("latest_version_id", sa.String(length=36), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_templates_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_templates")),
        sa.UniqueConstraint("organisation_id", "key", name=op.f("uq_templates_organisation_id_key")),
    )
    op.create_table(
        "work_orders",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("plan_hash", sa.String(length=64), nullable=False),
        sa.Column("template_version_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("priority", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("customer", sa.String(length=200), nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("asset", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=True),
        sa.Column("assigned_to", sa.String(length=36), nullable=True),
        sa.Column("steps_done", sa.Integer(), nullable=False),
        sa.Column("worked_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.String(length=30), nullable=True),
        sa.Column("changed_at", sa.String(length=30), nullable=True),
        sa.Column("discrepancies", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_work_orders_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_work_orders")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_work_orders_organisation_id_number")),
    )
    op.create_index(
        "ix_work_orders_assigned", "work_orders", ["organisation_id", "assigned_to", "status"], unique=False
    )
    op.create_index("ix_work_orders_list", "work_orders", ["organisation_id", "status", "created_at"], unique=False)
    op.create_table(
        "awaited_photos",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("command_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "command_id"],
            ["commands.organisation_id", "commands.id"],
            name=op.f("fk_awaited_photos_organisation_id_command_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "sha256", "command_id", name=op.f("pk_awaited_photos")),
    )
    op.create_table(
        "logins",
        sa.Column("sign_in_name", sa.String(length=100), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("password_hash", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["people.organisation_id", "people.id"],
            name=op.f("fk_logins_organisation_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("sign_in_name", name=op.f("pk_logins")),
        sa.UniqueConstraint("organisation_id", "person_id", name=op.f("uq_logins_organisation_id_person_id")),
    )
    op.create_table(
        "order_events",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("order_id", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=44), nullable=False),
        sa.Column("command_id", sa.String(length=36), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "order_id"],
            ["work_orders.organisation_id", "work_orders.id"],
            name=op.f("fk_order_events_organisation_id_order_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "order_id", "sequence", name=op.f("pk_order_events")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_order_events_organisation_id_id")),
        info={"immutable": True},
    )
    op.create_table(
        "photo_references",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("order_id", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "sha256"],
            ["photos.organisation_id", "photos.sha256"],
            name=op.f("fk_photo_references_organisation_id_sha256"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "order_id", "sequence", "sha256", name=op.f("pk_photo_references")),
    )
    op.create_table(
        "stock_balances",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("part_id", sa.String(length=36), nullable=False),
        sa.Column("location", sa.String(length=60), nullable=False),
        sa.Column("milli", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "part_id"],
            ["parts.organisation_id", "parts.id"],
            name=op.f("fk_stock_balances_organisation_id_part_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "part_id", "location", name=op.f("pk_stock_balances")),
    )
    op.create_table(
        "stock_entries",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("part_id", sa.String(length=36), nullable=False),
        sa.Column("from_location", sa.String(length=60), nullable=False),
        sa.Column("to_location", sa.String(length=60), nullable=False),
        sa.Column("milli", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("order_id", sa.String(length=36), nullable=True),
        sa.Column("visit", sa.String(length=80), nullable=True),
        sa.Column("serial", sa.String(length=200), nullable=True),
        sa.Column("lot", sa.String(length=200), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.CheckConstraint("from_location <> to_location", name=op.f("ck_stock_entries_moves_elsewhere")),
        sa.CheckConstraint("milli > 0", name=op.f("ck_stock_entries_moves_something")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "part_id"],
            ["parts.organisation_id", "parts.id"],
            name=op.f("fk_stock_entries_organisation_id_part_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_stock_entries")),
        info={"immutable": True},
    )
    op.create_index("ix_stock_entries_order", "stock_entries", ["organisation_id", "order_id"], unique=False)
    op.create_table(
        "template_versions",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("template_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("applies_to", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("roles", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("plan_hash", sa.String(length=64), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("standard_minutes", sa.Double(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "template_id"],
            ["templates.organisation_id", "templates.id"],
            name=op.f("fk_template_versions_organisation_id_template_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_template_versions")),
        sa.UniqueConstraint(
            "organisation_id",
            "template_id",
            "number",
            name=op.f("uq_template_versions_organisation_id_template_id_number"),
        ),
        info={"immutable": True},
    )
    op.create_index("ix_template_versions_plan", "template_versions", ["organisation_id", "plan_hash"], unique=False)
    op.create_table(
        "visits",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("order_id", sa.String(length=36), nullable=False),
        sa.Column("node", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.String(length=30), nullable=False),
        sa.Column("opened_sequence", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(length=30), nullable=True),
        sa.Column("completed_at", sa.String(length=30), nullable=True),
        sa.Column("by", sa.String(length=36), nullable=True),
        sa.Column("worked_ms", sa.BigInteger(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("rework", sa.Text(), nullable=True),
        sa.Column("edge", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "order_id"],
            ["work_orders.organisation_id", "work_orders.id"],
            name=op.f("fk_visits_organisation_id_order_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "order_id", "node", "number", name=op.f("pk_visits")),
    )
    op.create_index("ix_visits_waiting", "visits", ["organisation_id", "status", "role"], unique=False)
    make_immutable(op.get_bind(), IMMUTABLE)
    separate_organisations(op.get_bind(), TENANT)


def downgrade() -> None:
    op.drop_index("ix_visits_waiting", table_name="visits")
    op.drop_table("visits")
    op.drop_index("ix_template_versions_plan", table_name="template_versions")
    op.drop_table("template_versions")
    op.drop_index("ix_stock_entries_order", table_name="stock_entries")
    op.drop_table("stock_entries")
    op.drop_table("stock_balances")
    op.drop_table("photo_references")
    op.drop_table("order_events")
    op.drop_table("logins")
    op.drop_table("awaited_photos")
    op.drop_index("ix_work_orders_list", table_name="work_orders")
    op.drop_index("ix_work_orders_assigned", table_name="work_orders")
    op.drop_table("work_orders")
    op.drop_table("templates")
    op.drop_table("sync_epochs")
    op.drop_table("products")
    op.drop_table("photos")
    op.drop_table("people")
    op.drop_table("parts")
    op.drop_index(op.f("ix_parked_commands_order_id"), table_name="parked_commands")
    op.drop_table("parked_commands")
    op.drop_table("order_counters")
    op.drop_table("locations")
    op.drop_table("fault_codes")
    op.drop_table("device_queues")
    op.drop_index("ix_commands_device", table_name="commands")
    op.drop_table("commands")
    op.drop_index(op.f("ix_browser_sessions_person_id"), table_name="browser_sessions")
    op.drop_index(op.f("ix_browser_sessions_expires_at"), table_name="browser_sessions")
    op.drop_table("browser_sessions")
    op.drop_index(op.f("ix_sign_in_delays_wait_until"), table_name="sign_in_delays")
    op.drop_table("sign_in_delays")
    op.drop_table("organisations")
