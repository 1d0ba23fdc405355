"""`mendloop knowledge rebuild`: make searches anew; with `--drafts`, also the drafts of orders that have none."""

import click

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import organisation_ids
from mendloop.config import Config
from mendloop.database import Database, open_database, open_session, run_write, session_for
from mendloop.knowledge.again import draft_missing
from mendloop.knowledge.indexing import rebuild_index


@click.group()
def knowledge() -> None:
    """Cases, articles and bulletins."""


@knowledge.command()
@click.option("--drafts", is_flag=True, help="Also draft the cases of ended orders that have none.")
def rebuild(drafts: bool) -> None:
    """Make the search of every organisation anew from what is published."""
    config = Config.from_environment()
    database = open_database(config.database_url)
    with open_session(database) as session:
        organisations = organisation_ids(session)
    for organisation in organisations:
        _rebuild(database, config, organisation, drafts)
    database.close()


def _rebuild(database: Database, config: Config, organisation_id: str, drafts: bool) -> None:
    actor = Actor("", organisation_id, "", frozenset(), "zh-CN")
    with session_for(database, actor) as session:
        if drafts:
            made = run_write(session, lambda: draft_missing(session, actor))
            click.echo(f"Drafts that were missing: {made}")
        click.echo(f"Entries in the search: {rebuild_index(session, actor, config.data_folder)}")


commands = (knowledge,)
