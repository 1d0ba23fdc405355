"""The page of recommendations: which parts a repair will probably need, why, and what that was learned from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from mendloop_engine.plan import Plan
from werkzeug.wrappers import Response

from mendloop.accounts.actor import DESIGNER, OWNER, STOREKEEPER, SUPERVISOR, VIEWER
from mendloop.database import write_transaction
from mendloop.edge.access import allow
from mendloop.edge.context import actor_or_none, current_actor, current_language, current_session
from mendloop.inventory import services as inventory
from mendloop.inventory.showing import TABS
from mendloop.library import services as library
from mendloop.library.services import Published
from mendloop.problems import Missing, Refusal
from mendloop.recommending import learned
from mendloop.recommending.fault_parts import list_part, listed_parts, unlist_part
from mendloop.recommending.forms import AskForm, ListPartForm
from mendloop.recommending.learned import Where
from mendloop.recommending.repairs import ANY, steps_with_parts
from mendloop.recommending.telling import Told, ToldStep, latest_numbers, tell_parts
from mendloop.words import local, words_of
from mendloop.work_orders.fault_choice import choose_among, faults_in_use
from mendloop.work_orders.listing import order_by_number

blueprint = Blueprint("recommending", __name__, template_folder="pages")
READERS = (OWNER, SUPERVISOR, STOREKEEPER, DESIGNER, VIEWER)
KEEPERS = (OWNER, SUPERVISOR, STOREKEEPER)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: a product, its faults, and the process with its plan, where one fits."""

    product: str
    faults: tuple[str, ...]
    fitting: Sequence[Published]
    published: Published | None
    plan: Plan | None
    node: str

    @property
    def address(self) -> dict[str, Any]:
        """The same as an address."""
        key = self.published.template.key if self.published else None
        return {"product": self.product, "fault_codes": list(self.faults), "template": key, "node": self.node or None}

    def where(self, told: Told, node: str) -> Where | None:
        """Where the repairs were counted that speak for a proposal."""
        reason = told.counted
        if reason is None or self.plan is None:
            return None
        own = self.faults[0] if reason.kind == "same" and len(self.faults) == 1 else reason.fault
        return Where(self.plan.key, node, reason.product, own)


@blueprint.get("/stock/recommendations")
@allow(*READERS)
def show_recommendations() -> str:
    """`?product=KEY&fault_codes=CODE&…&template=KEY&node=STEP`: what such a repair will probably need."""
    return _page([])


@blueprint.get("/stock/recommendations/orders")
@allow(*READERS)
def list_orders() -> str:
    """The orders that a proposal comes from: which used `?part=NUMBER` there."""
    given = request.args
    where = Where(*(given.get(name, "")[:250] for name in ("of", "at", "under", "fault")))
    part = given.get("part", "")[:100]
    if not part or not where.node:
        raise Missing
    session, actor = current_session(), current_actor()
    return render_template(
        "recommending_orders.html",
        where=where,
        asked=_asked(),
        number=part,
        part=inventory.parts_by_number(session, actor, [part]).get(part),
        orders=learned.orders_that_used(session, actor, where, part),
        products=_products(),
        most=learned.MOST_READ,
        any=ANY,
    )


@blueprint.post("/stock/recommendations/lists")
@allow(*KEEPERS)
def change_list() -> Response | tuple[str, int]:
    """Put a part on the list of a fault, or take it off."""
    form = ListPartForm()
    fault, part = form.fault.data or "", form.part.data or ""
    try:
        with write_transaction(current_session()) as session:
            (unlist_part if "remove" in request.form else list_part)(session, current_actor(), fault, part)
    except Refusal as refusal:
        return _page([words_of(each, current_language()) for each in refusal.problems]), refusal.status
    flash(part, "recommending.unlisted" if "remove" in request.form else "recommending.listed")
    return redirect(url_for("recommending.show_recommendations", **_asked().address, _anchor="lists"))


@blueprint.context_processor
def _context() -> dict[str, object]:
    actor = actor_or_none()  # somebody who is not signed in is only told so
    return {"stock_tabs": [tab for tab in TABS if actor is not None and actor.has_any(tab.roles)]}


def _page(problems: list[str]) -> str:
    session, actor, asked = current_session(), current_actor(), _asked()
    steps = _told(asked)
    numbers = {number: order_by_number(session, actor, number) for number in latest_numbers(steps) if number}
    lists = listed_parts(session, actor, asked.faults)
    return render_template(
        "recommending.html",
        asked=asked,
        form=_form(asked),
        list_form=ListPartForm(formdata=None),
        faults=choose_among(session, actor, asked.product),
        titles=_fault_titles(),
        steps=steps,
        orders={number: order.id for number, order in numbers.items() if order is not None},
        lists={fault: sorted(lists.get(fault, ())) for fault in asked.faults},
        listed=inventory.parts_by_number(session, actor, {part for some in lists.values() for part in some}),
        learned=learned.what_was_learned(session, actor),
        problems=problems,
    )


def _asked() -> Asked:
    """What is in the address, as far as there is such a thing."""
    session, actor, given = current_session(), current_actor(), request.args
    known = {branch.fault_code.code for branch in faults_in_use(session, actor)}
    faults = tuple(sorted({each for each in given.getlist("fault_codes") if each in known}))
    product = given.get("product", "") if given.get("product", "") in _products() else ""
    fitting = library.propose_templates(session, actor, product, faults) if product else []
    wanted = next((each for each in fitting if each.template.key == given.get("template")), None)
    published = wanted or next(iter(fitting), None)
    plan = library.load_plan(session, actor, published.version.plan_hash) if published else None
    nodes = {step.id for step in steps_with_parts(plan)} if plan else set()
    return Asked(product, faults, fitting, published, plan, given.get("node", "") if given.get("node") in nodes else "")


def _told(asked: Asked) -> list[ToldStep]:
    if asked.plan is None:
        return []
    nodes = [asked.node] if asked.node else []
    return tell_parts(current_session(), current_actor(), asked.plan, asked.product, asked.faults, nodes)


def _form(asked: Asked) -> AskForm:
    language = current_language()
    key = asked.published.template.key if asked.published else ""
    form = AskForm(formdata=None, product=asked.product, fault_codes=[*asked.faults], template=key, node=asked.node)
    steps = steps_with_parts(asked.plan) if asked.plan else ()
    form.offer(
        [("", ""), *_products().items()],
        [(each.template.key, local(each.version.title, language)) for each in asked.fitting],
        [("", ""), *((step.id, local(step.title, language)) for step in steps)],
    )
    return form


def _products() -> dict[str, str]:
    products = library.list_products(current_session(), current_actor())
    return {each.key: local(each.title, current_language()) for each in products}


def _fault_titles() -> Mapping[str, str]:
    branches = faults_in_use(current_session(), current_actor())
    return {each.fault_code.code: local(each.fault_code.title, current_language()) for each in branches}
