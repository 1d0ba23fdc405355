"""The guard between organisations: a tenant table that is read, changed or deleted without its organisation raises.

It looks at what is really sent: the compiled statement, after the ORM has added its criteria. The verdict on a
statement is remembered with its compiled form, so that the hot path pays for one dictionary look-up.
"""

import re
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPICursor, ExecutionContext

from mendloop.database.tenancy_scopes import anchors, tenant_inserts

ORGANISATION = "mendloop_organisation"
ACROSS_ORGANISATIONS = "mendloop_across_organisations"
"""An execution option that carries the reason why one statement may look at all organisations."""


class TenancyError(Exception):
    """A statement would have crossed, or could have crossed, the border between organisations."""


_TOUCHES_ROWS = {"select", "insert", "update", "delete", "replace"}
_verdicts: WeakKeyDictionary[Any, tuple[str, ...]] = WeakKeyDictionary()


def watch_engine(engine: Engine) -> None:
    """Every statement of this engine passes the guard from now on."""
    event.listen(engine, "before_cursor_execute", _check)


def _check(
    connection: Connection,
    cursor: DBAPICursor,  # noqa: ARG001
    statement: str,
    parameters: Any,  # noqa: ARG001
    context: ExecutionContext | None,
    executemany: bool,  # noqa: ARG001
) -> None:
    if context is None or context.execution_options.get(ACROSS_ORGANISATIONS):
        return
    if getattr(context, "isddl", False):
        return
    compiled = context.compiled
    if compiled is None or _source(compiled) is None:
        _check_text(statement)
        return
    names = _names_of_organisation_values(compiled)
    if names:
        _compare(connection, names, context.compiled_parameters)  # type: ignore[attr-defined]


def _source(compiled: Any) -> Any:
    """The statement as it was compiled: with the ORM's own criteria inside, None for written SQL."""
    state = compiled.compile_state
    statement = getattr(state, "statement", None) if state is not None else None
    statement = compiled.statement if statement is None else statement
    return None if statement.__visit_name__ == "textclause" else statement


def _names_of_organisation_values(compiled: Any) -> tuple[str, ...]:
    try:
        return _verdicts[compiled]
    except KeyError:
        pass
    statement = _source(compiled)
    binds, missing = anchors(statement)
    if missing:
        raise TenancyError(f"no organisation filter on {', '.join(sorted(missing))}")
    names = tuple(compiled.bind_names[bind] for bind in binds if bind in compiled.bind_names)
    names += tuple(tenant_inserts(statement))
    _verdicts[compiled] = names
    return names


def _compare(connection: Connection, names: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    bound = connection.info.get(ORGANISATION)
    for row in rows:
        for name in names:
            value = row.get(name)
            if value is None and name not in row:
                continue
            if bound is None or value != bound:
                raise TenancyError("the statement names another organisation than the session's")


@lru_cache(maxsize=1024)
def _is_free_text(statement: str, tenant_tables: frozenset[str]) -> bool:
    words = set(re.findall(r"[a-z_][a-z0-9_]*", statement.lower()))
    return "organisation_id" in words or not words & tenant_tables or not words & _TOUCHES_ROWS


def _check_text(statement: str) -> None:
    if not _is_free_text(statement, _tenant_table_names()):
        raise TenancyError("written SQL names a tenant table without its organisation_id")


def _tenant_table_names() -> frozenset[str]:
    from mendloop.database.base import Base, is_tenant_table  # noqa: PLC0415 - the tables are known only later

    return frozenset(table.name for table in Base.metadata.tables.values() if is_tenant_table(table.c))
