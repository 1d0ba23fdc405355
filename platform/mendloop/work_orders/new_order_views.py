"""The page on which an order is opened: what is broken, then the process that is proposed for it."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.accounts.actor import OWNER, SUPERVISOR
from mendloop.accounts.services import people_with_role
from mendloop.assets.services import known_serials
from mendloop.clock import utc_now
from mendloop.database import write_transaction
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.library.services import list_products, load_plan
from mendloop.pages.forms import show_problems
from mendloop.pages.render import current_zone, t
from mendloop.problems import Problem, Refusal
from mendloop.recommending.telling import ToldStep, tell_parts
from mendloop.words import local
from mendloop.work_orders import services
from mendloop.work_orders.fault_choice import choose_among, faults_in_use
from mendloop.work_orders.forms import NewOrderForm
from mendloop.work_orders.opening import check_due
from mendloop.work_orders.proposing import Proposal
from mendloop.work_orders.sub_order_places import Above

blueprint = Blueprint("new_order", __name__, template_folder="pages")
WRITERS = (OWNER, SUPERVISOR)


@blueprint.get("/orders/new")
@allow(*WRITERS)
def new_order() -> str:
    """An empty form; `?product=KEY&asset=NUMBER&customer=NAME` begins with those."""
    given = {name: request.args.get(name) for name in ("product", "asset", "customer")}
    return show_form(NewOrderForm(formdata=None, **given))


@blueprint.get("/orders/new/fitting")
@allow(*WRITERS)
def show_fitting() -> str:
    """The parts of the form that hang on product and faults, for a page that is open: nothing is opened by it."""
    return show_fitting_parts(NewOrderForm(request.args, meta={"csrf": False}), None)


@blueprint.post("/orders/new")
@allow(*WRITERS)
def add_order() -> Response | str | tuple[str, int]:
    """Propose templates for what was entered; open the order once one is confirmed."""
    return take_form(NewOrderForm(), None)


def take_form(form: NewOrderForm, above: Above | None) -> Response | str | tuple[str, int]:
    """What the form's buttons ask for: other faults, the position's product, proposals, or the order to be opened."""
    if above is not None and "take" in request.form:
        take_over(form, above)
    if "show" in request.form or "take" in request.form:
        return show_form(form, above=above)
    _offer(form, above)
    if not _is_right(form):
        return show_form(form, proposed=bool(form.template.data), above=above), 422
    if "open" not in request.form or not form.template.data:
        return show_form(form, proposed=True, above=above)
    try:
        order_id = _open(form, above)
    except Refusal as refusal:
        show_problems(form, refusal)
        return show_form(form, proposed=True, above=above), refusal.status
    return redirect(url_for("work_orders.show_order", order_id=order_id))


def take_over(form: NewOrderForm, above: Above) -> None:
    """Fill in what is known of what is at the chosen position."""
    place = above.place(form.position.data)
    if place is not None and place.product:
        form.product.data, form.asset.data = place.product, place.serial


def _is_right(form: NewOrderForm) -> bool:
    """Whether all that was entered can stand; what cannot is told at its field."""
    entered_well = bool(form.validate())
    if form.due.errors or form.due.data is None:
        return entered_well
    due = form.due.data.replace(tzinfo=current_zone())
    problem = check_due(current_session(), current_actor(), due, utc_now())
    if problem is not None:
        show_problems(form, Refusal(problem))
    return entered_well and problem is None


def _open(form: NewOrderForm, above: Above | None) -> str:
    """The new order's id. What was proposed for something else that was chosen before is not opened unseen."""
    fitting = [each.version_id for each in services.propose(current_session(), current_actor(), *_what(form))]
    if form.template.data not in (fitting if form.chosen_by_hand else fitting[:1]):
        raise Refusal(Problem("order.not_proposed", at="/template"))
    parent = above.order.id if above is not None else None
    with write_transaction(current_session()) as session:
        new = form.new_order(current_zone(), parent)
        order = services.open_work_order(session, current_actor(), new)
    flash(order.number, "order.opened")
    return order.id


def show_form(form: NewOrderForm, *, proposed: bool = False, above: Above | None = None) -> str:
    """The page with the form as it stands; `above`: the order that the new one shall be a part of."""
    return _render("order_new.html", form, proposed, above)


def show_fitting_parts(form: NewOrderForm, above: Above | None) -> str:
    """The parts of it that hang on product and faults."""
    return _render("order_new_fitting.html", form, bool(form.product.data), above)


def _render(page: str, form: NewOrderForm, proposed: bool, above: Above | None) -> str:
    _offer(form, above)
    session, actor = current_session(), current_actor()
    proposals = services.propose(session, actor, *_what(form)) if proposed else []
    if proposals:
        _take(form, proposals)
    faults = choose_among(session, actor, form.product.data or "")
    return render_template(
        page,
        form=form,
        above=above,
        proposed=proposed,
        proposals=proposals,
        faults=faults,
        known_assets=known_serials(session, actor),
        rule_words=_rule_words,
        size_words=_size_words,
        likely=_likely(form, proposals),
    )


def _likely(form: NewOrderForm, proposals: Sequence[Proposal]) -> list[ToldStep]:
    """Which parts the process that is chosen will probably need."""
    chosen = next((each for each in proposals if each.version_id == form.template.data), None)
    if chosen is None:
        return []
    session, actor = current_session(), current_actor()
    plan = load_plan(session, actor, chosen.published.version.plan_hash)
    return [step for step in tell_parts(session, actor, plan, *_what(form)) if step.parts]


def _take(form: NewOrderForm, proposals: Sequence[Proposal]) -> None:
    """What a person chose stays chosen as long as it fits; otherwise the best one is."""
    if form.chosen_by_hand and form.template.data in {each.version_id for each in proposals}:
        form.proposed.data = ""
        return
    form.template.data = form.proposed.data = proposals[0].version_id


def _rule_words(proposal: Proposal) -> str:
    """Which products a proposed template is for, as a person says it."""
    rule = proposal.product_rule
    if not rule.strip("*"):
        return t("order_new.every_product")
    if "*" in rule:
        return t("order_new.products_under", path=" / ".join(rule.removesuffix("/*").split("/")))
    products = list_products(current_session(), current_actor())
    return next((local(each.title, current_language()) for each in products if each.key == rule), rule)


def _size_words(proposal: Proposal) -> str:
    """How long the usual way is, and all of it; in minutes where they are known."""
    usual, whole = proposal.usual, proposal.published.version
    said = _sized("order_new.usual", usual.steps, usual.minutes)
    if usual.steps < whole.steps:
        said += _sized("order_new.most", whole.steps, whole.standard_minutes)
    return said + t("order_new.version", number=whole.number)


def _sized(key: str, steps: int, minutes: float) -> str:
    return t(key, steps=steps, minutes=f"{minutes:g}") if minutes else t(f"{key}_untimed", steps=steps)


def _what(form: NewOrderForm) -> tuple[str, list[str]]:
    return form.product.data or "", form.fault_codes.data or []


def _offer(form: NewOrderForm, above: Above | None) -> None:
    session, actor, language = current_session(), current_actor(), current_language()
    products = [(each.key, local(each.title, language)) for each in list_products(session, actor, only_active=True)]
    branches = faults_in_use(session, actor)
    faults = [(each.fault_code.code, local(each.fault_code.title, language)) for each in branches]
    people = [(each.id, each.name) for each in people_with_role(session, actor, "engineer")]
    form.offer([("", ""), *products], faults, [("", ""), *people])
    form.offer_places(above.choices(language) if above is not None else ())
