"""What is asked of the model, a step of an order, and what was counted for it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mendloop.recommending.model import Seen
from mendloop.recommending.planned import Line
from mendloop.recommending.repairs import ANY, Tally, product_levels

HARDLY_EVER = 0.02
"""Of the repairs at a place, so few that nobody looks further into it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A step of an order. `above` holds, for each fault, the codes above it in the tree, the topmost first.

    `field` is where parts can be entered that nobody planned; None: nowhere.
    """

    template: str
    node: str
    product: str
    above: Mapping[str, Sequence[str]]
    lines: Sequence[Line]
    field: str | None

    @property
    def faults(self) -> tuple[str, ...]:
        """The order's faults; any, where none is known."""
        return tuple(sorted(self.above)) or (ANY,)


@dataclass(slots=True)
class _Sum:
    """Repairs that used a part, and the latest of them: when it ended, and its number."""

    used: int = 0
    latest: tuple[str, str] = ("", "")


class Counts:
    """What was counted at one step. A code of the fault tree includes the codes below it.

    `above` holds the codes above each code. An order with two faults below one code is two repairs there: that weighs
    it a little too much where only an expectation is made, and every code keeps counts that need no other.
    """

    def __init__(self, tally: Tally, node: str, above: Mapping[str, Sequence[str]]) -> None:
        self._repairs: dict[tuple[str, str], int] = {}
        self._uses: dict[tuple[str, str, str], _Sum] = {}
        for place, repairs in tally.repairs.items():
            if place.node == node:
                for fault in (place.fault, *above.get(place.fault, ())):
                    here = (place.product, fault)
                    self._repairs[here] = self._repairs.get(here, 0) + repairs
        for (place, part), use in tally.uses.items():
            if place.node == node:
                for fault in (place.fault, *above.get(place.fault, ())):
                    total = self._uses.setdefault((place.product, fault, part), _Sum())
                    total.used += use.used
                    total.latest = max(total.latest, (use.last_at, use.last_number))

    def seen(self, product: str, fault: str, part: str) -> Seen:
        """How many repairs of this product with this fault there were, and how many used the part."""
        total = self._uses.get((product, fault, part))
        return Seen(self._repairs.get((product, fault), 0), total.used if total is not None else 0)

    def latest(self, product: str, fault: str, part: str) -> tuple[str, str]:
        """When the latest of these that used the part ended, and its number; empty when none did."""
        total = self._uses.get((product, fault, part))
        return total.latest if total is not None else ("", "")

    def parts_near(self, question: Question) -> set[str]:
        """Parts that were used for this product, or with one of these faults for any; hardly ever used ones are not."""
        faults, levels = {*question.faults}, {*product_levels(question.product)}
        return {
            part
            for (product, fault, part), total in self._uses.items()
            if (product == question.product or (fault in faults and product in levels))
            and total.used >= HARDLY_EVER * self._repairs[product, fault]
        }
