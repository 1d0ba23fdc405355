"""`mendloop stock connect`: one exchange with another system."""

import sys

import click

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import organisation_ids
from mendloop.config import Config
from mendloop.database import open_database, open_session, session_for
from mendloop.inventory.connecting import CONNECTORS, exchange
from mendloop.inventory.file_connector import FileConnector
from mendloop.inventory.rebuilding import as_bytes, live, rebuilt

assert FileConnector.name in CONNECTORS.names()  # noqa: S101 - importing it has registered it


@click.group()
def stock() -> None:
    """Stock, and other systems that know of it."""


@stock.command()
@click.argument("connector")
@click.option("--organisation", default="", help="Its id; not needed where there is one only.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A setting of the connector.")
def connect(connector: str, organisation: str, settings: tuple[str, ...]) -> None:
    """Tell CONNECTOR what happened, and take over what it is master of. Ends with 2 when something was left out."""
    if connector not in CONNECTORS.names():
        raise click.ClickException(f"No connector {connector}; there are: {', '.join(CONNECTORS.names())}.")
    database = open_database(Config.from_environment().database_url)
    try:
        actor = Actor("", organisation or _only_organisation(), "", frozenset(), "en")
        opened = CONNECTORS.open(connector, dict(each.partition("=")[::2] for each in settings))
        with session_for(database, actor) as session:
            report = exchange(session, actor, opened)
    finally:
        database.close()
    click.echo(f"told {report.told}, adjusted {report.adjusted}, revalued {report.revalued}")
    for line in report.left_out:
        click.secho(f"left out: {line}", fg="yellow")
    if report.left_out:
        sys.exit(2)


@stock.command()
def verify() -> None:
    """Make every balance again from the entries, and compare. Ends with 1 when one differs."""
    database = open_database(Config.from_environment().database_url)
    wrong = []
    with open_session(database) as session:
        organisations = organisation_ids(session)
    for organisation in organisations:
        actor = Actor("", organisation, "", frozenset(), "en")
        with session_for(database, actor) as session:
            if as_bytes(live(session, actor)) != as_bytes(rebuilt(session, actor)):
                wrong.append(organisation)
    database.close()
    for organisation in wrong:
        click.secho(f"{organisation}: balances differ from the entries", fg="red")
    if wrong:
        sys.exit(1)
    click.echo("Every balance is what the entries say.")


def _only_organisation() -> str:
    database = open_database(Config.from_environment().database_url)
    with open_session(database) as session:
        found = organisation_ids(session)
    database.close()
    if len(found) != 1:
        raise click.ClickException(f"There are {len(found)} organisations: say which with --organisation.")
    return found[0]


commands = (stock,)
