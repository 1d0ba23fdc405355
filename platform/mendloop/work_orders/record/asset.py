"""The thing that was repaired, as the record tells it."""

from collections.abc import Iterator

from mendloop_engine.plan import Plan

from mendloop.work_orders.cards import Cards
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.record.past import Past
from mendloop.work_orders.record.sections import AssetPart, EarlierOrder, Fact
from mendloop.work_orders.record.speech import Speech

SHOWN = 10
"""Earlier orders that are named."""


def asset_part(cards: Cards, past: Past, speech: Speech) -> AssetPart | None:
    """The asset with its earlier orders; None where the order names no asset that is kept."""
    if past.asset is None:
        return None
    named = past.orders[:SHOWN]
    earlier = tuple(_earlier(each, cards.plan(each), speech) for each in named)
    return AssetPart(past.asset.id, tuple(_facts(past, speech)), earlier, len(past.orders) - len(named))


def _facts(past: Past, speech: Speech) -> Iterator[Fact]:
    asset = past.asset
    lines = {
        "serial": asset.serial,
        "tag": asset.tag,
        "site": asset.site,
        "commissioned": asset.commissioned.isoformat() if asset.commissioned else "",
        "repairs": speech.say("record.asset.earlier", count=len(past.orders)) if past.orders else "",
    }
    return (Fact(speech.say(f"record.asset.{name}"), text) for name, text in lines.items() if text)


def _earlier(order: WorkOrder, plan: Plan, speech: Speech) -> EarlierOrder:
    return EarlierOrder(
        id=order.id,
        number=order.number,
        title=speech.local(plan.title),
        day=speech.instant(order.created_at.isoformat())[:10],
        status=speech.say(f"order.status.{order.status}"),
        outcome=outcome_of(order, plan, speech),
    )


def outcome_of(order: WorkOrder, plan: Plan, speech: Speech) -> str:
    """How the order ended, in its template's words."""
    ends = (node for node in plan.nodes.values() if node.kind == "end" and node.outcome == order.outcome)
    end = next(ends, None)
    return speech.local(end.title) if end is not None else ""
