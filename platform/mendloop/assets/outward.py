"""From our rows to what the API says, and back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.boms import positions_of, revisions, subject_of
from mendloop.assets.diffing import Difference
from mendloop.assets.history import Stay
from mendloop.assets.models import Asset, AssetConflict, Bom
from mendloop.assets.positions import MOST_MILLI, WHOLE, Position
from mendloop.assets.shapes import BomOut, DifferenceOut, NodeOut, PositionIO, StayOut, TaskOut, UnitOut, UseOut
from mendloop.assets.structure import Node
from mendloop.assets.tree import Branch
from mendloop.assets.where_used import Use
from mendloop.problems import Problem, Refusal


def quantity_out(milli: int) -> float:
    """In the part's unit."""
    return milli / WHOLE


def quantity_in(quantity: float, at: str) -> int:
    """In thousandths; refused when it is finer than that, or no quantity."""
    milli = Decimal(str(quantity)) * WHOLE if -1e9 < quantity < 1e9 else Decimal(-1)
    if milli != milli.to_integral_value() or not 0 < milli <= MOST_MILLI:
        raise Refusal(Problem("bom.quantity_invalid", at=at, params={"key": at.strip("/")}))
    return int(milli)


def position_in(given: PositionIO, index: int) -> Position:
    """A position as it is kept."""
    milli = quantity_in(given.quantity, f"/positions/{index}/quantity")
    return Position(given.key, given.parent, given.label, given.part, milli, given.serial)


def position_out(position: Position) -> PositionIO:
    """A position as it is told."""
    return PositionIO(
        key=position.key,
        parent=position.parent,
        label=dict(position.label),
        part=position.part,
        quantity=quantity_out(position.milli),
        serial=position.serial,
    )


def bom_out(session: Session, actor: Actor, bom: Bom) -> BomOut:
    """A revision with its positions."""
    lines = positions_of(session, actor, [bom.id])[bom.id]
    return BomOut(
        id=bom.id,
        revision=bom.revision,
        effective_from=bom.effective_from,
        note=bom.note,
        revisions=[each.revision for each in revisions(session, actor, subject_of(bom))],
        positions=[position_out(line) for line in lines],
    )


def node_out(node: Node) -> NodeOut:
    """A position through all levels."""
    position = node.position
    return NodeOut(
        address=node.address,
        label=dict(position.label),
        part=position.part,
        quantity=quantity_out(position.milli),
        serial=position.serial,
    )


def difference_out(found: Difference) -> DifferenceOut:
    """What became of a position."""
    before, after = (position_out(side) if side is not None else None for side in (found.before, found.after))
    return DifferenceOut(kind=found.kind, key=found.key, before=before, after=after, changed=list(found.changed))


def use_out(use: Use, products: Mapping[str, str]) -> UseOut:
    """Where a part stands."""
    return UseOut(
        level=use.level,
        part=use.part,
        product=products.get(use.subject.product_id or ""),
        assembly=use.subject.part,
        revision=use.revision,
        key=use.key,
        quantity=quantity_out(use.milli),
    )


def asset_out(asset: Asset, products: Mapping[str, str]) -> dict[str, Any]:
    """The members of an asset."""
    return {
        "id": asset.id,
        "serial": asset.serial,
        "tag": asset.tag,
        "product": products.get(asset.product_id, ""),
        "customer": asset.customer,
        "site": asset.site,
        "commissioned": asset.commissioned,
    }


def unit_out(branch: Branch) -> UnitOut:
    """A place in an asset and what is in it."""
    unit = branch.unit
    return UnitOut(
        address=branch.address,
        expected=branch.position.part if branch.position else None,
        unit=unit.id if unit else None,
        part=unit.part if unit else None,
        serial=unit.serial if unit else None,
        lot=unit.lot if unit else None,
        quantity=quantity_out(unit.milli) if unit else None,
        since=unit.since if unit else None,
        order=unit.order_id if unit else None,
    )


def stay_out(stay: Stay) -> StayOut:
    """A unit in a place."""
    begin, end = stay.came_with or stay.first, stay.left_with or stay.last
    return StayOut(
        unit=stay.unit_id,
        part=stay.first.part_number,
        serial=stay.first.serial or (stay.last.serial if stay.last else None),
        asset=stay.asset_id,
        address=stay.address,
        since=begin.at,
        until=end.at if end else None,
        came_with=stay.came_with.unit_id if stay.came_with else None,
        left_with=stay.left_with.unit_id if stay.left_with else None,
        order=begin.order_id,
    )


def task_out(task: AssetConflict) -> TaskOut:
    """What somebody should look into."""
    return TaskOut(
        id=task.id,
        kind=task.kind,
        asset=task.asset_id,
        address=task.address,
        part=task.part_number,
        serial=task.serial,
        found_asset=task.found_asset_id,
        found_address=task.found_address,
        order=task.order_id,
        raised_at=task.raised_at,
    )
