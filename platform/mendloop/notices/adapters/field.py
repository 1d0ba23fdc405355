"""What came from phones and could not be applied, or waits for what has not come."""

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.notices.adapters.naming import numbers_of
from mendloop.notices.adapters.orders import OFFICE
from mendloop.notices.sources import AT_ONCE, NOW, SOON, Source, Waiting, register
from mendloop.sync.held import count_held, list_held
from mendloop.sync.parked import unsettled_since


def parked(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each order; what names no order that is here stands under what it names."""
    found = unsettled_since(session, actor)
    numbers = numbers_of(session, actor, found)
    return [
        Waiting(
            *("parked", order_id, f"/orders/{order_id}#parked" if order_id in numbers else "/orders/parked", since),
            urgency=NOW,
            values={"number": numbers.get(order_id, "–")},
            count=count,
        )
        for order_id, (count, since) in found.items()
    ]


def held(session: Session, actor: Actor) -> list[Waiting]:
    """One line for all of it."""
    count = count_held(session, actor)
    if not count:
        return []
    since = list_held(session, actor)[0].command.received_at
    return [Waiting("held", "all", "/orders/parked?show=held", since, SOON, count=count)]


register(Source("parked", OFFICE, parked, mail=AT_ONCE))
register(Source("held", OFFICE, held))
