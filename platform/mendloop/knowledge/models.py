"""Tables of knowledge. A case or an article has one draft that changes, and versions that never do.

Documents are kept as canonical text, so that both databases give back the very bytes that were published. Lists that
are filtered by (`faults`, `products`) are kept as `|one|two|` beside the document.
"""

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base, TenantBase, immutable

_LIST = 2000


class Case(TenantBase, Base):
    """A case: what is written now, where it stands, and the number of its newest published version, 0 for none.

    `helped` and `not_helped` are its own votes; those of the cases merged into it are added where they are told.
    """

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("organisation_id", "order_id"),
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        ForeignKeyConstraint(["organisation_id", "order_id"], ["work_orders.organisation_id", "work_orders.id"]),
        ForeignKeyConstraint(["organisation_id", "merged_into"], ["cases.organisation_id", "cases.id"]),
        ForeignKeyConstraint(["organisation_id", "successor"], ["cases.organisation_id", "cases.id"]),
        CheckConstraint("helped >= 0 AND not_helped >= 0", name="counts_votes"),
        Index("ix_cases_list", "organisation_id", "status", "changed_at"),
        Index("ix_cases_author", "organisation_id", "author", "status"),
        Index("ix_cases_merged", "organisation_id", "merged_into"),
    )

    order_id: Mapped[str | None] = mapped_column(String(36))
    status: Mapped[str] = mapped_column(String(20), default="draft")
    revision: Mapped[int] = mapped_column(default=1)
    draft: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=0)
    author: Mapped[str] = mapped_column(String(36))
    created_at: Mapped[dt.datetime]
    changed_at: Mapped[dt.datetime]
    published_at: Mapped[dt.datetime | None]
    title: Mapped[dict[str, str]]
    product: Mapped[str] = mapped_column(String(200), default="")
    template: Mapped[str] = mapped_column(String(120), default="")
    faults: Mapped[str] = mapped_column(String(_LIST), default="")
    minutes: Mapped[int] = mapped_column(default=0)
    merged_into: Mapped[str | None] = mapped_column(String(36))
    successor: Mapped[str | None] = mapped_column(String(36))
    helped: Mapped[int] = mapped_column(default=0)
    not_helped: Mapped[int] = mapped_column(default=0)


class CaseVersion(Base):
    """A case as it was published."""

    __tablename__ = "case_versions"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "case_id"], ["cases.organisation_id", "cases.id"]),
        immutable(),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(Text)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str] = mapped_column(String(36))


class CaseAct(Base):
    """What somebody did with a case, and what they said about it."""

    __tablename__ = "case_acts"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "case_id"], ["cases.organisation_id", "cases.id"]),
        Index("ix_case_acts_at", "organisation_id", "at"),
        immutable(),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(36))
    at: Mapped[dt.datetime]
    note: Mapped[str] = mapped_column(String(2000), default="")
    version: Mapped[int] = mapped_column(default=0)
    other: Mapped[str | None] = mapped_column(String(36))


class Article(TenantBase, Base):
    """Something that people who know wrote down: an article, or a bulletin for some products."""

    __tablename__ = "knowledge_articles"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        CheckConstraint("kind IN ('article', 'bulletin')", name="known_kind"),
        Index("ix_knowledge_articles_list", "organisation_id", "status", "changed_at"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20), default="draft")
    revision: Mapped[int] = mapped_column(default=1)
    draft: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=0)
    author: Mapped[str] = mapped_column(String(36))
    created_at: Mapped[dt.datetime]
    changed_at: Mapped[dt.datetime]
    published_at: Mapped[dt.datetime | None]
    title: Mapped[dict[str, str]]
    products: Mapped[str] = mapped_column(String(_LIST), default="")
    faults: Mapped[str] = mapped_column(String(_LIST), default="")


class ArticleVersion(Base):
    """An article as it was published."""

    __tablename__ = "knowledge_article_versions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "article_id"], ["knowledge_articles.organisation_id", "knowledge_articles.id"]
        ),
        immutable(),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    article_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(Text)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str] = mapped_column(String(36))


class KnowledgeState(Base):
    """Where an organisation's knowledge stands: the number of its last change. Whoever changes it locks this row."""

    __tablename__ = "knowledge_states"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    last_change: Mapped[int] = mapped_column(BigInteger)


class KnowledgeChange(Base):
    """Something that is found by searching is other than before. `helped` is by how much more a case has helped."""

    __tablename__ = "knowledge_changes"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        Index("ix_knowledge_changes_at", "organisation_id", "at"),
        immutable(),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(36))
    helped: Mapped[int] = mapped_column(default=0)
    at: Mapped[dt.datetime]


class KnowledgeSettings(Base):
    """What an organisation decides about its knowledge: words that mean the same, and points for who shares it."""

    __tablename__ = "knowledge_settings"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        CheckConstraint("points_published >= 0 AND points_helped >= 0", name="gives_points"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    synonyms: Mapped[str] = mapped_column(Text, default="")
    points_on: Mapped[bool] = mapped_column(default=False)
    points_published: Mapped[int] = mapped_column(default=10)
    points_helped: Mapped[int] = mapped_column(default=2)
