"""Quotes that a customer has answered and nobody has acted upon."""

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing.answered import answered_quotes
from mendloop.costing.quotes import APPROVED
from mendloop.notices.adapters.orders import OFFICE
from mendloop.notices.sources import AT_ONCE, NOW, SOON, Source, Value, Waiting, register


def accepted(session: Session, actor: Actor) -> list[Waiting]:
    """The customer said yes: the work may go on."""
    return _answered(session, actor, "quote_accepted", is_approved=True)


def refused(session: Session, actor: Actor) -> list[Waiting]:
    """The customer said no: somebody has to say what becomes of the order."""
    return _answered(session, actor, "quote_refused", is_approved=False)


def _answered(session: Session, actor: Actor, kind: str, *, is_approved: bool) -> list[Waiting]:
    return [
        Waiting(
            *(kind, each.quote_id, f"/orders/{each.order_id}/quotes", each.decided_at),
            urgency=NOW if is_approved else SOON,
            values=dict[str, Value](number=each.order_number, customer=each.name),
        )
        for each in answered_quotes(session, actor)
        if (each.decision == APPROVED) == is_approved
    ]


register(Source("quote_accepted", OFFICE, accepted, mail=AT_ONCE))
register(Source("quote_refused", OFFICE, refused, mail=AT_ONCE))
