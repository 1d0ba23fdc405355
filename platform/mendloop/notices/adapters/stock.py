"""Stock: differences to judge, counts that were begun, transfers to send and to take in, places below their minimum."""

import datetime as dt
from collections import Counter
from collections.abc import Callable

from sqlalchemy.orm import Session

from mendloop.accounts.actor import ENGINEER, Actor
from mendloop.inventory import counts, limits, transfers
from mendloop.inventory.discrepancies import is_own, open_discrepancies
from mendloop.inventory.locations import VAN, kind_of, owner_of
from mendloop.inventory.on_the_way import StockTransfer
from mendloop.inventory.roles import JUDGES, KEEPERS
from mendloop.notices.adapters.naming import place_names
from mendloop.notices.sources import CALM, Source, Waiting, register


def discrepancies(session: Session, actor: Actor) -> list[Waiting]:
    """Those that the actor may judge: nobody judges what is his own."""
    return [
        Waiting(
            *("discrepancy", task.id, f"/stock/discrepancies/{task.id}", task.raised_at),
            values={"part": part.number, "name": part.name},
        )
        for task, part in open_discrepancies(session, actor)
        if not is_own(session, actor, task)
    ]


def open_counts(session: Session, actor: Actor) -> list[Waiting]:
    """Begun and not booked."""
    names = place_names(session, actor)
    return [
        Waiting(
            *("count_open", count.id, f"/stock/counts/{count.id}", count.opened_at, CALM),
            values={"place": names.name(count.place)},
        )
        for count in counts.list_counts(session, actor)
        if count.state == counts.OPEN
    ]


def to_send(session: Session, actor: Actor) -> list[Waiting]:
    """Asked for from a store and not sent; what is asked for from a van is the business of whoever has it."""
    return _transfers(session, actor, "transfer_to_send", transfers.ASKED, lambda each: not _van(each.source))


def to_take_in(session: Session, actor: Actor) -> list[Waiting]:
    """On the way to a store."""
    return _transfers(session, actor, "transfer_to_take_in", transfers.SENT, lambda each: not _van(each.target))


def van_to_send(session: Session, actor: Actor) -> list[Waiting]:
    """Somebody asks for what lies in a van: its engineer sends it."""
    return _transfers(session, actor, "van_to_send", transfers.ASKED, lambda each: _van(each.source))


def van_to_take_in(session: Session, actor: Actor) -> list[Waiting]:
    """On the way to a van: its engineer takes it in."""
    return _transfers(session, actor, "van_to_take_in", transfers.SENT, lambda each: _van(each.target))


def low(session: Session, actor: Actor) -> list[Waiting]:
    """Places that hold less than they should, with what is asked for or on its way; nobody knows since when."""
    needs = Counter(need.place for need in limits.needs_of(session, actor) if need.is_low and need.short > need.asked)
    names = place_names(session, actor)
    return [
        Waiting("stock_low", place, "/stock/vans", None, CALM, {"place": names.name(place)}, count)
        for place, count in sorted(needs.items())
    ]


def _transfers(
    session: Session, actor: Actor, kind: str, state: str, which: Callable[[StockTransfer], bool | str | None]
) -> list[Waiting]:
    names = place_names(session, actor)
    return [
        Waiting(
            *(kind, each.id, f"/stock/transfers/{each.id}", _since(each)),
            values={"source": names.name(each.source), "target": names.name(each.target)},
            person=_van(each.source if state == transfers.ASKED else each.target),
        )
        for each in transfers.list_transfers(session, actor, state)
        if which(each)
    ]


def _since(transfer: StockTransfer) -> dt.datetime:
    return transfer.sent_at or transfer.asked_at


def _van(place: str) -> str | None:
    """Whose van it is, if it is one."""
    return owner_of(place) if kind_of(place) == VAN else None


for _source in (
    Source("discrepancy", frozenset(JUDGES), discrepancies, personal=True),
    Source("transfer_to_send", frozenset(KEEPERS), to_send),
    Source("transfer_to_take_in", frozenset(KEEPERS), to_take_in),
    Source("van_to_send", frozenset({ENGINEER}), van_to_send),
    Source("van_to_take_in", frozenset({ENGINEER}), van_to_take_in),
    Source("stock_low", frozenset(KEEPERS), low),
    Source("count_open", frozenset(KEEPERS), open_counts),
):
    register(_source)
