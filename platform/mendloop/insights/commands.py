"""`mendloop insights rebuild`: read every order that is over again."""

import click

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import organisation_ids
from mendloop.config import Config
from mendloop.database import Database, open_database, open_session, session_for
from mendloop.insights.keeping import rebuild as rebuild_facts


@click.group()
def insights() -> None:
    """Facts about orders that are over, for figures."""


@insights.command()
def rebuild() -> None:
    """Throw the facts away and make them again from the events of all orders that are over."""
    database = open_database(Config.from_environment().database_url)
    with open_session(database) as session:
        organisations = organisation_ids(session)
    orders = sum(_rebuild(database, each) for each in organisations)
    database.close()
    click.echo(f"Orders that were read: {orders}")


def _rebuild(database: Database, organisation_id: str) -> int:
    actor = Actor("", organisation_id, "", frozenset(), "en")
    with session_for(database, actor) as session:
        return rebuild_facts(session, actor)


commands = (insights,)
