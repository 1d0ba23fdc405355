"""What the field did, or somebody counted, and stock would deny: tasks for whoever judges."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.database import write_transaction
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.inventory.blueprint import JUDGES, KEEPERS, blueprint
from mendloop.inventory.discrepancies import (
    VERDICTS,
    access_discrepancy,
    is_own,
    open_discrepancies,
    settle_discrepancy,
    settled_lately,
)
from mendloop.inventory.models import Part, StockDiscrepancy
from mendloop.inventory.on_the_way import transfers_by_id
from mendloop.problems import Missing, Refusal
from mendloop.words import words_of


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote about a task, and what is wrong with it."""

    task: str = ""
    verdict: str = ""
    note: str = ""
    words: Sequence[str] = ()


@blueprint.get("/stock/discrepancies")
@allow(*KEEPERS)
def list_discrepancies() -> str:
    """Everything that nobody has settled yet: who keeps stock looks, who judges says what it was."""
    session, actor = current_session(), current_actor()
    return _page(open_discrepancies(session, actor), settled_lately(session, actor))


@blueprint.get("/stock/discrepancies/<discrepancy_id>")
@allow(*KEEPERS)
def show_discrepancy(discrepancy_id: str) -> str:
    """One of them, settled or not."""
    return _one(discrepancy_id)


@blueprint.post("/stock/discrepancies/<discrepancy_id>")
@allow(*JUDGES)
def settle(discrepancy_id: str) -> Response | tuple[str, int]:
    """Somebody else than who told of it has looked, and says what it was."""
    verdict, note = request.form.get("verdict", ""), request.form.get("note", "")
    try:
        with write_transaction(current_session()) as session:
            settle_discrepancy(session, current_actor(), discrepancy_id, verdict, note)
    except Missing:
        raise
    except Refusal as refusal:
        words = [words_of(problem, current_language()) for problem in refusal.problems]
        return _one(discrepancy_id, Written(discrepancy_id, verdict, note, words)), refusal.status
    flash("", "discrepancy.settled")
    return redirect(url_for("inventory.list_discrepancies"))


def _one(discrepancy_id: str, written: Written | None = None) -> str:
    task, part = access_discrepancy(current_session(), current_actor(), discrepancy_id)
    settled = [(task, part)] if task.settled_at is not None else []
    return _page([] if settled else [(task, part)], settled, written or Written(), is_one=True)


def _page(
    tasks: list[tuple[StockDiscrepancy, Part]],
    settled: list[tuple[StockDiscrepancy, Part]],
    written: Written = Written(),
    *,
    is_one: bool = False,
) -> str:
    session, actor = current_session(), current_actor()
    moved = {task.transfer_id for task, _ in (*tasks, *settled) if task.transfer_id}
    return render_template(
        "discrepancies.html",
        tasks=tasks,
        settled=settled,
        routes=transfers_by_id(session, actor, moved),
        own={task.id for task, _ in tasks if is_own(session, actor, task)},
        verdicts=VERDICTS,
        written=written,
        is_one=is_one,
    )
