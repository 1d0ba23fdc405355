"""Reading: the lists of knowledge, a case, its versions, two cases beside each other."""

from dataclasses import replace
from itertools import pairwise

from flask import render_template, request

from mendloop.accounts.actor import OWNER, STOREKEEPER, SUPERVISOR, VIEWER
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_config, current_session
from mendloop.knowledge import joining, listing
from mendloop.knowledge.articles import ArticleFilters, find_articles
from mendloop.knowledge.blueprint import blueprint
from mendloop.knowledge.cases import access_case, content_of, published_content
from mendloop.knowledge.comparing import differences
from mendloop.knowledge.content import CaseContent
from mendloop.knowledge.history import acts_of, versions_of
from mendloop.knowledge.listing import CaseFilters, find_cases
from mendloop.knowledge.models import Article, Case
from mendloop.knowledge.roles import CLOSED, is_published, may_edit, may_review
from mendloop.knowledge.rows import read_content
from mendloop.knowledge.showing import fault_titles, products_and_families, tabs_for
from mendloop.knowledge.similar import similar_cases
from mendloop.library.services import list_templates
from mendloop.work_orders.services import orders_by_id

SEE_ORDERS = frozenset({OWNER, SUPERVISOR, VIEWER, STOREKEEPER})
KINDS = ("case", "bulletin", "article")


@blueprint.get("/knowledge/")
@allow()
def list_knowledge() -> str:
    """The list, narrowed by what stands in the address."""
    session, actor, filters, kind = current_session(), current_actor(), _filters(), request.args.get("kind", "")
    found = find_cases(session, actor, filters) if kind in ("", "case") else None
    return render_template(
        "knowledge.html",
        filters=filters,
        kind=kind,
        kinds=KINDS,
        found=found,
        contents={case.id: _shown(case) for case in found.cases} if found else {},
        articles=_articles(filters, kind),
        products=dict(products_and_families()),
        faults=fault_titles(),
        templates={each.template.key: each.version.title for each in list_templates(session, actor, archived=True)},
        address={name: value for name, value in request.args.items() if value and name != "page"},
    )


@blueprint.get("/knowledge/cases/<case_id>")
@allow()
def show_case(case_id: str) -> str:
    """A case as everybody reads it; `?draft=1` as it is written now, `?version=2` as it was published then."""
    return case_page(access_case(current_session(), current_actor(), case_id), [])


@blueprint.get("/knowledge/cases/<case_id>/versions")
@allow()
def show_versions(case_id: str) -> str:
    """What happened to a case, and what each version says otherwise than the one before."""
    session, actor = current_session(), current_actor()
    case = access_case(session, actor, case_id)
    versions = versions_of(session, actor, case)
    contents = [CaseContent(), *(read_content(version.document) for version in versions)]
    told = [differences(before, after) for before, after in pairwise(contents)]
    return render_template(
        "case_versions.html",
        case=case,
        rows=list(reversed(list(zip(versions, told, strict=True)))),
        acts=list(reversed(acts_of(session, actor, case))),
        may_restore=may_review(actor) and is_published(case),
    )


@blueprint.get("/knowledge/cases/<case_id>/compare/<other_id>")
@allow()
def compare_cases(case_id: str, other_id: str) -> str:
    """Two cases beside each other, to be made one."""
    session, actor = current_session(), current_actor()
    pair = [access_case(session, actor, each) for each in (case_id, other_id)]
    return render_template(
        "case_compare.html",
        pair=[(case, _shown(case)) for case in pair],
        may_merge=may_review(actor) and is_published(pair[1]) and pair[0].status not in CLOSED,
    )


def case_page(case: Case, problems: list[str]) -> str:
    """The page of a case, with what speaks against what somebody wanted to do with it."""
    session, actor = current_session(), current_actor()
    content, number = _asked_for(case)
    orders = orders_by_id(session, actor, joining.orders_of(session, actor, case.id))
    helped, not_helped = joining.votes_of(session, actor, case.id)
    return render_template(
        "case.html",
        case=case,
        content=content,
        number=number,
        problems=problems,
        is_published=is_published(case),
        may_edit=may_edit(actor, case) and case.status not in (*CLOSED, "dismissed"),
        may_review=may_review(actor),
        last=next(reversed(acts_of(session, actor, case)), None) if may_edit(actor, case) else None,
        similar=similar_cases(session, actor, current_config().data_folder, case, content)
        if _needs_a_look(case)
        else [],
        survivor=_readable(case.merged_into),
        successor=_readable(case.successor),
        orders=list(orders.values()) if actor.has_any(SEE_ORDERS) else [],
        others=len(orders),
        helped=helped,
        votes=helped + not_helped,
    )


def _needs_a_look(case: Case) -> bool:
    return may_review(current_actor()) and case.status not in CLOSED


def _readable(case_id: str | None) -> Case | None:
    found = current_session().get(Case, (current_actor().organisation_id, case_id)) if case_id else None
    return found if found is not None and found.version else None


def _asked_for(case: Case) -> tuple[CaseContent, int]:
    """What is to be shown, and the number of its version; 0 for what is written now."""
    session, actor = current_session(), current_actor()
    if case.version == 0 or (request.args.get("draft") and may_edit(actor, case)):
        return content_of(case), 0
    number = request.args.get("version", type=int) or case.version
    return published_content(session, actor, case, number), number


def _shown(case: Case) -> CaseContent:
    if case.version == 0:
        return content_of(case)
    return published_content(current_session(), current_actor(), case)


def _filters() -> CaseFilters:
    given = request.args
    filters = CaseFilters(
        status=given.get("status", listing.PUBLISHED),
        product=given.get("product", "")[:200],
        fault=given.get("fault", "")[:60],
        template=given.get("template", "")[:120],
        page=max(1, given.get("page", 1, type=int)),
    )
    known = {tab.name for tab in tabs_for(current_session(), current_actor())} | {listing.DISMISSED}
    return filters if filters.status in known else replace(filters, status=listing.PUBLISHED)


def _articles(filters: CaseFilters, kind: str) -> list[Article]:
    """Articles have no lists of their own: they stand above the cases, those not published with the drafts."""
    if kind == "case" or filters.template or filters.page > 1 or filters.status not in (listing.PUBLISHED, "draft"):
        return []
    wanted = kind if kind in ("article", "bulletin") else ""
    published = filters.status == listing.PUBLISHED
    narrowed = ArticleFilters(wanted, filters.product, filters.fault, published)
    found = find_articles(current_session(), current_actor(), narrowed)
    return [each for each in found if published or each.status == "draft"]
