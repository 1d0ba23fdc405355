"""What orders earned: by order, template, fault, product or customer, from the newest revision of every sheet.

A repair with sub-orders counts once. By order and by customer it is the main order with all that is below it, and its
sub-orders are not counted again; by template, product and fault every order counts what it cost itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing.models import CostSheet, CostStand
from mendloop.costing.money import half_even
from mendloop.library.services import list_fault_codes, list_products, list_templates
from mendloop.words import local
from mendloop.work_orders.access import CLOSED

GROUPS = ("order", "template", "fault", "product", "customer")
WHOLE_REPAIRS = frozenset({"order", "customer"})
"""Groups that count a main order with everything below it."""


@dataclass(frozen=True, slots=True)
class Earned:
    """What a closed order cost and earned: by itself, and what its sub-orders add."""

    order_id: str
    number: str
    template: str
    product: str
    customer: str
    faults: list[str]
    cost: int
    revenue: int
    sub_cost: int
    sub_revenue: int
    is_sub: bool


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
        return half_even(Fraction(self.margin * 1000, self.revenue)) if self.revenue else None


def earned(session: Session, actor: Actor) -> list[Earned]:
    """Every closed order that has a sheet, those that were opened last first; cancelled ones only where they cost or
    earned anything."""
    newest = and_(
        CostSheet.organisation_id == CostStand.organisation_id,
        CostSheet.organisation_id == actor.organisation_id,
        CostSheet.order_id == CostStand.order_id,
        CostSheet.revision == CostStand.revision,
    )
    named = (CostSheet.order_id, CostSheet.number, CostSheet.template, CostSheet.product, CostSheet.customer)
    sums = (CostSheet.cost, CostSheet.revenue, CostStand.sub_cost, CostStand.sub_revenue, CostStand.is_sub)
    statement = (
        select(*named, CostSheet.faults, *sums)
        .select_from(CostStand)
        .join(CostSheet, newest)
        .where(CostStand.organisation_id == actor.organisation_id, CostSheet.status.in_(CLOSED))
        .where(or_(CostSheet.status != "cancelled", *(each != 0 for each in sums[:-1])))
        .order_by(CostStand.order_id.desc())
    )
    return [Earned(*row) for row in session.execute(statement)]


def margins(found: Iterable[Earned], group: str, names: dict[str, str]) -> list[Margin]:
    """Those that cost most first. An order with several faults counts under each of them."""
    sums: dict[str, Margin] = {}
    for order in _counted(found, group):
        for key in _keys(order, group):
            had = sums.get(key) or Margin(key, names.get(key, key), 0, 0, 0)
            sums[key] = _added(had, order, group)
    return sorted(sums.values(), key=lambda it: (-it.cost, it.key))


def total(found: Iterable[Earned], group: str) -> Margin:
    """Of all of them, each once."""
    sums = Margin("", "", 0, 0, 0)
    for order in _counted(found, group):
        sums = _added(sums, order, "")
    return sums


def names_of(session: Session, actor: Actor, group: str, language: str) -> dict[str, str]:
    """What the group's keys are called."""
    if group == "product":
        return {product.key: local(product.title, language) for product in list_products(session, actor)}
    if group == "template":
        found = list_templates(session, actor, archived=True)
        return {each.template.key: local(each.version.title, language) for each in found}
    if group == "fault":
        return {code.code: f"{code.code} {local(code.title, language)}" for code in list_fault_codes(session, actor)}
    return {}


def _counted(found: Iterable[Earned], group: str) -> list[Earned]:
    """As the group counts them."""
    if group not in WHOLE_REPAIRS:
        return list(found)
    main = (order for order in found if not order.is_sub)
    return [
        replace(order, cost=order.cost + order.sub_cost, revenue=order.revenue + order.sub_revenue) for order in main
    ]


def _added(had: Margin, order: Earned, group: str) -> Margin:
    order_id = order.order_id if group == "order" else ""
    cost, revenue = had.cost + order.cost, had.revenue + order.revenue
    return replace(had, orders=had.orders + 1, cost=cost, revenue=revenue, order_id=order_id)


def _keys(order: Earned, group: str) -> list[str]:
    if group == "fault":
        return list(order.faults) or [""]
    return [order.number if group == "order" else str(getattr(order, group))]
