"""What people at a desk, and completed steps in the field, do to what is built in."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.acts import Building, Target, begin
from mendloop.assets.conflicts import Conflict
from mendloop.assets.expected import Expected
from mendloop.assets.facts import Scene, Thing
from mendloop.assets.models import AssetFact
from mendloop.assets.positions import DEEPEST, MOST_MILLI
from mendloop.assets.registry import access_asset, asset_of_order
from mendloop.assets.turns import take_turn
from mendloop.assets.units import access_unit, place_of, unit_by_serial, units_at, units_inside
from mendloop.inventory import services as inventory
from mendloop.problems import Problem, Refusal

LONGEST_ADDRESS = 500
LONGEST = {"part": 100, "serial": 200, "lot": 200}


@dataclass(frozen=True, slots=True)
class PartMoved:
    """What a completed step says about a part with a place: `action` is used, removed, recycled or returned.

    `position` is a position's address in the asset, or the end of it that only one position has. `unit` is what `milli`
    counts in, where that is not the part's own.
    """

    number: str
    milli: int
    action: str
    position: str
    at: dt.datetime
    by: str
    serial: str | None = None
    lot: str | None = None
    note: str | None = None
    unit: str | None = None


def install_part(session: Session, actor: Actor, scene: Scene, target: Target, thing: Thing) -> list[Conflict]:
    """It is there now. Answers where that contradicts what was known; in the caller's write transaction."""
    return _act(session, actor, scene, target, [("install", thing)])


def remove_part(session: Session, actor: Actor, scene: Scene, target: Target, thing: Thing) -> list[Conflict]:
    """It is out, with all that is inside it."""
    return _act(session, actor, scene, target, [("remove", thing)])


def replace_part(
    session: Session, actor: Actor, scene: Scene, target: Target, things: tuple[Thing | None, Thing]
) -> list[Conflict]:
    """The first thing is out and the second in; None: whatever is there now."""
    take_turn(session, actor)  # what is there now stays there until it is taken out
    old, new = things
    steps = [("remove", each) for each in ([old] if old else _there(session, actor, target))]
    return _act(session, actor, scene, target, [*steps, ("install", new)])


def parts_were_moved(
    session: Session, actor: Actor, order_id: str, visit: str, facts: Iterable[PartMoved]
) -> list[Conflict]:
    """What a completed step did to the order's asset: removed parts are out, used ones in. Never refuses.

    Nothing happens when the order is about no known asset. Facts without a position, and what went back, tell nothing.
    """
    told = [fact for fact in facts if fact.position and fact.action in _DONE]
    asset = asset_of_order(session, actor, order_id) if told else None
    if asset is None:
        return []
    conflicts: list[Conflict] = []
    expected, known = (
        Expected(session, actor),
        inventory.parts_by_number(session, actor, {fact.number for fact in told}),
    )
    for fact in sorted(told, key=lambda each: _DONE[each.action] == "install"):
        building = begin(session, actor, Scene(fact.at, fact.by, order_id, visit, fact.note), expected)
        address = address_meant(building, asset.id, fact.position)
        _do(building, _DONE[fact.action], Target(address, asset.id), _thing(fact, known.get(fact.number)))
        conflicts += building.close()
    return conflicts


def address_meant(building: Building, asset_id: str, position: str) -> str:
    """The address of the position that a template names: itself, or the only one that ends with it."""
    position = position.strip().strip("/")[:LONGEST_ADDRESS]
    addresses = building.expected.places_in(asset_id)
    ending = [each for each in addresses if each.endswith(f"/{position}")]
    return ending[0] if position not in addresses and len(ending) == 1 else position


_DONE = {"used": "install", "removed": "remove", "recycled": "remove"}


def _thing(fact: PartMoved, part: inventory.Part | None) -> Thing:
    """In the part's own unit. Numbers are cut where no number on a plate is as long."""
    serial, lot = (text[: LONGEST["serial"]] if text else None for text in (fact.serial, fact.lot))
    milli = inventory.milli_in_own_unit(part, fact.milli, fact.unit) if part is not None else fact.milli
    return Thing(fact.number, milli, serial, lot)


def _do(building: Building, what: str, target: Target, thing: Thing) -> None:
    if what == "install":
        building.install(target, thing)
    else:
        building.remove(target, thing)


def _act(
    session: Session, actor: Actor, scene: Scene, target: Target, steps: Sequence[tuple[str, Thing]]
) -> list[Conflict]:
    _check(session, actor, target, [thing for _, thing in steps])
    building = begin(session, actor, scene)
    if scene.key is None or not _was_asked(session, actor, scene.key):
        _refuse_inside_itself(session, actor, target, [thing for what, thing in steps if what == "install"])
        for what, thing in steps:
            _do(building, what, target, thing)
    return building.close()


def _was_asked(session: Session, actor: Actor, key: str) -> bool:
    statement = select(AssetFact.id).where(AssetFact.organisation_id == actor.organisation_id, AssetFact.key == key)
    return session.execute(statement).first() is not None


def _there(session: Session, actor: Actor, target: Target) -> list[Thing]:
    asset_id = target.asset_id
    if target.unit_id is not None:
        asset_id = access_unit(session, actor, target.unit_id).asset_id
    found = units_at(session, actor, place_of(session, actor, asset_id, target.address, target.unit_id))
    return [Thing(unit.part, unit.milli, unit.serial, unit.lot) for unit in found]


def _check(session: Session, actor: Actor, target: Target, things: Iterable[Thing]) -> None:
    if target.unit_id is not None:
        access_unit(session, actor, target.unit_id)
    else:
        access_asset(session, actor, target.asset_id or "")
    problems = [] if _is_address(target.address) else [Problem("asset.address_invalid", at="/address")]
    for thing in things:
        problems += _faults_of(thing)
    if problems:
        raise Refusal(problems)


def _is_address(address: str) -> bool:
    keys = address.split("/")
    return len(address) <= LONGEST_ADDRESS and len(keys) <= DEEPEST and all(key.strip() == key != "" for key in keys)


def _faults_of(thing: Thing) -> list[Problem]:
    problems = [
        Problem("asset.text_too_long", at=f"/{name}", params={"limit": limit})
        for name, limit in LONGEST.items()
        if len(getattr(thing, name) or "") > limit
    ]
    if not thing.part.strip():
        problems.append(Problem("asset.part_missing", at="/part"))
    if not 0 < thing.milli <= MOST_MILLI:
        problems.append(Problem("bom.quantity_invalid", at="/quantity", params={"key": thing.part}))
    return problems


def _refuse_inside_itself(session: Session, actor: Actor, target: Target, things: Iterable[Thing]) -> None:
    """Only a desk can ask for this: the field names places by their addresses in an asset."""
    if target.unit_id is None:
        return
    for thing in things:
        unit = unit_by_serial(session, actor, thing.part, thing.serial) if thing.serial else None
        inside = units_inside(session, actor, unit.id) if unit else []
        if unit and target.unit_id in {unit.id, *(each.id for each in inside)}:
            raise Refusal(Problem("asset.inside_itself", at="/serial", params={"serial": thing.serial}))
