"""Published cases that a new one may be the same as."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.content import CaseContent
from mendloop.knowledge.models import Case
from mendloop.knowledge.roles import CLOSED, is_published
from mendloop.knowledge.rows import listed, names_in

MOST, LOOKED_AT = 5, 200


@dataclass(frozen=True, slots=True)
class Similar:
    """A published case, and the faults that it shares."""

    case: Case
    faults: tuple[str, ...]
    same_product: bool


def similar_cases(session: Session, actor: Actor, case: Case, content: CaseContent) -> list[Similar]:
    """Of the same product and with the same faults, the most alike first. None is the case itself."""
    alike = [Case.product == content.product, *(names_in(Case.faults, fault) for fault in _codes(content))]
    statement = (
        select(Case)
        .where(
            Case.organisation_id == actor.organisation_id,
            Case.version > 0,
            Case.status.not_in(CLOSED),
            Case.id != case.id,
            or_(*alike),
        )
        .order_by(Case.changed_at.desc())
        .limit(LOOKED_AT)
    )
    found = (_compared(each, content) for each in session.execute(statement).scalars() if is_published(each))
    return sorted(found, key=_likeness, reverse=True)[:MOST]


def _compared(case: Case, content: CaseContent) -> Similar:
    shared = [code for code in listed(case.faults) if code in _codes(content)]
    return Similar(case, tuple(shared), case.product == content.product)


def _likeness(found: Similar) -> tuple[int, bool, int]:
    return (2 * len(found.faults) + 3 * found.same_product, found.same_product, found.case.helped)


def _codes(content: CaseContent) -> Sequence[str]:
    return list(_unique((*content.faults, *content.cause_codes)))


def _unique(codes: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(codes)
