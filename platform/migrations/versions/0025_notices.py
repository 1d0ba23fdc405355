"""What people say about what waits for them, how they want to be told of it, and the messages that tell them."""

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import separate_organisations
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

OWN = ("notice_settings", "notice_marks", "notice_takings", "notice_addresses", "notice_told", "notice_messages")


def upgrade() -> None:
    _make("notice_settings", 1, _flag("is_on"), _time("changed_at"), _text("changed_by", 36))
    _make("notice_marks", 3, *_mark())
    _make("notice_takings", 2, _text("notice", 200), _text("person_id", 36), _time("taken_at"))
    _make("notice_addresses", 3, _text("person_id", 36), _text("channel", 40), *_address())
    _make("notice_told", 4, *_told())
    _make("notice_messages", 2, *_message())
    op.create_index("ix_notice_messages_state", "notice_messages", ["organisation_id", "channel", "state", "made_at"])
    op.create_index("ix_cost_quote_decisions_at", "cost_quote_decisions", ["organisation_id", "decided_at"])
    separate_organisations(op.get_bind(), OWN)
    op.create_table(
        "notice_senders",
        *(_text("channel", 40), _text("holder", 36), _time("held_until", True), _number("failures")),
        *(_time("failing_since", True), _time("try_at", True), _text("problem", 300, True), _time("sent_at", True)),
        sa.PrimaryKeyConstraint("channel", name="pk_notice_senders"),
    )


def _mark() -> "tuple[sa.Column[object], ...]":
    return _text("person_id", 36), _text("notice", 200), _time("marked_at"), _time("later_until", True)


def _address() -> "tuple[sa.Column[object], ...]":
    words = (_text("address", 254), _time("confirmed_at", True), _text("problem", 300, True))
    return (*words, _text("daily_at", 5), _text("daily_on", 10, True), _json("kinds"))


def _told() -> "tuple[sa.Column[object], ...]":
    keys = (_text("person_id", 36), _text("channel", 40), _text("notice", 200))
    return (*keys, _time("since", True), _time("told_at"))


def _message() -> "tuple[sa.Column[object], ...]":
    return (
        *(_text("id", 36), _text("person_id", 36), _text("channel", 40), _text("occasion", 10), _text("address", 254)),
        *(_text("language", 10), _text("subject", 300), _long("text"), _long("html"), _json("notices")),
        *(_text("state", 10), _flag("handed")),
        *(_number("attempts"), _time("made_at"), _time("try_at"), _time("sent_at", True), _text("problem", 300, True)),
    )


def _make(name: str, keys: int, *columns: "sa.Column[object]") -> None:
    """A table of an organisation, with the first so many columns as its key; of a person's, where it names one."""
    own = [_text("organisation_id", 36), *columns]
    is_of_person = any(column.name == "person_id" for column in own)
    here = ["organisation_id", "person_id"] if is_of_person else ["organisation_id"]
    there = ["people.organisation_id", "people.id"] if is_of_person else ["organisations.id"]
    op.create_table(
        name,
        *own,
        sa.ForeignKeyConstraint(here, there, name=f"fk_{name}_{'_'.join(here)}"),
        sa.PrimaryKeyConstraint(*(column.name for column in own[:keys]), name=f"pk_{name}"),
    )


def _long(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.Text(), nullable=False)


def _text(name: str, length: int, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _time(name: str, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.Integer(), nullable=False)


def _flag(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.Boolean(), nullable=False)


def _json(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False)
