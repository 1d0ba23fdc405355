"""Alembic's environment: the metadata of all features, on the connection that `mendloop migrate` opened."""

from alembic import context

from mendloop.database import Base
from mendloop.database.schema import import_all_models

import_all_models()
connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
