"""Articles and bulletins: reading, writing, publishing."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from mendloop.database import run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.knowledge import articles
from mendloop.knowledge.article_content import KINDS, ArticleContent
from mendloop.knowledge.blueprint import blueprint
from mendloop.knowledge.forms import ArticleForm, other_language
from mendloop.knowledge.models import Article
from mendloop.knowledge.rendering import as_html
from mendloop.knowledge.roles import CLOSED, REVIEWERS, WRITERS, is_published, may_edit, may_review
from mendloop.knowledge.showing import fault_titles, product_titles, products_and_families
from mendloop.pages.forms import SelectChoice, show_problems
from mendloop.pages.render import t
from mendloop.problems import Forbidden, Missing, Refusal
from mendloop.words import local, words_of


@blueprint.get("/knowledge/articles/<article_id>")
@allow()
def show_article(article_id: str) -> str:
    """An article as everybody reads it; `?draft=1` as it is written now, `?version=1` as it was published then."""
    return _article_page(articles.access_article(current_session(), current_actor(), article_id), [])


@blueprint.get("/knowledge/articles/new")
@allow(*WRITERS)
def new_article() -> str:
    """An empty form; `?kind=bulletin` for a bulletin, `?product=KEY` for one about a product."""
    kind = request.args.get("kind") if request.args.get("kind") in KINDS else KINDS[0]
    products = [request.args["product"]] if request.args.get("product") in product_titles() else []
    return form_page(ArticleForm(formdata=None, data={"kind": kind, "products": products}), None)


@blueprint.post("/knowledge/articles/new")
@allow(*WRITERS)
def write_article() -> Response | tuple[str, int]:
    """Keep it; `publish` publishes it at once."""
    session, actor, form = current_session(), current_actor(), ArticleForm()

    def write(content: ArticleContent) -> Article:
        return articles.write_new_article(session, actor, form.kind.data or "", content)

    return _save(form, None, write)


@blueprint.get("/knowledge/articles/<article_id>/edit")
@allow(*WRITERS)
def edit_article(article_id: str) -> str:
    """The form, filled from the draft."""
    article = _own(article_id)
    content, language = articles.content_of_article(article), current_language()
    other = other_language(language)
    data = {
        "revision": str(article.revision),
        "kind": article.kind,
        "title": content.title.get(language, ""),
        "body": content.body.get(language, ""),
        "other_title": content.title.get(other, ""),
        "other_body": content.body.get(other, ""),
        "products": list(content.products),
        "faults": list(content.faults),
    }
    return form_page(ArticleForm(formdata=None, data=data), article)


@blueprint.post("/knowledge/articles/<article_id>/edit")
@allow(*WRITERS)
def save_article(article_id: str) -> Response | tuple[str, int]:
    """Keep what was written; `publish` publishes it at once."""
    session, actor, form = current_session(), current_actor(), ArticleForm()
    article, given = _own(article_id), str(form.revision.data or "")
    revision = int(given) if given.isdecimal() else 0

    def write(content: ArticleContent) -> Article:
        return articles.edit_article(session, actor, article_id, revision, form.kind.data or "", content)

    return _save(form, article, write)


@blueprint.post("/knowledge/articles/<article_id>/publish")
@allow(*REVIEWERS)
def publish_article(article_id: str) -> Response | tuple[str, int]:
    """Let everybody read what is written now."""
    session, actor = current_session(), current_actor()
    revision = request.form.get("revision", 0, type=int)
    return _do(article_id, "publish", lambda: articles.publish_article(session, actor, article_id, revision))


@blueprint.post("/knowledge/articles/<article_id>/retire")
@allow(*REVIEWERS)
def retire_article(article_id: str) -> Response | tuple[str, int]:
    """It does not hold any more."""
    session, actor = current_session(), current_actor()
    return _do(article_id, "retire", lambda: articles.retire_article(session, actor, article_id))


def _save(
    form: ArticleForm, article: Article | None, write: Callable[[ArticleContent], Article]
) -> Response | tuple[str, int]:
    session, actor = current_session(), current_actor()

    def work() -> str:
        written = write(form.content(current_language()))
        if "publish" in request.form:
            articles.publish_article(session, actor, written.id, written.revision)
        return written.id

    try:
        article_id = run_write(session, work)
    except Refusal as refusal:
        session.rollback()
        show_problems(form, refusal)
        if article is not None and any(each.code == "case.changed_meanwhile" for each in refusal.problems):
            form.revision.data = str(_own(article.id).revision)
        return form_page(form, article), refusal.status
    flash("", "article.told.publish" if "publish" in request.form else "article.told.save")
    return redirect(url_for("knowledge.show_article", article_id=article_id, draft=1))


def _do(article_id: str, name: str, work: Callable[[], Any]) -> Response | tuple[str, int]:
    try:
        run_write(current_session(), work)
    except Missing:
        raise
    except Refusal as refusal:
        current_session().rollback()
        article = articles.access_article(current_session(), current_actor(), article_id)
        return _article_page(article, [words_of(each, current_language()) for each in refusal.problems]), refusal.status
    flash("", f"article.told.{name}")
    return redirect(url_for("knowledge.show_article", article_id=article_id))


def _article_page(article: Article, problems: list[str]) -> str:
    session, actor = current_session(), current_actor()
    wants_draft = article.version == 0 or (request.args.get("draft") and may_edit(actor, article))
    number = 0 if wants_draft else request.args.get("version", type=int) or article.version
    content = (
        articles.published_article(session, actor, article, number) if number else articles.content_of_article(article)
    )
    return render_template(
        "article.html",
        article=article,
        content=content,
        number=number,
        body=Markup(as_html(local(content.body, current_language()))),  # noqa: S704 - the renderer lets no HTML through
        problems=problems,
        is_published=is_published(article),
        may_edit=may_edit(actor, article) and article.status not in CLOSED,
        may_review=may_review(actor),
    )


def form_page(form: ArticleForm, article: Article | None) -> str:
    """The form, for an article that is there or for a new one."""
    form.kind.choices = [SelectChoice(kind, t(f"article.kind.{kind}")) for kind in KINDS]
    form.products.choices = [SelectChoice(*each) for each in products_and_families()]
    form.faults.choices = [SelectChoice(*each) for each in fault_titles().items()]
    other = other_language(current_language())
    may_publish = may_review(current_actor())
    return render_template("article_edit.html", form=form, article=article, other=other, may_publish=may_publish)


def _own(article_id: str) -> Article:
    article = articles.access_article(current_session(), current_actor(), article_id)
    if not may_edit(current_actor(), article):
        raise Forbidden
    return article
