"""Quotes: made and withdrawn by us, read and answered by whoever has the link. Nobody signs in for that."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mendloop.accounts.actor import OWNER, SUPERVISOR
from mendloop.accounts.sign_in import check_delay, record_failure
from mendloop.costing import quotes
from mendloop.costing.forms import AnswerForm, QuoteForm
from mendloop.costing.money import half_even, write_amount
from mendloop.costing.quotes import Quote, QuoteHolder
from mendloop.database import run_write, session_for, write_transaction
from mendloop.edge.access import allow, public
from mendloop.edge.context import (
    current_actor,
    current_config,
    current_database,
    current_language,
    current_session,
)
from mendloop.pages.forms import show_problems
from mendloop.pages.render import t
from mendloop.problems import Missing, Refusal
from mendloop.words import words_of
from mendloop.work_orders.services import access_work_order

blueprint = Blueprint("quotes", __name__, template_folder="pages")
WRITERS = (OWNER, SUPERVISOR)
GUESSING = "a quote's link"
"""Whose wrong guesses are counted, as those at sign-in are: by address. A right link is never delayed."""


@blueprint.get("/orders/<order_id>/quotes")
@allow(*WRITERS)
def list_quotes(order_id: str) -> str:
    """The order's quotes with their links, and a form that makes one."""
    return _staff_page(order_id, QuoteForm(formdata=None), [])


@blueprint.post("/orders/<order_id>/quotes")
@allow(*WRITERS)
def make_quote(order_id: str) -> Response | tuple[str, int]:
    """Freeze what is planned now."""
    form, session, actor = QuoteForm(), current_session(), current_actor()
    access_work_order(session, actor, order_id)
    try:
        given = (form.days.data or "", form.remark.data or "")
        run_write(session, lambda: quotes.make_quote(session, actor, order_id, *given))
    except Refusal as refusal:
        show_problems(form, refusal)
        return _staff_page(order_id, form, []), refusal.status
    flash("", "quote.made")
    return redirect(url_for("quotes.list_quotes", order_id=order_id))


@blueprint.post("/orders/<order_id>/quotes/<quote_id>/withdraw")
@allow(*WRITERS)
def withdraw_quote(order_id: str, quote_id: str) -> Response | tuple[str, int]:
    """We do not offer it any more."""
    session, actor = current_session(), current_actor()
    access_work_order(session, actor, order_id)
    try:
        run_write(session, lambda: quotes.withdraw_quote(session, actor, order_id, quote_id))
    except quotes.TooLate as refusal:
        problems = [words_of(problem, current_language()) for problem in refusal.problems]
        return _staff_page(order_id, QuoteForm(formdata=None), problems), refusal.status
    flash("", "quote.withdrawn_now")
    return redirect(url_for("quotes.list_quotes", order_id=order_id))


@blueprint.get("/quote/<token>")
@public
def show_quote(token: str) -> str:
    """The quote as it was made, and what became of it."""
    holder = _holder(token)
    with _opened(holder) as session:
        return _customer_page(session, holder, AnswerForm(formdata=None), [])


@blueprint.post("/quote/<token>")
@public
def answer_quote(token: str) -> Response | tuple[str, int]:
    """Approve or refuse it, once."""
    holder, form = _holder(token), AnswerForm()
    given = (form.decision.data or "", form.name.data or "", form.remark.data or "")
    answer = quotes.Answer(*given, language=current_language())
    with _opened(holder) as session:
        try:
            run_write(session, lambda: quotes.answer_quote(session, holder, answer))
        except quotes.TooLate as refusal:
            problems = [words_of(problem, current_language()) for problem in refusal.problems]
            return _customer_page(session, holder, form, problems), refusal.status
        except Missing:
            raise
        except Refusal as refusal:
            show_problems(form, refusal)
            return _customer_page(session, holder, form, []), refusal.status
    return redirect(url_for("quotes.show_quote", token=token))


def _holder(token: str) -> QuoteHolder:
    """Whose link it is. Who tries links that we did not make has to wait longer and longer."""
    try:
        return quotes.read_link(current_config().secret_key, token)
    except Missing:
        address, session = request.remote_addr or "", current_session()
        check_delay(session, GUESSING, address)
        with write_transaction(session):
            record_failure(session, GUESSING, address)
        raise


@contextmanager
def _opened(holder: QuoteHolder) -> Iterator[Session]:
    """A session for the quote's organisation, whoever may be signed in here."""
    with session_for(current_database(), holder) as session:
        yield session


def _customer_page(session: Session, holder: QuoteHolder, form: AnswerForm, problems: list[str]) -> str:
    quote = quotes.access_quote(session, holder, holder.quote_id)
    zone = quotes.zone_of_holder(session, holder)
    document = quote.document
    return render_template(
        "quote.html",
        quote=quote,
        document=document,
        money=lambda minor: write_amount(minor, document["exponent"]),
        unit_price=lambda line: _unit_price(line, document["exponent"]),
        told=lambda moment: _told(moment, zone),
        form=form,
        problems=problems,
    )


def _staff_page(order_id: str, form: QuoteForm, problems: list[str]) -> str:
    session, actor = current_session(), current_actor()
    order = access_work_order(session, actor, order_id)
    found = quotes.quotes_of(session, actor, order_id)
    return render_template(
        "order_quotes.html",
        order=order,
        quotes=[(quote, _address(quote), _amount(quote)) for quote in found],
        form=form,
        problems=problems,
    )


def _unit_price(line: Mapping[str, Any], exponent: int) -> str:
    """Of an hour or of one piece; marked where it is rounded, so that it does not come to the line's price exactly."""
    each, is_part = line.get("each"), line["kind"] == "part"
    if each is None:
        return "–"
    whole = Fraction(each * line["quantity"], 1000 if is_part else 60)
    told = write_amount(each, exponent)
    told = told if is_part else t("quote.per_hour", amount=told)
    return told if half_even(whole) == line["price"] else t("quote.about", amount=told)


def _address(quote: Quote) -> str:
    token = quotes.link_of(current_config().secret_key, quote.row)
    return url_for("quotes.show_quote", token=token, _external=True)


def _amount(quote: Quote) -> str:
    document = quote.document
    return f"{write_amount(quote.row.total, document['exponent'])} {document['currency']}"


def _told(moment: dt.datetime, zone: dt.tzinfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
