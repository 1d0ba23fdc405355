"""`mendloop stock`: one exchange with another system; whether the balances are what the entries say."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import DBAPIError

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import organisation_ids
from mendloop.config import Config
from mendloop.database import Database, open_database, open_session, session_for
from mendloop.inventory.connecting import CONNECTORS, CannotExchange, Connector, Report, exchange
from mendloop.inventory.file_connector import FileConnector
from mendloop.inventory.one_run import RunsAlready, only_run
from mendloop.inventory.verifying import differences

assert FileConnector.name in CONNECTORS.names()  # noqa: S101 - importing it has registered it
MOST_TOLD = 50


class Occupied(click.ClickException):
    """Somebody else is at it: nothing is wrong, and nothing was done."""

    exit_code = 3


@click.group()
def stock() -> None:
    """Stock, and other systems that know of it."""


@stock.command()
@click.argument("connector")
@click.option("--organisation", default="", help="Its id; not needed where there is one only.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A setting of the connector.")
def connect(connector: str, organisation: str, settings: tuple[str, ...]) -> None:
    """Tell CONNECTOR what happened, and take over what it is master of.

    Ends with 0 when all of it was done, 1 when it failed, 2 when something was left out, 3 when another run is at work.
    """
    with _open() as database:
        opened, actor, report = _connector(connector, settings), _actor(database, organisation), Report()
        try:
            with only_run(database, f"{opened.name}-{actor.organisation_id}"), session_for(database, actor) as session:
                exchange(session, actor, opened, report)
        except RunsAlready as error:
            raise Occupied(f"Another run with {connector} is at work; nothing was done.") from error
        except CannotExchange as error:
            _tell(report)
            raise click.ClickException(
                f"{error}. What is told above was done; the rest is done by the next run."
            ) from error
    _tell(report)
    if report.left_out:
        sys.exit(2)


@stock.command()
def verify() -> None:
    """Make every balance again from the entries, and compare.

    Ends with 0 when all are the same, and with 1 when one differs: which, is told.
    """
    wrong = False
    with _open() as database:
        with open_session(database) as session:
            organisations = organisation_ids(session)
        for organisation in organisations:
            with session_for(database, _as(organisation)) as session:
                found = list(differences(session, _as(organisation)))
            wrong = wrong or bool(found)
            _tell_differences(organisation, found)
    if wrong:
        sys.exit(1)
    click.echo("Every balance is what the entries say.")


@contextmanager
def _open() -> Iterator[Database]:
    database = open_database(Config.from_environment().database_url)
    try:
        yield database
    except DBAPIError as error:
        raise click.ClickException(f"The database cannot be used: {error.orig}") from error
    finally:
        database.close()


def _connector(name: str, settings: tuple[str, ...]) -> Connector:
    if name not in CONNECTORS.names():
        raise click.ClickException(f"No connector {name}; there are: {', '.join(CONNECTORS.names())}.")
    nameless = [each for each in settings if "=" not in each]
    if nameless:
        raise click.ClickException(f"--set {nameless[0]}: write NAME=VALUE.")
    try:
        return CONNECTORS.open(name, dict(each.partition("=")[::2] for each in settings))
    except CannotExchange as error:
        raise click.ClickException(f"{error}.") from error


def _actor(database: Database, organisation: str) -> Actor:
    with open_session(database) as session:
        found = organisation_ids(session)
    if organisation and organisation not in found:
        raise click.ClickException(f"There is no organisation {organisation}.")
    if not organisation and len(found) != 1:
        raise click.ClickException(f"There are {len(found)} organisations: say which with --organisation.")
    return _as(organisation or found[0])


def _as(organisation: str) -> Actor:
    """Nobody of the organisation: the system itself."""
    return Actor("", organisation, "", frozenset(), "en")


def _tell(report: Report) -> None:
    click.echo(f"told {report.told}, adjusted {report.adjusted}, revalued {report.revalued}")
    for line in report.left_out:
        click.secho(f"left out: {line}", fg="yellow")


def _tell_differences(organisation: str, found: list[str]) -> None:
    for line in found[:MOST_TOLD]:
        click.secho(f"{organisation}: {line}", fg="red")
    if len(found) > MOST_TOLD:
        click.secho(f"{organisation}: and {len(found) - MOST_TOLD} more", fg="red")


commands = (stock,)
