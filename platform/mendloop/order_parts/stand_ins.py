"""Parts that may be built in where others are meant."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.inventory.services import Part
from mendloop.order_parts.models import PartStandIn
from mendloop.problems import Problem, Refusal

MOST = 20


def stand_ins_for(session: Session, actor: Actor, part_ids: Iterable[str]) -> dict[str, list[Part]]:
    """By the id of the part that is meant: those that may stand in for it, the first choice first."""
    statement = (
        select(PartStandIn.part_id, PartStandIn.stand_in_id)
        .where(PartStandIn.organisation_id == actor.organisation_id, PartStandIn.part_id.in_(sorted(set(part_ids))))
        .order_by(PartStandIn.part_id, PartStandIn.rank)
    )
    pairs = [(str(row[0]), str(row[1])) for row in session.execute(statement)]
    parts = inventory.parts_by_id(session, actor, [other for _, other in pairs])
    found: dict[str, list[Part]] = {}
    for part, other in pairs:
        found.setdefault(part, []).append(parts[other])
    return found


def meant_by(session: Session, actor: Actor, part_id: str) -> list[Part]:
    """The other way round: the parts that this one may stand in for, by number."""
    statement = select(PartStandIn.part_id).where(
        PartStandIn.organisation_id == actor.organisation_id, PartStandIn.stand_in_id == part_id
    )
    found = inventory.parts_by_id(session, actor, session.execute(statement).scalars())
    return sorted(found.values(), key=lambda part: part.number)


def change_stand_ins(session: Session, actor: Actor, number: str, others: Sequence[str]) -> None:
    """From now on these may stand in for a part, the first choice first; none takes all away."""
    wanted = list(dict.fromkeys(each.strip() for each in others if each.strip()))
    parts = inventory.parts_by_number(session, actor, [number.strip(), *wanted])
    _check(number.strip(), wanted, parts)
    part = parts[number.strip()]
    wanted = list({parts[each].id: each for each in reversed(wanted)}.values())[::-1]
    mine = (PartStandIn.organisation_id == actor.organisation_id, PartStandIn.part_id == part.id)
    session.execute(delete(PartStandIn).where(*mine))
    for rank, other in enumerate(wanted):
        values = {"organisation_id": actor.organisation_id, "part_id": part.id, "stand_in_id": parts[other].id}
        session.add(PartStandIn(**values, rank=rank))
    session.flush()


def _check(number: str, wanted: Sequence[str], known: Mapping[str, Part]) -> None:
    problems = [Problem("part.unknown", params={"part": each}) for each in (number, *wanted) if each not in known]
    if number in known and known[number].id in {known[each].id for each in wanted if each in known}:
        problems.append(Problem("part.stands_in_for_itself", at="/stand_ins", params={"part": number}))
    if len(wanted) > MOST:
        problems.append(Problem("part.too_many_stand_ins", at="/stand_ins", params={"limit": MOST}))
    if problems:
        raise Refusal(problems)
