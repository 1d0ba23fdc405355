"""Fault codes: what can be wrong, why, and what helps, each a tree of the organisation's own."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.library.models import FaultCode
from mendloop.library.rows import access_row, own_rows
from mendloop.library.texts import clean, faults_of_title
from mendloop.problems import Problem, Refusal

KINDS = ("problem", "cause", "remedy")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


@dataclass(frozen=True, slots=True)
class FaultCodeDetails:
    """What is written down about a fault code; `parent_code` is empty at the top of a tree."""

    code: str
    kind: str = "problem"
    title: Mapping[str, str] = field(default_factory=dict)
    parent_code: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Branch:
    """A fault code at its place in the tree; `depth` is 0 at the top."""

    fault_code: FaultCode
    depth: int


def list_fault_codes(session: Session, actor: Actor, kind: str | None = None) -> list[FaultCode]:
    """All fault codes, in the order of their codes."""
    wanted = () if kind is None else (FaultCode.kind == kind,)
    return list(session.execute(own_rows(actor, FaultCode, *wanted).order_by(FaultCode.code)).scalars())


def parents_of_fault_codes(session: Session, actor: Actor) -> dict[str, str | None]:
    """Every code with the one above it; quick, for who needs nothing else of the tree."""
    statement = select(FaultCode.code, FaultCode.parent_code).where(FaultCode.organisation_id == actor.organisation_id)
    return {row.code: row.parent_code for row in session.execute(statement)}


def fault_tree(codes: Iterable[FaultCode]) -> list[Branch]:
    """The codes as a tree, parents before their children; a code whose parent is not there stands at the top."""
    codes = list(codes)
    known = {code.code for code in codes}
    children: dict[str | None, list[FaultCode]] = {}
    for code in codes:
        children.setdefault(code.parent_code if code.parent_code in known else None, []).append(code)
    return list(_walk(children, None, 0))


def _walk(children: dict[str | None, list[FaultCode]], parent: str | None, depth: int) -> Iterator[Branch]:
    for code in children.get(parent, ()):
        yield Branch(code, depth)
        yield from _walk(children, code.code, depth + 1)


def access_fault_code(session: Session, actor: Actor, fault_code_id: str) -> FaultCode:
    """A fault code of the actor's organisation, or `Missing`."""
    return access_row(session, actor, FaultCode, fault_code_id)


def fault_code_by_code(session: Session, actor: Actor, code: str) -> FaultCode | None:
    """The fault code written like this."""
    return session.execute(own_rows(actor, FaultCode, FaultCode.code == code)).scalar_one_or_none()


def add_fault_code(session: Session, actor: Actor, details: FaultCodeDetails) -> FaultCode:
    """Take a code into the tree."""
    _check(session, actor, details, None)
    made = FaultCode(organisation_id=actor.organisation_id)
    _write(made, details)
    session.add(made)
    session.flush()
    return made


def change_fault_code(session: Session, actor: Actor, fault_code_id: str, details: FaultCodeDetails) -> FaultCode:
    """Write down new details; the codes below follow when the code itself changes."""
    found = access_fault_code(session, actor, fault_code_id)
    _check(session, actor, details, found)
    for code in list_fault_codes(session, actor):
        if code.parent_code == found.code:
            code.parent_code = details.code
    _write(found, details)
    session.flush()
    return found


def _write(row: FaultCode, details: FaultCodeDetails) -> None:
    row.code, row.kind, row.title = details.code, details.kind, clean(details.title)
    row.parent_code, row.active = details.parent_code or None, details.active


def _check(session: Session, actor: Actor, details: FaultCodeDetails, row: FaultCode | None) -> None:
    problems = faults_of_title(details.title)
    if not _CODE.fullmatch(details.code):
        problems.insert(0, Problem("fault_code.code_invalid", at="/code"))
    if details.kind not in KINDS:
        problems.append(Problem("fault_code.kind_unknown", at="/kind"))
    problems += _faults_of_parent(session, actor, details, row)
    holder = fault_code_by_code(session, actor, details.code)
    if holder is not None and holder is not row:
        problems.append(Problem("fault_code.code_taken", at="/code"))
    if problems:
        raise Refusal(problems)


def _faults_of_parent(
    session: Session, actor: Actor, details: FaultCodeDetails, row: FaultCode | None
) -> Iterator[Problem]:
    if not details.parent_code:
        return
    by_code = {code.code: code for code in list_fault_codes(session, actor)}
    parent = by_code.get(details.parent_code)
    if parent is None:
        yield Problem("fault_code.parent_unknown", at="/parent_code")
    elif parent.kind != details.kind:
        yield Problem("fault_code.parent_of_other_kind", at="/parent_code")
    elif row is not None and row.code in _ancestry(parent, by_code):
        yield Problem("fault_code.parent_is_below", at="/parent_code")


def _ancestry(code: FaultCode, by_code: Mapping[str, FaultCode]) -> set[str]:
    seen: set[str] = set()
    above: FaultCode | None = code
    while above is not None and above.code not in seen:
        seen.add(above.code)
        above = by_code.get(above.parent_code or "")
    return seen
