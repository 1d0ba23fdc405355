"""Lists of cases: what is published, what is one's own to finish, what waits for a review."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.models import Article, Case
from mendloop.knowledge.roles import CLOSED, may_review
from mendloop.knowledge.rows import names_in

MOST = 200
PAGE = 30
PUBLISHED, MINE, REVIEW, RETIRED, DISMISSED = "published", "mine", "review", "retired", "dismissed"


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """What a list is narrowed to; empty means all. `product` and `template` name what is below them too."""

    status: str = PUBLISHED
    product: str = ""
    fault: str = ""
    template: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list, and how many there are in all."""

    cases: Sequence[Case]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def find_cases(session: Session, actor: Actor, filters: CaseFilters) -> Found:
    """A page, what was changed last first."""
    counting = _narrowed(select(func.count()).select_from(Case), actor, filters)
    total = session.execute(counting).scalar() or 0
    page = min(max(1, filters.page), max(1, -(-total // PAGE)))
    statement = _narrowed(select(Case), actor, filters).order_by(Case.changed_at.desc(), Case.id.desc())
    found = session.execute(statement.limit(PAGE).offset((page - 1) * PAGE)).scalars()
    return Found(list(found), total, page)


def cases_to_review(session: Session, actor: Actor) -> list[Case]:
    """What waits for a reviewer's word, the longest waiting first; nothing for who does not review."""
    if not may_review(actor):
        return []
    waiting = (Case.organisation_id == actor.organisation_id, Case.status == REVIEW)
    return list(session.execute(select(Case).where(*waiting).order_by(Case.changed_at).limit(MOST)).scalars())


def count_to_review(session: Session, actor: Actor) -> int:
    """How many there are."""
    waiting = (Case.organisation_id == actor.organisation_id, Case.status == REVIEW)
    return session.execute(select(func.count()).select_from(Case).where(*waiting)).scalar() or 0


def count_own_drafts(session: Session, actor: Actor) -> int:
    """How many drafts wait for the actor to finish them."""
    mine = (Case.organisation_id == actor.organisation_id, Case.author == actor.person_id, Case.status == "draft")
    return session.execute(select(func.count()).select_from(Case).where(*mine)).scalar() or 0


def cases_of_order(session: Session, actor: Actor, order_id: str) -> list[Case]:
    """The case that came of an order, and the one it was merged into, as far as the actor may read them."""
    own = select(Case).where(Case.organisation_id == actor.organisation_id, Case.order_id == order_id)
    case = session.execute(own).scalar_one_or_none()
    if case is None or not (case.version or may_review(actor) or case.author == actor.person_id):
        return []
    into = session.get(Case, (actor.organisation_id, case.merged_into)) if case.merged_into else None
    return [case, into] if into is not None else [case]


def cases_by_id(session: Session, actor: Actor, ids: Iterable[str]) -> dict[str, Case]:
    """Those of these that are published."""
    wanted = _is_published(Case)
    statement = select(Case).where(
        Case.organisation_id == actor.organisation_id, Case.id.in_(sorted(set(ids))), *wanted
    )
    return {case.id: case for case in session.execute(statement).scalars()}


def templates_of_cases(session: Session, actor: Actor) -> list[str]:
    """The keys of the templates that published cases come from."""
    statement = select(Case.template).where(Case.organisation_id == actor.organisation_id, *_is_published(Case))
    return sorted(key for key in session.execute(statement.distinct()).scalars() if key)


def _is_published(table: type[Case] | type[Article]) -> tuple[ColumnElement[bool], ...]:
    return (table.version > 0, table.status.not_in(CLOSED))


def _narrowed(statement: Select[Any], actor: Actor, filters: CaseFilters) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = [Case.organisation_id == actor.organisation_id]
    conditions += _of_status(actor, filters.status)
    if filters.product:
        below = Case.product.startswith(f"{filters.product}/", autoescape=True)
        conditions.append(or_(Case.product == filters.product, below))
    if filters.fault:
        conditions.append(names_in(Case.faults, filters.fault))
    if filters.template:
        conditions.append(Case.template == filters.template)
    return statement.where(*conditions)


def _of_status(actor: Actor, status: str) -> Sequence[ColumnElement[bool]]:
    own = () if may_review(actor) else (Case.author == actor.person_id,)
    if status == MINE:
        return (Case.author == actor.person_id, Case.status.in_(("draft", "review")))
    if status in (REVIEW, "draft"):
        return (Case.status == status, *own)
    if status == DISMISSED:
        return (Case.status == DISMISSED, *own)
    if status == RETIRED:
        return (Case.status.in_(CLOSED), Case.version > 0)
    return _is_published(Case)
