"""BOMs and assets over the API."""

from mendloop.accounts.actor import DESIGNER, OWNER, STOREKEEPER, SUPERVISOR
from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.assets import services
from mendloop.assets.models import Asset, Bom
from mendloop.assets.outward import (
    asset_out,
    bom_out,
    difference_out,
    node_out,
    position_in,
    quantity_in,
    quantity_out,
    stay_out,
    task_out,
    unit_out,
    use_out,
)
from mendloop.assets.registry import PAGE
from mendloop.assets.services import AssetDetails, AssetFilters, NewBom, Scene, Subject, Target, Thing
from mendloop.assets.shapes import (
    ActIn,
    ActOut,
    AssetIn,
    AssetOut,
    AssetsOut,
    AssetsQuery,
    AssetTreeOut,
    BomIn,
    BomOut,
    BomQuery,
    BuiltInOut,
    DiffOut,
    DiffQuery,
    ExplosionOut,
    HistoryOut,
    PartQuery,
    PlaceQuery,
    SettleIn,
    TasksOut,
    TotalOut,
    WhereUsedOut,
)
from mendloop.clock import utc_now
from mendloop.database import write_transaction
from mendloop.library.services import list_products, product_by_key
from mendloop.problems import Missing, Problem, Refusal

api = Api("assets")
WRITERS = (OWNER, SUPERVISOR)
DESIGNERS = (OWNER, DESIGNER, SUPERVISOR)
KEEPERS = (OWNER, SUPERVISOR, STOREKEEPER)
ACTS = {"install": services.install_part, "remove": services.remove_part}


@api.get("/bom", roles=ANY_ROLE, summary="A BOM's revision with its own positions.", query=BomQuery, response=BomOut)
def get_bom(query: BomQuery) -> BomOut:
    subject = _subject(query.product, query.part)
    return bom_out(current_session(), current_actor(), _revision(subject, query.revision))


@api.post(
    "/bom",
    roles=DESIGNERS,
    summary="Keep the next revision of a BOM; refused with everything that is wrong with it.",
    request=BomIn,
    response=BomOut,
    status=201,
)
def post_bom(body: BomIn) -> BomOut:
    subject = _subject(body.product, body.part)
    if body.effective_from is not None and body.effective_from.tzinfo is None:
        raise Refusal(Problem("bom.effective_without_zone", at="/effective_from"))
    positions = [position_in(each, index) for index, each in enumerate(body.positions)]
    with write_transaction(current_session()) as session:
        bom = services.save_bom(session, current_actor(), NewBom(subject, positions, body.effective_from, body.note))
    return bom_out(current_session(), current_actor(), bom)


@api.get(
    "/bom/explosion",
    roles=ANY_ROLE,
    summary="A BOM through all levels, with how much of each part it comes to.",
    query=BomQuery,
    response=ExplosionOut,
)
def get_explosion(query: BomQuery) -> ExplosionOut:
    bom = _revision(_subject(query.product, query.part), query.revision)
    nodes = services.nodes_of(current_session(), current_actor(), bom)
    totals = services.explode(nodes)
    return ExplosionOut(
        nodes=[node_out(node) for top in nodes for node in top.walk()],
        totals=[TotalOut(part=part, quantity=quantity_out(milli)) for part, milli in totals.items()],
    )


@api.get("/bom/diff", roles=ANY_ROLE, summary="What differs between two revisions.", query=DiffQuery, response=DiffOut)
def get_bom_diff(query: DiffQuery) -> DiffOut:
    subject = _subject(query.product, query.part)
    one, two = (_revision(subject, number) for number in (query.one, query.two))
    lines = services.positions_of(current_session(), current_actor(), [one.id, two.id])
    return DiffOut(differences=[difference_out(each) for each in services.differences(lines[one.id], lines[two.id])])


@api.get(
    "/where-used",
    roles=ANY_ROLE,
    summary="Where a part is used: in BOMs through all levels, and in assets.",
    query=PartQuery,
    response=WhereUsedOut,
)
def get_where_used(query: PartQuery) -> WhereUsedOut:
    session, actor = current_session(), current_actor()
    products = {product.id: product.key for product in list_products(session, actor)}
    return WhereUsedOut(
        uses=[use_out(use, products) for use in services.where_used(session, actor, query.part)],
        assets=[
            BuiltInOut(
                asset=each.asset.id,
                serial=each.asset.serial,
                quantity=quantity_out(each.milli),
                serials=list(each.serials),
            )
            for each in services.assets_with(session, actor, query.part)
        ],
    )


@api.get("/assets", roles=ANY_ROLE, summary="Assets, the newest first.", query=AssetsQuery, response=AssetsOut)
def get_assets(query: AssetsQuery) -> AssetsOut:
    session, actor = current_session(), current_actor()
    product = product_by_key(session, actor, query.product) if query.product else None
    if query.product and product is None:
        return AssetsOut(assets=[], next=None)
    filters = AssetFilters(query.text[:200], product.id if product else "", query.after)
    found = services.find_assets(session, actor, filters)
    products = {each.id: each.key for each in list_products(session, actor)}
    return AssetsOut(
        assets=[AssetOut(**asset_out(each, products)) for each in found],
        next=found[-1].id if len(found) == PAGE else None,
    )


@api.post(
    "/assets",
    roles=WRITERS,
    summary="Take an asset in, with everything built in that its product's BOM provides.",
    request=AssetIn,
    response=AssetTreeOut,
    status=201,
)
def post_asset(body: AssetIn) -> AssetTreeOut:
    product = product_by_key(current_session(), current_actor(), body.product)
    if product is None:
        raise Refusal(Problem("order.product_unknown", at="/product"))
    details = AssetDetails(body.serial, product.id, body.customer, body.site, body.commissioned)
    with write_transaction(current_session()) as session:
        asset = services.create_asset(session, current_actor(), details)
    return _whole(asset)


@api.get("/assets/<asset_id>", roles=ANY_ROLE, summary="An asset with everything in it.", response=AssetTreeOut)
def get_asset(asset_id: str) -> AssetTreeOut:
    return _whole(services.access_asset(current_session(), current_actor(), asset_id))


@api.get(
    "/assets/<asset_id>/history",
    roles=ANY_ROLE,
    summary="All that ever was in a position of the asset.",
    query=PlaceQuery,
    response=HistoryOut,
)
def get_position_history(asset_id: str, query: PlaceQuery) -> HistoryOut:
    session, actor = current_session(), current_actor()
    services.access_asset(session, actor, asset_id)
    stays = services.history_of_position(session, actor, asset_id, query.position)
    return HistoryOut(stays=[stay_out(stay) for stay in stays])


@api.get(
    "/units/<unit_id>/history",
    roles=ANY_ROLE,
    summary="All places in which a thing with a serial number ever was.",
    response=HistoryOut,
)
def get_unit_history(unit_id: str) -> HistoryOut:
    session, actor = current_session(), current_actor()
    services.access_unit(session, actor, unit_id)
    return HistoryOut(stays=[stay_out(stay) for stay in services.journey_of_unit(session, actor, unit_id)])


@api.post(
    "/assets/<asset_id>/acts",
    roles=KEEPERS,
    summary="Build a part in, take it out, or replace what is there. What contradicts it becomes a task.",
    request=ActIn,
    response=ActOut,
)
def post_act(asset_id: str, body: ActIn) -> ActOut:
    session, actor = current_session(), current_actor()
    services.access_asset(session, actor, asset_id)
    if body.at is not None and body.at.tzinfo is None:
        raise Refusal(Problem("asset.time_without_zone", at="/at"))
    if len(body.key or "") > 80 or len(body.note or "") > 2000:
        raise Refusal(Problem("asset.text_too_long", at="/key", params={"limit": 80}))
    thing = Thing(body.part, quantity_in(body.quantity, "/quantity"), body.serial or None, body.lot or None)
    scene = Scene(body.at or utc_now(), actor.person_id, note=body.note, key=body.key or None)
    target = Target(body.position, asset_id)
    with write_transaction(session):
        if body.act in ACTS:
            conflicts = ACTS[body.act](session, actor, scene, target, thing)
        elif body.act == "replace":
            conflicts = services.replace_part(session, actor, scene, target, (None, thing))
        else:
            raise Refusal(Problem("asset.act_unknown", at="/act"))
    return ActOut(conflicts=[each.kind for each in conflicts])


@api.get("/asset-tasks", roles=ANY_ROLE, summary="Where the field and what was known disagree.", response=TasksOut)
def get_asset_tasks() -> TasksOut:
    return TasksOut(tasks=[task_out(each) for each in services.open_conflicts(current_session(), current_actor())])


@api.post("/asset-tasks/<task_id>/settle", roles=KEEPERS, summary="Say what it was.", request=SettleIn)
def post_asset_task(task_id: str, body: SettleIn) -> None:
    with write_transaction(current_session()) as session:
        services.settle_conflict(session, current_actor(), task_id, body.note)


def _subject(product: str | None, part: str | None) -> Subject:
    if (product is None) == (part is None):
        raise Refusal(Problem("bom.of_what", at="/product"))
    if product is None:
        return Subject(part=part)
    found = product_by_key(current_session(), current_actor(), product)
    if found is None:
        raise Missing
    return Subject(product_id=found.id)


def _revision(subject: Subject, number: int | None) -> Bom:
    session, actor = current_session(), current_actor()
    if number is not None:
        return services.revision_of(session, actor, subject, number)
    found = services.bom_in_effect(session, actor, subject)
    if found is None:
        raise Missing
    return found


def _whole(asset: Asset) -> AssetTreeOut:
    session, actor = current_session(), current_actor()
    products = {product.id: product.key for product in list_products(session, actor)}
    branches = (branch for top in services.tree_of(session, actor, asset) for branch in top.walk())
    return AssetTreeOut(
        **asset_out(asset, products),
        inside=[unit_out(branch) for branch in branches],
        orders=services.orders_of_asset(session, actor, asset.id),
    )
