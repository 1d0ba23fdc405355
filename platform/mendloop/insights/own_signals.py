"""What the record says about one person's own steps: shown to that person before anybody asks."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.insights.filters import Filters
from mendloop.insights.found import narrowing
from mendloop.insights.models import InsightOrder, InsightVisit
from mendloop.insights.repeated import which_repeat


@dataclass(frozen=True, slots=True)
class Signal:
    """What is missing from one step, for one reason. `why` is a word of ours, `what` the shots or the readings."""

    order_id: str
    number: str
    template: str
    node: str
    at: int
    why: str
    what: str


def own_signals(session: Session, actor: Actor, filters: Filters) -> list[Signal]:
    """Of the actor's own steps, the last ones first."""
    found = [*_missing(session, actor, filters), *_repeated(session, actor, filters)]
    grouped: dict[Signal, list[str]] = {}
    for each in sorted(found, key=lambda it: (-it.at, it.number, it.node, it.why, it.what)):
        grouped.setdefault(replace(each, what=""), []).append(each.what)
    return [replace(each, what=" · ".join(what)) for each, what in grouped.items()]


def own_steps(session: Session, actor: Actor, filters: Filters) -> int:
    """How many steps the actor has completed."""
    mine = (InsightVisit.person == actor.person_id, *narrowing(session, actor, filters))
    statement = select(func.count()).select_from(InsightVisit).join(InsightOrder, _of_order())
    return session.execute(statement.where(InsightVisit.organisation_id == actor.organisation_id, *mine)).scalar_one()


def _missing(session: Session, actor: Actor, filters: Filters) -> Iterator[Signal]:
    columns = (InsightOrder.order_id, InsightOrder.number, InsightOrder.template, InsightVisit.node)
    statement = (
        select(*columns, InsightVisit.completed_at, InsightVisit.missing)
        .join(InsightOrder, _of_order())
        .where(
            InsightVisit.organisation_id == actor.organisation_id,
            InsightVisit.person == actor.person_id,
            InsightVisit.missing != "[]",
            *narrowing(session, actor, filters),
        )
    )
    for row in session.execute(statement):
        for each in json.loads(row.missing):
            yield Signal(*row[:5], each["why"], each["what"])


def _repeated(session: Session, actor: Actor, filters: Filters) -> Iterator[Signal]:
    numbers = {
        row.order_id: row.number
        for row in session.execute(
            select(InsightOrder.order_id, InsightOrder.number).where(*narrowing(session, actor, filters))
        )
    }
    for row in which_repeat(session, actor, lambda told: told.c.person == actor.person_id):
        if row.order_id in numbers:
            template, node, field = row.place.split("|", 2)
            what = f"{field} = {row.value}"
            yield Signal(row.order_id, numbers[row.order_id], template, node, row.at, "repeated", what)


def _of_order() -> ColumnElement[bool]:
    return and_(
        InsightVisit.organisation_id == InsightOrder.organisation_id, InsightVisit.order_id == InsightOrder.order_id
    )
