"""A quote from an order's planned lines: standard time, planned parts, other costs; who pays, discount, tax. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from mendloop.costing import facts
from mendloop.costing.material import Material
from mendloop.costing.money import half_even, share
from mendloop.costing.planned import MINUTE, planned_ms, usual_steps
from mendloop.costing.rates import HOUR, Case, amount_of, find_card
from mendloop.costing.sheet import marked_up
from mendloop.problems import Problem
from mendloop.work_orders.clocked import kind_of_step

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WantedPart:
    """A planned part: its name in all languages, thousandths of its unit, what so many are worth in stock today."""

    number: str
    name: Words
    unit: str
    milli: int
    worth: int | None


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """What is offered; `customer` is the customer's share of the price, `each` the price of an hour or of one piece."""

    kind: str
    what: Words
    quantity: int
    unit: str
    price: int
    customer: int = 0
    each: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As a quote keeps it. `quantity` is minutes of labour, thousandths of a part's unit, else nothing."""
        return {name: getattr(self, name) for name in self.__slots__} | {"what": dict(self.what)}


def make_lines(material: Material, parts: Iterable[WantedPart]) -> tuple[list[QuoteLine], list[Problem]]:
    """The lines, and what has no price yet."""
    problems: list[Problem] = []
    found = [*_labour(material, problems), *_parts(material, parts, problems), *_extras(material)]
    lines = [_shared(material, line) for line in found]
    if not lines and not problems:
        problems.append(Problem("quote.nothing_planned"))
    return lines, problems


def make_totals(material: Material, lines: Iterable[QuoteLine]) -> dict[str, int]:
    """What the customer pays: shares of all lines less the discount, and the tax on it."""
    lines, terms = list(lines), material.terms
    price, gross = sum(line.price for line in lines), sum(line.customer for line in lines)
    points, fixed = (terms.data["points"], terms.data["fixed"]) if terms else (0, 0)
    discount = max(0, min(gross, share(gross, points) + fixed))
    net, rate = gross - discount, material.book.settings.tax_points
    tax = share(net, rate)
    sums = {"price": price, "covered": price - gross, "discount": discount, "net": net}
    return sums | {"tax_points": rate, "tax": tax, "total": net + tax}


def _labour(material: Material, problems: list[Problem]) -> Iterable[QuoteLine]:
    for node in usual_steps(material.plan):
        planned = planned_ms(node)
        if not planned:
            continue
        kind = kind_of_step(node)
        case = Case("", node.role, material.customer, kind, material.opened)
        price, hour = (_hourly(material, case, ms) for ms in (planned, HOUR))
        if price is None:
            problems.append(Problem("quote.rate_missing", params={"step": dict(node.title)}))
        minutes = (planned + MINUTE // 2) // MINUTE
        yield QuoteLine(f"labour.{kind}", node.title, minutes, "min", price or 0, each=hour)


def _hourly(material: Material, case: Case, ms: int) -> int | None:
    card = find_card(material.book.cards_of("price"), case)
    if card is not None:
        return half_even(amount_of(ms, card.per_hour))
    card = find_card(material.book.cards_of("cost"), case)
    if card is None:
        return None
    return marked_up(half_even(amount_of(ms, card.per_hour)), material.book.settings.markup_points)


def _parts(material: Material, parts: Iterable[WantedPart], problems: list[Problem]) -> Iterable[QuoteLine]:
    for part in parts:
        price, each = _part_price(material, part)
        if price is None:
            problems.append(Problem("quote.price_missing", params={"part": part.number}))
        name = {language: f"{part.number} {text}" for language, text in part.name.items()} or {"en": part.number}
        yield QuoteLine("part", name, part.milli, part.unit, price or 0, each=each)


def _part_price(material: Material, part: WantedPart) -> tuple[int | None, int | None]:
    """Of all of it, and of one."""
    card = material.book.price_of(part.number, material.customer, material.opened)
    if card is not None:
        return half_even(Fraction(card.amount * part.milli, 1000)), card.amount
    if part.worth is None:
        return None, None
    price = marked_up(part.worth, material.book.settings.markup_points)
    return price, half_even(Fraction(price * 1000, part.milli))


def _extras(material: Material) -> Iterable[QuoteLine]:
    markup = material.book.settings.markup_points
    for fact in material.facts:
        if fact.kind == facts.EXTRA:
            data = fact.data
            price = data["price"] if data["price"] is not None else marked_up(data["amount"], markup)
            yield QuoteLine("extra", {"zh-CN": data["name"], "en": data["name"]}, 0, "", price)


def _shared(material: Material, line: QuoteLine) -> QuoteLine:
    order = material.order
    warranty, product = bool(order.get("warranty")), str(order.get("product") or "")
    rule = material.book.coverage_of(line.kind, warranty, material.customer, product)
    covered = share(line.price, rule.points) if rule is not None and rule.payer != "customer" else 0
    return replace(line, customer=line.price - covered)
