"""Alembic's environment: the metadata of all features, on the connection that `mendloop migrate` opened."""

from alembic import context
from mendloop.database import Base
from mendloop.database.schema import import_all_models

import_all_models()
attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=Base.metadata,
    render_item=attributes.get("render_item", lambda *_: False),
)
with context.begin_transaction():
    context.run_migrations()
