"""Articles and bulletins: written by hand, published by a reviewer, kept in versions like cases."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.knowledge.article_content import KINDS, ArticleContent, read_article, write_article
from mendloop.knowledge.cases import check_reviewer
from mendloop.knowledge.changes import ARTICLE, note_change
from mendloop.knowledge.content import Words
from mendloop.knowledge.models import Article, ArticleVersion
from mendloop.knowledge.roles import CLOSED, WRITERS, is_published, may_edit, may_review
from mendloop.knowledge.rows import as_list, listed, names_in
from mendloop.library.services import fault_code_by_code, list_products
from mendloop.problems import Conflict, Forbidden, Missing, Problem, Refusal

LONGEST_TITLE, LONGEST_BODY, MOST = 200, 60_000, 300


@dataclass(frozen=True, slots=True)
class ArticleFilters:
    """What a list is narrowed to; empty means all. `product` finds what is about it, above it or for everything."""

    kind: str = ""
    product: str = ""
    fault: str = ""
    published: bool = True


def access_article(session: Session, actor: Actor, article_id: str) -> Article:
    """An article that the actor may read, else the same as none."""
    article = session.get(Article, (actor.organisation_id, article_id))
    if article is None or not (article.version > 0 or may_edit(actor, article)):
        raise Missing
    return article


def content_of_article(article: Article) -> ArticleContent:
    """What is written now, published or not."""
    return read_article(article.draft)


def published_article(session: Session, actor: Actor, article: Article, number: int | None = None) -> ArticleContent:
    """What everybody reads; an older version by its number."""
    version = session.get(ArticleVersion, (actor.organisation_id, article.id, number or article.version))
    if version is None:
        raise Missing
    return read_article(version.document)


def find_articles(session: Session, actor: Actor, filters: ArticleFilters) -> list[Article]:
    """The articles, bulletins first, what was changed last first."""
    conditions: list[ColumnElement[bool]] = [Article.organisation_id == actor.organisation_id]
    if filters.published:
        conditions += [Article.version > 0, Article.status.not_in(CLOSED)]
    elif not may_review(actor):
        conditions.append(or_(Article.version > 0, Article.author == actor.person_id))
    if filters.kind:
        conditions.append(Article.kind == filters.kind)
    if filters.fault:
        conditions.append(names_in(Article.faults, filters.fault))
    statement = select(Article).where(*conditions).order_by(Article.kind.desc(), Article.changed_at.desc())
    found = session.execute(statement.limit(MOST)).scalars()
    return [each for each in found if not filters.product or is_about(each, filters.product)]


def is_about(article: Article, product: str) -> bool:
    """Whether it is for this product, one above or below it, or for any."""
    own = listed(article.products)
    return not own or any(f"{product}/".startswith(f"{each}/") or each.startswith(f"{product}/") for each in own)


def write_new_article(session: Session, actor: Actor, kind: str, content: ArticleContent) -> Article:
    """Begin one."""
    if not actor.has_any(frozenset(WRITERS)):
        raise Forbidden
    _check(session, actor, content, kind)
    article = Article(organisation_id=actor.organisation_id, id=new_id(), kind=kind, author=actor.person_id)
    article.created_at, article.status, article.version, article.revision = utc_now(), "draft", 0, 0
    _write(article, content)
    session.add(article)
    session.flush()
    return article


def edit_article(
    session: Session, actor: Actor, article_id: str, revision: int, kind: str, content: ArticleContent
) -> Article:
    """Write into the draft, if it is still the one that was read; texts in other languages stay."""
    article = _lock(session, actor, article_id)
    if article.revision != revision:
        raise Conflict(Problem("case.changed_meanwhile", params={"revision": article.revision}))
    before = content_of_article(article)
    content = replace(content, title=_merged(before.title, content.title), body=_merged(before.body, content.body))
    _check(session, actor, content, kind)
    article.kind = kind
    article.status = "draft" if article.status == "published" else article.status
    _write(article, content)
    return article


def publish_article(session: Session, actor: Actor, article_id: str, revision: int) -> Article:
    """Let everybody read what is written now, as the next version."""
    check_reviewer(actor)
    article = _lock(session, actor, article_id)
    if article.revision != revision:
        raise Conflict(Problem("case.changed_meanwhile", params={"revision": article.revision}))
    article.version += 1
    article.status, article.published_at = "published", utc_now()
    _write(article, content_of_article(article))
    key = {"organisation_id": actor.organisation_id, "article_id": article.id, "number": article.version}
    session.add(ArticleVersion(**key, document=article.draft, made_at=article.published_at, made_by=actor.person_id))
    note_change(session, actor, ARTICLE, article.id)
    return article


def retire_article(session: Session, actor: Actor, article_id: str) -> Article:
    """It does not hold any more."""
    check_reviewer(actor)
    article = _lock(session, actor, article_id)
    if not is_published(article):
        raise Conflict(Problem("case.not_published"))
    article.status, article.changed_at = "retired", utc_now()
    note_change(session, actor, ARTICLE, article.id)
    return article


def _lock(session: Session, actor: Actor, article_id: str) -> Article:
    access_article(session, actor, article_id)
    article = session.get(Article, (actor.organisation_id, article_id), with_for_update=True, populate_existing=True)
    if article is None:
        raise Missing
    if not may_edit(actor, article):
        raise Forbidden
    return article


def _write(article: Article, content: ArticleContent) -> None:
    article.draft = write_article(content)
    article.revision += 1
    article.changed_at = utc_now()
    if article.version == 0 or article.status == "published":
        article.title, article.products = dict(content.title), as_list(content.products)
        article.faults = as_list(content.faults)


def _merged(before: Words, after: Words) -> dict[str, str]:
    both = {**before, **after}
    return {tongue: text for tongue, text in both.items() if text.strip()}


def _check(session: Session, actor: Actor, content: ArticleContent, kind: str) -> None:
    problems = [] if kind in KINDS else [Problem("article.kind_unknown", at="/kind")]
    if not any(text.strip() for text in content.title.values()):
        problems.append(Problem("case.title_missing", at="/title"))
    for name, text, limit in (("title", content.title, LONGEST_TITLE), ("body", content.body, LONGEST_BODY)):
        if any(len(each) > limit for each in text.values()):
            problems.append(Problem("case.text_long", at=f"/{name}", params={"limit": limit}))
    problems += _unknown(session, actor, content)
    if problems:
        raise Refusal(problems)


def _unknown(session: Session, actor: Actor, content: ArticleContent) -> Iterator[Problem]:
    keys = {product.key for product in list_products(session, actor)} if content.products else set()
    for product in content.products:
        if not any(f"{key}/".startswith(f"{product}/") for key in keys):
            yield Problem("article.product_unknown", at="/products", params={"product": product[:100]})
    for code in content.faults:
        if fault_code_by_code(session, actor, code) is None:
            yield Problem("case.code_unknown", at="/faults", params={"code": code[:60]})
