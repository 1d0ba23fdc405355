"""What one finished repair teaches, and the places where it counts. Pure: no database, no clock."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import product as every_pair
from typing import NamedTuple

from mendloop_engine.json_values import Json
from mendloop_engine.plan import Plan, PlanField, StepNode

ANY = "*"
TOGETHER = "+"
MOST_TOGETHER = 4
LONGEST_FAULT = 250


@dataclass(frozen=True, slots=True)
class Repair:
    """An order that ended: `used` says, for each completed step that asks for parts, which parts were built in.

    `ended_at` is the engine's text for an instant; `template` is the key that all versions of a template share.
    """

    number: str
    ended_at: str
    template: str
    product: str
    faults: tuple[str, ...]
    used: Mapping[str, AbstractSet[str]]


class Place(NamedTuple):
    """Where something is counted."""

    template: str
    node: str
    product: str
    fault: str


class Use(NamedTuple):
    """How many repairs used a part, and the latest of them."""

    used: int
    last_at: str
    last_number: str

    def and_also(self, other: "Use") -> "Use":
        """Both together."""
        last_at, last_number = max((self.last_at, self.last_number), (other.last_at, other.last_number))
        return Use(self.used + other.used, last_at, last_number)


@dataclass(slots=True)
class Tally:
    """Counts of any number of repairs. The order in which they are added makes no difference."""

    repairs: dict[Place, int] = field(default_factory=dict)
    uses: dict[tuple[Place, str], Use] = field(default_factory=dict)
    orders: int = 0

    def add(self, repair: Repair) -> None:
        """Count one more repair; one that did no step with parts teaches nothing."""
        self.orders += bool(repair.used)
        this = Use(1, repair.ended_at, repair.number)
        for place, parts in _places(repair):
            self.repairs[place] = self.repairs.get(place, 0) + 1
            for part in parts:
                known = self.uses.get((place, part))
                self.uses[place, part] = this if known is None else known.and_also(this)


def _places(repair: Repair) -> Iterator[tuple[Place, AbstractSet[str]]]:
    where = list(every_pair(product_levels(repair.product), faults_counted(repair.faults)))
    for node, parts in repair.used.items():
        for product, fault in where:
            yield Place(repair.template, node, product, fault), parts


def product_levels(product: str) -> tuple[str, ...]:
    """Any product, then its families, then itself: `*`, `pump`, `pump/centrifugal`."""
    steps = product.split("/") if product else []
    return (ANY, *("/".join(steps[:length]) for length in range(1, len(steps) + 1)))


def faults_counted(faults: Iterable[str]) -> tuple[str, ...]:
    """Any fault, each of them, and all of them together where they are several."""
    single = sorted(set(faults))
    together = together_as(single)
    return (ANY, *single, *((together,) if together else ()))


def together_as(faults: Iterable[str]) -> str | None:
    """The name under which several faults are counted as one; None for a single one and for too many."""
    single = sorted(set(faults))
    name = TOGETHER.join(single)
    return name if 2 <= len(single) <= MOST_TOGETHER and len(name) <= LONGEST_FAULT else None


def parts_fields(step: StepNode) -> tuple[PlanField, ...]:
    """The step's fields that ask for parts."""
    return tuple(field for field in step.fields if field.type == "parts")


def steps_with_parts(plan: Plan) -> tuple[StepNode, ...]:
    """The steps that ask for parts."""
    return tuple(node for node in plan.nodes.values() if isinstance(node, StepNode) and parts_fields(node))


def parts_used(plan: Plan, completed: Iterable[tuple[str, Mapping[str, Json]]]) -> dict[str, frozenset[str]]:
    """What completed visits, each a node with its answers, built in, by node. Nodes that ask for no parts are left
    out; one that was completed without using any is there."""
    asked = {step.id: {field.id for field in parts_fields(step)} for step in steps_with_parts(plan)}
    found: dict[str, set[str]] = {}
    for node, answers in completed:
        if node in asked:
            found.setdefault(node, set()).update(_built_in(asked[node], answers))
    return {node: frozenset(parts) for node, parts in found.items()}


def _built_in(fields: AbstractSet[str], answers: Mapping[str, Json]) -> Iterator[str]:
    for name, answer in answers.items():
        if name in fields and isinstance(answer, list | tuple):
            lines = (line for line in answer if isinstance(line, Mapping))
            yield from (str(line["part"]) for line in lines if line.get("action") == "used")
