"""The page of an order's parts, and what is done on it."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.database import run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_session
from mendloop.inventory.spelling import folded
from mendloop.order_parts import services
from mendloop.order_parts.blueprint import Answer, around, blueprint, money_of, told
from mendloop.order_parts.forms import AnswerForm, PartForm
from mendloop.order_parts.roles import DECIDERS, DESKS, READERS
from mendloop.order_parts.sheet import parts_sheet
from mendloop.problems import Refusal
from mendloop.recommending.for_orders import tell_for_order
from mendloop.work_orders.services import access_work_order


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
    number, note = form.number.data or "", form.note.data or ""
    return _do(
        order_id,
        lambda session, actor: services.plan_part(session, actor, order_id, number, form.milli(), form.said_key, note),
    )


@blueprint.post("/orders/<order_id>/parts/plan-likely")
@allow(*DECIDERS)
def plan_likely(order_id: str) -> Answer:
    """Plan a part that the order will probably need."""
    form = PartForm()
    said = (form.number.data or "", form.milli(), form.said_key)
    return _do(order_id, lambda session, actor: services.plan_another(session, actor, order_id, *said))


@blueprint.post("/orders/<order_id>/parts/issue")
@allow(*DESKS)
def issue(order_id: str) -> Answer:
    """Hand a part out."""
    form, extra = PartForm(), bool(request.form.get("extra"))
    return _do(
        order_id,
        lambda session, actor: services.issue_parts(
            session, actor, order_id, [form.asked()], form.said_key, extra=extra
        ),
    )


@blueprint.post("/orders/<order_id>/parts/give-back")
@allow(*DESKS)
def give_back(order_id: str) -> Answer:
    """An issued part was not needed, or was no good; `used`: after it had been built in."""
    form = PartForm()
    defective, used = (bool(request.form.get(name)) for name in ("defective", "used"))

    def act(session: Session, actor: Actor) -> None:
        asked = [form.asked()]
        services.give_back_parts(session, actor, order_id, asked, form.said_key, defective=defective, used=used)

    return _do(order_id, act)


@blueprint.post("/orders/<order_id>/parts/explain")
@allow(*DESKS)
def explain(order_id: str) -> Answer:
    """Say what became of an issued part."""
    form = PartForm()
    why = (form.reason.data, form.note.data or "", form.said_key)
    return _do(order_id, lambda session, actor: services.explain_part(session, actor, order_id, form.asked(), *why))


@blueprint.post("/orders/<order_id>/parts/reserve")
@allow(*DESKS)
def reserve(order_id: str) -> Answer:
    """Look once more for what is missing."""
    return _do(order_id, lambda session, actor: services.reserve_again(session, actor, order_id))


@blueprint.post("/orders/<order_id>/parts/ask")
@allow(*DESKS)
def ask(order_id: str) -> Answer:
    """Have brought, or put on the purchase list, what is missing of a part."""
    form = PartForm()
    where = (request.form.get("source", "")[:60], request.form.get("instead", "")[:100])
    wanted = (form.number.data or "", form.said_key, *where)
    answer = _do(order_id, lambda session, actor: services.ask_for_missing(session, actor, order_id, *wanted))
    if request.form.get("back") == "missing" and not isinstance(answer, tuple):
        return redirect(url_for("order_parts.show_missing"))
    return answer


@blueprint.post("/orders/<order_id>/parts/explanations/<explanation_id>")
@allow(*DECIDERS)
def decide(order_id: str, explanation_id: str) -> Answer:
    """Accept what somebody else said, or refuse it."""
    form = AnswerForm()
    word = (form.accept.data == "yes", form.answer.data or "")
    return _do(
        order_id, lambda session, actor: services.decide_explanation(session, actor, order_id, explanation_id, *word)
    )


def _do(order_id: str, act: Callable[[Session, Actor], None]) -> Answer:
    """Do it and show the order's parts again; what was refused is said above them."""
    session, actor = current_session(), current_actor()
    access_work_order(session, actor, order_id)
    try:
        run_write(session, lambda: act(session, actor))
    except Refusal as refusal:
        return _page(order_id, told(refusal)), refusal.status
    return redirect(url_for("order_parts.show_parts", order_id=order_id))


def _page(order_id: str, problems: list[str] | None = None) -> str:
    session, actor = current_session(), current_actor()
    order, sheet = access_work_order(session, actor, order_id), parts_sheet(session, actor, order_id)
    return render_template(
        "order_parts.html",
        order=order,
        sheet=sheet,
        likely=tell_for_order(session, actor, order_id) if order.status == "open" else [],
        planned={folded(line.number) for line in sheet.lines if line.planned},
        folded=folded,
        form=PartForm(formdata=None),
        answer=AnswerForm(formdata=None),
        problems=problems or [],
        money=money_of(session, actor),
        **around(session, actor),
    )
