"""What is asked of the model, a step of an order, and what was counted for it. Pure."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mendloop.recommending.model import Seen
from mendloop.recommending.planned import Line, Lines, PartLines
from mendloop.recommending.repairs import ANY, Tally, Use, product_levels

HARDLY_EVER = 0.02
"""Of the repairs at a place, so few that nobody looks further into it."""
OFTEN = 10
"""A product that was repaired so often with a fault has shown the parts that it takes."""


@dataclass(frozen=True, slots=True)
class Question:
    """A step of an order. `above` holds, for each fault, the codes above it in the tree, the topmost first.

    `field` is where parts can be entered that nobody planned; None: nowhere. `listed`: parts of the faults' own lists.
    """

    template: str
    node: str
    product: str
    above: Mapping[str, Sequence[str]]
    lines: Lines
    field: str | None
    listed: Mapping[str, Line] = dataclasses.field(default_factory=dict)

    def line(self, part: str) -> PartLines | None:
        """What is said of a part before any repair: the template's lines for this order, else the faults' own list,
        else the lines that the template has for other orders."""
        planned = self.lines.by_part.get(part)
        if planned is not None and planned.holds(self.product, self.faults):
            return planned
        return self.listed.get(part, planned)

    @property
    def faults(self) -> tuple[str, ...]:
        """The order's faults; any, where none is known."""
        return tuple(sorted(self.above)) or (ANY,)


class Counts:
    """What was counted at one step. A code of the fault tree includes the codes below it.

    `above` holds the codes above each code. An order with two faults below one code is two repairs there: that weighs
    it a little too much where only an expectation is made, and every code keeps counts that need no other.
    """

    def __init__(self, tally: Tally, node: str, above: Mapping[str, Sequence[str]]) -> None:
        self._repairs: dict[tuple[str, str], int] = {}
        self._uses: dict[tuple[str, str, str], Use] = {}
        for place, repairs in tally.repairs.items():
            if place.node == node:
                for fault in (place.fault, *above.get(place.fault, ())):
                    here = (place.product, fault)
                    self._repairs[here] = self._repairs.get(here, 0) + repairs
        for (place, part), use in tally.uses.items():
            if place.node == node:
                for fault in (place.fault, *above.get(place.fault, ())):
                    self._add((place.product, fault, part), use)

    def _add(self, here: tuple[str, str, str], use: Use) -> None:
        known = self._uses.get(here)
        self._uses[here] = use if known is None else known.and_also(use)

    def seen(self, product: str, fault: str, part: str) -> Seen:
        """How many repairs of this product with this fault there were, and how many used the part."""
        use = self._uses.get((product, fault, part))
        return Seen(self._repairs.get((product, fault), 0), use.used if use is not None else 0)

    def latest(self, product: str, fault: str, part: str) -> tuple[str, str]:
        """When the latest of these that used the part ended, and its number; empty when none did."""
        use = self._uses.get((product, fault, part))
        return (use.last_at, use.last_number) if use is not None else ("", "")

    def parts_near(self, question: Question) -> set[str]:
        """Parts that are worth a closer look; hardly ever used ones are not."""
        near = worth_a_look(question.product, question.faults, self._repairs)
        return {
            part
            for (product, fault, part), use in self._uses.items()
            if (product, fault) in near and use.used >= HARDLY_EVER * self._repairs[product, fault]
        }


def worth_a_look(product: str, faults: Sequence[str], repairs: Mapping[tuple[str, str], int]) -> set[tuple[str, str]]:
    """The places, each a product and a fault, whose parts may be needed: the product itself, and, where it has seldom
    had one of the faults, the nearest of its families that has had it."""
    near = {(product, fault) for fault in (ANY, *faults)}
    families = product_levels(product)[-2::-1]
    for fault in faults:
        if repairs.get((product, fault), 0) < OFTEN:
            near.add((next((each for each in families if (each, fault) in repairs), ANY), fault))
    return near
