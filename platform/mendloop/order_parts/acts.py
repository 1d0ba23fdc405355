"""One way into changing an order's parts: the order is locked and open, and the same key asks for one act only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, TypeVar

from mendloop_engine.canonical import canonical_text
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.inventory import services as inventory
from mendloop.inventory.counted import whole_faults
from mendloop.inventory.services import Part
from mendloop.order_parts.models import OrderPartAct
from mendloop.problems import Conflict, Problem, Refusal
from mendloop.work_orders.access import WorkOrder, lock_work_order

MOST_MILLI = 10**12
LONGEST_KEY = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """So much of a part, or the one with this serial number; `milli` None: all of it that is there to be meant."""

    number: str
    milli: int | None = None
    serial: str | None = None


Some = TypeVar("Some", bound=Asked)


def open_order(session: Session, actor: Actor, order_id: str) -> WorkOrder:
    """The order, locked until this transaction ends; refused once it is over."""
    order = lock_work_order(session, actor, order_id)
    if order.status != "open":
        raise Conflict(Problem("order_parts.order_over"))
    return order


def begin_act(session: Session, actor: Actor, order_id: str, key: str, *said: Any) -> WorkOrder | None:
    """The order, locked until this transaction ends, for what is asked for under this key.

    None where this very act was done before: an answer that got lost is asked for once more, though the order may be
    over by now. Refused otherwise once it is over.
    """
    lock_work_order(session, actor, order_id)
    return open_order(session, actor, order_id) if _is_new_act(session, actor, key, *said) else None


def _is_new_act(session: Session, actor: Actor, key: str, *said: Any) -> bool:
    """False when this very act was done before; refused when something else was, under the same key."""
    if not key or len(key) > LONGEST_KEY:
        raise Refusal(Problem("order_parts.key_wrong", at="/key", params={"limit": LONGEST_KEY}))
    digest = sha256(canonical_text(list(said)).encode()).hexdigest()
    known = session.get(OrderPartAct, (actor.organisation_id, key))
    if known is not None and known.digest != digest:
        raise Conflict(Problem("stock.key_taken", params={"key": key}))
    if known is None:
        session.add(OrderPartAct(organisation_id=actor.organisation_id, key=key, digest=digest, at=utc_now()))
        session.flush()
    return known is None


def known_parts(session: Session, actor: Actor, asked: Sequence[Asked]) -> dict[str, Part]:
    """The parts that are asked for, by number; all that are unknown are told at once."""
    if not asked:
        raise Refusal(Problem("order_parts.nothing_asked", at="/lines"))
    parts = inventory.parts_by_number(session, actor, [each.number for each in asked])
    problems = [problem for place, each in enumerate(asked) for problem in _faults(parts, place, each)]
    if problems:
        raise Refusal(problems)
    return parts


def as_known(session: Session, actor: Actor, asked: Sequence[Some]) -> list[Some]:
    """The same by the numbers and serial numbers as stock spells them, whatever letters they were written in."""
    parts = inventory.parts_by_number(session, actor, [each.number for each in asked])
    return [_as_known(session, actor, each, parts[each.number]) if each.number in parts else each for each in asked]


def _as_known(session: Session, actor: Actor, each: Some, part: Part) -> Some:
    serial = inventory.spelled_serial(session, actor, part.id, each.serial) if each.serial else each.serial
    return replace(each, number=part.number, serial=serial)


def _faults(parts: dict[str, Part], place: int, each: Asked) -> list[Problem]:
    if each.number not in parts:
        return [Problem("part.unknown", at=f"/lines/{place}/number", params={"part": each.number})]
    if each.milli is not None and not 0 < each.milli <= MOST_MILLI:
        return [Problem("stock.quantity_not_positive", at=f"/lines/{place}/quantity")]
    return whole_faults(parts[each.number], each.milli or 0, f"/lines/{place}/quantity")


def said(asked: Sequence[Asked]) -> list[list[Any]]:
    """What was asked for, as it is compared when the same key comes again."""
    return [[each.number, each.milli, each.serial] for each in asked]
