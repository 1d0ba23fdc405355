"""`mendloop recommendations rebuild`: count again, from every record, which parts repairs used."""

import click

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import organisation_ids
from mendloop.config import Config
from mendloop.database import Database, open_database, open_session, run_write, session_for
from mendloop.recommending.rebuilding import rebuild_counts


@click.group()
def recommendations() -> None:
    """Parts that repairs will probably need."""


@recommendations.command()
def rebuild() -> None:
    """Count again, from the records of all orders that ended, which parts repairs used."""
    database = open_database(Config.from_environment().database_url)
    with open_session(database) as session:
        organisations = organisation_ids(session)
    orders = sum(_rebuild(database, each) for each in organisations)
    database.close()
    click.echo(f"Orders that were counted: {orders}")


def _rebuild(database: Database, organisation_id: str) -> int:
    actor = Actor("", organisation_id, "", frozenset(), "en")
    with session_for(database, actor) as session:
        return run_write(session, lambda: rebuild_counts(session, actor))


commands = (recommendations,)
