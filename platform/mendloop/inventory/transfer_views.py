"""Transfers: what is on the way, what was asked for, and taking in what has come."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.database import run_write, write_transaction
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.inventory import came_of, differences, places, transfers
from mendloop.inventory.amounts import milli_written
from mendloop.inventory.blueprint import CARRIERS, KEEPERS, blueprint
from mendloop.inventory.models_of_desk import StockTransfer
from mendloop.inventory.showing import names
from mendloop.inventory.transfers import Arrival, SentLine
from mendloop.order_parts.coming import asked_anew
from mendloop.problems import Conflict, Missing, Problem, Refusal
from mendloop.words import words_of


@blueprint.get("/stock/transfers")
@allow(*KEEPERS)
def list_transfers() -> str:
    """What was asked for, what is on the way, and what came lately."""
    session, actor = current_session(), current_actor()
    return render_template(
        "transfers.html",
        asked=transfers.list_transfers(session, actor, transfers.ASKED),
        sent=transfers.list_transfers(session, actor, transfers.SENT),
        closed=transfers.list_transfers(session, actor, transfers.ARRIVED, transfers.REFUSED)[:20],
    )


@blueprint.post("/stock/warehouses")
@allow(*KEEPERS)
def add_warehouse() -> Response:
    """Another central store, that parts can be sent to from now on."""
    session, actor, name = current_session(), current_actor(), request.form.get("name", "")
    key = run_write(session, lambda: places.add_warehouse(session, actor, name))
    flash(names().place(key), "library.saved")
    return redirect(url_for("inventory.list_transfers"))


@blueprint.get("/stock/transfers/<transfer_id>")
@allow(*CARRIERS)
def show_transfer(transfer_id: str) -> str:
    """One transfer; on its way, it can be taken in here."""
    return _page(transfer_id, (), (), 200)[0]


@blueprint.post("/stock/transfers/<transfer_id>/arrive")
@allow(*CARRIERS)
def take_in(transfer_id: str) -> Response | tuple[str, int]:
    """It has come, as it was sent or otherwise."""
    session, actor = current_session(), current_actor()
    transfer = transfers.access_transfer(session, actor, transfer_id)
    lines = transfers.sent_lines(session, actor, transfer)
    try:
        arrivals = _arrivals(lines)
        with write_transaction(session):
            taken = transfers.arrive(session, actor, transfer_id, arrivals)
        _refuse_others(taken, arrivals)
    except Refusal as refusal:
        words = [_said(problem, lines) for problem in refusal.problems]
        return _page(transfer_id, tuple(dict.fromkeys(words)), request.form.getlist("quantity"), refusal.status)
    flash("", "transfer.taken_in")
    return redirect(url_for("inventory.show_transfer", transfer_id=transfer_id))


@blueprint.post("/stock/transfers/<transfer_id>/send")
@allow(*CARRIERS)
def send_transfer(transfer_id: str) -> Response | tuple[str, int]:
    """Whose van it leaves sends what was asked for."""
    session, actor = current_session(), current_actor()
    try:
        run_write(session, lambda: transfers.send_what_was_asked(session, actor, transfer_id))
    except Missing:
        raise
    except Refusal as refusal:
        words = [words_of(problem, current_language()) for problem in refusal.problems]
        return _page(transfer_id, words, (), refusal.status)
    return redirect(url_for("inventory.show_transfer", transfer_id=transfer_id))


@blueprint.post("/stock/transfers/<transfer_id>/refuse")
@allow(*CARRIERS)
def refuse_transfer(transfer_id: str) -> Response:
    """What was asked for is not sent."""
    with write_transaction(current_session()) as session:
        transfers.refuse(session, current_actor(), transfer_id)
    return redirect(url_for("inventory.show_transfer", transfer_id=transfer_id))


def _refuse_others(transfer: StockTransfer, arrivals: Sequence[Arrival]) -> None:
    """Somebody else, or an earlier press, has taken it in otherwise: what is said here was not booked."""
    booked = [came for _, came in came_of.arrived_lines(current_session(), current_actor(), transfer)]
    if [came.milli for came in booked] != [arrival.milli for arrival in arrivals]:
        raise Conflict(Problem("stock.arrived_otherwise"))


def _said(problem: Problem, lines: Sequence[SentLine]) -> str:
    """In words, with the line that it is about: its part, and the serial number or lot it has."""
    words, steps = words_of(problem, current_language()), problem.at.split("/")
    if len(steps) < 3 or steps[1] != "lines":
        return words
    number = int(steps[2])
    named = " ".join(filter(None, (lines[number].part.number, lines[number].serial, lines[number].lot)))
    return f"{number + 1}. {named}: {words}"


def _arrivals(lines: Sequence[SentLine]) -> list[Arrival]:
    """What the form says has come; an empty quantity is as it was sent."""
    written, reasons = request.form.getlist("quantity"), request.form.getlist("reason")
    if not len(written) == len(reasons) == len(lines):
        raise Refusal(Problem("stock.sheet_expired"))
    found, problems = list[Arrival](), list[Problem]()
    for index, (text, line) in enumerate(zip(written, lines, strict=True)):
        try:
            milli = milli_written(text, f"/lines/{index}") if text.strip() else line.milli
        except Refusal as refusal:
            problems += refusal.problems
            continue
        found.append(Arrival(milli, reasons[index] if milli != line.milli else ""))
    if problems:
        raise Refusal(problems)
    return found


def _page(transfer_id: str, problems: Sequence[str], written: Sequence[str], status: int) -> tuple[str, int]:
    session, actor = current_session(), current_actor()
    transfer = transfers.access_transfer(session, actor, transfer_id)
    page = render_template(
        "transfer.html",
        transfer=transfer,
        asked=transfers.asked_lines(session, actor, transfer),
        anew=asked_anew(session, actor, transfer.id) if transfer.state == transfers.REFUSED else None,
        sent=transfers.sent_lines(session, actor, transfer),
        arrived=came_of.arrived_lines(session, actor, transfer),
        tasks=differences.of_transfer(session, actor, transfer.id),
        may_send=transfers.may_send(actor, transfer),
        reasons=transfers.REASONS,
        problems=problems,
        written=written,
        chosen=request.form.getlist("reason"),
    )
    return page, status
