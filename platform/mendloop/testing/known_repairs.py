"""A generated organisation of which it is known how probable every part is: the judge of what the product learns.

Products come in families, faults in a tree. Each function (a display, a seal) has its home faults, spills over to
related ones, and is served by a part number of the model, of the family or of everything. On top of that every product
and every fault has its own luck, orders may have two faults, and now and then somebody uses what nobody would expect.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from math import exp, log, prod

from mendloop.recommending.planned import Line, Lines, lines_for
from mendloop.recommending.question import Question
from mendloop.recommending.repairs import Repair

TEMPLATE = "known.repair"
STEPS = ("open", "mend")
FIELD = "used"
STRANGE = 0.02
"""How often a repair uses something for no reason at all."""


@dataclass(frozen=True, slots=True)
class Known:
    """A repair together with the truth: how probable each part that fits was, by step."""

    repair: Repair
    truth: dict[str, dict[str, float]]


@dataclass(slots=True)
class Function:
    """What a part is for, at one step; `makes` says which products share a part number."""

    name: str
    step: str
    shared: str
    rates: dict[str, float]
    leak: float
    homes: list[str]


@dataclass(slots=True)
class KnownOrganisation:
    """The organisation; the same seed makes the same one."""

    seed: int
    families: int = 4
    models: int = 4
    groups: int = 4
    codes: int = 5
    two_faults: float = 0.15
    products: list[str] = field(default_factory=list)
    above: dict[str, tuple[str, ...]] = field(default_factory=dict)
    functions: list[Function] = field(default_factory=list)
    lines: dict[str, list[Line]] = field(default_factory=dict)
    _random: random.Random = field(default_factory=random.Random)
    _luck: dict[tuple[str, ...], float] = field(default_factory=dict)
    _taken: dict[tuple[str, str], Lines] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._random.seed(self.seed)
        self.products = [f"kind/f{family}/m{model}" for family in range(self.families) for model in range(self.models)]
        self.above = {f"G{group}-{code}": (f"G{group}",) for group in range(self.groups) for code in range(self.codes)}
        self.functions = [self._function(number) for number in range(26)]
        self.lines = {step: list(self._planned(step)) for step in STEPS}

    def _function(self, number: int) -> Function:
        draw, faults = self._random, sorted(self.above)
        shared = ("model", "model", "family", "all")[number % 4]
        homes = draw.sample(faults, 2)
        rates = {}
        for fault in faults:
            related = any(fault[:2] == home[:2] for home in homes)
            rates[fault] = draw.uniform(0.05, 0.25) if related and draw.random() < 0.5 else draw.uniform(0.002, 0.02)
        rates |= {home: draw.uniform(0.45, 0.95) for home in homes}
        leak = draw.uniform(0.1, 0.5) if shared == "all" and draw.random() < 0.6 else 0.002
        return Function(f"P{number:02}", STEPS[number // 2 % 2], shared, rates, leak, homes)

    def _planned(self, step: str) -> Iterator[Line]:
        """Most of what is usual is planned; some is forgotten, and some that is planned is hardly ever needed."""
        for function in self._at(step):
            if self._random.random() < 0.2:
                continue
            faults = () if function.leak > 0.1 else (*function.homes,)
            if self._random.random() < 0.15:
                faults = (self._random.choice(sorted(self.above)),)
            for part in sorted({self.part(function, product) for product in self.products}):
                products = tuple(each for each in self.products if self.part(function, each) == part)
                yield Line(FIELD, part, 1, False, faults, () if function.shared == "all" else products)

    def _at(self, step: str) -> list[Function]:
        return [function for function in self.functions if function.step == step]

    def part(self, function: Function, product: str) -> str:
        """The part number that serves the function on a product."""
        _, family, model = product.split("/")
        return "-".join({"model": (function.name, family, model), "family": (function.name, family)}.get(
            function.shared, (function.name,)
        ))  # fmt: skip

    def truth(self, step: str, product: str, faults: tuple[str, ...]) -> dict[str, float]:
        """How probable each part that fits is: each fault by itself may need it, and so may no fault at all."""
        found = {}
        for function in self._at(step):
            apart = prod(1 - self._lucky(function, product, fault) for fault in faults)
            found[self.part(function, product)] = 1 - (1 - function.leak) * apart
        return found

    def _lucky(self, function: Function, product: str, fault: str) -> float:
        """The rate of a function, moved by what is special about the family, the model and the pair."""
        family = product.rpartition("/")[0]
        moved = sum(
            self._of((function.name, *key), spread)
            for key, spread in (((family,), 0.4), ((product,), 0.3), ((family, fault), 0.3), ((product, fault), 0.3))
        )
        rate = function.rates[fault]
        return 1 / (1 + exp(-(log(rate / (1 - rate)) + moved)))

    def _of(self, key: tuple[str, ...], spread: float) -> float:
        """Drawn once for each key, whenever it is first asked for."""
        if key not in self._luck:
            self._luck[key] = random.Random(f"{self.seed} {key}").gauss(0, spread)  # noqa: S311 - it must be repeatable
        return self._luck[key]

    def repairs(self, count: int) -> Iterator[Known]:
        """So many repairs, the earliest first. Some products and some faults are met far more often than others."""
        draw, faults = random.Random(self.seed + 1), sorted(self.above)  # noqa: S311 - it must be repeatable
        draw.shuffle(faults)
        popular = [list(accumulate(1 / (place + 2) for place in range(len(each)))) for each in (self.products, faults)]
        for number in range(count):
            product = draw.choices(self.products, cum_weights=popular[0])[0]
            chosen = draw.choices(faults, cum_weights=popular[1], k=2 if draw.random() < self.two_faults else 1)
            yield self._known(draw, number, product, tuple(sorted(set(chosen))))

    def _known(self, draw: random.Random, number: int, product: str, faults: tuple[str, ...]) -> Known:
        truth = {step: self.truth(step, product, faults) for step in STEPS}
        used = {step: {part for part, rate in sorted(truth[step].items()) if draw.random() < rate} for step in STEPS}
        if draw.random() < STRANGE:
            used[STEPS[0]].add(draw.choice(sorted(truth[STEPS[0]])))
        day, minute = divmod(number, 1440)
        date = f"20{20 + day // 336:02}-{1 + day // 28 % 12:02}-{1 + day % 28:02}"
        at = f"{date}T{minute // 60:02}:{minute % 60:02}:00.000Z"
        return Known(Repair(f"{number:07}", at, TEMPLATE, product, faults, used), truth)

    def question(self, step: str, repair: Repair) -> Question:
        """What a phone asks at a step of that repair."""
        above = {fault: self.above[fault] for fault in repair.faults}
        return Question(TEMPLATE, step, repair.product, above, self.taken(step, repair.product), FIELD)

    def taken(self, step: str, product: str) -> Lines:
        """The lines that speak of a product."""
        if (step, product) not in self._taken:
            self._taken[step, product] = lines_for(product, self.lines[step])
        return self._taken[step, product]
