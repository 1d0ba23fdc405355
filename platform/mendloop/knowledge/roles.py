"""Who may do what with knowledge."""

from mendloop.accounts.actor import DESIGNER, ENGINEER, OWNER, SUPERVISOR, Actor
from mendloop.knowledge.models import Article, Case

REVIEWERS = (OWNER, SUPERVISOR, DESIGNER)
WRITERS = (*REVIEWERS, ENGINEER)
CLOSED = ("merged", "retired")
"""What is not shown any more, but was."""


def may_review(actor: Actor) -> bool:
    """Whether they decide what is published."""
    return actor.has_any(frozenset(REVIEWERS))


def may_edit(actor: Actor, row: Case | Article) -> bool:
    """Whether they may change what is written: it is their own, or theirs to review."""
    return may_review(actor) or (row.author == actor.person_id and actor.has_any(frozenset(WRITERS)))


def is_published(row: Case | Article) -> bool:
    """Whether everybody reads it. A change to it that is not published yet is another matter."""
    return row.version > 0 and row.status not in CLOSED
