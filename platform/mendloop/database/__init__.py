"""The database: base classes, sessions, write transactions and the tenancy guard. Nothing here knows Flask."""

from mendloop.database.base import Base, JsonValue, TenantBase, immutable, new_id, unchangeable
from mendloop.database.engine import Database, open_database
from mendloop.database.sessions import bind_organisation, open_session, session_for
from mendloop.database.tenancy import ACROSS_ORGANISATIONS, TenancyError
from mendloop.database.transactions import before_commit, run_write, write_transaction

__all__ = [
    "ACROSS_ORGANISATIONS",
    "Base",
    "Database",
    "JsonValue",
    "TenancyError",
    "TenantBase",
    "before_commit",
    "bind_organisation",
    "immutable",
    "new_id",
    "open_database",
    "open_session",
    "run_write",
    "session_for",
    "unchangeable",
    "write_transaction",
]
