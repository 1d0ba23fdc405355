"""Published cases, articles and bulletins with all that is shown of them, by their ids or for some products."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.article_content import ArticleContent, read_article
from mendloop.knowledge.content import CaseContent, Words
from mendloop.knowledge.models import Article, ArticleVersion, Case, CaseVersion
from mendloop.knowledge.push.votes import Votes
from mendloop.knowledge.roles import CLOSED
from mendloop.knowledge.rows import read_content
from mendloop.knowledge.search.entries import EntryKind
from mendloop.work_orders.services import orders_by_id

NO_WORDS: Words = {}


@dataclass(frozen=True, slots=True)
class Known:
    """One of them. `products` are paths, none for everything; `signs` says what its checks are called, in its order.

    `number` is the order's that a case comes from.
    """

    id: str
    kind: EntryKind
    title: Words
    symptom: Words = field(default_factory=dict)
    cause: Words = field(default_factory=dict)
    remedy: Words = field(default_factory=dict)
    more: Words = field(default_factory=dict)
    products: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    cause_codes: tuple[str, ...] = ()
    signs: Mapping[str, Words] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    template: str = ""
    votes: Votes = field(default_factory=Votes)
    minutes: int | None = None
    closed_at: str = ""
    number: str = ""


def known_by_id(session: Session, actor: Actor, ids: Collection[str]) -> dict[str, Known]:
    """Those of these that are published."""
    if not ids:
        return {}
    wanted = sorted(ids)
    cases = _cases(session, actor, Case.id.in_(wanted), len(wanted))
    articles = _articles(session, actor, Article.id.in_(wanted), len(wanted))
    return {each.id: each for each in (*cases, *articles)}


def known_for_products(session: Session, actor: Actor, products: Collection[str], most: int) -> list[Known]:
    """What was learned of these products and their families: of their own first, then what helped most often."""
    if not products:
        return []
    families = sorted({product.rpartition("/")[0] or product for product in products})
    near = or_(*(Case.product.startswith(family, autoescape=True) for family in families))
    about = or_(Article.products == "", *(Article.products.contains(family, autoescape=True) for family in families))
    articles = list(_articles(session, actor, about, most // 3))
    return [*_cases(session, actor, near, most - len(articles), own=sorted(products)), *articles]


def _cases(
    session: Session, actor: Actor, wanted: ColumnElement[bool], most: int, own: Collection[str] = ()
) -> Iterator[Known]:
    version = and_(
        CaseVersion.organisation_id == Case.organisation_id,
        CaseVersion.case_id == Case.id,
        CaseVersion.number == Case.version,
    )
    statement = (
        select(Case, CaseVersion.document)
        .join(CaseVersion, version)
        .where(Case.organisation_id == actor.organisation_id, Case.status.not_in(CLOSED), wanted)
        .order_by(when((Case.product.in_(own), 0), else_=1), (Case.helped - Case.not_helped).desc(), Case.id.desc())
    )
    rows = session.execute(statement.limit(most)).all()
    orders = orders_by_id(session, actor, [case.order_id for case, _ in rows if case.order_id])
    votes = _votes(session, actor, [case.id for case, _ in rows])
    for case, document in rows:
        order = orders.get(case.order_id or "")
        yield _of_case(case.id, read_content(document), votes.get(case.id, Votes()), order.number if order else "")


def _of_case(case_id: str, said: CaseContent, votes: Votes, number: str) -> Known:
    return Known(
        id=case_id,
        kind="case",
        title=said.title,
        symptom=said.symptom,
        cause=said.cause,
        remedy=said.remedy,
        products=(said.product,) if said.product else (),
        positions=said.positions,
        faults=said.faults,
        cause_codes=said.cause_codes,
        signs={sign.key: sign.label for sign in said.path},
        parts=tuple(dict.fromkeys(part.number for part in said.parts)),
        template=said.template,
        votes=votes,
        minutes=said.minutes,
        closed_at=said.closed_at,
        number=number,
    )


def _votes(session: Session, actor: Actor, ids: Collection[str]) -> dict[str, Votes]:
    """By the case that stands: its own, and those of the cases merged into it."""
    stands: Any = func.coalesce(Case.merged_into, Case.id)
    statement = (
        select(stands, func.sum(Case.helped), func.sum(Case.not_helped))
        .where(Case.organisation_id == actor.organisation_id, stands.in_(sorted(ids)))
        .group_by(stands)
    )
    return {found[0]: Votes(int(found[1]), int(found[2])) for found in session.execute(statement)}


def _articles(session: Session, actor: Actor, wanted: ColumnElement[bool], most: int) -> Iterable[Known]:
    version = and_(
        ArticleVersion.organisation_id == Article.organisation_id,
        ArticleVersion.article_id == Article.id,
        ArticleVersion.number == Article.version,
    )
    statement = (
        select(Article, ArticleVersion.document)
        .join(ArticleVersion, version)
        .where(Article.organisation_id == actor.organisation_id, Article.status.not_in(CLOSED), wanted)
        .order_by(Article.kind.desc(), Article.changed_at.desc(), Article.id.desc())
    )
    for article, document in session.execute(statement.limit(most)):
        yield _of_article(article, read_article(document))


def _of_article(article: Article, said: ArticleContent) -> Known:
    return Known(
        id=article.id,
        kind="bulletin" if article.kind == "bulletin" else "article",
        title=said.title,
        more=said.body,
        products=said.products,
        faults=said.faults,
        closed_at=article.published_at.isoformat() if article.published_at is not None else "",
    )
