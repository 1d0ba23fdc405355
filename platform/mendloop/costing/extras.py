"""What else an order cost, and what was agreed with its customer: said by people, with a reason, never changed."""

import datetime as dt

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation, zone_of
from mendloop.clock import utc_now
from mendloop.costing import facts
from mendloop.costing.book import book_of
from mendloop.costing.details import ExtraDetails
from mendloop.costing.facts import standing
from mendloop.costing.models import CostFact
from mendloop.costing.reading import Reader
from mendloop.costing.saying import say, say_once
from mendloop.problems import Missing
from mendloop.work_orders.access import access_work_order

LONGEST_REASON = 1000
DISCOUNT = "discount"


def add_extra(session: Session, actor: Actor, order_id: str, details: ExtraDetails, key: str = "") -> CostFact:
    """The order cost this, too; also long after it was closed. The same `key` again is the same cost."""
    access_work_order(session, actor, order_id)
    reader = Reader(book_of(session, actor).settings.exponent)
    data = details.read(reader)
    _not_ahead(session, actor, reader, data["day"])
    why = _reason(reader, "why", details.why)
    reader.finish()
    return say_once(session, actor, facts.EXTRA, key, data, order_id=order_id, why=why)


def take_back_extra(session: Session, actor: Actor, order_id: str, key: str, why: str) -> None:
    """The order did not cost this after all."""
    access_work_order(session, actor, order_id)
    if all((fact.kind, fact.key) != (facts.EXTRA, key) for fact in standing(session, actor, order_id)):
        raise Missing
    reader = Reader()
    reason = _reason(reader, "why", why)
    reader.finish()
    say(session, actor, facts.EXTRA, key, None, order_id=order_id, why=reason)


def was_extra(session: Session, actor: Actor, order_id: str, key: str) -> bool:
    """Whether it ever was another cost of the order, and may be taken back by now."""
    return any((fact.kind, fact.key) == (facts.EXTRA, key) for fact in facts.said(session, actor, order_id))


def agree_discount(session: Session, actor: Actor, order_id: str, percent: str, fixed: str, why: str) -> None:
    """What the customer of this order pays less: a percentage and an amount."""
    access_work_order(session, actor, order_id)
    reader = Reader(book_of(session, actor).settings.exponent)
    data = {
        "points": reader.percent("discount_percent", percent, 10_000),
        "fixed": reader.amount("discount_fixed", fixed),
    }
    reason = _reason(reader, "discount_why", why)
    reader.finish()
    agreed = [fact for fact in standing(session, actor, order_id) if fact.kind == facts.TERMS]
    if [(fact.data, fact.said.why) for fact in agreed] != [(data, reason)]:
        say(session, actor, facts.TERMS, DISCOUNT, data, order_id=order_id, why=reason)


def _not_ahead(session: Session, actor: Actor, reader: Reader, day: str) -> None:
    """What has not been spent yet is no cost. Tomorrow may be today where it was spent."""
    latest = utc_now().astimezone(zone_of(access_organisation(session, actor))).date() + dt.timedelta(days=1)
    if day > latest.isoformat():
        reader.wrong("cost.day_ahead", "day", latest=latest.isoformat())


def _reason(reader: Reader, at: str, text: str) -> str:
    return reader.text(at, text, required=True, longest=LONGEST_REASON)
