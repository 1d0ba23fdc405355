"""What the field did and stock would deny: tasks for whoever judges."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.database import write_transaction
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.inventory.blueprint import JUDGES, KEEPERS, blueprint
from mendloop.inventory.discrepancies import open_discrepancies, settle_discrepancy
from mendloop.problems import Missing, Refusal
from mendloop.words import words_of


@blueprint.get("/stock/discrepancies")
@allow(*KEEPERS)
def list_discrepancies() -> str:
    """Everything that nobody has settled yet: who keeps stock looks, who judges says what it was."""
    return _page("", "", "")


@blueprint.post("/stock/discrepancies/<discrepancy_id>")
@allow(*JUDGES)
def settle(discrepancy_id: str) -> Response | tuple[str, int]:
    """Somebody has looked, and says what it was."""
    note = request.form.get("note", "")
    try:
        with write_transaction(current_session()) as session:
            settle_discrepancy(session, current_actor(), discrepancy_id, note)
    except Missing:
        raise
    except Refusal as refusal:
        return _page(discrepancy_id, words_of(refusal.problems[0], current_language()), note), refusal.status
    flash("", "discrepancy.settled")
    return redirect(url_for("inventory.list_discrepancies"))


def _page(wrong: str, words: str, note: str) -> str:
    found = open_discrepancies(current_session(), current_actor())
    return render_template("discrepancies.html", tasks=found, wrong=wrong, words=words, note=note)
