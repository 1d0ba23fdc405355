"""The `mendloop` command."""

from importlib import import_module

import click

from mendloop.accounts.demo_accounts import DEMO_PASSWORD, demo_accounts
from mendloop.config import Config
from mendloop.database import open_database, open_session
from mendloop.database.schema import migrate as migrate_database

PARTS = (
    "mendloop.accounts.commands",
    "mendloop.library.commands",
    "mendloop.drafts.commands",
    "mendloop.work_orders.commands",
    "mendloop.inventory.commands",
    "mendloop.recommending.commands",
    "mendloop.insights.commands",
    "mendloop.knowledge.commands",
    "mendloop.notices.commands",
)
"""Modules with `commands`: click commands of a feature, hung into the group below."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mendloop")
def main() -> None:
    """Mendloop (修程): repair processes as templates, executed on a phone, recorded for good."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8600, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Bring the database up to date and serve."""
    from mendloop.serving import is_taken  # noqa: PLC0415 - other commands start faster without it
    from mendloop.serving import serve as run_server  # noqa: PLC0415

    if is_taken(host, port):
        raise click.ClickException(
            f"Port {port} is taken; choose another one with --port (make run: PORT=…).\n"
            f"端口 {port} 已被占用，请换一个端口。"
        )
    config = Config.from_environment()
    migrate_database(config.database_url)
    run_server(host, port, lambda: _print_address(config, host, port))


@main.command()
def migrate() -> None:
    """Bring the database to this release's schema."""
    config = Config.from_environment()
    migrate_database(config.database_url)
    click.echo("The database is up to date.")


@main.command()
@click.option("--past", is_flag=True, help="With half a year of orders that are over, for figures.")
def demo(past: bool) -> None:
    """Load the demonstration; what is there already stays."""
    from mendloop.demo import FEATURES, load_demo  # noqa: PLC0415 - see serve

    config = Config.from_environment()
    migrate_database(config.database_url)
    database = open_database(config.database_url)
    with click.progressbar(
        load_demo(database, past), length=len(FEATURES) + 1, label="Loading the demonstration"
    ) as bar:
        for _ in bar:
            pass
    database.close()


def _print_address(config: Config, host: str, port: int) -> None:
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::"} else host  # noqa: S104 - it is only compared
    click.secho(f"\n  Mendloop 修程  →  http://{shown}:{port}\n", bold=True)
    database = open_database(config.database_url)
    with open_session(database) as session:
        accounts = demo_accounts(session)
    database.close()
    for account in accounts:
        click.echo(f"    {account.sign_in_name:<6} {DEMO_PASSWORD}   {account.name} ({', '.join(account.roles)})")
    click.echo("\n  Ctrl C ends it.\n" if accounts else "  Ctrl C ends it.\n")


def _hang_in_parts() -> None:
    for part in PARTS:
        for command in import_module(part).commands:
            main.add_command(command)


_hang_in_parts()
