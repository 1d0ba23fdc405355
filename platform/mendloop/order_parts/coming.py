"""What was asked for of the parts that orders miss, as far as it is still to come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.locations import SUPPLIER
from mendloop.inventory.on_the_way import ASKED, SENT, StockTransfer, asked_parts, transfers_by_id
from mendloop.order_parts.models import OrderPartRequest

TO_BUY, ORDERED = "to_buy", "ordered"


@dataclass(frozen=True, slots=True)
class Coming:
    """`milli` of what was asked for is still to come: from `source`, a place of ours or the supplier.

    `state` is asked or sent for a transfer, to_buy or ordered for a purchase. `number` is the part that comes, which
    may be one that stands in; `target` is where a transfer goes.
    """

    request: OrderPartRequest
    source: str
    milli: int
    state: str
    number: str
    target: str = ""


def coming_for(
    session: Session, actor: Actor, missing: Mapping[tuple[str, str], int]
) -> dict[tuple[str, str], list[Coming]]:
    """By order and number, as much as is missing of what was asked for: transfers first, then purchases."""
    requests = _requests(session, actor, {order_id for order_id, _ in missing})
    transfers = transfers_by_id(session, actor, [each.transfer_id for each in requests if each.transfer_id])
    numbers = {id_: part.number for id_, (part, _) in asked_parts(session, actor, transfers).items()}
    found: dict[tuple[str, str], list[OrderPartRequest]] = {key: [] for key in missing}
    for each in requests:
        found.get((each.order_id, each.number), []).append(each)
    return {key: list(_still_to_come(found[key], transfers, numbers, milli)) for key, milli in missing.items()}


def requests_of(session: Session, actor: Actor, order_id: str) -> list[OrderPartRequest]:
    """All that was ever asked for an order."""
    return _requests(session, actor, {order_id})


def asked_anew(session: Session, actor: Actor, transfer_id: str) -> StockTransfer | None:
    """The transfer that was asked for next, for the same order and part: after this one was closed."""
    request = OrderPartRequest
    mine = (request.organisation_id == actor.organisation_id,)
    this = session.execute(select(request).where(*mine, request.transfer_id == transfer_id)).scalar_one_or_none()
    if this is None:
        return None
    same = (request.order_id == this.order_id, request.number == this.number, request.id > this.id)
    later = select(request.transfer_id).where(*mine, *same, request.transfer_id.is_not(None)).order_by(request.id)
    found = session.execute(later.limit(1)).scalar()
    return transfers_by_id(session, actor, [found]).get(found) if found else None


def _requests(session: Session, actor: Actor, order_ids: set[str]) -> list[OrderPartRequest]:
    request = OrderPartRequest
    statement = (
        select(request)
        .where(request.organisation_id == actor.organisation_id, request.order_id.in_(sorted(order_ids)))
        .order_by(request.id)
    )
    return list(session.execute(statement).scalars())


def _still_to_come(
    requests: Sequence[OrderPartRequest],
    transfers: Mapping[str, StockTransfer],
    numbers: Mapping[str, str],
    missing: int,
) -> Iterator[Coming]:
    """Of purchases the latest matter: what was asked for first has come first."""
    for each in requests:
        transfer = transfers.get(each.transfer_id or "")
        if transfer is not None and transfer.state in (ASKED, SENT) and missing > 0:
            number = numbers.get(transfer.id, each.number)
            yield Coming(each, transfer.source, min(each.milli, missing), transfer.state, number, transfer.target)
            missing -= each.milli
    for each in reversed(requests):
        if each.transfer_id is None and missing > 0:
            state = ORDERED if each.ordered_at else TO_BUY
            yield Coming(each, SUPPLIER, min(each.milli, missing), state, each.number)
            missing -= each.milli
