"""The cost sheet of an order, computed from its material. Pure: the same material gives the same bytes.

Each line is rounded once, half to even; every sum is the sum of lines. A line's `sources` name the facts it follows
from (`event:12`, `movement:…`, `fact:…`), so that two revisions can be told apart with the reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from mendloop_engine.plan import StepNode
from mendloop_engine.state import visit_node

from mendloop.costing import facts
from mendloop.costing.facts import Fact
from mendloop.costing.intervals import CLASSES, LATEST, RANK, Piece, Span, once, pieces
from mendloop.costing.material import Material, PartUse
from mendloop.costing.money import half_even, share
from mendloop.costing.planned import MINUTE, planned_ms, steps_in_order, usual_steps
from mendloop.costing.rates import Case, LabourLine, amount_of, find_card, labour_lines
from mendloop.costing.sub_orders import section_of
from mendloop.work_orders.clocked import Clocked, kind_of_step

LONGEST = 31 * 24 * 60 * MINUTE
WHOLE = 10_000
"""All of something in hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that costs something. `cost` is None where nobody has said what it costs; `about` is told to people,
    and so is `basis`: what its cost and price were reckoned with."""

    key: str
    kind: str
    visit: str
    about: Mapping[str, Any]
    cost: int | None
    price: int
    sources: frozenset[str]
    customer: int = 0
    manufacturer: int = 0
    us: int = 0
    rule: str = ""
    basis: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As a sheet keeps it."""
        found = {name: getattr(self, name) for name in self.__slots__}
        return found | {"about": dict(self.about), "basis": dict(self.basis), "sources": sorted(self.sources)}


def make_sheet(material: Material) -> dict[str, Any]:
    """Lines, sums, and planned against actual by step."""
    labour = _labour(material)
    parts = (_part(material, use) for use in material.parts)
    priced = [*_in_order(material, labour), *_in_order(material, parts), *_extras(material)]
    lines = [_with_settings(material, _shared(material, line)) for line in (*priced, *_overhead(material, labour))]
    running = [each for each in material.clocked if each.end is None]
    return {
        "currency": material.book.settings.currency,
        "exponent": material.book.settings.exponent,
        "order": _order(material),
        "lines": [line.to_json() for line in lines],
        "steps": _steps(material, lines),
        "totals": _totals(material, lines),
        "terms": _terms(material),
        "running": len(running),
        "unbelievable": sum(not _is_believable(each) for each in material.clocked),
        "unpriced": sum(line.cost is None for line in lines),
        **section_of(material.subs),
    }


def _in_order(material: Material, lines: Iterable[Line]) -> list[Line]:
    """As the flow comes to their steps; work before travel before waiting, regular time first."""
    places = {node.id: number for number, node in enumerate(steps_in_order(material.plan))}

    def place(line: Line) -> tuple[int, int, int, int, str]:
        time, class_ = line.about.get("time"), line.about.get("class")
        rank = RANK.get(str(time), 0), CLASSES.index(class_) if class_ in CLASSES else 0
        number = line.visit.rpartition("#")[2]
        which = int(number) if number.isdecimal() else 0
        return (places.get(visit_node(line.visit), len(places)), which, *rank, line.key)

    return sorted(lines, key=place)


def marked_up(cost: int, points: int) -> int:
    """What something is sold for that has no price of its own."""
    return half_even(Fraction(cost * (WHOLE + points), WHOLE))


def _spans(material: Material) -> list[Span]:
    limit = material.book.settings.waiting_minutes * MINUTE
    found = []
    for each in material.clocked:
        if each.end is None or not _is_believable(each):
            continue
        end = min(each.end, each.start + limit) if each.kind == "waiting" else each.end
        sources = frozenset(f"event:{sequence}" for sequence in each.events)
        found.append(Span(each.person, each.kind, each.visit, each.start, end, sources))
    return found


def _is_believable(each: Clocked) -> bool:
    """No clock runs for more than a month without a pause; one of another century was set wrong."""
    end = each.start if each.end is None else each.end
    return each.start >= 0 and end <= LATEST and end - each.start <= LONGEST


def _labour(material: Material) -> list[Line]:
    book = material.book
    cut = pieces(once(_spans(material)), book.working_time(material.zone))
    cut = [_with_day(material, piece) for piece in cut]
    skills = {piece.span.visit: _skill(material, piece.span.visit) for piece in cut}
    factors, whom = book.settings.factors, material.customer
    costs = labour_lines(cut, book.cards_of("cost"), factors, skills, whom)
    prices = labour_lines(cut, book.cards_of("price"), factors, skills, whom)
    return [_labour_line(material, *pair) for pair in zip(costs, prices, strict=True)]


def _with_day(material: Material, piece: Piece) -> Piece:
    source = material.day_sources.get(piece.day)
    if source is None:
        return piece
    return replace(piece, span=replace(piece.span, sources=piece.span.sources | {source}))


def _labour_line(material: Material, cost: LabourLine, price: LabourLine) -> Line:
    markup = material.book.settings.markup_points
    charged = price.amount if price.amount is not None else marked_up(cost.amount or 0, markup)
    about = {"person": cost.person, "time": cost.kind, "class": cost.time_class, "ms": cost.ms}
    key = f"labour:{cost.visit}:{cost.person}:{cost.kind}:{cost.time_class}"
    basis: dict[str, Any] = {"factor": str(material.book.settings.factors.get(cost.time_class, Fraction(1)))}
    basis |= {"rates": _rates(cost, price)} | ({"markup": markup} if price.amount is None else {})
    sources = cost.sources | price.sources
    return Line(key, f"labour.{cost.kind}", cost.visit, about, cost.amount, charged, sources, basis=basis)


def _rates(cost: LabourLine, price: LabourLine) -> list[dict[str, int | None]]:
    """How much of its time at what an hour costs, and is charged where hours have a price of their own."""
    found: dict[tuple[int | None, int | None], int] = {}
    for (ms, paid), (_, charged) in zip(cost.rates, price.rates, strict=True):
        pair = (paid, charged if price.amount is not None else None)
        found[pair] = found.get(pair, 0) + ms
    ordered = sorted(found, key=lambda pair: [-1 if each is None else each for each in pair])
    return [{"ms": found[pair], "cost": pair[0], "price": pair[1]} for pair in ordered]


def _part(material: Material, use: PartUse) -> Line:
    """What was lost or broken is not sold."""
    about = {"part": use.number, "name": dict(use.name), "unit": use.unit, "how": use.how, "milli": use.milli}
    price = material.book.price_of(use.number, material.customer, use.day)
    markup, sources = material.book.settings.markup_points, use.sources
    charged, basis = marked_up(use.value, markup), {"markup": markup}
    if price is not None:
        charged, sources = half_even(Fraction(price.amount * use.milli, 1000)), sources | {f"fact:{price.id}"}
        basis = {"price": price.amount}
    charged, basis = (charged, basis) if use.how == "used" else (0, {})
    key = f"part:{use.visit}:{use.number}:{use.how}"
    return Line(key, "part", use.visit, about, use.value, charged, sources, basis=basis)


def _extras(material: Material) -> Iterable[Line]:
    for fact in material.facts:
        if fact.kind == facts.EXTRA:
            yield _extra(material, fact)


def _extra(material: Material, fact: Fact) -> Line:
    data, markup = fact.data, material.book.settings.markup_points
    charged = data["price"] if data["price"] is not None else marked_up(data["amount"], markup)
    about = {"extra": data["kind"], "name": data["name"], "day": data["day"], "why": fact.said.why}
    about |= {"by": fact.said.said_by, "at": fact.said.said_at.isoformat()}
    basis = {"markup": markup} if data["price"] is None else {}
    sources = frozenset({fact.source})
    return Line(f"extra:{fact.key}", "extra", "", about, data["amount"], charged, sources, basis=basis)


def _overhead(material: Material, labour: Iterable[Line]) -> list[Line]:
    settings, base = material.book.settings, [line for line in labour if line.cost]
    spent = sum(line.cost or 0 for line in base)
    amount = share(spent, settings.overhead_points) + settings.overhead_fixed
    if not amount:
        return []
    sources = frozenset[str]().union(*(line.sources for line in base)) if settings.overhead_points else frozenset[str]()
    about = {"points": settings.overhead_points, "fixed": settings.overhead_fixed}
    return [Line("overhead", "overhead", "", about, amount, 0, sources, basis=about | {"base": spent})]


def _with_settings(material: Material, line: Line) -> Line:
    source = material.book.settings_source
    return replace(line, sources=line.sources | {source}) if source else line


def _shared(material: Material, line: Line) -> Line:
    """Who pays its price."""
    order = material.order
    warranty, product = bool(order.get("warranty")), str(order.get("product") or "")
    rule = material.book.coverage_of(line.kind, warranty, material.customer, product)
    if rule is None:
        return replace(line, customer=line.price)
    covered = share(line.price, rule.points)
    shares = {"customer": line.price - covered, "manufacturer": 0, "us": 0}
    shares[rule.payer] += covered
    line = replace(line, rule=rule.name, sources=line.sources | {f"fact:{rule.id}"})
    customer, manufacturer, us = shares["customer"], shares["manufacturer"], shares["us"]
    return replace(line, customer=customer, manufacturer=manufacturer, us=us)


def _terms(material: Material) -> dict[str, Any]:
    """Discount and tax, and the facts that set them."""
    fact, book = material.terms, material.book
    usual = {"points": 0, "fixed": 0, "tax_points": book.settings.tax_points}
    sources = {source for source in (book.settings_source, fact.source if fact else "") if source}
    return usual | (fact.data if fact else {}) | {"sources": sorted(sources)}


def _totals(material: Material, lines: list[Line]) -> dict[str, int]:
    """`customer` and `manufacturer` are what they pay without tax; what we bear is nobody's revenue."""
    sums = {name: sum(getattr(line, name) or 0 for line in lines) for name in ("cost", "price", "manufacturer", "us")}
    gross, terms = sum(line.customer for line in lines), _terms(material)
    discount = max(0, min(gross, share(gross, terms["points"]) + terms["fixed"]))
    customer, points = gross - discount, material.book.settings.tax_points
    taxes = {"tax_customer": share(customer, points), "tax_manufacturer": share(sums["manufacturer"], points)}
    revenue = customer + sums["manufacturer"]
    by_kind = {f"cost_{kind}": sum(line.cost or 0 for line in lines if line.kind.startswith(kind)) for kind in KINDS}
    more = {"gross": gross, "discount": discount, "customer": customer, "revenue": revenue}
    return sums | by_kind | more | taxes | {"margin": revenue - sums["cost"]}


KINDS = ("labour", "part", "extra", "overhead")


def _steps(material: Material, lines: list[Line]) -> list[dict[str, Any]]:
    """By step, as a person reads the template: what was planned on its usual route, what was spent."""
    by_node: dict[str, list[Line]] = {}
    for line in lines:
        by_node.setdefault(visit_node(line.visit), []).append(line)
    usual = {node.id for node in usual_steps(material.plan)}
    nodes = steps_in_order(material.plan)
    return [_planned(material, node, node.id in usual) | _spent(by_node.get(node.id, [])) for node in nodes]


def _planned(material: Material, node: StepNode, is_usual: bool) -> dict[str, Any]:
    """Nothing is planned for a step that is taken only when something unusual happens."""
    ms = planned_ms(node) if is_usual else 0
    parts = material.planned.get(node.id, ()) if is_usual else ()
    return {
        "node": node.id,
        "usual": is_usual,
        "planned_ms": ms,
        "planned_labour": _planned_labour(material, node, ms) if is_usual else None,
        "planned_parts": [{"part": part.number, "milli": part.milli, "worth": part.worth} for part in parts],
    }


def _spent(lines: list[Line]) -> dict[str, Any]:
    labour = [line for line in lines if line.kind.startswith("labour")]
    parts = [line for line in lines if line.kind == "part"]
    return {
        "visits": len({line.visit for line in lines}),
        "ms": sum(int(line.about["ms"]) for line in labour),
        "labour": sum(line.cost or 0 for line in labour),
        "parts": sum(line.cost or 0 for line in parts),
    }


def _planned_labour(material: Material, node: StepNode, planned: int) -> int | None:
    """Standard time at the skill's usual rate on the day the order was opened; None without one."""
    case = Case("", node.role, material.customer, kind_of_step(node), material.opened)
    card = find_card(material.book.cards_of("cost"), case)
    return half_even(amount_of(planned, card.per_hour)) if card is not None else None


def _skill(material: Material, visit: str) -> str:
    node = material.plan.nodes.get(visit_node(visit))
    return node.role if isinstance(node, StepNode) else ""


def _order(material: Material) -> dict[str, Any]:
    order = material.order
    return {
        "number": material.number,
        "customer": material.customer,
        "status": material.status,
        "product": str(order.get("product") or ""),
        "faults": list(order.get("fault_codes") or []),
        "warranty": bool(order.get("warranty")),
        "template": material.plan.key,
    }
