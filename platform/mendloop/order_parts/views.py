"""Pages of orders' parts: an order's own, what is missing for all, old parts on their way back, their tags."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mendloop.accounts.actor import ENGINEER, OWNER, STOREKEEPER, SUPERVISOR, VIEWER, Actor
from mendloop.accounts.services import names_of_people
from mendloop.costing.money import write_amount
from mendloop.costing.services import book_of
from mendloop.database import run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.inventory import services as inventory
from mendloop.inventory.locations import kind_of, owner_of
from mendloop.inventory.showing import TABS
from mendloop.order_parts import services
from mendloop.order_parts.code128 import bars, width_of
from mendloop.order_parts.forms import AnswerForm, OldPartForm, PartForm, StandInsForm
from mendloop.order_parts.old_parts import access_old_part
from mendloop.order_parts.sheet import parts_sheet
from mendloop.problems import Refusal
from mendloop.words import translate, words_of
from mendloop.work_orders.services import access_work_order, orders_by_id

blueprint = Blueprint("order_parts", __name__, template_folder="pages")
READERS = (OWNER, SUPERVISOR, STOREKEEPER, VIEWER)
DESKS = (OWNER, SUPERVISOR, STOREKEEPER)
DECIDERS = (OWNER, SUPERVISOR)
Act = Callable[[Session, Actor], None]
Answer = Response | tuple[str, int]


@blueprint.get("/orders/<order_id>/parts")
@allow(*READERS)
def show_parts(order_id: str) -> str:
    """The order's parts: planned, held, issued, settled, missing."""
    return _page(order_id)


@blueprint.post("/orders/<order_id>/parts/plan")
@allow(*DECIDERS)
def plan(order_id: str) -> Answer:
    """Change how much of a part is meant for the order."""
    form = PartForm()
    return _do(
        order_id,
        lambda session, actor: services.plan_part(
            session, actor, order_id, form.number.data or "", form.milli(), form.key.data or "", form.note.data or ""
        ),
    )


@blueprint.post("/orders/<order_id>/parts/issue")
@allow(*DESKS)
def issue(order_id: str) -> Answer:
    """Hand a part out."""
    form = PartForm()
    extra = bool(request.form.get("extra"))
    return _do(
        order_id,
        lambda session, actor: services.issue_parts(
            session, actor, order_id, [form.asked()], form.key.data or "", extra=extra
        ),
    )


@blueprint.post("/orders/<order_id>/parts/give-back")
@allow(*DESKS)
def give_back(order_id: str) -> Answer:
    """An issued part was not needed, or was no good."""
    form = PartForm()
    defective = bool(request.form.get("defective"))
    return _do(
        order_id,
        lambda session, actor: services.give_back_parts(
            session, actor, order_id, [form.asked()], form.key.data or "", defective=defective
        ),
    )


@blueprint.post("/orders/<order_id>/parts/explain")
@allow(*DESKS)
def explain(order_id: str) -> Answer:
    """Say what became of an issued part."""
    form = PartForm()
    return _do(
        order_id,
        lambda session, actor: services.explain_part(
            session, actor, order_id, form.asked(), form.reason.data, form.note.data or "", form.key.data or ""
        ),
    )


@blueprint.post("/orders/<order_id>/parts/reserve")
@allow(*DESKS)
def reserve(order_id: str) -> Answer:
    """Look once more for what is missing."""
    return _do(order_id, lambda session, actor: services.reserve_again(session, actor, order_id))


@blueprint.post("/orders/<order_id>/parts/explanations/<explanation_id>")
@allow(*DECIDERS)
def decide(order_id: str, explanation_id: str) -> Answer:
    """Accept what somebody else said, or refuse it."""
    form = AnswerForm()
    return _do(
        order_id,
        lambda session, actor: services.decide_explanation(
            session, actor, order_id, explanation_id, form.accept.data == "yes", form.answer.data or ""
        ),
    )


@blueprint.get("/missing-parts")
@allow(*READERS)
def show_missing() -> str:
    """What open orders want and nobody could hold; what is explained and nobody has decided."""
    return _missing_page()


@blueprint.post("/missing-parts")
@allow(*DESKS)
def reserve_all() -> Response:
    """Look once more for everything."""
    run_write(current_session(), lambda: services.reserve_waiting(current_session(), current_actor()))
    flash("", "order_parts.looked")
    return redirect(url_for("order_parts.show_missing"))


@blueprint.post("/missing-parts/stand-ins")
@allow(*DESKS)
def change_stand_ins() -> Answer:
    """Say which parts may stand in for one."""
    form, session, actor = StandInsForm(), current_session(), current_actor()
    try:
        part, numbers = form.part.data or "", form.numbers()
        run_write(session, lambda: services.change_stand_ins(session, actor, part, numbers))
    except Refusal as refusal:
        return _missing_page(_told(refusal)), refusal.status
    flash("", "order_parts.stand_ins_kept")
    return redirect(url_for("order_parts.show_missing"))


@blueprint.get("/old-parts")
@allow(*READERS)
def show_old() -> str:
    """Old and defective parts that nobody has received yet."""
    return _old_page()


@blueprint.post("/old-parts")
@allow(*DESKS)
def receive_old() -> Answer:
    """Receive one by its tag."""
    form, session, actor = OldPartForm(), current_session(), current_actor()
    try:
        tag, target = form.tag.data or "", form.target.data
        run_write(session, lambda: services.receive_old_part(session, actor, tag, target))
    except Refusal as refusal:
        return _old_page(_told(refusal)), refusal.status
    flash("", "order_parts.received")
    return redirect(url_for("order_parts.show_old"))


@blueprint.get("/old-parts/<tag>")
@allow(*READERS, ENGINEER)
def show_tag(tag: str) -> str:
    """The tag of an old part, to be printed."""
    session, actor = current_session(), current_actor()
    old = access_old_part(session, actor, tag)
    return render_template(
        "old_part_tag.html",
        old=old,
        part=inventory.parts_by_id(session, actor, [old.part_id])[old.part_id],
        order=access_work_order(session, actor, old.order_id),
        bars=bars(old.tag),
        width=width_of(old.tag),
        people=names_of_people(session, actor),
        owner=owner_of(old.location),
        amount=inventory.quantity_of,
    )


def _do(order_id: str, act: Act) -> Answer:
    """Do it and show the order's parts again; what was refused is said above them."""
    session, actor = current_session(), current_actor()
    access_work_order(session, actor, order_id)
    try:
        run_write(session, lambda: act(session, actor))
    except Refusal as refusal:
        return _page(order_id, _told(refusal)), refusal.status
    return redirect(url_for("order_parts.show_parts", order_id=order_id))


def _told(refusal: Refusal) -> list[str]:
    return [words_of(problem, current_language()) for problem in refusal.problems]


def _page(order_id: str, problems: list[str] | None = None) -> str:
    session, actor = current_session(), current_actor()
    order = access_work_order(session, actor, order_id)
    return render_template(
        "order_parts.html",
        order=order,
        sheet=parts_sheet(session, actor, order_id),
        form=PartForm(formdata=None),
        answer=AnswerForm(formdata=None),
        problems=problems or [],
        money=_money(session, actor),
        **_around(session, actor),
    )


def _missing_page(problems: list[str] | None = None) -> str:
    session, actor = current_session(), current_actor()
    missing = services.missing_parts(session, actor)
    said = services.waiting_explanations(session, actor)
    ids = {*(short.order_id for short in missing), *(each.order_id for each in said)}
    return render_template(
        "missing_parts.html",
        missing=missing,
        explanations=said,
        orders=orders_by_id(session, actor, ids),
        parts=inventory.parts_by_id(session, actor, [each.part_id for each in said]),
        form=StandInsForm(formdata=None),
        problems=problems or [],
        **_around(session, actor),
    )


def _old_page(problems: list[str] | None = None) -> str:
    session, actor = current_session(), current_actor()
    old = services.waiting_old_parts(session, actor)
    return render_template(
        "old_parts.html",
        old=old,
        parts=inventory.parts_by_id(session, actor, [each.part_id for each in old]),
        orders=orders_by_id(session, actor, {each.order_id for each in old}),
        form=OldPartForm(formdata=None),
        problems=problems or [],
        **_around(session, actor),
    )


def _around(session: Session, actor: Actor) -> dict[str, object]:
    people = names_of_people(session, actor)
    tabs = [tab for tab in TABS if actor.has_any(tab.roles)]
    place = partial(_place, people)
    return {"people": people, "stock_tabs": tabs, "amount": inventory.quantity_of, "place": place}


def _place(people: dict[str, str], key: str) -> str:
    """`van:<person>` as people say it: the kind of the place, and whose or which it is."""
    owner = owner_of(key)
    kind = translate(current_language(), f"location.{kind_of(key)}")
    return f"{kind} {people.get(owner, owner)}" if owner else kind


def _money(session: Session, actor: Actor) -> Callable[[int], str]:
    settings = book_of(session, actor).settings
    return lambda minor: f"{write_amount(minor, settings.exponent)} {settings.currency}"
