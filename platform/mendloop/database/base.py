"""What every table is built from."""

import datetime as dt
import os
import time
import uuid
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, MetaData, String, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> str:
    """A UUIDv7: 36 characters that sort by the millisecond they were made in."""
    random = int.from_bytes(os.urandom(10), "big")
    value = (time.time_ns() // 1_000_000) << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


class UtcTime(TypeDecorator[dt.datetime]):
    """An instant. It must carry a zone when it is written and comes back in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """The root of all tables. `dict[str, Any]` and `list[str]` columns are JSON, `datetime` columns UTC instants."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        dict[str, Any]: JSON().with_variant(JSONB(), "postgresql"),
        dict[str, str]: JSON().with_variant(JSONB(), "postgresql"),
        list[str]: JSON().with_variant(JSONB(), "postgresql"),
        list[dict[str, Any]]: JSON().with_variant(JSONB(), "postgresql"),
        dt.datetime: UtcTime(),
    }


class TenantBase:
    """A mixin for everything an organisation owns: the primary key leads with the organisation, then `id`."""

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True, sort_order=-20)
    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id, sort_order=-10)


def immutable() -> dict[str, Any]:
    """Put this last into `__table_args__`: triggers then refuse every UPDATE and DELETE of the table's rows."""
    return {"info": {"immutable": True}}


def unchangeable() -> dict[str, Any]:
    """The same for a table whose rows may be taken away again, and never changed."""
    return {"info": {"immutable": True, "may_be_deleted": True}}


def is_tenant_table(columns: Any) -> bool:
    """True for a table whose primary key leads with the organisation."""
    return "organisation_id" in columns and bool(columns["organisation_id"].primary_key)
