"""Pages for all orders: what is missing, what is to be bought, old parts on their way back and their tags."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from mendloop.accounts.actor import ENGINEER
from mendloop.accounts.services import names_of_people
from mendloop.database import new_id, run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_session
from mendloop.inventory import services as inventory
from mendloop.inventory.locations import owner_of
from mendloop.order_parts import services
from mendloop.order_parts.blueprint import Answer, around, blueprint, told
from mendloop.order_parts.code128 import bars, width_of
from mendloop.order_parts.forms import OldPartForm, StandInsForm
from mendloop.order_parts.old_parts import access_old_part
from mendloop.order_parts.roles import DESKS, READERS
from mendloop.problems import Refusal
from mendloop.work_orders.services import access_work_order, orders_by_id


@blueprint.get("/missing-parts")
@allow(*READERS)
def show_missing() -> str:
    """What open orders want and nobody could hold; what is to be bought; what is explained and nobody has decided."""
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
        return _missing_page(told(refusal)), refusal.status
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
        return _old_page(told(refusal)), refusal.status
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


def _missing_page(problems: list[str] | None = None) -> str:
    session, actor = current_session(), current_actor()
    missing = services.missing_parts(session, actor)
    said = services.waiting_explanations(session, actor)
    ids = {*(short.order_id for short in missing), *(each.order_id for each in said)}
    return render_template(
        "missing_parts.html",
        missing=missing,
        purchases=services.purchases_in(missing),
        explanations=said,
        orders=orders_by_id(session, actor, ids),
        parts=inventory.parts_by_id(session, actor, [each.part_id for each in said]),
        form=StandInsForm(formdata=None),
        key=new_id(),
        problems=problems or [],
        **around(session, actor),
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
        **around(session, actor),
    )
