"""Pages of assets: the list, an asset with everything in it, a position with its history, tasks."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.accounts.actor import DESIGNER, ENGINEER, OWNER, STOREKEEPER, SUPERVISOR, VIEWER
from mendloop.assets import services
from mendloop.assets.asset_page import page_of_asset, part_of_page
from mendloop.assets.forms import ActForm, AssetForm, SettleForm
from mendloop.assets.models import Asset
from mendloop.assets.pasting import milli_of
from mendloop.assets.registry import PAGE
from mendloop.assets.services import AssetFilters, Scene, Target, Thing
from mendloop.assets.showing import names_for, names_for_conflicts, names_for_facts
from mendloop.clock import utc_now
from mendloop.database import new_id, write_transaction
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.library.services import list_products
from mendloop.pages.forms import show_problems
from mendloop.problems import Problem, Refusal
from mendloop.words import local, words_of

blueprint = Blueprint("assets", __name__, template_folder="pages")
READERS = (OWNER, DESIGNER, SUPERVISOR, STOREKEEPER, VIEWER, ENGINEER)
WRITERS = (OWNER, SUPERVISOR)
KEEPERS = (OWNER, SUPERVISOR, STOREKEEPER)


@blueprint.get("/assets/")
@allow(*READERS)
def list_assets() -> str:
    """Assets, narrowed by what stands in the address."""
    session, actor, given = current_session(), current_actor(), request.args
    text = given.get("text", "").strip()[:200]
    filters = AssetFilters(text, given.get("product", ""), given.get("after", ""))
    found = services.find_assets(session, actor, filters)
    return render_template(
        "assets.html",
        filters=filters,
        assets=found,
        following=found[-1].id if len(found) == PAGE else None,
        loose=services.units_with_serial(session, actor, text) if text else [],
        products=list_products(session, actor),
        names=names_for(session, actor),
        tasks=services.count_open(session, actor),
        waiting=len(services.open_conflicts(session, actor)),
    )


@blueprint.get("/a/<tag>")
@allow(*READERS)
def open_tag(tag: str) -> Response:
    """The address on a label: short, the same in capitals and small letters, for good."""
    asset = services.asset_by_tag(current_session(), current_actor(), tag)
    return redirect(url_for("assets.show_asset", asset_id=asset.id))


@blueprint.get("/assets/new")
@allow(*WRITERS)
def new_asset() -> str:
    """An empty form; `?product=ID` begins with that product."""
    return _form_page(AssetForm(formdata=None, product_id=request.args.get("product")), None)


@blueprint.post("/assets/new")
@allow(*WRITERS)
def add_asset() -> Response | tuple[str, int]:
    """Take the asset in."""
    form = AssetForm()
    try:
        with write_transaction(current_session()) as session:
            asset = services.create_asset(session, current_actor(), _checked(form))
    except Refusal as refusal:
        show_problems(form, refusal)
        return _form_page(form, None), refusal.status
    return redirect(url_for("assets.show_asset", asset_id=asset.id))


@blueprint.get("/assets/<asset_id>")
@allow(*READERS)
def show_asset(asset_id: str) -> str:
    """Everything that is known of it; `?at=ADDRESS` begins there, `?find=TEXT` lists what has it."""
    return page_of_asset(services.access_asset(current_session(), current_actor(), asset_id))


@blueprint.get("/assets/<asset_id>/inside")
@allow(*READERS)
def show_inside(asset_id: str) -> str:
    """What is inside one thing of the asset (`?at=ADDRESS`), for a page that is open."""
    return part_of_page(services.access_asset(current_session(), current_actor(), asset_id))


@blueprint.get("/assets/<asset_id>/edit")
@allow(*WRITERS)
def edit_asset(asset_id: str) -> str:
    """The form, filled."""
    asset = services.access_asset(current_session(), current_actor(), asset_id)
    return _form_page(AssetForm(formdata=None, obj=asset), asset)


@blueprint.post("/assets/<asset_id>/edit")
@allow(*WRITERS)
def change_asset(asset_id: str) -> Response | tuple[str, int]:
    """Keep the changes."""
    asset = services.access_asset(current_session(), current_actor(), asset_id)
    form = AssetForm()
    try:
        with write_transaction(current_session()) as session:
            services.change_asset(session, current_actor(), asset_id, _checked(form))
    except Refusal as refusal:
        show_problems(form, refusal)
        return _form_page(form, asset), refusal.status
    return redirect(url_for("assets.show_asset", asset_id=asset_id))


@blueprint.get("/assets/<asset_id>/position")
@allow(*READERS)
def show_position(asset_id: str) -> str:
    """One place of the asset (`?at=ADDRESS`): what is there, and all that ever was."""
    asset = services.access_asset(current_session(), current_actor(), asset_id)
    return _position_page(asset, request.args.get("at", ""), None)


@blueprint.post("/assets/<asset_id>/position")
@allow(*KEEPERS)
def act_on_position(asset_id: str) -> Response | tuple[str, int]:
    """Build something in or take it out by hand."""
    session, actor = current_session(), current_actor()
    asset, at, form = services.access_asset(session, actor, asset_id), request.args.get("at", ""), ActForm()
    try:
        with write_transaction(session):
            _act(asset, at, form)
    except Refusal as refusal:
        show_problems(form, refusal)
        return _position_page(asset, at, form), refusal.status
    flash(at, "asset.acted")
    return redirect(url_for("assets.show_position", asset_id=asset_id, at=at))


@blueprint.get("/assets/units/<unit_id>")
@allow(*READERS)
def show_unit(unit_id: str) -> str:
    """One thing with a serial number: where it is, where it ever was, what is inside."""
    session, actor = current_session(), current_actor()
    unit = services.access_unit(session, actor, unit_id)
    stays = services.journey_of_unit(session, actor, unit_id)
    inside = services.units_inside(session, actor, unit_id)
    facts = [fact for stay in stays for fact in (stay.first, stay.last, stay.came_with, stay.left_with)]
    names = names_for_facts(session, actor, facts)
    return render_template(
        "asset_unit.html",
        unit=unit,
        stays=stays,
        inside=inside,
        names=names,
        inside_names=names_for(session, actor, parts=[unit.part, *(each.part for each in inside)]),
        asset=services.assets_by_id(session, actor, [unit.asset_id]).get(unit.asset_id or ""),
        address=services.address_of(session, actor, unit.place),
    )


@blueprint.get("/assets/tasks")
@allow(*READERS)
def list_tasks() -> str:
    """Where the field and what was known of assets disagree."""
    return _tasks_page([])


@blueprint.post("/assets/tasks/<conflict_id>")
@allow(*KEEPERS)
def settle_task(conflict_id: str) -> Response | tuple[str, int]:
    """Somebody has looked."""
    try:
        with write_transaction(current_session()) as session:
            services.settle_conflict(session, current_actor(), conflict_id, SettleForm().note.data or "")
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _tasks_page([words_of(each, current_language()) for each in refusal.problems]), refusal.status
    return redirect(url_for("assets.list_tasks"))


def _checked(form: AssetForm) -> services.AssetDetails:
    if not form.validate() and form.commissioned.errors:
        raise Refusal(Problem("asset.date_invalid", at="/commissioned"))
    return form.details


def _act(asset: Asset, at: str, form: ActForm) -> None:
    session, actor = current_session(), current_actor()
    milli = milli_of(form.quantity.data or "1")
    if milli is None:
        raise Refusal(Problem("bom.quantity_invalid", at="/quantity", params={"key": at}))
    thing = Thing((form.part.data or "").strip(), milli, (form.serial.data or "").strip() or None)
    scene = Scene(utc_now(), actor.person_id, note=form.note.data or None, key=form.key.data or None)
    target = Target(at, asset.id)
    if form.act.data == "install":
        services.install_part(session, actor, scene, target, thing)
    elif form.act.data == "remove":
        services.remove_part(session, actor, scene, target, thing)
    else:
        services.replace_part(session, actor, scene, target, (None, thing))


def _form_page(form: AssetForm, asset: Asset | None) -> str:
    products = list_products(current_session(), current_actor(), only_active=True)
    form.offer([(each.id, local(each.title, current_language())) for each in products])
    return render_template("asset_form.html", form=form, asset=asset)


def _position_page(asset: Asset, at: str, form: ActForm | None) -> str:
    session, actor = current_session(), current_actor()
    stays = services.history_of_position(session, actor, asset.id, at)[::-1]
    branches = [each for top in services.tree_of(session, actor, asset) for each in top.walk() if each.address == at]
    facts = [fact for stay in stays for fact in (stay.first, stay.last, stay.came_with, stay.left_with)]
    expected = next((each.position for each in branches if each.position is not None), None)
    gone = services.places_now(session, actor, [stay.unit_id for stay in stays if stay.last or stay.left_with])
    usual = {"part": expected.part if expected else "", "key": new_id(), "quantity": "1"}
    return render_template(
        "asset_position.html",
        asset=asset,
        at=at,
        stays=stays,
        gone=gone,
        holders=services.assets_by_id(session, actor, [asset_id for asset_id, _ in gone.values()]),
        branches=branches,
        expected=expected,
        form=form or ActForm(formdata=None, **usual),
        names=names_for_facts(session, actor, facts),
        part_names=names_for(
            session, actor, parts=[usual["part"], *(each.unit.part for each in branches if each.unit)]
        ),
    )


def _tasks_page(problems: list[str]) -> str:
    session, actor = current_session(), current_actor()
    conflicts = services.open_conflicts(session, actor)
    names = names_for_conflicts(session, actor, conflicts)
    form = SettleForm(formdata=None)
    return render_template("asset_tasks.html", conflicts=conflicts, names=names, form=form, problems=problems)
