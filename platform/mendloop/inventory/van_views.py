"""Vans: what they should hold and lack, for storekeepers; the own van on the phone, for whoever drives it."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.accounts.actor import ENGINEER
from mendloop.database import new_id, run_write, write_transaction
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.inventory import limits, parts, places, transfers
from mendloop.inventory.amounts import milli_written
from mendloop.inventory.blueprint import KEEPERS, blueprint
from mendloop.inventory.counted import whole_faults
from mendloop.inventory.desk import Portion
from mendloop.inventory.limits import Need
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.sheets import find_part
from mendloop.problems import Conflict, Missing, Problem, Refusal
from mendloop.words import words_of

MOST_MILLI = 10**9


@blueprint.get("/stock/vans")
@allow(*KEEPERS)
def list_vans() -> str:
    """All vans with what they lack, and whether the warehouse has it."""
    session, actor = current_session(), current_actor()
    needs: dict[str, list[Need]] = {van: [] for van in places.vans(session, actor)}
    for need in limits.needs_of(session, actor):
        needs.setdefault(need.place, []).append(need)
    return render_template("vans.html", vans=needs, keys={van: new_id() for van in needs})


@blueprint.post("/stock/vans/<person_id>/fill")
@allow(*KEEPERS)
def fill_van(person_id: str) -> Response:
    """Send what the van lacks and the warehouse has; what has serial numbers is picked on a slip."""
    session, actor, van = current_session(), current_actor(), _van(person_id)
    key, needs = request.form.get("key", ""), limits.needs_of(session, actor, van)
    portions = limits.portions_to_fill(needs)
    if len(key) != len(new_id()):
        raise Refusal(Problem("stock.sheet_expired"))
    if transfers.is_made(session, actor, key, (WAREHOUSE, van)):
        return redirect(url_for("inventory.show_transfer", transfer_id=key))
    waiting, picked = _waiting(van, needs)
    named = {need.part.id: need.to_send for need in needs if need.to_send and need.part.serial_tracked}
    asked_too = limits.portions_to_fill(needs, with_asked=True)
    if waiting and asked_too:
        return _send(waiting, van, asked_too, named)
    if portions:
        return _send(key, van, portions, named)
    if waiting or picked:
        return redirect(url_for("inventory.show_act", act="transfer", transfer=waiting or picked))
    if not named:
        raise Conflict(Problem("stock.nothing_to_send"))
    run_write(session, lambda: transfers.ask(session, actor, WAREHOUSE, van, named, key))
    return redirect(url_for("inventory.show_act", act="transfer", transfer=key))


def _send(transfer_id: str, van: str, portions: list[Portion], named: dict[str, int]) -> Response:
    """What is left out because each one has a number of its own is asked for, and said."""
    session, actor = current_session(), current_actor()

    def act() -> None:
        transfers.send(session, actor, transfer_id, (WAREHOUSE, van), portions, "")
        if named:
            transfers.ask(session, actor, WAREHOUSE, van, named)

    run_write(session, act)
    if named:
        left_out = [parts.access_part(session, actor, part_id).number for part_id in named]
        flash(", ".join(left_out), "van.left_to_pick")
    return redirect(url_for("inventory.show_transfer", transfer_id=transfer_id))


def _waiting(van: str, needs: list[Need]) -> tuple[str, str]:
    """Who asked for such parts for the van already is answered, and they are not sent once more: the first request that
    can be sent at once, and the first of which something has to be picked by its serial number."""
    session, actor, found = current_session(), current_actor(), {False: "", True: ""}
    low = {need.part.id for need in needs if need.is_low}
    for transfer in transfers.list_transfers(session, actor, transfers.ASKED, place=van):
        lines = transfers.asked_lines(session, actor, transfer)
        if (transfer.source, transfer.target) == (WAREHOUSE, van) and all(part.id in low for part, _ in lines):
            found[any(part.serial_tracked for part, _ in lines)] = transfer.id
    return found[False], found[True]


@blueprint.get("/stock/vans/<person_id>")
@allow(*KEEPERS)
def show_van_limits(person_id: str) -> str:
    """One van: what lies in it, and from how much to how much it should hold."""
    return _limits_page(person_id, "")


@blueprint.post("/stock/vans/<person_id>")
@allow(*KEEPERS)
def change_limit(person_id: str) -> Response | tuple[str, int]:
    """From how much to how much of a part the van should hold; a maximum of 0 takes the line off."""
    session, actor, van = current_session(), current_actor(), _van(person_id)
    try:
        part = _part_called(request.form.get("number", ""))
        least, most = _milli(part, "minimum"), _milli(part, "maximum")
        with write_transaction(session):
            limits.set_limit(session, actor, van, part.id, least, most)
    except Refusal as refusal:
        return _limits_page(person_id, words_of(refusal.problems[0], current_language())), refusal.status
    return redirect(url_for("inventory.show_van_limits", person_id=person_id))


@blueprint.get("/van")
@allow(ENGINEER)
def show_van() -> str:
    """The own van: what is low, what is coming, and all that lies in it."""
    session, actor = current_session(), current_actor()
    van = van_of(actor.person_id)
    needs = limits.needs_of(session, actor, van)
    return render_template(
        "van.html",
        place=van,
        lines=parts.lines_at(session, actor, van),
        low=[need for need in needs if need.is_low],
        to_ask=_to_ask(needs),
        asked=transfers.list_transfers(session, actor, transfers.ASKED, place=van),
        coming=transfers.list_transfers(session, actor, transfers.SENT, place=van),
        key=new_id(),
    )


@blueprint.post("/van/ask")
@allow(ENGINEER)
def ask_for_parts() -> Response:
    """Ask the warehouse for everything that is low and not asked for yet."""
    session, actor = current_session(), current_actor()
    van, key = van_of(actor.person_id), request.form.get("key", "")
    wanted = _to_ask(limits.needs_of(session, actor, van))
    if len(key) != len(new_id()):
        raise Refusal(Problem("stock.sheet_expired"))
    if wanted:
        run_write(session, lambda: transfers.ask(session, actor, WAREHOUSE, van, wanted, key))
        flash("", "van.asked_now")
    return redirect(url_for("inventory.show_van"))


def _to_ask(needs: list[Need]) -> dict[str, int]:
    return {need.part.id: need.short - need.asked for need in needs if need.is_low and need.short > need.asked}


def _van(person_id: str) -> str:
    van = van_of(person_id)
    if van not in places.vans(current_session(), current_actor()):
        raise Missing
    return van


def _part_called(number: str) -> Part:
    part = find_part(current_session(), current_actor(), number.strip())
    if part is None:
        raise Refusal(Problem("stock.code_unknown", params={"code": number[:60]}))
    return part


def _milli(part: Part, name: str) -> int:
    milli = milli_written(request.form.get(name, "") or "0", f"/{name}", MOST_MILLI)
    if faults := whole_faults(part, milli, f"/{name}"):
        raise Refusal(faults)
    return milli


def _limits_page(person_id: str, problem: str) -> str:
    session, actor, van = current_session(), current_actor(), _van(person_id)
    needs = limits.needs_of(session, actor, van)
    limited = {need.part.id for need in needs}
    return render_template(
        "van_limits.html",
        place=van,
        person_id=person_id,
        needs=needs,
        others=[line for line in parts.lines_at(session, actor, van) if line.part.id not in limited],
        problem=problem,
    )
