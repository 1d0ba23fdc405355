"""Databases ready for tests: made once with the cast inside, then copied."""

from mendloop.database import Database, open_database
from mendloop.database.schema import migrate
from mendloop.testing.cast import Cast, assemble_cast


def prepare_database(url: str) -> Cast:
    """All tables and the cast, in an empty database."""
    migrate(url)
    database: Database = open_database(url)
    try:
        return assemble_cast(database)
    finally:
        database.close()
