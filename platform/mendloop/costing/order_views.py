"""What one order cost: its sheet, its revisions, other costs, the discount; as a page and as files."""

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mendloop.accounts.actor import OWNER, SUPERVISOR, Actor
from mendloop.clock import utc_now
from mendloop.costing import services
from mendloop.costing.basis import COLUMNS, basis_rows
from mendloop.costing.forms import DiscountForm, ExtraForm, WhyForm
from mendloop.costing.models import CostSheet
from mendloop.costing.money import plain_amount
from mendloop.costing.quotes import APPROVED, OPEN, REFUSED, Quote, quotes_of
from mendloop.costing.telling import SheetTeller, money, together
from mendloop.costing.told_revisions import DOZEN, FEW, ToldRevision, told_revisions
from mendloop.database import run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.inventory import services as inventory
from mendloop.library.services import list_products
from mendloop.pages.forms import Form, show_problems
from mendloop.pages.render import current_zone
from mendloop.problems import Missing, Refusal
from mendloop.tables import Cell, as_file, exact
from mendloop.words import local
from mendloop.work_orders.services import access_work_order, parent_of

blueprint = Blueprint("order_costs", __name__, template_folder="pages")
WRITERS = (OWNER, SUPERVISOR)


@blueprint.get("/orders/<order_id>/costs")
@allow(*WRITERS)
def show_costs(order_id: str) -> str:
    """The newest revision, or with `?revision=` an earlier one."""
    return _page(order_id, _empty_extra())


@blueprint.post("/orders/<order_id>/costs/extras")
@allow(*WRITERS)
def add_extra(order_id: str) -> Response | tuple[str, int]:
    """Another cost of this order."""
    form = ExtraForm()
    return _said(order_id, form, lambda session, actor: services.add_extra(session, actor, order_id, form.details))


@blueprint.post("/orders/<order_id>/costs/extras/<key>/take-back")
@allow(*WRITERS)
def take_back_extra(order_id: str, key: str) -> Response | tuple[str, int]:
    """It did not cost this after all."""
    form = WhyForm()
    why = form.why.data or ""
    return _said(order_id, form, lambda session, actor: services.take_back_extra(session, actor, order_id, key, why))


@blueprint.post("/orders/<order_id>/costs/discount")
@allow(*WRITERS)
def agree_discount(order_id: str) -> Response | tuple[str, int]:
    """What the customer pays less."""
    form = DiscountForm()
    given = (form.discount_percent.data or "", form.discount_fixed.data or "", form.discount_why.data or "")
    return _said(order_id, form, lambda session, actor: services.agree_discount(session, actor, order_id, *given))


@blueprint.get("/orders/<order_id>/costs.<kind>")
@allow(*WRITERS)
def export_costs(order_id: str, kind: str) -> Response:
    """The newest revision as a file, for any program or for a spreadsheet."""
    number, rows = _rows(order_id)
    return as_file(kind, f"{number}-costs", rows, number)


def _rows(order_id: str) -> tuple[str, list[list[Cell]]]:
    session, actor = current_session(), current_actor()
    sheet = services.revise(session, actor, order_id)
    teller = SheetTeller(session, actor, order_id, current_language())
    return sheet.number, sheet_rows(teller, json.loads(sheet.document))


def sheet_rows(teller: SheetTeller, document: dict[str, Any]) -> list[list[Cell]]:
    """A heading, every line, every sum."""
    exponent, totals = document["exponent"], document["totals"]
    names = ("cost.column.kind", "cost.column.step", "cost.column.what", "cost.column.note")
    amounts = ("cost.amount.cost", "cost.amount.price")
    more = ("cost.who_pays", "cost.field.currency", *(f"cost.column.{name}" for name in COLUMNS))
    rows: list[list[Cell]] = [[teller.say(name) for name in (*names, *amounts, *more)]]
    for line in teller.lines(document):
        kind = teller.say(f"cost.kind.{line.kind.partition('.')[0]}")
        shown = [exact(amount, exponent) for amount in (line.cost, line.price)]
        own, *each = basis_rows(line.source, exponent)
        rows.append([kind, line.step, line.what, line.note, *shown, line.payers, document["currency"], *own])
        of_which = [teller.say("cost.of_which"), line.step, line.what, "", None, None, "", document["currency"]]
        rows += [[*of_which, *cells] for cells in each]
    for name in TOTALS:
        value = exact(totals[name], exponent)
        pair = [value, None] if name in {"cost"} else [None, value]
        rows.append([teller.say(f"cost.total.{name}"), "", "", "", *pair, "", document["currency"]])
    return [*rows, *_rows_of_subs(teller, document)]


def _rows_of_subs(teller: SheetTeller, document: dict[str, Any]) -> list[list[Cell]]:
    """Sub-orders with what they cost and earn, and the whole."""
    subs = document.get("sub_orders")
    if not subs:
        return []
    kind, currency = teller.say("cost.sub_orders"), document["currency"]
    named = [(kind, sub["number"], sub["position"], sub["cost"], sub["revenue"]) for sub in subs["lines"]]
    sums = [document["totals"][name] + subs[name] for name in ("cost", "revenue")]
    shown = [*named, (teller.say("cost.with_subs"), "", "", *sums)]
    return [
        [what, "", number, position, *(exact(each, document["exponent"]) for each in amounts), "", currency]
        for what, number, position, *amounts in shown
    ]


TOTALS = (
    *("cost", "price", "us", "manufacturer", "discount", "customer", "revenue", "margin"),
    *("tax_customer", "tax_manufacturer"),
)


def _said(order_id: str, form: Form, say: Callable[[Any, Any], object]) -> Response | tuple[str, int]:
    session, actor = current_session(), current_actor()
    access_work_order(session, actor, order_id)
    try:
        run_write(session, lambda: say(session, actor))
    except Missing:
        raise
    except Refusal as refusal:
        show_problems(form, refusal)
        return _page(order_id, form), refusal.status
    flash("", "cost.saved")
    return redirect(url_for("order_costs.show_costs", order_id=order_id))


def _empty_extra() -> ExtraForm:
    return ExtraForm(formdata=None, day=utc_now().astimezone(current_zone()).date().isoformat())


def _page(order_id: str, form: Form) -> str:
    session, actor = current_session(), current_actor()
    order = access_work_order(session, actor, order_id)
    newest = services.revise(session, actor, order_id)
    sheet = services.revision_of(session, actor, order_id, request.args.get("revision", 0, int)) or newest
    document = json.loads(sheet.document)
    teller = SheetTeller(session, actor, order_id, current_language())
    steps = teller.steps(document)
    terms = document["terms"]
    discount = {
        "discount_percent": f"{terms['points'] / 100:g}",
        "discount_fixed": plain_amount(terms["fixed"], document["exponent"]),
    }
    return render_template(
        "order_costs.html",
        order=order,
        parent=parent_of(session, actor, order_id),
        product_name=_product_names(session, actor),
        sheet=sheet,
        newest=newest,
        document=document,
        money=lambda minor: money(document, minor),
        dozen=DOZEN,
        in_dozens=lambda rows: [rows[:DOZEN], *filter(None, [rows[DOZEN:]])],
        lines=teller.lines(document),
        doubtful=_doubtful_costs(session, actor, order_id),
        steps=steps,
        together=lambda name: together(steps, name),
        signed=lambda minor: ("+" if minor > 0 else "") + money(document, minor),
        quotes=_quotes_that_count(quotes_of(session, actor, order_id)),
        revisions=_revisions(session, actor, teller, newest),
        few=FEW,
        form=form,
        extra=form if isinstance(form, ExtraForm) else _empty_extra(),
        discount=form if isinstance(form, DiscountForm) else DiscountForm(formdata=None, data=discount),
    )


def _doubtful_costs(session: Session, actor: Actor, order_id: str) -> dict[str, str]:
    """By the parts' numbers, whose cost is not what somebody paid: `estimated`, or `unknown`."""
    found = inventory.doubtful_costs(session, actor, order_id)
    parts = inventory.parts_by_id(session, actor, found) if found else {}
    return {parts[part_id].number: what for part_id, what in found.items()}


def _quotes_that_count(found: list[Quote]) -> list[Quote]:
    """What the customer agreed to, then what waits for an answer; else what was refused last. The newest come first."""
    by_state = {state: [quote for quote in found if quote.state == state][:1] for state in (APPROVED, OPEN, REFUSED)}
    return [*by_state[APPROVED], *by_state[OPEN]] or by_state[REFUSED]


def _product_names(session: Session, actor: Actor) -> Callable[[str], str]:
    titles = {product.key: local(product.title, current_language()) for product in list_products(session, actor)}
    return lambda key: titles.get(key, key)


def _revisions(session: Session, actor: Actor, teller: SheetTeller, newest: CostSheet) -> list[ToldRevision]:
    """The newest dozen, or with `?revisions=all` every one."""
    shown = newest.revision if request.args.get("revisions") == "all" else DOZEN
    found = services.revisions(session, actor, newest.order_id, shown + 1)
    return told_revisions(session, actor, teller, found, shown)
