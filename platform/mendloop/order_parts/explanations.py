"""What people say about issued parts that are neither built in nor back."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.order_parts.models import PROPOSED, WITHDRAWN, PartExplanation


def explanations_of(session: Session, actor: Actor, order_id: str) -> list[PartExplanation]:
    """All of an order's, in the order in which they were made."""
    statement = (
        select(PartExplanation)
        .where(PartExplanation.organisation_id == actor.organisation_id, PartExplanation.order_id == order_id)
        .order_by(PartExplanation.proposed_at, PartExplanation.id)
    )
    return list(session.execute(statement).scalars())


def waiting_explanations(session: Session, actor: Actor) -> list[PartExplanation]:
    """Those of all orders that nobody has decided, the oldest first."""
    statement = (
        select(PartExplanation)
        .where(PartExplanation.organisation_id == actor.organisation_id, PartExplanation.state == PROPOSED)
        .order_by(PartExplanation.proposed_at, PartExplanation.id)
    )
    return list(session.execute(statement).scalars())


def proposed_by_part(explanations: Iterable[PartExplanation]) -> dict[str, int]:
    """How much of each part waits for a word."""
    found: dict[str, int] = {}
    for each in explanations:
        if each.state == PROPOSED:
            found[each.part_id] = found.get(each.part_id, 0) + each.milli
    return found


def withdraw_what_is_settled(session: Session, actor: Actor, order_id: str) -> None:
    """What has been built in or given back after all needs no word: the latest ones fall away first."""
    waiting = [each for each in explanations_of(session, actor, order_id) if each.state == PROPOSED]
    if not waiting:
        return
    left = {each.part.id: each.open for each in inventory.order_parts(session, actor, order_id)}
    too_much = {part: milli - left.get(part, 0) for part, milli in proposed_by_part(waiting).items()}
    for each in reversed(waiting):
        if too_much[each.part_id] > 0:
            too_much[each.part_id] -= each.milli
            each.state = WITHDRAWN
    session.flush()
