"""What a template's lines say about a part before anybody has repaired anything. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias, cast

from mendloop_engine.globs import glob_matches
from mendloop_engine.plan import StepNode

from mendloop.recommending.repairs import ANY, parts_fields

REQUIRED = 0.9
"""The template insists on it."""
NAMED = 0.6
"""It is planned for this fault or this product by name."""
PLANNED = 0.5
"""It is planned for every order."""
LISTED = 0.4
"""It stands on the parts list of this fault, or of a code above."""
ELSEWHERE = 0.03
"""It is planned, but for other faults."""
UNPLANNED = 0.01
"""Nobody planned it."""


class Amount(NamedTuple):
    """So much of a part; `unit` is None for the part's own."""

    quantity: float
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A planned line; `field` is the field it stands in. `listed`: the fault's own list names it, not the template.

    `unit` is what the quantity is counted in, None for the part's own.
    """

    field: str
    part: str
    quantity: float
    required: bool
    faults: tuple[str, ...]
    products: tuple[str, ...]
    listed: bool = False
    unit: str | None = None

    @property
    def is_for_all(self) -> bool:
        """Whether it names no fault and no product."""
        return not (self.faults or self.products)

    def fits(self, product: str) -> bool:
        """Whether the field takes it on this product."""
        return _names(self.products, product)

    def holds(self, product: str, faults: Sequence[str]) -> bool:
        """Whether it is meant for an order with this product and one of these faults."""
        return self.fits(product) and (not self.faults or any(_names(self.faults, fault) for fault in faults))

    def prior(self, product: str, fault: str) -> float:
        """How probable the template makes it for one fault; `*` is an order of which no fault is known."""
        if not self.holds(product, [fault]):
            return ELSEWHERE
        if self.required:
            return REQUIRED
        if self.listed:
            return LISTED
        return PLANNED if self.is_for_all else NAMED

    def teaches(self, product: str, fault: str, level: tuple[str, str]) -> bool:
        """Whether repairs counted at `level`, a more general product and fault, say anything about these here.

        What is planned for some faults only is used in few of all repairs: that is no reason to doubt it where it is
        planned, nor to expect it where it is not.
        """
        if not self.holds(product, [fault]):
            return level[1] == fault
        return _names(self.products, level[0]) and (not self.faults or _names(self.faults, level[1]))

    @property
    def lines(self) -> tuple["Line", ...]:
        """Itself: all that is said of the part."""
        return (self,)


@dataclass(frozen=True, slots=True)
class SeveralLines:
    """The lines of a step that plan the same part: for several positions, or for other faults or products.

    The part counts once: a repair that uses it at both positions is one repair that used it, so its probability is
    that of the line which speaks for it most, and never one line's odds on top of another's. What is planned adds up:
    who brings the part brings it for every line that holds for the order.
    """

    lines: tuple[Line, ...]
    listed: bool = False

    @property
    def is_for_all(self) -> bool:
        """Whether one of them names no fault and no product: then the part is planned for every order."""
        return any(line.is_for_all for line in self.lines)

    def holds(self, product: str, faults: Sequence[str]) -> bool:
        """Whether any of them is meant for such an order."""
        return any(line.holds(product, faults) for line in self.lines)

    def prior(self, product: str, fault: str) -> float:
        """What the one says that speaks for it most."""
        return max(line.prior(product, fault) for line in self.lines)

    def teaches(self, product: str, fault: str, level: tuple[str, str]) -> bool:
        """Whether repairs counted there say anything to one of those that hold here; to any, where none does."""
        meant = [line for line in self.lines if line.holds(product, [fault])]
        return any(line.teaches(product, fault, level) for line in meant or self.lines)


PartLines: TypeAlias = Line | SeveralLines
"""All that a step's lines say of one part."""


@dataclass(frozen=True)
class Lines:
    """A step's lines for one product: those that it takes, and the parts of those that the field refuses on it."""

    taken: tuple[Line, ...] = ()
    refused: frozenset[str] = frozenset()

    @cached_property
    def by_part(self) -> Mapping[str, PartLines]:
        """Those that it takes, by their parts: each part once, however many lines plan it."""
        found: dict[str, tuple[Line, ...]] = {}
        for line in self.taken:
            found[line.part] = (*found.get(line.part, ()), line)
        return {part: own[0] if len(own) == 1 else SeveralLines(own) for part, own in found.items()}


def lines_for(product: str, lines: Iterable[Line]) -> Lines:
    """Which of a step's lines a product takes."""
    lines = list(lines)
    taken = tuple(line for line in lines if line.fits(product))
    return Lines(taken, frozenset(line.part for line in lines) - {line.part for line in taken})


def planned_lines(step: StepNode) -> Iterator[Line]:
    """The lines of the step's fields."""
    for field in parts_fields(step):
        for line in cast("Iterable[Mapping[str, Any]]", field.settings["lines"]):
            yield Line(
                field=field.id,
                part=line["part"],
                quantity=line.get("quantity") or 1,
                required=bool(line.get("required")),
                faults=tuple(line.get("faults") or ()),
                products=tuple(line.get("products") or ()),
                unit=line.get("unit"),
            )


def listed_lines(
    field: str | None, chains: Iterable[Sequence[str]], listed: Mapping[str, AbstractSet[str]]
) -> dict[str, Line]:
    """The parts that people listed for codes, as lines of `field`. A chain is a fault with the codes above it, the
    topmost first: what is listed for a code holds for it and for those below."""
    meant: dict[str, dict[str, None]] = {}
    for chain in chains if field is not None else ():
        for place, code in enumerate(chain):
            for part in sorted(listed.get(code, ())):
                meant.setdefault(part, {}).update(dict.fromkeys(chain[place:]))
    return {part: Line(field or "", part, 1, False, tuple(codes), (), listed=True) for part, codes in meant.items()}


def field_for_others(step: StepNode) -> str | None:
    """The first field that takes parts which nobody planned; None when there is none."""
    return next((field.id for field in parts_fields(step) if field.settings["allow_other"]), None)


def _names(globs: Sequence[str], text: str) -> bool:
    """Naming nothing they are content with anything; only they themselves can say `*`."""
    if not globs:
        return True
    return any(glob == ANY if text == ANY else glob_matches(glob, text) for glob in globs)
