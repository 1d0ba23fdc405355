"""What the database itself enforces, whatever the code above does. Called by migrations."""

from collections.abc import Iterable

from sqlalchemy import Connection, text

CHANGES = ("UPDATE", "DELETE")
_SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"""
_FUNCTION = """CREATE OR REPLACE FUNCTION mendloop_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is immutable', TG_TABLE_NAME; END $$"""
_POSTGRESQL = """CREATE TRIGGER {table}_immutable BEFORE {verbs} ON {table}
FOR EACH ROW EXECUTE FUNCTION mendloop_refuse_change()"""
_POLICY = """CREATE POLICY {table}_organisation ON {table}
USING (organisation_id = current_setting('mendloop.organisation', true))"""


def make_immutable(connection: Connection, tables: Iterable[str], verbs: tuple[str, ...] = CHANGES) -> None:
    """Rows of these tables can be added, and neither changed nor deleted; `verbs` says what of the two is refused."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(_FUNCTION))
        statements = [_POSTGRESQL.format(table=table, verbs=" OR ".join(verbs)) for table in tables]
    else:
        statements = [_SQLITE.format(table=table, verb=verb) for table in tables for verb in verbs]
    for statement in statements:
        connection.execute(text(statement))


def separate_organisations(connection: Connection, tables: Iterable[str]) -> None:
    """Row-level security on PostgreSQL: a transaction sees the rows of the organisation it named, even as owner."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        connection.execute(text(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"))
        connection.execute(text(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))
        connection.execute(text(_POLICY.format(table=table)))
