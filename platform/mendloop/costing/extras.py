"""What else an order cost, and what was agreed with its customer: said by people, with a reason, never changed."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing import facts
from mendloop.costing.facts import say, standing
from mendloop.costing.models import CostFact
from mendloop.costing.reading import Reader
from mendloop.costing.register import book_of
from mendloop.database import new_id
from mendloop.problems import Missing
from mendloop.work_orders.access import access_work_order

EXTRA_KINDS = ("freight", "subcontractor", "refrigerant", "consumables", "disposal", "travel_expense", "other")


@dataclass(frozen=True, slots=True)
class ExtraDetails:
    """Another cost of an order as somebody wrote it. Without a price it is charged at cost plus markup."""

    kind: str
    name: str
    amount: str
    day: str
    why: str
    price: str = ""


def add_extra(session: Session, actor: Actor, order_id: str, details: ExtraDetails) -> CostFact:
    """The order cost this, too; also long after it was closed."""
    access_work_order(session, actor, order_id)
    reader = Reader(book_of(session, actor).settings.exponent)
    day = reader.day("day", details.day)
    data = {
        "kind": reader.one_of("kind", details.kind, EXTRA_KINDS),
        "name": reader.text("name", details.name, required=True),
        "amount": reader.needed_amount("amount", details.amount),
        "price": reader.amount("price", details.price) if details.price.strip() else None,
        "day": day.isoformat() if day else "",
    }
    why = reader.text("why", details.why, required=True, longest=1000)
    reader.finish()
    return say(session, actor, facts.EXTRA, new_id(), data, order_id=order_id, why=why)


def take_back_extra(session: Session, actor: Actor, order_id: str, key: str, why: str) -> None:
    """The order did not cost this after all."""
    access_work_order(session, actor, order_id)
    if all((fact.kind, fact.key) != (facts.EXTRA, key) for fact in standing(session, actor, order_id)):
        raise Missing
    reader = Reader()
    reason = reader.text("why", why, required=True, longest=1000)
    reader.finish()
    say(session, actor, facts.EXTRA, key, None, order_id=order_id, why=reason)


def agree_discount(session: Session, actor: Actor, order_id: str, percent: str, fixed: str, why: str) -> None:
    """What the customer of this order pays less: a percentage and an amount."""
    access_work_order(session, actor, order_id)
    reader = Reader(book_of(session, actor).settings.exponent)
    data = {
        "points": reader.percent("discount_percent", percent, 10_000),
        "fixed": reader.amount("discount_fixed", fixed),
    }
    reason = reader.text("discount_why", why, required=True, longest=1000)
    reader.finish()
    say(session, actor, facts.TERMS, "discount", data, order_id=order_id, why=reason)
