"""What waits for a storekeeper, and where to go for it: transfers, missing parts, low vans, old parts, differences."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import counts, limits, transfers
from mendloop.inventory.discrepancies import count_open
from mendloop.inventory.locations import QUARANTINE, VAN, kind_of
from mendloop.inventory.models import StockBalance
from mendloop.inventory.models_of_desk import StockTransfer
from mendloop.order_parts.missing import missing_parts
from mendloop.order_parts.old_parts import waiting_old_parts


@dataclass(frozen=True, slots=True)
class Waits:
    """`count` of something wait, the oldest `since` then; `waits.<what>` are its words. `way` is `endpoint`'s."""

    what: str
    count: int
    endpoint: str
    since: dt.datetime | None = None
    way: dict[str, str] = field(default_factory=dict)


def what_waits(session: Session, actor: Actor) -> list[Waits]:
    """Everything of which there is something, in the order in which it is usually done."""
    found = (each for look in _LOOKS for each in look(session, actor))
    return [each for each in found if each.count]


def _asked(session: Session, actor: Actor) -> Iterator[Waits]:
    """What somebody asked for and nobody has sent: one of them is a slip, several are a list."""
    asked = transfers.list_transfers(session, actor, transfers.ASKED)
    yield _of_transfers("to_send", asked, [each.asked_at for each in asked])


def _sent(session: Session, actor: Actor) -> Iterator[Waits]:
    """What is on its way to us; a van takes in its own."""
    sent = [each for each in transfers.list_transfers(session, actor, transfers.SENT) if kind_of(each.target) != VAN]
    yield _of_transfers("to_take_in", sent, [each.sent_at or each.asked_at for each in sent])


def _of_transfers(what: str, found: list[StockTransfer], moments: list[dt.datetime]) -> Waits:
    if len(found) == 1:
        return Waits(what, 1, "inventory.show_transfer", moments[0], {"transfer_id": found[0].id})
    return Waits(what, len(found), "inventory.list_transfers", min(moments, default=None))


def _missing(session: Session, actor: Actor) -> Iterator[Waits]:
    orders = {short.order_id for short in missing_parts(session, actor)}
    yield Waits("orders_missing", len(orders), "order_parts.show_missing")


def _old(session: Session, actor: Actor) -> Iterator[Waits]:
    old = waiting_old_parts(session, actor)
    yield Waits("old_parts", len(old), "order_parts.show_old", min((each.taken_at for each in old), default=None))
    lies = select(func.count()).where(
        StockBalance.organisation_id == actor.organisation_id,
        StockBalance.location == QUARANTINE,
        StockBalance.milli > 0,
    )
    many = session.execute(lies.select_from(StockBalance)).scalar_one()
    yield Waits("quarantine", many, "inventory.show_act", way={"act": "decide", "source": QUARANTINE})


def _low(session: Session, actor: Actor) -> Iterator[Waits]:
    low = {need.place for need in limits.needs_of(session, actor) if need.is_low}
    yield Waits("low_vans", len(low), "inventory.list_vans")


def _counts(session: Session, actor: Actor) -> Iterator[Waits]:
    begun = [count for count in counts.list_counts(session, actor) if count.state == counts.OPEN]
    since = min((count.opened_at for count in begun), default=None)
    yield Waits("open_counts", len(begun), "inventory.list_counts", since)


def _discrepancies(session: Session, actor: Actor) -> Iterator[Waits]:
    yield Waits("discrepancies", count_open(session, actor), "inventory.list_discrepancies")


_LOOKS: tuple[Callable[[Session, Actor], Iterator[Waits]], ...] = (
    *(_asked, _sent, _missing, _low, _old, _discrepancies, _counts),
)
