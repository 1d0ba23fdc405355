"""From what is published to what the search knows of it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.article_content import ArticleContent, read_article
from mendloop.knowledge.changes import newest_change, subjects_after
from mendloop.knowledge.content import CaseContent, Words
from mendloop.knowledge.models import Article, ArticleVersion, Case, CaseVersion
from mendloop.knowledge.roles import CLOSED, is_published
from mendloop.knowledge.rows import read_content
from mendloop.knowledge.search.entries import Entry
from mendloop.library.services import list_fault_codes, list_products

AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Changed:
    """What a search has to take in and to forget to know everything up to the change `number`."""

    number: int
    entries: Sequence[Entry]
    removed: Sequence[str]


def entries_after(session: Session, actor: Actor, number: int) -> Changed:
    """What changed since; after 0: everything that is published."""
    newest = newest_change(session, actor).number  # asked for first: what comes meanwhile is told twice, never missed
    if number == 0:
        return Changed(newest, all_entries(session, actor), ())
    subjects = list(subjects_after(session, actor, number))
    entries = [
        entry
        for first in range(0, len(subjects), AT_ONCE)
        for entry in _entries(session, actor, subjects[first : first + AT_ONCE])
    ]
    there = {entry.id for entry in entries}
    return Changed(newest, entries, [each for each in subjects if each not in there])


def all_entries(session: Session, actor: Actor) -> list[Entry]:
    """Everything that is published."""
    return _entries(session, actor, None)


@dataclass(frozen=True, slots=True)
class Titles:
    """What fault codes and products are called, by their codes and keys."""

    faults: Mapping[str, Words]
    products: Mapping[str, Words]

    def of_faults(self, codes: Iterable[str]) -> Iterable[Words]:
        return (self.faults[code] for code in codes if code in self.faults)

    def of_products(self, keys: Iterable[str]) -> Iterable[Words]:
        """The name of each, and the words of its path: those of the families that it belongs to."""
        for key in keys:
            yield {"path": " ".join(key.split("/")), **self.products.get(key, {})}


def entry_of_case(case: Case, content: CaseContent, votes: tuple[int, int], titles: Titles) -> Entry:
    """A case as the search knows it. People search by names of products, faults, steps and parts, too."""
    names = titles.of_faults((*content.faults, *content.cause_codes, *content.remedy_codes))
    signs = [(sign.label, {"": sign.note}) for sign in content.path]
    own = [*names, *(each for pair in signs for each in pair), *(part.name for part in content.parts)]
    more = [*titles.of_products([content.product]), *own]
    return Entry(
        id=case.id,
        kind="case",
        title=_all(content.title),
        symptom=_all(content.symptom),
        cause=_all(content.cause),
        remedy=_all(content.remedy),
        more="\n".join(dict.fromkeys(filter(None, map(_all, more)))),
        product=content.product,
        positions=content.positions,
        faults=content.faults,
        cause_codes=content.cause_codes,
        checks=tuple(dict.fromkeys(sign.key for sign in content.path)),
        parts=tuple(dict.fromkeys(part.number for part in content.parts)),
        template=content.template,
        helped=votes[0],
        not_helped=votes[1],
        closed_at=dt.datetime.fromisoformat(content.closed_at) if content.closed_at else case.published_at,
    )


def entry_of_article(article: Article, content: ArticleContent, titles: Titles) -> Entry:
    """An article or a bulletin: its text is what helps. One for several products stands at what they share."""
    return Entry(
        id=article.id,
        kind="bulletin" if article.kind == "bulletin" else "article",
        title=_all(content.title),
        more="\n".join(map(_all, (*titles.of_products(content.products), content.body))),
        product=shared_product(content.products),
        faults=content.faults,
        closed_at=article.published_at,
    )


def shared_product(products: Sequence[str]) -> str:
    """The path down to which all of these are the same."""
    paths = [product.split("/") for product in products]
    shared = []
    for steps in zip(*paths, strict=False):
        if len(set(steps)) > 1:
            break
        shared.append(steps[0])
    return "/".join(shared)


def _entries(session: Session, actor: Actor, ids: Sequence[str] | None) -> list[Entry]:
    titles = Titles(
        {code.code: code.title for code in list_fault_codes(session, actor)},
        {product.key: product.title for product in list_products(session, actor)},
    )
    return [*_cases(session, actor, ids, titles), *_articles(session, actor, ids, titles)]


def _cases(session: Session, actor: Actor, ids: Sequence[str] | None, titles: Titles) -> Iterable[Entry]:
    votes = _votes(session, actor, ids)
    statement = (
        select(Case, CaseVersion.document)
        .join(
            CaseVersion,
            (CaseVersion.organisation_id == Case.organisation_id)
            & (CaseVersion.case_id == Case.id)
            & (CaseVersion.number == Case.version),
        )
        .where(Case.organisation_id == actor.organisation_id, Case.status.not_in(CLOSED))
    )
    if ids is not None:
        statement = statement.where(Case.id.in_(ids))
    for case, document in session.execute(statement.order_by(Case.id)):
        yield entry_of_case(case, read_content(document), votes.get(case.id, (0, 0)), titles)


def _votes(session: Session, actor: Actor, ids: Sequence[str] | None) -> dict[str, tuple[int, int]]:
    """By the case that stands: its own votes, and those of the cases merged into it."""
    statement = select(Case.id, Case.merged_into, Case.helped, Case.not_helped).where(
        Case.organisation_id == actor.organisation_id, Case.helped + Case.not_helped > 0
    )
    if ids is not None:
        statement = statement.where(Case.id.in_(ids) | Case.merged_into.in_(ids))
    found: dict[str, tuple[int, int]] = {}
    for case_id, into, helped, not_helped in session.execute(statement):
        before = found.get(into or case_id, (0, 0))
        found[into or case_id] = (before[0] + helped, before[1] + not_helped)
    return found


def _articles(session: Session, actor: Actor, ids: Sequence[str] | None, titles: Titles) -> Iterable[Entry]:
    statement = (
        select(Article, ArticleVersion.document)
        .join(
            ArticleVersion,
            (ArticleVersion.organisation_id == Article.organisation_id)
            & (ArticleVersion.article_id == Article.id)
            & (ArticleVersion.number == Article.version),
        )
        .where(Article.organisation_id == actor.organisation_id)
    )
    if ids is not None:
        statement = statement.where(Article.id.in_(ids))
    for article, document in session.execute(statement.order_by(Article.id)):
        if is_published(article):
            yield entry_of_article(article, read_article(document), titles)


def _all(text: Words) -> str:
    """All its languages, one after the other."""
    return "\n".join(dict.fromkeys(each.strip() for each in text.values() if each.strip()))
