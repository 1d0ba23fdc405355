"""What happens and changes what an order cost: the order is looked at before that transaction ends.

Whoever writes such a thing calls one of these, inside its write transaction. An order that is still open is looked at
when somebody wants to see its costs; one that is over has the right sheet at any time.
"""

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing.keeping import look_at_some, pass_over
from mendloop.costing.models import CostFact
from mendloop.costing.revisions import revise
from mendloop.database import before_commit
from mendloop.work_orders.access import is_over


def order_closed(session: Session, actor: Actor, order_id: str) -> None:
    """The order is over: now it has costs that margins count."""
    before_commit(session, ("costs", order_id), lambda: revise(session, actor, order_id))


def parts_moved(session: Session, actor: Actor, order_id: str) -> None:
    """Something about the order was booked in stock. Call it before parts are locked: it locks the order."""
    if is_over(session, actor, order_id):
        order_closed(session, actor, order_id)


def fact_said(session: Session, actor: Actor, fact: CostFact) -> None:
    """Somebody said something about costs: of one order, or of all. Orders that are over keep what held when they
    ended, unless a reason says that they are meant, too."""
    if fact.order_id is not None:
        order_closed(session, actor, fact.order_id)
    elif fact.why:
        said = (fact.sequence, actor)
        before_commit(session, "costs of all orders", lambda: _look_at_all(session, *said))


def _look_at_all(session: Session, first: int, actor: Actor) -> None:
    """What was said from that number on concerns few orders as a rule: the others are passed over at once."""
    pass_over(session, actor, first)
    look_at_some(session, actor)
