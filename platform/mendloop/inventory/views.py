"""Parts, and how many are where."""

from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from mendloop.accounts.actor import ENGINEER, OWNER, STOREKEEPER, SUPERVISOR, VIEWER, Actor
from mendloop.accounts.services import names_of_people
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_session
from mendloop.inventory import services
from mendloop.inventory.locations import DISCREPANCY, VAN, WAREHOUSE, kind_of, owner_of

blueprint = Blueprint("inventory", __name__, template_folder="pages")
SHOWN = (WAREHOUSE, VAN, DISCREPANCY)


@blueprint.get("/stock/")
@allow(OWNER, SUPERVISOR, STOREKEEPER, VIEWER, ENGINEER)
def list_stock() -> str:
    """Every part with its balances: warehouse, vans, and what nobody can explain."""
    session, actor = current_session(), current_actor()
    return render_template("stock.html", rows=_rows(session, actor), people=names_of_people(session, actor))


def _rows(session: Session, actor: Actor) -> list[dict[str, object]]:
    balances: dict[str, list[services.StockLine]] = {}
    for line in services.stock_lines(session, actor):
        if kind_of(line.location) in SHOWN:
            balances.setdefault(line.part.id, []).append(line)
    parts = services.list_parts(session, actor)
    return [{"part": part, "places": [_place(line) for line in balances.get(part.id, [])]} for part in parts]


def _place(line: services.StockLine) -> dict[str, object]:
    kind = kind_of(line.location)
    return {"kind": kind, "owner": owner_of(line.location), "quantity": f"{line.milli / services.MILLI:.10g}"}
