"""How pages of knowledge name products, faults and people; what they know is asked for once a request."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import names_of_people
from mendloop.edge.context import actor_or_none, current_actor, current_language, current_session
from mendloop.knowledge import listing
from mendloop.knowledge.blueprint import blueprint
from mendloop.knowledge.drafting import limits_told
from mendloop.knowledge.roles import REVIEWERS, WRITERS, may_review
from mendloop.knowledge.rows import listed
from mendloop.library.services import list_fault_codes, list_products
from mendloop.pages.navigation import WAITING, Waiting
from mendloop.pages.render import t
from mendloop.words import local


@dataclass(frozen=True, slots=True)
class Tab:
    """One list of knowledge: its words, its address, and how many there are, if that is worth telling."""

    name: str
    key: str
    count: int | None = None


def tabs_for(session: Session, actor: Actor) -> list[Tab]:
    """The lists that the reader may open."""
    tabs = [Tab(listing.PUBLISHED, "knowledge.tab.published")]
    if actor.has_any(frozenset(WRITERS)):
        tabs.append(Tab(listing.MINE, "knowledge.tab.mine", listing.count_own_drafts(session, actor)))
    if may_review(actor):
        tabs.append(Tab(listing.REVIEW, "knowledge.tab.review", listing.count_to_review(session, actor)))
        tabs.append(Tab("draft", "knowledge.tab.draft"))
    return [*tabs, Tab(listing.RETIRED, "knowledge.tab.retired")]


def fault_titles() -> Mapping[str, str]:
    """What fault codes are called, in the reader's language."""
    if "fault_titles" not in g:
        codes = list_fault_codes(current_session(), current_actor())
        g.fault_titles = {each.code: local(each.title, current_language()) for each in codes}
    found: Mapping[str, str] = g.fault_titles
    return found


def product_titles() -> Mapping[str, str]:
    """What products are called, in the reader's language."""
    if "product_titles" not in g:
        products = list_products(current_session(), current_actor())
        g.product_titles = {each.key: local(each.title, current_language()) for each in products}
    found: Mapping[str, str] = g.product_titles
    return found


def person_name(person_id: str | None) -> str:
    """Somebody's name; a dash where there is none."""
    if "people_names" not in g:
        g.people_names = names_of_people(current_session(), current_actor())
    return str(g.people_names.get(person_id or "", "–"))


def fault_name(code: str) -> str:
    """What a code is called, else the code."""
    return fault_titles().get(code, code)


def product_name(key: str) -> str:
    """What a product is called; a family by its key."""
    return product_titles().get(key) or t("knowledge.family", key=key)


def products_and_families() -> list[tuple[str, str]]:
    """Every product and every family above one, the general ones first."""
    steps = (key.split("/") for key in product_titles())
    keys = {"/".join(each[:length]) for each in steps for length in range(1, len(each) + 1)}
    return [(key, product_name(key)) for key in sorted(keys)]


def product_names(products: str) -> str:
    """The products of a list, as it is kept in a column."""
    return ("、" if current_language() == "zh-CN" else ", ").join(map(product_name, listed(products)))


@blueprint.context_processor
def _context() -> dict[str, object]:
    if actor_or_none() is None:  # somebody who is not signed in is only told so
        return {}
    return {
        "fault_name": fault_name,
        "product_name": product_name,
        "product_names": product_names,
        "person_name": person_name,
        "limits_told": limits_told,
        "knowledge_tabs": tabs_for(current_session(), current_actor()),
    }


WAITING["nav.knowledge"] = Waiting("knowledge.waiting", frozenset(REVIEWERS), listing.count_to_review)
