"""Explanations that wait for a supervisor's word: of which orders, and how many."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.order_parts.models import PROPOSED, PartExplanation


def proposed_by_order(session: Session, actor: Actor) -> dict[str, int]:
    """How many wait, by the id of their order; those without any are left out."""
    statement = (
        select(PartExplanation.order_id, func.count())
        .where(PartExplanation.organisation_id == actor.organisation_id, PartExplanation.state == PROPOSED)
        .group_by(PartExplanation.order_id)
    )
    return {str(row[0]): int(row[1]) for row in session.execute(statement)}


def count_proposed(session: Session, actor: Actor) -> int:
    """How many wait in all."""
    return sum(proposed_by_order(session, actor).values())
