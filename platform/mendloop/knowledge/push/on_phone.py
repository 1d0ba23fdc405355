"""What a phone keeps of knowledge, so that it can rank and show it without a network."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.changes import newest_change
from mendloop.knowledge.push.known import Known, known_for_products
from mendloop.knowledge.push.models import CaseVote
from mendloop.knowledge.push.naming import names_for, only_named
from mendloop.knowledge.push.votes import own_votes
from mendloop.knowledge.push.wording import Names
from mendloop.work_orders.services import my_orders

MOST = 300
FORMAT = "1"
"""Of what is told; another one is told anew to phones that have the old one."""


@dataclass(frozen=True, slots=True)
class List:
    """What a phone's table hangs on: the products of the orders in somebody's list, and his own votes in them.

    `mark` is another one when the table would be: knowledge changed, the list did, or he voted. Names of codes and
    products that were changed come along with the next of these.
    """

    products: Sequence[str]
    votes: Sequence[CaseVote]
    mark: str


@dataclass(frozen=True, slots=True)
class OnPhone:
    """What a phone keeps: it ranks by itself, and says of each why, without a network."""

    cases: Sequence[Known]
    votes: Sequence[CaseVote]
    names: Names = field(default_factory=Names)


def list_of(session: Session, actor: Actor) -> List:
    """Three short queries: what a phone that asks every minute costs."""
    orders = my_orders(session, actor)
    products = sorted({order.product for order in orders})
    votes = own_votes(session, actor, [order.id for order in orders])
    newest = newest_change(session, actor)
    said = [f"{vote.order_id} {vote.case_id} {vote.helped} {vote.said_at.isoformat()}" for vote in votes]
    text = "\n".join([FORMAT, actor.person_id, f"{newest.number} {newest.id}", *products, *said])
    return List(products, votes, hashlib.sha256(text.encode()).hexdigest()[:32])


def table_for(session: Session, actor: Actor, mine: List) -> OnPhone:
    """Cases, articles and bulletins of these products, and what codes, products and checks in them are called."""
    known = known_for_products(session, actor, mine.products, MOST)
    return OnPhone(known, mine.votes, only_named(names_for(session, actor, "", known), known))
