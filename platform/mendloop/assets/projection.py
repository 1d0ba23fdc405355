"""What units become by a fact: pure, so that what is kept and what is made again are made by the same few lines."""

from collections.abc import Iterable, Mapping
from typing import Any

from mendloop.assets.models import AssetFact

Columns = dict[str, Any]
"""A unit's row."""
IN, OUT = "in", "out"


def after(unit: Columns | None, fact: AssetFact) -> Columns | None:
    """The unit after the fact; None when it is not known any more. `asset_id` of what is inside follows its holder."""
    if fact.way == IN:
        return _told(unit, fact) | {
            "milli": fact.milli,
            "asset_id": fact.asset_id,
            "parent_id": fact.parent_id,
            "slot": fact.slot,
        }
    if unit is not None and unit["milli"] > fact.milli:
        return {**unit, "milli": unit["milli"] - fact.milli}
    if not fact.kept:
        return None
    return _told(unit, fact) | {"asset_id": None, "parent_id": None, "slot": None}


def replay(facts: Iterable[AssetFact]) -> dict[str, Columns]:
    """All units by their ids, from all facts in their order."""
    units: dict[str, Columns] = {}
    for fact in facts:
        changed = after(units.get(fact.unit_id), fact)
        if changed is None:
            units.pop(fact.unit_id, None)
        else:
            units[fact.unit_id] = changed
    for unit in units.values():
        unit["asset_id"] = _holder_of_all(units, unit)["asset_id"]
    return units


def _holder_of_all(units: Mapping[str, Columns], unit: Columns) -> Columns:
    while unit["parent_id"] is not None:
        unit = units[unit["parent_id"]]
    return unit


def _told(unit: Columns | None, fact: AssetFact) -> Columns:
    known = unit or {"serial": None, "lot": None}
    return {
        "organisation_id": fact.organisation_id,
        "id": fact.unit_id,
        "part_number": fact.part_number,
        "serial": fact.serial or known["serial"],
        "lot": fact.lot or known["lot"],
        "milli": fact.milli,
        "since": fact.at,
        "order_id": fact.order_id,
        "sequence": fact.sequence,
    }
