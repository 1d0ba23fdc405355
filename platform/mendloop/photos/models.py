"""Tables of photos. The bytes are files named by their hash; here is what is known about them."""

import datetime as dt

from sqlalchemy import ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base


class Photo(Base):
    """A photo that has arrived whole. `evidence` is JSON: what the file says about when and where it was taken."""

    __tablename__ = "photos"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    evidence: Mapped[str] = mapped_column(Text, default="{}")
    received_at: Mapped[dt.datetime]
    received_from: Mapped[str] = mapped_column(String(36))


class PhotoReference(Base):
    """An event of a work order shows a photo."""

    __tablename__ = "photo_references"
    __table_args__ = (ForeignKeyConstraint(["organisation_id", "sha256"], ["photos.organisation_id", "photos.sha256"]),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
