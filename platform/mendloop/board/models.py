"""What an organisation lays down for its board. Nothing else of it is kept: all of it follows from the orders."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base


class BoardSettings(Base):
    """After how many minutes an order counts as standing still, by what it waits for, and when it is due soon.

    `pauses` are limits by the id of a pause reason; other reasons have `pause`.
    """

    __tablename__ = "board_settings"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        CheckConstraint("untouched > 0 AND standing > 0 AND pause > 0 AND due_soon > 0", name="some_time"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    untouched: Mapped[int]
    standing: Mapped[int]
    pause: Mapped[int]
    due_soon: Mapped[int]
    pauses: Mapped[dict[str, Any]] = mapped_column(default=dict)
