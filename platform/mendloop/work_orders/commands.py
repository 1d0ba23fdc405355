"""`mendloop record verify`: every record of every organisation, computed anew."""

import sys
from collections.abc import Iterator

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.config import Config
from mendloop.database import ACROSS_ORGANISATIONS, Database, open_database, open_session, session_for
from mendloop.work_orders.chain import verify_record
from mendloop.work_orders.models import WorkOrder


@click.group()
def record() -> None:
    """Records of work orders."""


@record.command()
def verify() -> None:
    """Recompute the hash chain of every work order. Ends with 1 when one does not verify."""
    database = open_database(Config.from_environment().database_url)
    broken = [line for organisation_id in _organisations(database) for line in _verify_all(database, organisation_id)]
    database.close()
    for line in broken:
        click.secho(line, fg="red")
    if broken:
        sys.exit(1)
    click.echo("Every record verifies.")


def _organisations(database: Database) -> list[str]:
    reason = {ACROSS_ORGANISATIONS: "the operator verifies all records"}
    with open_session(database) as session:
        return list(session.execute(select(WorkOrder.organisation_id).distinct(), execution_options=reason).scalars())


def _verify_all(database: Database, organisation_id: str) -> Iterator[str]:
    actor = Actor("", organisation_id, "", frozenset(), "en")
    with session_for(database, actor) as session:
        orders = _orders(session, actor)
        with click.progressbar(orders, label="Verifying records", file=sys.stderr) as progress:
            for order in progress:
                verdict = verify_record(session, actor, order)
                if not verdict.is_whole:
                    yield f"{order.number}: does not verify from event {verdict.broken_at} on"


def _orders(session: Session, actor: Actor) -> list[WorkOrder]:
    statement = select(WorkOrder).where(WorkOrder.organisation_id == actor.organisation_id).order_by(WorkOrder.number)
    return list(session.execute(statement).scalars())


commands = (record,)
