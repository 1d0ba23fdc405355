"""Tables of drafts. What is saved is a revision, never changed again; the draft's own row says which one counts."""

import datetime as dt
import zlib

from sqlalchemy import Dialect, ForeignKeyConstraint, LargeBinary, String, Text, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base, unchangeable

QUICKLY = 1


class PackedText(TypeDecorator[str]):
    """A long text, kept compressed: every save keeps the whole document, and JSON shrinks to a quarter or less."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> bytes | None:
        return None if value is None else zlib.compress(value.encode(), QUICKLY)

    def process_result_value(self, value: bytes | None, _dialect: Dialect) -> str | None:
        return None if value is None else zlib.decompress(value).decode()


def _of_template() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["organisation_id", "template_id"], ["templates.organisation_id", "templates.id"])


class TemplateDraft(Base):
    """Which revision of a template's draft counts, with what lists say about it."""

    __tablename__ = "template_drafts"
    __table_args__ = (_of_template(),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    template_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    revision: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    title: Mapped[dict[str, str]]
    steps: Mapped[int]
    standard_minutes: Mapped[float]
    saved_at: Mapped[dt.datetime]
    saved_by: Mapped[str] = mapped_column(String(36))


class TemplateRevision(Base):
    """A draft as it was saved. `content_hash` is that of document and layout, `session` the browser it came from."""

    __tablename__ = "template_revisions"
    __table_args__ = (_of_template(), unchangeable())

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    template_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(PackedText)
    layout: Mapped[str] = mapped_column(PackedText)
    content_hash: Mapped[str] = mapped_column(String(64))
    saved_at: Mapped[dt.datetime]
    saved_by: Mapped[str] = mapped_column(String(36))
    session: Mapped[str] = mapped_column(String(64), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    origin: Mapped[str] = mapped_column(String(20))


class TemplatePresence(Base):
    """Somebody has a template open in a browser; `selection` is JSON of what they look at."""

    __tablename__ = "template_presence"
    __table_args__ = (_of_template(),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    template_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    session: Mapped[str] = mapped_column(String(64), primary_key=True)
    selection: Mapped[str] = mapped_column(Text)
    since: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]


class TemplateRight(Base):
    """What one person may do with one template, where it is not what their roles say."""

    __tablename__ = "template_rights"
    __table_args__ = (_of_template(),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    template_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    level: Mapped[str] = mapped_column(String(10))
