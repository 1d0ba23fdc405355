"""Parts that came out of assets, for product development: by part, position, lot, age and product."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from mendloop.assets.services import TakenOut
from mendloop.insights.flow.numbers import percentile

AGES = (30, 90, 180, 365, 730, 1460)
"""Days at which one group of ages ends and the next begins."""


@dataclass(frozen=True, slots=True)
class Failures:
    """What came out and has this in common; `key` is empty where it is not known."""

    key: str
    all: tuple[TakenOut, ...]

    @property
    def assets(self) -> int:
        """Of how many assets."""
        return len({each.asset_id for each in self.all if each.asset_id})

    @property
    def days(self) -> list[float]:
        """Their ages, as far as they are known."""
        return [each.days for each in self.all if each.days is not None]

    @property
    def median(self) -> float | None:
        """Of their ages."""
        return percentile(self.days, 0.5)


GROUPS: Mapping[str, Callable[[TakenOut], str]] = {
    "part": lambda each: each.part,
    "position": lambda each: each.address,
    "lot": lambda each: f"{each.part} · {each.lot}" if each.lot else "",
    "age": lambda each: "" if each.days is None else str(_band(each.days)),
    "product": lambda each: each.product_id or "",
}


def grouped(found: Iterable[TakenOut], group: str) -> list[Failures]:
    """Most first; ages from young to old."""
    groups: dict[str, list[TakenOut]] = {}
    for each in found:
        groups.setdefault(GROUPS[group](each), []).append(each)
    made = [Failures(key, tuple(all_)) for key, all_ in groups.items()]
    if group == "age":
        return sorted(made, key=lambda each: int(each.key or len(AGES) + 1))
    return sorted(made, key=lambda each: (-len(each.all), each.key))


def _band(days: float) -> int:
    return sum(days >= limit for limit in AGES)
