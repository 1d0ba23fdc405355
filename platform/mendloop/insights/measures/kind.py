"""What a figure is made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.insights.filters import Filters
from mendloop.insights.sums import Measured

Unit: TypeAlias = Literal["percent", "minutes", "pieces"]
Measure: TypeAlias = Callable[[Session, Actor, Filters, Sequence[Any]], list[Measured]]


@dataclass(frozen=True, slots=True)
class Kind:
    """`columns` are of the facts about orders, besides the common ones; `inputs` name what `measure` tells with every
    order, in its order. A figure `is_share` when it lies between 0 and 1: then an interval is told with it."""

    name: str
    unit: Unit
    columns: tuple[str, ...]
    inputs: tuple[str, ...]
    measure: Measure
    is_share: bool = False
    input_unit: Unit | Literal["count"] = "count"
