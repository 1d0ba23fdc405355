"""No assembly inside itself, at no depth: what parts consist of is a graph without circles."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from mendloop_engine.json_values import JsonObject
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.models import Bom, BomPosition
from mendloop.assets.positions import DEEPEST, Position
from mendloop.clock import utc_now
from mendloop.problems import Problem

Graph = Mapping[str, AbstractSet[str]]
"""Each assembly's number, and the numbers of the parts in it."""


def check_nesting(session: Session, actor: Actor, part: str | None, positions: Sequence[Position]) -> list[Problem]:
    """What speaks against these positions in a BOM of `part` (None: of a product): a circle, or too many levels."""
    named = {each.part for each in positions if each.part is not None}
    graph = {**assemblies(session, actor), **({part: named} if part is not None else {})}
    problems = []
    for index, position in enumerate(positions):
        way = [position.part] if position.part is not None else []
        circle = circle_from(graph, part, position.part) if part is not None and position.part is not None else None
        if circle is not None:
            params: JsonObject = {"way": " → ".join(circle), "number": index + 1}
            problems.append(Problem("bom.circle", at=f"/lines/{index}", params=params))
        elif way and levels(graph, way[0]) > DEEPEST:
            problems.append(Problem("bom.too_deep", at=f"/lines/{index}", params=_deep(position, index)))
    return problems


def assemblies(session: Session, actor: Actor) -> dict[str, set[str]]:
    """What is in each assembly, by its revision in effect and by those that are still to come."""
    statement = (
        select(Bom.part_number, Bom.id, Bom.effective_from, Bom.revision)
        .where(Bom.organisation_id == actor.organisation_id, Bom.part_number.is_not(None))
        .order_by(Bom.part_number, Bom.effective_from, Bom.revision)
    )
    now, counting = utc_now(), dict[str, str]()
    latest: dict[str, str] = {}
    for found, bom_id, effective, _ in session.execute(statement):
        number = str(found)
        if effective <= now:
            counting.pop(latest.get(number, ""), None)
            latest[number] = bom_id
        counting[bom_id] = number
    return _contents(session, actor, counting)


def circle_from(graph: Graph, top: str, start: str) -> list[str] | None:
    """A way from `top` by `start` back to `top`; None when there is none."""
    way, seen = [(start, [top, start])], {start}
    while way:
        here, path = way.pop()
        if here == top:
            return path
        for part in sorted(graph.get(here, set()) - seen):
            seen.add(part)
            way.append((part, [*path, part]))
    return None


def levels(graph: Graph, part: str) -> int:
    """How many assemblies stand inside each other below and with this part; more than allowed is not counted on."""
    here, depth = {part}, 0
    while here and depth <= DEEPEST:
        here = {inner for each in here for inner in graph.get(each, ())}
        depth += 1
    return depth


def _contents(session: Session, actor: Actor, counting: Mapping[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {number: set() for number in counting.values()}
    statement = select(BomPosition.bom_id, BomPosition.part_number).where(
        BomPosition.organisation_id == actor.organisation_id,
        BomPosition.part_number.is_not(None),
        BomPosition.bom_id.in_(sorted(counting)),
    )
    for bom_id, number in session.execute(statement):
        found[counting[bom_id]].add(number or "")
    return found


def _deep(position: Position, index: int) -> JsonObject:
    return {"key": position.key, "number": index + 1, "limit": DEEPEST}
