"""`mendloop draft thin`: what the operator does now and then, or every night."""

import sys

import click
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import organisation_ids
from mendloop.clock import utc_now
from mendloop.config import Config
from mendloop.database import Database, open_database, open_session, session_for, write_transaction
from mendloop.drafts.thinning import templates_with_drafts, thin_out


@click.group()
def draft() -> None:
    """Drafts of templates."""


@draft.command()
def thin() -> None:
    """Of revisions older than 30 days keep the last of each day, and those with a note or published."""
    database = open_database(Config.from_environment().database_url)
    try:
        gone = sum(_thin_organisation(database, organisation) for organisation in _organisations(database))
    finally:
        database.close()
    click.echo(f"{gone} revisions were taken away." if gone != 1 else "1 revision was taken away.")


def _organisations(database: Database) -> list[str]:
    with open_session(database) as session:
        return organisation_ids(session)


def _thin_organisation(database: Database, organisation_id: str) -> int:
    actor = Actor("", organisation_id, "", frozenset(), "en")
    with session_for(database, actor) as session:
        templates = templates_with_drafts(session, actor)
        with click.progressbar(templates, label="Thinning out drafts", file=sys.stderr) as progress:
            return sum(_thin_template(session, actor, template) for template in progress)


def _thin_template(session: Session, actor: Actor, template_id: str) -> int:
    """One short transaction a template: designers go on saving meanwhile."""
    with write_transaction(session):
        return thin_out(session, actor, template_id, utc_now())


commands = (draft,)
