"""Pages of BOMs: one revision through all levels, the editor with its preview, two revisions compared, where used."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from mendloop.accounts.actor import DESIGNER, ENGINEER, OWNER, STOREKEEPER, SUPERVISOR, VIEWER
from mendloop.assets import exports, services
from mendloop.assets.bom_editor import Of, edit_page, new_bom, take_file
from mendloop.assets.forms import BomForm
from mendloop.assets.limbs import LINES, Level, lay_out
from mendloop.assets.models import Bom
from mendloop.assets.pasting import COLUMNS, Pasted, as_text, read_lines
from mendloop.assets.reading_files import MOST_BYTES
from mendloop.assets.services import Node, Subject
from mendloop.assets.showing import names_for
from mendloop.config import Config
from mendloop.database import write_transaction
from mendloop.edge.access import Access, allow, declare
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.edge.json_guard import MAX_BYTES
from mendloop.inventory import services as inventory
from mendloop.library.services import access_product
from mendloop.problems import Missing, Refusal
from mendloop.tables import as_file
from mendloop.words import local

blueprint = Blueprint("boms", __name__, template_folder="pages")
READERS = (OWNER, DESIGNER, SUPERVISOR, STOREKEEPER, VIEWER, ENGINEER)
WRITERS = (OWNER, DESIGNER, SUPERVISOR)


@blueprint.get("/bom")
@allow(*READERS)
def show_bom() -> str:
    """A BOM (`?product=ID` or `?part=NUMBER`, perhaps `&revision=N`) with totals; `&at=ADDRESS` begins there."""
    of, session, actor = _of(), current_session(), current_actor()
    bom = _revision(of.subject)
    nodes = services.nodes_of(session, actor, bom) if bom is not None else []
    opened, level = _opened(nodes)
    totals = services.explode(nodes)
    shown = totals if request.args.get("totals") == "all" else dict(list(totals.items())[:LINES])
    at = opened.address.split("/") if opened else []
    return render_template(
        "bom.html",
        of=of,
        bom=bom,
        opened=opened,
        way=["/".join(at[:count]) for count in range(1, len(at))],
        level=level,
        totals=totals,
        shown_totals=shown,
        revisions=services.revisions(session, actor, of.subject),
        in_effect=services.bom_in_effect(session, actor, of.subject),
        names=names_for(session, actor, parts=[*shown, *_parts_of(level)]),
    )


@blueprint.get("/bom/inside")
@allow(*READERS)
def show_inside() -> str:
    """What is inside one position of a BOM (`&at=ADDRESS`), for a page that is open."""
    of, session, actor = _of(), current_session(), current_actor()
    bom = _revision(of.subject)
    if bom is None:
        raise Missing
    opened, level = _opened(services.nodes_of(session, actor, bom))
    names = names_for(session, actor, parts=_parts_of(level))
    return render_template("bom_inside.html", of=of, bom=bom, opened=opened, level=level, names=names)


@blueprint.get("/bom/edit")
@allow(*WRITERS)
def edit_bom() -> str:
    """The lines of the revision in effect as text."""
    of, session, actor = _of(), current_session(), current_actor()
    bom = _revision(of.subject)
    lines = services.positions_of(session, actor, [bom.id])[bom.id] if bom is not None else []
    headings = exports.headings(current_language(), COLUMNS)
    return edit_page(of, BomForm(formdata=None, text=as_text(lines, headings)), None)


def save_bom() -> Response | str | tuple[str, int]:
    """Show what a file or the text says and what is wrong with it, or keep the text as the next revision."""
    of, form = _of(), BomForm()
    try:
        is_file = take_file(form)
    except Refusal as refusal:
        return edit_page(of, form, Pasted((), refusal.problems)), refusal.status
    pasted = read_lines(form.text.data or "")
    if is_file or "save" not in request.form:
        return edit_page(of, form, pasted)
    try:
        with write_transaction(current_session()) as session:
            bom = services.save_bom(session, current_actor(), new_bom(of, form, pasted))
    except Refusal as refusal:
        return edit_page(of, form, replace(pasted, problems=refusal.problems)), refusal.status
    flash(str(bom.revision), "bom.saved")
    return redirect(of.url(revision=bom.revision))


def _body_bytes(_config: Config) -> int:
    """A file, and the text that came with it."""
    return MOST_BYTES + MAX_BYTES


blueprint.add_url_rule(
    "/bom/edit", view_func=declare(save_bom, Access(frozenset(WRITERS), _body_bytes)), methods=["POST"]
)


@blueprint.get("/bom/diff")
@allow(*READERS)
def compare_boms() -> str:
    """What differs between two revisions (`&from=N&to=N`)."""
    of, session, actor = _of(), current_session(), current_actor()
    one, two = (_numbered(of.subject, request.args.get(name, "")) for name in ("from", "to"))
    lines = services.positions_of(session, actor, [one.id, two.id])
    found = services.differences(lines[one.id], lines[two.id])
    parts = [side.part for each in found for side in (each.before, each.after) if side is not None]
    return render_template(
        "bom_diff.html", of=of, one=one, two=two, found=found, names=names_for(session, actor, parts=parts)
    )


@blueprint.get("/bom/file.<kind>")
@allow(*READERS)
def export_bom(kind: str) -> Response:
    """A revision as a file: its own lines, as they can be pasted again; `&levels=all` through all levels."""
    of, session, actor, language = _of(), current_session(), current_actor(), current_language()
    bom = _revision(of.subject)
    if bom is None or kind not in {"csv", "xlsx"}:
        raise Missing
    if request.args.get("levels") == "all":
        rows = exports.rows_of_nodes(language, services.nodes_of(session, actor, bom))
    else:
        rows = exports.rows_of_positions(language, services.positions_of(session, actor, [bom.id])[bom.id])
    return as_file(kind, "bom", list(rows))


@blueprint.get("/assets/<asset_id>/file.<kind>")
@allow(*READERS)
def export_asset(asset_id: str, kind: str) -> Response:
    """What is built into an asset as a file."""
    asset = services.access_asset(current_session(), current_actor(), asset_id)
    if kind not in {"csv", "xlsx"}:
        raise Missing
    return as_file(kind, asset.tag, list(exports.rows_of_asset(current_session(), current_actor(), asset)))


@blueprint.get("/where-used")
@allow(*READERS)
def show_where_used() -> str:
    """Where a part (`?part=NUMBER`) is used: assemblies, products, assets."""
    session, actor, number = current_session(), current_actor(), request.args.get("part", "").strip()
    known = inventory.parts_by_number(session, actor, [number])
    if number and number not in known:
        raise Missing
    uses = services.where_used(session, actor, number) if number else []
    return render_template(
        "where_used.html",
        part=known.get(number),
        uses=uses,
        built_in=services.assets_with(session, actor, number) if number else [],
        has_bom=bool(number and services.revisions(session, actor, Subject(part=number))),
        names=names_for(session, actor, parts=[number, *(use.subject.part for use in uses)]),
    )


def _opened(nodes: Sequence[Node]) -> tuple[Node | None, Level[Node]]:
    """The position that the address names, and what is inside; without one, all."""
    at, first = request.args.get("at", ""), request.args.get("from", "")
    node = next((each for top in nodes for each in top.walk() if each.address == at), None) if at else None
    if at and node is None:
        raise Missing
    return node, lay_out(node.children if node else nodes, int(first) if first.isdecimal() and len(first) < 7 else 0)


def _parts_of(level: Level[Node]) -> list[str | None]:
    return [node.position.part for node in level.shown()]


def _of() -> Of:
    session, actor = current_session(), current_actor()
    product_id, number = request.args.get("product", ""), request.args.get("part", "")
    if product_id:
        product = access_product(session, actor, product_id)
        return Of(Subject(product_id=product.id), local(product.title, current_language()), {"product": product.id})
    part = inventory.parts_by_number(session, actor, [number]).get(number)
    if part is None:
        raise Missing
    return Of(Subject(part=number), f"{number} {local(part.name, current_language())}", {"part": number})


def _revision(subject: Subject) -> Bom | None:
    number = request.args.get("revision", "")
    if number:
        return _numbered(subject, number)
    session, actor = current_session(), current_actor()
    newest = services.revisions(session, actor, subject)
    return services.bom_in_effect(session, actor, subject) or (newest[0] if newest else None)


def _numbered(subject: Subject, number: str) -> Bom:
    if not number.isdecimal() or len(number) > 9:
        raise Missing
    return services.revision_of(current_session(), current_actor(), subject, int(number))
