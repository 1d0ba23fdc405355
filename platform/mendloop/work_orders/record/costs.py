"""What an order cost, for those who may see it; for the customer, what they agreed to pay."""

import json
from typing import Any

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing import quotes
from mendloop.costing import services as costing
from mendloop.costing.money import write_amount
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.record.copies import Copy
from mendloop.work_orders.record.sections import Cost, Fact
from mendloop.work_orders.record.speech import Speech

KINDS = ("labour", "part", "extra", "overhead")
TOTALS = ("cost", "customer", "manufacturer", "us", "revenue")


def cost_of(session: Session, actor: Actor, order: WorkOrder, speech: Speech, copy: Copy) -> Cost | None:
    """The newest cost sheet, or the quote that the customer accepted; None where there is none to be seen."""
    if not copy.has_costs:
        return None
    return (_quoted if copy.is_customers else _sheet)(session, actor, order, speech)


def _sheet(session: Session, actor: Actor, order: WorkOrder, speech: Speech) -> Cost | None:
    sheet = next(iter(costing.revisions(session, actor, order.id, 1)), None)
    if sheet is None:
        return None
    document: dict[str, Any] = json.loads(sheet.document)
    totals = document["totals"]
    kinds = [(f"cost.kind.{kind}", totals[f"cost_{kind}"]) for kind in KINDS]
    sums = [(f"cost.total.{name}", totals[name]) for name in TOTALS]
    shown = [(key, amount) for key, amount in (*kinds, *sums) if amount or key == "cost.total.cost"]
    at = speech.instant(sheet.made_at.isoformat())
    return Cost(
        speech.say("record.cost"),
        tuple(Fact(speech.say(key), _money(amount, document)) for key, amount in shown),
        Fact(speech.say("cost.total.margin"), _money(totals["margin"], document)),
        speech.say("record.cost_as_of", revision=sheet.revision, at=at),
    )


def _quoted(session: Session, actor: Actor, order: WorkOrder, speech: Speech) -> Cost | None:
    found = quotes.quotes_of(session, actor, order.id)
    quote = next((each for each in found if each.state == quotes.APPROVED), None)
    if quote is None or quote.decision is None:
        return None
    totals = quote.document["totals"]
    rows = [(name, totals[name]) for name in ("net", "tax") if totals.get(name)]
    at = speech.instant(quote.decision.decided_at.isoformat())
    return Cost(
        speech.say("record.quoted"),
        tuple(Fact(speech.say(f"record.quoted_{name}"), _money(amount, quote.document)) for name, amount in rows),
        Fact(speech.say("quote.total"), _money(totals["total"], quote.document)),
        speech.say("record.quote_accepted", number=quote.row.number, name=quote.decision.name, at=at),
    )


def _money(minor: int, document: dict[str, Any]) -> str:
    return f"{write_amount(minor, document['exponent'])} {document['currency']}"
