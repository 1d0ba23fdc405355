"""Writing the next migration: `python -m mendloop.database.revise "what changes"`, from the models of all features."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import create_engine

from mendloop.database import Base
from mendloop.database.base import UtcTime, is_tenant_table
from mendloop.database.schema import alembic_config, import_all_models, migrate


def render_item(kind: str, item: Any, context: AutogenContext) -> str | bool:
    """Our column types, in words that do not depend on our code of today."""
    if kind != "type":
        return False
    if isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    if type(item).__name__ == "JSON":
        context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def write_revision(message: str) -> None:
    """Compare the models with the migrations there are, and write down the difference."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'revise.db'}"
        migrate(url)
        engine = create_engine(url)
        with engine.connect() as connection:
            config = alembic_config(connection)
            config.attributes["render_item"] = render_item
            command.revision(config, message, autogenerate=True)
        engine.dispose()


def guarded_tables() -> tuple[list[str], list[str]]:
    """The names of immutable tables and of tenant tables: what the guards of a migration have to name."""
    import_all_models()
    tables = sorted(Base.metadata.tables.values(), key=lambda table: table.name)
    immutable = [table.name for table in tables if table.info.get("immutable")]
    return immutable, [table.name for table in tables if is_tenant_table(table.c)]


if __name__ == "__main__":
    write_revision(sys.argv[1])
    sys.stdout.write("immutable: {}\ntenant: {}\n".format(*guarded_tables()))
