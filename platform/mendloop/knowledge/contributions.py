"""Who shared how much: counted from what happened, each time somebody asks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.changes import CASE
from mendloop.knowledge.models import Article, ArticleVersion, Case, CaseAct, KnowledgeChange
from mendloop.knowledge.settings import points_of

REVIEWS = ("published", "sent_back", "merged", "retired")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one person gave from an instant until before another one.

    `drafted` are cases drawn from their repairs, `published` those of their cases and articles that were published for
    the first time, `reviewed` what they decided about anybody's, `helped` how often their cases helped somebody.
    """

    person_id: str
    drafted: int = 0
    published: int = 0
    reviewed: int = 0
    helped: int = 0
    points: int = 0


def contributions(session: Session, actor: Actor, since: dt.datetime, until: dt.datetime) -> list[Contribution]:
    """Everybody who gave something, those who gave most first."""
    during = (CaseAct.at >= since, CaseAct.at < until)
    counted = {
        "drafted": _by_author(session, actor, (*during, CaseAct.act == "drafted")),
        "published": _by_author(session, actor, (*during, CaseAct.act == "published", CaseAct.version == 1)),
        "reviewed": _by_who(session, actor, (*during, CaseAct.act.in_(REVIEWS))),
        "helped": _helped(session, actor, since, until),
    }
    for person, count in _articles(session, actor, since, until).items():
        counted["published"][person] = counted["published"].get(person, 0) + count
    scheme = points_of(session, actor)
    found = []
    for person in sorted(set().union(*counted.values())):
        numbers = {name: of.get(person, 0) for name, of in counted.items()}
        points = scheme.worth(numbers["published"], max(0, numbers["helped"]))
        found.append(Contribution(person, **numbers, points=points))
    return sorted(found, key=lambda each: (-each.points, -each.published, -each.helped, each.person_id))


def _by_author(session: Session, actor: Actor, conditions: Iterable[Any]) -> dict[str, int]:
    """Acts of these kinds, by the authors of the cases."""
    statement = (
        select(Case.author, func.count())
        .join(CaseAct, (CaseAct.organisation_id == Case.organisation_id) & (CaseAct.case_id == Case.id))
        .where(Case.organisation_id == actor.organisation_id, *conditions)
        .group_by(Case.author)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _by_who(session: Session, actor: Actor, conditions: Iterable[Any]) -> dict[str, int]:
    statement = (
        select(CaseAct.by, func.count())
        .where(CaseAct.organisation_id == actor.organisation_id, *conditions)
        .group_by(CaseAct.by)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _helped(session: Session, actor: Actor, since: dt.datetime, until: dt.datetime) -> dict[str, int]:
    statement = (
        select(Case.author, func.sum(KnowledgeChange.helped))
        .join(
            KnowledgeChange,
            (KnowledgeChange.organisation_id == Case.organisation_id) & (KnowledgeChange.subject == Case.id),
        )
        .where(
            Case.organisation_id == actor.organisation_id,
            KnowledgeChange.kind == CASE,
            KnowledgeChange.helped != 0,
            KnowledgeChange.at >= since,
            KnowledgeChange.at < until,
        )
        .group_by(Case.author)
    )
    return {row[0]: int(row[1]) for row in session.execute(statement)}


def _articles(session: Session, actor: Actor, since: dt.datetime, until: dt.datetime) -> dict[str, int]:
    statement = (
        select(Article.author, func.count())
        .join(
            ArticleVersion,
            (ArticleVersion.organisation_id == Article.organisation_id) & (ArticleVersion.article_id == Article.id),
        )
        .where(
            Article.organisation_id == actor.organisation_id,
            ArticleVersion.number == 1,
            ArticleVersion.made_at >= since,
            ArticleVersion.made_at < until,
        )
        .group_by(Article.author)
    )
    return {row[0]: row[1] for row in session.execute(statement)}
