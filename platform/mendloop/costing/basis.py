"""What a line's cost and price were reckoned with, as a person reads it and as files have it: so that anybody can do
the sum again. Amounts are minor units; sheets of earlier releases say nothing of it."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mendloop.costing.money import write_amount
from mendloop.tables import Cell, exact

Json = Mapping[str, Any]
Say = Callable[..., str]
COLUMNS = ("seconds", "quantity", "cost_each", "price_each", "factor", "markup", "overhead", "overhead_of", "fixed")
"""Of files, after all others."""


class BasisTeller:
    """Tells it in one language, in the currency with so many digits."""

    def __init__(self, say: Say, exponent: int) -> None:
        self._say, self._exponent = say, exponent

    def told(self, line: Json) -> tuple[str, ...]:
        """Sentence by sentence; of labour one for each rate."""
        basis = line.get("basis") or {}
        if "rates" in basis:
            return tuple(self._hours(basis, rate) for rate in basis["rates"])
        if line["kind"] == "overhead":
            return (self._overhead(basis),) if basis else ()
        said = [*self._pieces(line), *self._markup(basis)]
        return (" · ".join(said),) if said else ()

    def _hours(self, basis: Json, rate: Json) -> str:
        time = self._say("cost.basis.time", time=exact_time(rate["ms"]), factor=write_factor(basis["factor"]))
        sides = [(side, rate[side]) for side in ("cost", "price") if rate[side] is not None]
        hourly = [self._say(f"cost.basis.{side}_hour", amount=self._money(amount)) for side, amount in sides]
        missing = [self._say("cost.no_rate")] if rate["cost"] is None else []
        return " · ".join([time, *missing, *hourly, *self._markup(basis)])

    def _pieces(self, line: Json) -> Iterator[str]:
        if line["kind"] != "part":
            return
        quantity, unit_cost = f"{line['about']['milli'] / 1000:.10g}", _unit_cost(line)
        if unit_cost is not None:
            yield self._say("cost.basis.cost", quantity=quantity, amount=self._money(unit_cost))
        unit_price = (line.get("basis") or {}).get("price")
        if unit_price is not None:
            yield self._say("cost.basis.price", quantity=quantity, amount=self._money(unit_price))

    def _markup(self, basis: Json) -> list[str]:
        return [self._say("cost.basis.markup", percent=_percent(basis["markup"]))] if "markup" in basis else []

    def _overhead(self, basis: Json) -> str:
        share = self._say("cost.basis.share", percent=_percent(basis["points"]), amount=self._money(basis["base"]))
        parts = [share] if basis["points"] else []
        return " + ".join([*parts, *([self._money(basis["fixed"])] if basis["fixed"] else [])])

    def _money(self, minor: int) -> str:
        return write_amount(minor, self._exponent)


def basis_rows(line: Json, exponent: int) -> list[list[Cell]]:
    """Cells for `COLUMNS`: the line's own, and where several rates fell into it, a further row for each of them."""
    basis = line.get("basis") or {}
    if "rates" not in basis:
        return [_row(_cells(line, basis, exponent))]
    rows = [_row(_rate_cells(basis, rate, exponent)) for rate in basis["rates"]]
    if len(rows) == 1:
        return rows
    return [_row({"seconds": _seconds(line["about"]["ms"]), "factor": _factor(basis)}), *rows]


def exact_time(ms: int) -> str:
    """Hours, minutes and seconds as on a stopwatch; thousandths where there are some."""
    seconds, rest = divmod(ms, 1000)
    minutes, second = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{second:02}" + (f".{rest:03}" if rest else "")


def write_factor(text: str) -> str:
    """A fraction as a decimal, if that is exact."""
    factor = Fraction(text)
    written = Decimal(factor.numerator) / Decimal(factor.denominator)
    return f"{written.normalize():f}" if Fraction(written) == factor else text


def _rate_cells(basis: Json, rate: Json, exponent: int) -> dict[str, Cell]:
    each = {f"{side}_each": exact(rate[side], exponent) for side in ("cost", "price")}
    return {"seconds": _seconds(rate["ms"]), "factor": _factor(basis), **each, **_percents(basis)}


def _cells(line: Json, basis: Json, exponent: int) -> dict[str, Cell]:
    if line["kind"] == "overhead":
        amounts = {"overhead_of": basis.get("base"), "fixed": basis.get("fixed")}
        shown: dict[str, Cell] = {name: exact(minor, exponent) for name, minor in amounts.items()}
        return shown | {"overhead": exact(basis.get("points"), 2)}
    if line["kind"] != "part":
        return _percents(basis)
    each = {"cost_each": _unit_cost(line), "price_each": basis.get("price")}
    cells: dict[str, Cell] = {name: exact(minor, exponent) for name, minor in each.items()}
    return cells | {"quantity": exact(line["about"]["milli"], 3)} | _percents(basis)


def _row(cells: Mapping[str, Cell]) -> list[Cell]:
    return [cells.get(name) for name in COLUMNS]


def _percents(basis: Json) -> dict[str, Cell]:
    return {"markup": exact(basis["markup"], 2)} if "markup" in basis else {}


def _seconds(ms: int) -> Decimal | None:
    return exact(ms, 3)


def _factor(basis: Json) -> Decimal:
    factor = Fraction(basis["factor"])
    return Decimal(factor.numerator) / Decimal(factor.denominator)


def _unit_cost(line: Json) -> int | None:
    """What one of them cost, where that is what all of them cost."""
    milli, cost = line["about"]["milli"], line["cost"]
    return cost * 1000 // milli if milli and cost is not None and cost * 1000 % milli == 0 else None


def _percent(points: int) -> str:
    return f"{points / 100:g}"
