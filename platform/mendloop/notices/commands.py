"""`mendloop notices send`: one round of messages, for a timer of the operating system."""

import click

from mendloop.config import Config
from mendloop.database import open_database
from mendloop.database.schema import migrate


@click.group()
def notices() -> None:
    """What waits for people."""


@notices.command()
def send() -> None:
    """Tell people now what waits for them. A serving process does it by itself; both together tell nothing twice."""
    from mendloop.notices.sending import senders  # noqa: PLC0415 - other commands start faster without it

    config = Config.from_environment()
    migrate(config.database_url)
    database = open_database(config.database_url)
    try:
        ours = senders(database, config)
        if not ours:
            raise click.ClickException(
                "No channel is set up: MENDLOOP_SMTP_HOST and MENDLOOP_SMTP_FROM name a mail server."
            )
        click.echo(f"{sum(sender.run() for sender in ours)} messages have gone out.")
    finally:
        database.close()


commands = [notices]
