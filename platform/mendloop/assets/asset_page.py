"""The page of an asset: so much of what is in it as one opens, and a search through all of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from werkzeug.datastructures import MultiDict

from mendloop.assets import services
from mendloop.assets.limbs import LINES, Level, lay_out
from mendloop.assets.models import Asset
from mendloop.assets.services import Branch
from mendloop.assets.showing import Names, names_for, names_for_conflicts
from mendloop.edge.context import current_actor, current_session
from mendloop.inventory import services as inventory
from mendloop.library.services import access_product
from mendloop.problems import Missing

MOST_ORDERS = 50
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked for in an asset, what was found of it, and how much there is altogether."""

    text: str
    found: Sequence[Branch]
    count: int


@dataclass(frozen=True, slots=True)
class Opened:
    """Where the page begins: at one thing in the asset (`way` leads to it), or at the top."""

    branch: Branch | None
    way: Sequence[str]
    level: Level[Branch]


def page_of_asset(asset: Asset) -> str:
    """Everything that is known of it; `?at=ADDRESS` begins there, `?find=TEXT` lists what has it."""
    session, actor = current_session(), current_actor()
    tree = services.tree_of(session, actor, asset)
    branches = [branch for top in tree for branch in top.walk()]
    text = request.args.get("find", "").strip()[:LONGEST_SEARCH]
    search = _search(branches, text) if text else None
    opened = _opened(tree, request.args)
    order_ids = services.orders_of_asset(session, actor, asset.id)[:MOST_ORDERS]
    conflicts = services.open_conflicts(session, actor, asset)
    shown = [*(opened.level.shown()), *(search.found if search else ()), *([opened.branch] if opened.branch else [])]
    return render_template(
        "asset.html",
        asset=asset,
        search=search,
        opened=opened,
        is_large=len(branches) > LINES // 10,
        count=sum(branch.unit is not None for branch in branches),
        empty_count=sum(branch.is_empty for branch in branches),
        product=access_product(session, actor, asset.product_id),
        bom=services.access_bom(session, actor, asset.bom_id) if asset.bom_id else None,
        order_ids=order_ids,
        names=_names(shown, order_ids),
        conflicts=conflicts,
        conflict_names=names_for_conflicts(session, actor, conflicts),
        address=url_for("assets.open_tag", tag=asset.tag, _external=True),
    )


def part_of_page(asset: Asset) -> str:
    """What is inside one thing of the asset, for a page that is open."""
    opened = _opened(services.tree_of(current_session(), current_actor(), asset), request.args)
    names = _names(opened.level.shown(), ())
    return render_template("asset_inside.html", asset=asset, opened=opened, names=names)


def _opened(tree: Sequence[Branch], given: MultiDict[str, str]) -> Opened:
    """Begin where the address says; several things in one place are a level of their own."""
    at, unit_id, first = given.get("at", ""), given.get("unit", ""), _number(given.get("from", ""))
    if not at:
        return Opened(None, (), lay_out(tree, first))
    there = _at(tree, at)
    found = [branch for branch in there if branch.unit and branch.unit.id == unit_id] if unit_id else there
    if not found:
        raise Missing
    keys = at.split("/")
    ways = ["/".join(keys[:count]) for count in range(1, len(keys))]
    way = [each for each in ways if _at(tree, each)]
    if len(found) == 1:
        return Opened(found[0], way, lay_out(found[0].children, first))
    return Opened(None, way, lay_out(found, first))


def _at(tree: Iterable[Branch], address: str) -> list[Branch]:
    """What has this address, found on the way to it only."""
    found: list[Branch] = []
    for branch in tree:
        if branch.address == address:
            found.append(branch)
        if address.startswith(f"{branch.address}/"):
            found += _at(branch.children, address)
    return found


def _search(branches: Sequence[Branch], text: str) -> Search:
    session, actor, wanted = current_session(), current_actor(), text.casefold()
    numbers = {part for branch in branches for part in _parts(branch)}
    known = inventory.parts_by_number(session, actor, numbers)
    spoken = {number: [number, *part.name.values()] for number, part in known.items()}
    found = [branch for branch in branches if any(wanted in each.casefold() for each in _said_of(branch, spoken))]
    return Search(text, found[:LINES], len(found))


def _said_of(branch: Branch, spoken: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """All that a line says, in every language."""
    yield branch.address
    if branch.position is not None:
        yield from branch.position.label.values()
    for number in _parts(branch):
        yield from spoken.get(number, (number,))
    if branch.unit is not None:
        yield from (text for text in (branch.unit.serial, branch.unit.lot) if text)


def _parts(branch: Branch) -> Iterable[str]:
    if branch.unit is not None:
        yield branch.unit.part
    if branch.position is not None and branch.position.part:
        yield branch.position.part


def _names(branches: Iterable[Branch], order_ids: Iterable[str]) -> Names:
    shown = list(branches)
    built_in_by = [branch.unit.order_id for branch in shown if branch.unit]
    parts = {part for branch in shown for part in _parts(branch)}
    return names_for(current_session(), current_actor(), parts=parts, order_ids=[*order_ids, *built_in_by])


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0
