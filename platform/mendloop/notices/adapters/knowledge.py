"""Cases: drafts for their authors to finish, and what waits for a reviewer's word."""

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.listing import MINE
from mendloop.knowledge.roles import REVIEWERS, WRITERS
from mendloop.knowledge.services import CaseFilters, cases_to_review, find_cases
from mendloop.notices.sources import CALM, Source, Waiting, register


def to_review(session: Session, actor: Actor) -> list[Waiting]:
    """Handed in by their authors."""
    return [
        Waiting(
            *("case_to_review", case.id, f"/knowledge/cases/{case.id}", case.changed_at, CALM),
            values={"title": case.title},
        )
        for case in cases_to_review(session, actor)
    ]


def drafts(session: Session, actor: Actor) -> list[Waiting]:
    """Drawn up from the record when an order ended: whoever did the work says the rest."""
    return [
        Waiting(
            *("case_draft", case.id, f"/knowledge/cases/{case.id}/edit", case.created_at, CALM),
            values={"title": case.title},
            person=case.author,
        )
        for case in find_cases(session, actor, CaseFilters(status=MINE)).cases
        if case.status == "draft"
    ]


register(Source("case_to_review", frozenset(REVIEWERS), to_review))
register(Source("case_draft", frozenset(WRITERS), drafts, personal=True))
