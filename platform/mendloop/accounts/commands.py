"""`mendloop organisation add`: how a real installation gets its first person."""

import click

from mendloop.accounts.actor import ROLES
from mendloop.accounts.services import PersonDetails, found_organisation
from mendloop.config import Config
from mendloop.database import open_database, open_session, write_transaction
from mendloop.database.schema import migrate
from mendloop.problems import Refusal
from mendloop.words import LANGUAGES, words_of


@click.group()
def organisation() -> None:
    """Organisations of this installation."""


@organisation.command()
@click.argument("name")
@click.option("--owner", required=True, help="The owner's own name.")
@click.option("--sign-in-name", required=True, help="What the owner signs in by.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.password_option(help="The owner's password; asked for when it is not given.")
def add(name: str, owner: str, sign_in_name: str, language: str, password: str) -> None:
    """Make the organisation NAME and its first owner."""
    config = Config.from_environment()
    migrate(config.database_url)
    database = open_database(config.database_url)
    details = PersonDetails(owner, sign_in_name, language, (ROLES[0], "supervisor"), (), password=password)
    try:
        with open_session(database) as session, write_transaction(session):
            found_organisation(session, name, language, details)
    except Refusal as refusal:
        raise click.ClickException("; ".join(words_of(problem, "en") for problem in refusal.problems)) from refusal
    finally:
        database.close()
    click.echo(f"{name} is ready: sign in as {sign_in_name}.")


commands = [organisation]
