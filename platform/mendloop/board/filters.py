"""What a watcher wants to see, as it stands in the address, and whether a card is of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mendloop.board.items import ORDERS, VIEWS, Item
from mendloop.board.risks import KINDS

NOBODY = "none"
ANY_RISK = "any"
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty means all. `risk` is a kind, or `any` for whatever has one."""

    view: str = ORDERS
    person: str = ""
    product: str = ""
    template: str = ""
    risk: str = ""
    text: str = ""

    @property
    def address(self) -> dict[str, str]:
        """The same as an address; what is usual is left out."""
        given = {name: getattr(self, name) for name in ("view", "person", "product", "template", "risk", "text")}
        return {name: value for name, value in given.items() if value and value != ORDERS}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return self != Filters(view=self.view)

    def with_risk(self, risk: str) -> "Filters":
        """The same for another risk, or for none."""
        return replace(self, risk=risk)


def filters_in(given: Mapping[str, str]) -> Filters:
    """What the address asks for, as far as there is such a thing."""
    view, risk = given.get("view", ""), given.get("risk", "")
    return Filters(
        view=view if view in VIEWS else ORDERS,
        person=given.get("person", "")[:LONGEST],
        product=given.get("product", "")[:LONGEST],
        template=given.get("template", "")[:LONGEST],
        risk=risk if risk in (*KINDS, ANY_RISK) else "",
        text=given.get("text", "").strip()[:LONGEST],
    )


def is_wanted(item: Item, filters: Filters) -> bool:
    """True when the card is what the filters leave."""
    return item.view == filters.view and _is_of(item, filters) and _is_at_risk(item, filters.risk)


def count_risks(items: Iterable[Item], filters: Filters) -> dict[str, int]:
    """How many cards each risk has, among those that the other filters leave; `any` counts each card once, and the
    empty word all of them."""
    counts = dict.fromkeys(("", ANY_RISK, *KINDS), 0)
    for item in items:
        if item.view == filters.view and _is_of(item, filters):
            for risk in ("", *((ANY_RISK,) if item.risks else ()), *item.risks):
                counts[risk] += 1
    return counts


def _is_of(item: Item, filters: Filters) -> bool:
    return (
        _is_persons(item, filters.person)
        and (not filters.product or _is_below(item.products, filters.product))
        and (not filters.template or filters.template in item.templates)
        and filters.text.casefold() in item.text
    )


def _is_persons(item: Item, person: str) -> bool:
    return not person or (not item.people if person == NOBODY else person in item.people)


def _is_below(products: Iterable[str], wanted: str) -> bool:
    """A product is meant with all that lie below it."""
    return any(product == wanted or product.startswith(f"{wanted}/") for product in products)


def _is_at_risk(item: Item, risk: str) -> bool:
    return not risk or (bool(item.risks) if risk == ANY_RISK else risk in item.risks)
