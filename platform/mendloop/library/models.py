"""Tables of the library."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base, TenantBase, immutable


class Product(TenantBase, Base):
    """A kind of thing that is repaired. Its key is a path, general before special: `pump/centrifugal/ns-40`."""

    __tablename__ = "products"
    __table_args__ = (
        UniqueConstraint("organisation_id", "key"),
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
    )

    key: Mapped[str] = mapped_column(String(200))
    title: Mapped[dict[str, str]]
    active: Mapped[bool] = mapped_column(default=True)


class FaultCode(TenantBase, Base):
    """What can be wrong, as a node of the organisation's tree. `kind` is problem, cause or remedy."""

    __tablename__ = "fault_codes"
    __table_args__ = (
        UniqueConstraint("organisation_id", "code"),
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
    )

    code: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[dict[str, str]]
    parent_code: Mapped[str | None] = mapped_column(String(60))
    active: Mapped[bool] = mapped_column(default=True)


class Template(TenantBase, Base):
    """A repair process with any number of versions; `drafts` keeps its draft. Archived, it is offered no more."""

    __tablename__ = "templates"
    __table_args__ = (
        UniqueConstraint("organisation_id", "key"),
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
    )

    key: Mapped[str] = mapped_column(String(120))
    latest_version_id: Mapped[str | None] = mapped_column(String(36))
    archived_at: Mapped[dt.datetime | None]


class TemplateVersion(TenantBase, Base):
    """A published version, never changed again. `document` and `plan` are canonical JSON texts, `layout` is JSON that
    says where the nodes stood: no content. `acknowledged` are warnings with the reasons why they were accepted."""

    __tablename__ = "template_versions"
    __table_args__ = (
        UniqueConstraint("organisation_id", "template_id", "number"),
        ForeignKeyConstraint(["organisation_id", "template_id"], ["templates.organisation_id", "templates.id"]),
        Index("ix_template_versions_plan", "organisation_id", "plan_hash"),
        immutable(),
    )

    template_id: Mapped[str] = mapped_column(String(36))
    number: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    title: Mapped[dict[str, str]]
    applies_to: Mapped[list[dict[str, Any]]]
    roles: Mapped[dict[str, Any]]
    document: Mapped[str] = mapped_column(Text)
    plan: Mapped[str] = mapped_column(Text)
    plan_hash: Mapped[str] = mapped_column(String(64))
    steps: Mapped[int]
    standard_minutes: Mapped[float]
    published_at: Mapped[dt.datetime]
    published_by: Mapped[str] = mapped_column(String(36))
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    layout: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    acknowledged: Mapped[list[dict[str, Any]]] = mapped_column(default=list, server_default="[]")
    draft_revision: Mapped[int | None]
