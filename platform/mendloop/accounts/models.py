"""Tables of organisations and people. What signing in needs before an organisation is known is no tenant table."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base, TenantBase, new_id


class Organisation(Base):
    """A company: the tenant to which everything belongs."""

    __tablename__ = "organisations"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(10), default="zh-CN")
    time_zone: Mapped[str] = mapped_column(String(60), default="Asia/Shanghai")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]


class Person(TenantBase, Base):
    """Somebody who works in an organisation. `roles` open pages, `template_roles` are skills that templates ask for."""

    __tablename__ = "people"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),)

    name: Mapped[str] = mapped_column(String(100))
    language: Mapped[str] = mapped_column(String(10), default="zh-CN")
    roles: Mapped[list[str]]
    template_roles: Mapped[list[str]]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[dt.datetime]


class Login(Base):
    """How a person signs in. Names are unique over the whole installation, and kept in lower case."""

    __tablename__ = "logins"
    __table_args__ = (
        UniqueConstraint("organisation_id", "person_id"),
        ForeignKeyConstraint(["organisation_id", "person_id"], ["people.organisation_id", "people.id"]),
    )

    sign_in_name: Mapped[str] = mapped_column(String(100), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(String(36))
    person_id: Mapped[str] = mapped_column(String(36))
    password_hash: Mapped[str] = mapped_column(String(300))


class BrowserSession(Base):
    """A browser's session, found by the SHA-256 of the token in its cookie."""

    __tablename__ = "browser_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    organisation_id: Mapped[str | None] = mapped_column(String(36), ForeignKey("organisations.id"))
    person_id: Mapped[str | None] = mapped_column(String(36), index=True)
    data: Mapped[dict[str, Any]]
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)


class SignInDelay(Base):
    """How long one account has to wait at one address after wrong passwords."""

    __tablename__ = "sign_in_delays"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    wait_until: Mapped[dt.datetime] = mapped_column(index=True)
