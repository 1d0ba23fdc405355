"""Which parts to propose at a step of an order, how probable each is, and why. Pure: counts in, proposals out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mendloop.recommending.model import NOTHING, STRENGTH, Grid, Seen, any_of, posterior, probability, shells
from mendloop.recommending.planned import UNPLANNED, Amount, PartLines
from mendloop.recommending.question import Counts, Question
from mendloop.recommending.reasons import Reason, reasons_for
from mendloop.recommending.repairs import ANY, product_levels, together_as

MOST = 12
"""Proposals for one step."""
SELDOM = 0.03
"""What is less probable is not proposed, unless it is planned for this order."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A part, and how probable it is that the repair needs it. `amounts` are what the lines for this order plan of it,
    one where none does."""

    part: str
    field: str
    probability: float
    planned: bool
    required: bool
    amounts: tuple[Amount, ...]
    reasons: tuple[Reason, ...]

    def quantity(self, packs: Mapping[str, float]) -> float:
        """All of it in the part's own unit, whatever units it is planned in; `packs` says how many of it each holds."""
        return sum(each.quantity * packs.get(each.unit or "", 1) for each in self.amounts)


def propose(question: Question, counts: Counts) -> list[Proposal]:
    """The parts to propose, the most probable first."""
    others = {*counts.parts_near(question), *question.listed} if question.field is not None else set()
    parts = {*question.lines.by_part, *(others - question.lines.refused)}
    likely = {part: chance(question, counts, part, question.line(part)) for part in parts}
    worth = [part for part in likely if likely[part] >= SELDOM or _is_meant(question, question.line(part))]
    first = sorted(worth, key=lambda part: (-likely[part], part))[:MOST]
    return [_proposal(question, counts, part, likely[part]) for part in first]


def _is_meant(question: Question, line: PartLines | None) -> bool:
    """Whether the template plans it for this order."""
    return line is not None and not line.listed and line.holds(question.product, question.faults)


def _proposal(question: Question, counts: Counts, part: str, likely: float) -> Proposal:
    line = question.line(part)
    lines = line.lines if line is not None else ()
    meant = [each for each in lines if each.holds(question.product, question.faults)]
    planned = [each for each in meant if not each.listed]
    required = any(each.required for each in planned)
    return Proposal(
        part=part,
        field=next((each.field for each in (*meant, *lines)), question.field or ""),
        probability=likely,
        planned=bool(planned),
        required=required,
        amounts=tuple(Amount(each.quantity, each.unit) for each in meant) or (Amount(1),),
        reasons=reasons_for(question, counts, part, planned=bool(planned), required=required),
    )


def chance(question: Question, counts: Counts, part: str, line: PartLines | None) -> float:
    """How probable it is that the step needs the part."""
    if len(question.faults) == 1:
        return _rate(question, counts, part, line, question.faults[0])
    return _chance_of_several(question, counts, part, line)


def _chance_of_several(question: Question, counts: Counts, part: str, line: PartLines | None) -> float:
    """The faults one by one, put together; then what was counted of orders with exactly these, which is left out of
    the rest."""
    levels = product_levels(question.product)
    together = together_as(question.above)
    apart = [counts.seen(level, together, part) for level in levels] if together else None
    rates = [_rate(question, counts, part, line, fault, apart) for fault in question.faults]
    expected = any_of(rates, _rate(question, counts, part, line, ANY, apart))
    for seen in _each_once(apart or ()):
        expected = posterior(expected, STRENGTH, seen)
    return expected


def _rate(
    question: Question,
    counts: Counts,
    part: str,
    line: PartLines | None,
    fault: str,
    apart: Sequence[Seen] | None = None,
) -> float:
    """For one fault alone; what is counted `apart` at each level of the product is left out."""
    columns = _columns(question, fault)
    levels = product_levels(question.product)
    grid = [[counts.seen(level, column, part) for column in columns] for level in levels]
    if apart:
        grid = [[seen.without(out) for seen in cells] for cells, out in zip(grid, apart, strict=True)]
    prior = line.prior(question.product, fault) if line is not None else UNPLANNED
    return probability(prior, _believed(shells(grid), line, question.product, fault, levels, columns))


def _columns(question: Question, fault: str) -> tuple[str, ...]:
    return (ANY,) if fault == ANY else (ANY, *question.above.get(fault, ()), fault)


def _believed(
    grid: Grid, line: PartLines | None, product: str, fault: str, levels: Sequence[str], columns: Sequence[str]
) -> Grid:
    """The grid without the cells that say nothing about a line planned for some faults or products only."""
    if line is None or line.is_for_all:
        return grid
    return [
        [
            seen if line.teaches(product, fault, (level, column)) else NOTHING
            for seen, column in zip(cells, columns, strict=True)
        ]
        for cells, level in zip(grid, levels, strict=True)
    ]


def _each_once(levels: Sequence[Seen]) -> Iterator[Seen]:
    """From the most general level on, each without what the next one holds."""
    for general, special in zip(levels, [*levels[1:], NOTHING], strict=False):
        yield general.without(special)
