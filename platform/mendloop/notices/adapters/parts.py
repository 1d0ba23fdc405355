"""Parts of orders: what they lack, and what was said about parts that are neither built in nor back."""

from itertools import groupby

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.notices.adapters.naming import numbers_of
from mendloop.notices.sources import Source, Waiting, register
from mendloop.order_parts.missing import lacking_by_order
from mendloop.order_parts.roles import DECIDERS, DESKS
from mendloop.order_parts.services import waiting_explanations


def explanations(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each order, with those that the actor may decide: nobody decides on what he said himself."""
    found = [each for each in waiting_explanations(session, actor) if each.proposed_by != actor.person_id]
    numbers = numbers_of(session, actor, {each.order_id for each in found})
    by_order = groupby(sorted(found, key=lambda each: (each.order_id, each.proposed_at)), lambda each: each.order_id)
    lines = [(order_id, list(said)) for order_id, said in by_order]
    return [
        Waiting(
            *("explanation", order_id, f"/orders/{order_id}/parts", said[0].proposed_at),
            values={"number": numbers.get(order_id, "–")},
            count=len(said),
        )
        for order_id, said in lines
    ]


def missing(session: Session, actor: Actor) -> list[Waiting]:
    """One line for all open orders that lack parts: they are brought or bought together."""
    count = len(lacking_by_order(session, actor))
    return [Waiting("parts_missing", "all", "/missing-parts", None, count=count)] if count else []


register(Source("explanation", frozenset(DECIDERS), explanations, personal=True))
register(Source("parts_missing", frozenset(DESKS), missing))
