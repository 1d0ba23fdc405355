"""What orders cost beside what they took: the sums come from costing, and only for those who may see them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import OWNER, SUPERVISOR, Actor
from mendloop.costing import services as costing
from mendloop.insights import figures, found, sums
from mendloop.insights.filters import Filters

MAY_SEE = frozenset({OWNER, SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Cost:
    """Of the orders behind one line: the mean in minor units, of so many that have a sheet."""

    key: str
    minor: float
    orders: int


def costs_by_line(session: Session, actor: Actor, filters: Filters) -> Sequence[Cost]:
    """Of the orders that the planned figure counts, split as it is, the dearest first; nothing for who may not."""
    if not actor.has_any(MAY_SEE):
        return []
    given = [each for each in figures.measured(session, actor, figures.KINDS["planned"], filters) if each.lower]
    cost = {each.order_id: each.cost for each in costing.earned(session, actor)}
    rows = [each.row for each in given if each.row.order_id in cost]
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for row, keys in zip(rows, sums.keys_of(filters.split, found.zone(session, actor), rows), strict=True):
        for key in keys:
            lines[key].append(cost[row.order_id])
    means = [Cost(key, sum(amounts) / len(amounts), len(amounts)) for key, amounts in lines.items()]
    if filters.split == "person":
        return sorted(means, key=lambda it: it.key)
    return sorted(means, key=lambda it: (-it.minor, it.key))
