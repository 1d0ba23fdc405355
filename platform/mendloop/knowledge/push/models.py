"""What people say of a case in a repair: it helped, or it did not."""

import datetime as dt

from sqlalchemy import ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base


class CaseVote(Base):
    """One person's word on one case in one order; it may be changed. `helped` is None where it was taken back.

    `place` is where the case was shown, `step.field` or `step.field.item`; `said_at` when it was said, on the phone's
    clock: what was said later stands, however late it arrives.
    """

    __tablename__ = "case_votes"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "case_id"], ["cases.organisation_id", "cases.id"]),
        ForeignKeyConstraint(["organisation_id", "order_id"], ["work_orders.organisation_id", "work_orders.id"]),
        ForeignKeyConstraint(["organisation_id", "person_id"], ["people.organisation_id", "people.id"]),
        Index("ix_case_votes_case", "organisation_id", "case_id"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    place: Mapped[str] = mapped_column(String(200), default="")
    helped: Mapped[bool | None]
    said_at: Mapped[dt.datetime]
