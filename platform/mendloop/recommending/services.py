"""What other features may ask: count a repair that has ended."""

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.recommending.repairs import Repair, Tally, parts_used, steps_with_parts
from mendloop.recommending.rows import add_counts

__all__ = ["Repair", "count_repair", "parts_used", "steps_with_parts"]


def count_repair(session: Session, actor: Actor, repair: Repair) -> None:
    """Learn from a repair, once, in the transaction in which its order ended."""
    tally = Tally()
    tally.add(repair)
    add_counts(session, actor.organisation_id, tally)
