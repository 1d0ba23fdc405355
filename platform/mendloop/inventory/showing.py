"""How pages of stock name places, people and orders; what they know is asked for once a request."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import g
from sqlalchemy.orm import Session

from mendloop.accounts.actor import OWNER, STOREKEEPER, SUPERVISOR, VIEWER, Actor
from mendloop.accounts.services import names_of_people
from mendloop.edge.context import actor_or_none, current_actor, current_language, current_session
from mendloop.inventory.amounts import digits_of, quantity_of, write_amount
from mendloop.inventory.blueprint import CARRIERS, JUDGES, KEEPERS, READERS, blueprint
from mendloop.inventory.discrepancies import count_open
from mendloop.inventory.locations import ORDER, PERSON, REMOVED, VAN, kind_of, owner_of
from mendloop.pages.navigation import WAITING, Waiting
from mendloop.pages.render import t, unit_name
from mendloop.words import catalogue
from mendloop.work_orders import services as work_orders

SEE_WORTH = frozenset({OWNER, SUPERVISOR, STOREKEEPER, VIEWER})


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of stock: its words, its endpoint, and who may see it."""

    key: str
    endpoint: str
    roles: frozenset[str]


TABS: list[Tab] = [
    Tab("stock.tab.parts", "inventory.list_stock", frozenset(READERS)),
    Tab("stock.tab.desk", "inventory.show_desk", frozenset(KEEPERS)),
    Tab("stock.tab.transfers", "inventory.list_transfers", frozenset(KEEPERS)),
    Tab("order_parts.missing_title", "order_parts.show_missing", SEE_WORTH),
    Tab("order_parts.old", "order_parts.show_old", SEE_WORTH),
    Tab("recommending.title", "recommending.show_recommendations", SEE_WORTH),
    Tab("stock.tab.vans", "inventory.list_vans", frozenset(KEEPERS)),
    Tab("stock.tab.counts", "inventory.list_counts", frozenset(KEEPERS)),
    Tab("stock.tab.movements", "inventory.list_movements", SEE_WORTH),
    Tab("stock.tab.exchange", "inventory.show_exchange", SEE_WORTH),
    Tab("stock.tab.discrepancies", "inventory.list_discrepancies", frozenset(KEEPERS)),
]
WAITING["nav.stock"] = Waiting("discrepancy.open", frozenset(KEEPERS), count_open)


@dataclass(slots=True)
class Names:
    """What things are called, for one reader."""

    session: Session
    actor: Actor
    _people: dict[str, str] | None = None
    _orders: dict[str, str] = field(default_factory=dict)

    @property
    def people(self) -> dict[str, str]:
        if self._people is None:
            self._people = names_of_people(self.session, self.actor)
        return self._people

    def person(self, person_id: str | None) -> str:
        return self.people.get(person_id or "", "") or "–"

    def know_orders(self, order_ids: Iterable[str | None]) -> None:
        """Look up the numbers of these orders at once, before they are shown one by one."""
        wanted = {order_id for order_id in order_ids if order_id} - set(self._orders)
        if wanted:
            found = work_orders.orders_by_id(self.session, self.actor, wanted)
            self._orders |= {each: found[each].number if each in found else each for each in wanted}

    def order(self, order_id: str | None) -> str:
        """The order's number; its id where there is none by that id."""
        if order_id is None:
            return ""
        self.know_orders([order_id])
        return self._orders[order_id]

    def place(self, key: str | None) -> str:
        """A place as people call it: Van Ada, Work order 2026-0012, Warehouse north."""
        if not key:
            return "–"
        kind, owner = kind_of(key), owner_of(key)
        said = t(f"location.{kind}")
        if owner is None or kind == "transit":
            return said
        if kind in (VAN, PERSON, REMOVED):
            return f"{said} {self.person(owner)}"
        return f"{said} {self.order(owner)}" if kind == ORDER else f"{said} {owner}"


def names() -> Names:
    """Of this request's reader."""
    if "stock_names" not in g:
        g.stock_names = Names(current_session(), current_actor())
    found: Names = g.stock_names
    return found


def sees_worth() -> bool:
    """What stock cost is not everybody's business."""
    return current_actor().has_any(SEE_WORTH)


def show_money(minor: int) -> str:
    """An amount in the organisation's currency."""
    return write_amount(minor, digits_of(current_session(), current_actor()))


def show_action(action: str) -> str:
    """What was done, in words; what we have no word for as it is."""
    return catalogue(current_language()).get(f"stock_action.{action}", action)


def show_reason(reason: str | None) -> str:
    """Why: in our words where it is one of our reasons, else as it was written."""
    return catalogue(current_language()).get(f"stock_reason.{reason}", reason) if reason else ""


@blueprint.context_processor
def _context() -> dict[str, object]:
    actor = actor_or_none()
    if actor is None:
        return {}  # somebody who is not signed in is only told so
    return {
        "stock_tabs": [tab for tab in TABS if actor.has_any(tab.roles)],
        "names": names(),
        "quantity": quantity_of,
        "money": show_money,
        "unit_name": unit_name,
        "action_name": show_action,
        "reason_name": show_reason,
        "sees_worth": sees_worth(),
        "keeps_stock": actor.has_any(frozenset(KEEPERS)),
        "judges_stock": actor.has_any(frozenset(JUDGES)),
    }


__all__ = ["CARRIERS", "JUDGES", "KEEPERS", "READERS", "TABS", "Tab", "names", "sees_worth"]
