"""The parts lists of fault codes: what people who know say that a fault usually needs, before anybody has counted."""

from collections.abc import Iterable

from sqlalchemy import Table, bindparam, delete, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.inventory.services import parts_by_number
from mendloop.library.services import fault_code_by_code
from mendloop.problems import Problem, Refusal
from mendloop.recommending.models import FaultPart

MOST_LISTED = 30
"""Parts on the list of one fault."""
_LISTED: Table = FaultPart.__table__  # type: ignore[assignment]
_OF_CODES = select(_LISTED.c.fault, _LISTED.c.part).where(
    _LISTED.c.organisation_id == bindparam("organisation"), _LISTED.c.fault.in_(bindparam("codes", expanding=True))
)


def listed_parts(session: Session, actor: Actor, codes: Iterable[str]) -> dict[str, set[str]]:
    """The part numbers on the lists of these codes; codes without a list are left out."""
    values = {"organisation": actor.organisation_id, "codes": sorted(set(codes))}
    found: dict[str, set[str]] = {}
    for fault, part in session.connection().execute(_OF_CODES, values) if values["codes"] else ():
        found.setdefault(fault, set()).add(part)
    return found


def list_part(session: Session, actor: Actor, fault: str, part: str) -> None:
    """Put a part on the list of a fault; nothing happens when it is there. In the caller's write transaction."""
    part = part.strip()
    problems = []
    if fault_code_by_code(session, actor, fault) is None:
        problems.append(Problem("recommending.fault_unknown", at="/fault", params={"code": fault[:60]}))
    if part not in parts_by_number(session, actor, [part]):
        problems.append(Problem("recommending.part_unknown", at="/part", params={"part": part[:100]}))
    if problems:
        raise Refusal(problems)
    there = listed_parts(session, actor, [fault]).get(fault, set())
    if part in there:
        return
    if len(there) >= MOST_LISTED:
        raise Refusal(Problem("recommending.list_full", at="/part", params={"limit": MOST_LISTED}))
    row = FaultPart(organisation_id=actor.organisation_id, fault=fault, part=part)
    row.listed_at, row.listed_by = utc_now(), actor.person_id
    session.add(row)
    session.flush()


def unlist_part(session: Session, actor: Actor, fault: str, part: str) -> None:
    """Take a part off the list of a fault, if it is on it."""
    statement = delete(_LISTED).where(
        _LISTED.c.organisation_id == actor.organisation_id, _LISTED.c.fault == fault, _LISTED.c.part == part
    )
    session.connection().execute(statement)
