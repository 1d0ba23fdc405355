"""What orders earned: by order, template, fault, product or customer, from the newest revision of every sheet."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing.models import CostSheet
from mendloop.costing.revisions import newest_sheets, revise
from mendloop.library.services import list_fault_codes, list_products, list_templates
from mendloop.words import local
from mendloop.work_orders.listing import Filters, find_orders

GROUPS = ("order", "template", "fault", "product", "customer")
CLOSED = ("ended", "cancelled")
AT_ONCE = 100
PAGE = 200


@dataclass(frozen=True, slots=True)
class Margin:
    """Sums over orders that have this in common, in minor units. `key` is the number of the order, the code, …"""

    key: str
    name: str
    orders: int
    cost: int
    revenue: int
    order_id: str = ""
    """Of the one order, where margins are told order by order."""

    @property
    def margin(self) -> int:
        """What is left."""
        return self.revenue - self.cost

    @property
    def permille(self) -> int | None:
        """Thousandths of the revenue that are left; None without any revenue."""
        return self.margin * 1000 // self.revenue if self.revenue else None


def work_out(session: Session, actor: Actor, *, everything: bool = False) -> int:
    """Make sheets of closed orders that have none, or are older than their record; `everything`: look at all again.
    Answers how many are left for the next time."""
    known = {sheet.order_id: sheet for sheet in newest_sheets(session, actor)}
    stale = [
        order_id
        for order_id, revision in _closed(session, actor)
        if everything or order_id not in known or json.loads(known[order_id].inputs)["events"] != revision
    ]
    chosen = stale if everything else stale[:AT_ONCE]
    for order_id in chosen:
        revise(session, actor, order_id)
    return len(stale) - len(chosen)


def margins(session: Session, actor: Actor, group: str, language: str) -> list[Margin]:
    """Of closed orders; those that cost most first. An order with several faults counts under each of them."""
    sums: dict[str, Margin] = {}
    names = _names(session, actor, group, language)
    for sheet in newest_sheets(session, actor):
        for key in _keys(sheet, group) if sheet.status in CLOSED else ():
            had = sums.get(key) or Margin(key, names.get(key, key), 0, 0, 0)
            sums[key] = _added(had, sheet, group)
    return sorted(sums.values(), key=lambda it: (-it.cost, it.key))


def total(found: Iterable[CostSheet]) -> Margin:
    """Of all closed orders, each once."""
    closed = [sheet for sheet in found if sheet.status in CLOSED]
    return Margin("", "", len(closed), sum(it.cost for it in closed), sum(it.revenue for it in closed))


def _added(had: Margin, sheet: CostSheet, group: str) -> Margin:
    order_id = sheet.order_id if group == "order" else ""
    cost, revenue = had.cost + sheet.cost, had.revenue + sheet.revenue
    return replace(had, orders=had.orders + 1, cost=cost, revenue=revenue, order_id=order_id)


def _closed(session: Session, actor: Actor) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for status in CLOSED:
        before = ""
        while True:
            page = find_orders(session, actor, Filters(status=status, before=before, limit=PAGE))
            found += [(order.id, order.revision) for order in page]
            if len(page) < PAGE:
                break
            before = page[-1].id
    return found


def _keys(sheet: CostSheet, group: str) -> list[str]:
    if group == "fault":
        return list(sheet.faults) or [""]
    return [sheet.number if group == "order" else str(getattr(sheet, group))]


def _names(session: Session, actor: Actor, group: str, language: str) -> dict[str, str]:
    if group == "product":
        return {product.key: local(product.title, language) for product in list_products(session, actor)}
    if group == "template":
        found = list_templates(session, actor, archived=True)
        return {each.template.key: local(each.version.title, language) for each in found}
    if group == "fault":
        return {code.code: f"{code.code} {local(code.title, language)}" for code in list_fault_codes(session, actor)}
    return {}
