"""What an organisation decides about its knowledge: words that mean the same, and points for who shares it."""

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import OWNER, SUPERVISOR, Actor
from mendloop.knowledge.changes import SYNONYMS, note_change
from mendloop.knowledge.models import KnowledgeSettings
from mendloop.knowledge.roles import may_review
from mendloop.knowledge.search.entries import Synonyms
from mendloop.problems import Forbidden, Problem, Refusal

MOST_GROUPS, LONGEST_WORD, MOST_POINTS = 2000, 60, 10_000
SCHEMERS = frozenset({OWNER, SUPERVISOR})
_BETWEEN = re.compile(r"[,，、;；=\t]")


@dataclass(frozen=True, slots=True)
class Points:
    """What a published case is worth, and each time it helped somebody; nothing while the scheme is off."""

    on: bool = False
    published: int = 10
    helped: int = 2

    def worth(self, published: int, helped: int) -> int:
        """The points for so many."""
        return published * self.published + helped * self.helped if self.on else 0


def points_of(session: Session, actor: Actor) -> Points:
    """The organisation's scheme."""
    found = _settings(session, actor)
    return Points(found.points_on, found.points_published, found.points_helped) if found else Points()


def change_points(session: Session, actor: Actor, points: Points) -> None:
    """Lay down another scheme. Points are counted anew from what happened, whenever somebody asks."""
    if not actor.has_any(SCHEMERS):
        raise Forbidden
    problems = [
        Problem("knowledge.points_wrong", at=f"/{name}", params={"limit": MOST_POINTS})
        for name in ("published", "helped")
        if not 0 <= getattr(points, name) <= MOST_POINTS
    ]
    if problems:
        raise Refusal(problems)
    row = _own_row(session, actor)
    row.points_on, row.points_published, row.points_helped = points.on, points.published, points.helped


def synonyms_text(session: Session, actor: Actor) -> str:
    """The groups as they were written, one on each line."""
    found = _settings(session, actor)
    return found.synonyms if found else ""


def synonyms_of(session: Session, actor: Actor) -> Synonyms:
    """By each word, what else it is called."""
    return as_synonyms(groups_in(synonyms_text(session, actor)))


def change_synonyms(session: Session, actor: Actor, text: str) -> None:
    """Write down the groups anew. A group needs two words at least."""
    if not may_review(actor):
        raise Forbidden
    groups = groups_in(text)
    _check(groups)
    row = _own_row(session, actor)
    kept = "\n".join("、".join(group) for group in groups)
    if row.synonyms != kept:
        row.synonyms = kept
        note_change(session, actor, SYNONYMS, "")


def groups_in(text: str) -> list[tuple[str, ...]]:
    """The groups of words, one from each line that has any; commas of either language stand between words."""
    lines = ((word.strip() for word in _BETWEEN.split(line)) for line in text.splitlines())
    groups = (tuple(dict.fromkeys(word for word in words if word)) for words in lines)
    return [group for group in groups if group]


def as_synonyms(groups: list[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """By each word, the others of its groups."""
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for word in group:
            others = (*found.get(word, ()), *(other for other in group if other != word))
            found[word] = tuple(dict.fromkeys(others))
    return found


def _check(groups: list[tuple[str, ...]]) -> None:
    problems = []
    if len(groups) > MOST_GROUPS:
        problems.append(Problem("knowledge.groups_many", at="/synonyms", params={"limit": MOST_GROUPS}))
    alone = [group[0][:LONGEST_WORD] for group in groups if len(group) == 1]
    if alone:
        problems.append(Problem("knowledge.word_alone", at="/synonyms", params={"words": alone[:5]}))
    if any(len(word) > LONGEST_WORD for group in groups for word in group):
        problems.append(Problem("knowledge.word_long", at="/synonyms", params={"limit": LONGEST_WORD}))
    if problems:
        raise Refusal(problems)


def _settings(session: Session, actor: Actor) -> KnowledgeSettings | None:
    return session.get(KnowledgeSettings, actor.organisation_id)


def _own_row(session: Session, actor: Actor) -> KnowledgeSettings:
    row = session.get(KnowledgeSettings, actor.organisation_id, with_for_update=True, populate_existing=True)
    if row is None:
        row = KnowledgeSettings(organisation_id=actor.organisation_id, synonyms="", points_on=False)
        row.points_published, row.points_helped = Points().published, Points().helped
        session.add(row)
    return row
