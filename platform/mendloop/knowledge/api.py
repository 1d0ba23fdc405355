"""Cases and articles over the API."""

from typing import Any

from mendloop.accounts.services import names_of_people
from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.database import run_write
from mendloop.knowledge import articles, cases, joining
from mendloop.knowledge.again import draft_case
from mendloop.knowledge.articles import ArticleFilters
from mendloop.knowledge.content import CaseContent
from mendloop.knowledge.edits import CaseEdits
from mendloop.knowledge.listing import CaseFilters, find_cases
from mendloop.knowledge.models import Article, Case
from mendloop.knowledge.roles import WRITERS, may_edit
from mendloop.knowledge.rows import listed
from mendloop.knowledge.shapes import (
    ArticleOut,
    ArticlesOut,
    ArticlesQuery,
    CaseActIn,
    CaseEditIn,
    CaseOut,
    CasesOut,
    CasesQuery,
    FullCaseOut,
)

api = Api("knowledge")


@api.get("/cases", roles=ANY_ROLE, summary="Cases, what was changed last first.", query=CasesQuery, response=CasesOut)
def get_cases(query: CasesQuery) -> CasesOut:
    filters = CaseFilters(query.status, query.product, query.fault, query.template, query.page)
    found = find_cases(current_session(), current_actor(), filters)
    names = names_of_people(current_session(), current_actor())
    return CasesOut(cases=[_case(each, names) for each in found.cases], total=found.total, page=found.page)


@api.get("/cases/<case_id>", roles=ANY_ROLE, summary="A case as everybody reads it.", response=FullCaseOut)
def get_case(case_id: str) -> FullCaseOut:
    session, actor = current_session(), current_actor()
    case = cases.access_case(session, actor, case_id)
    return _full(case, cases.published_content(session, actor, case) if case.version else cases.content_of(case))


@api.get("/cases/<case_id>/draft", roles=WRITERS, summary="A case as it is written now.", response=FullCaseOut)
def get_case_draft(case_id: str) -> FullCaseOut:
    case = cases.access_own(current_session(), current_actor(), case_id)
    return _full(case, cases.content_of(case))


@api.post(
    "/orders/<order_id>/case",
    roles=WRITERS,
    summary="The case of an order that has ended; it is drafted from the record where it is missing.",
    response=FullCaseOut,
)
def post_case_of_order(order_id: str) -> FullCaseOut:
    session, actor = current_session(), current_actor()
    case = run_write(session, lambda: draft_case(session, actor, order_id))
    return _full(case, cases.content_of(case)) if may_edit(actor, case) else get_case(case.id)


@api.patch(
    "/cases/<case_id>",
    roles=WRITERS,
    summary="Write into a draft, if it is still the one that was read; 409 otherwise.",
    request=CaseEditIn,
    response=FullCaseOut,
)
def patch_case(case_id: str, body: CaseEditIn) -> FullCaseOut:
    session, actor = current_session(), current_actor()
    members = body.model_dump(exclude={"revision"})
    case = run_write(session, lambda: cases.edit_case(session, actor, case_id, body.revision, CaseEdits(**members)))
    return _full(case, cases.content_of(case))


@api.post(
    "/cases/<case_id>/acts",
    roles=WRITERS,
    summary="Hand a case over, publish it, send it back, merge or retire it, restore it.",
    request=CaseActIn,
    response=FullCaseOut,
)
def post_case_act(case_id: str, body: CaseActIn) -> FullCaseOut:
    session = current_session()
    run_write(session, lambda: _act(case_id, body))
    return get_case(case_id)


@api.get(
    "/articles",
    roles=ANY_ROLE,
    summary="Published articles and bulletins, bulletins first.",
    query=ArticlesQuery,
    response=ArticlesOut,
)
def get_articles(query: ArticlesQuery) -> ArticlesOut:
    filters = ArticleFilters(query.kind, query.product, query.fault)
    found = articles.find_articles(current_session(), current_actor(), filters)
    return ArticlesOut(articles=[_article(each) for each in found])


@api.get("/articles/<article_id>", roles=ANY_ROLE, summary="An article or a bulletin.", response=ArticleOut)
def get_article(article_id: str) -> ArticleOut:
    return _article(articles.access_article(current_session(), current_actor(), article_id))


def _act(case_id: str, body: CaseActIn) -> None:
    session, actor = current_session(), current_actor()
    own = (session, actor, case_id)
    acts = {
        "submit": lambda: cases.submit_case(*own, body.revision),
        "publish": lambda: cases.publish_case(*own, body.revision, body.note),
        "send_back": lambda: cases.send_back(*own, body.note),
        "dismiss": lambda: cases.dismiss_case(*own, body.note),
        "take_up": lambda: cases.take_up_again(*own),
        "merge": lambda: joining.merge_case(*own, body.into or "", body.note),
        "retire": lambda: joining.retire_case(*own, body.into, body.note),
        "restore": lambda: joining.restore_case(*own),
        "restore_version": lambda: joining.restore_version(*own, body.version),
    }
    acts[body.act]()


def _case(case: Case, names: dict[str, str]) -> CaseOut:
    return CaseOut(**_members(case, names))


def _full(case: Case, content: CaseContent) -> FullCaseOut:
    session, actor = current_session(), current_actor()
    helped, not_helped = joining.votes_of(session, actor, case.id)
    members = _members(case, names_of_people(session, actor))
    said = content.to_json()
    return FullCaseOut(**members, revision=case.revision, content=said, helped=helped, votes=helped + not_helped)


def _members(case: Case, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": case.id,
        "status": case.status,
        "version": case.version,
        "title": case.title,
        "product": case.product,
        "template": case.template,
        "faults": list(listed(case.faults)),
        "author": case.author,
        "author_name": names.get(case.author, "–"),
        "changed_at": case.changed_at,
        "published_at": case.published_at,
        "order": case.order_id,
        "merged_into": case.merged_into,
        "successor": case.successor,
    }


def _article(article: Article) -> ArticleOut:
    session, actor = current_session(), current_actor()
    content = (
        articles.published_article(session, actor, article) if article.version else articles.content_of_article(article)
    )
    return ArticleOut(
        id=article.id,
        kind="bulletin" if article.kind == "bulletin" else "article",
        status=article.status,
        version=article.version,
        title=dict(content.title),
        body=dict(content.body),
        products=list(content.products),
        faults=list(content.faults),
        changed_at=article.changed_at,
    )
