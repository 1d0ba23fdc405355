"""Where a part is used, upwards: in which assemblies, in which products, and in which assets it is built in now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.boms import Subject, in_order, subject_of
from mendloop.assets.models import Asset, AssetUnit, Bom, BomPosition
from mendloop.assets.positions import DEEPEST
from mendloop.clock import utc_now

MOST_ASSETS = 500


@dataclass(frozen=True, slots=True)
class Use:
    """`part` stands at position `key` of the subject's BOM, `milli` of it. `level` 1 is the part that was asked for."""

    level: int
    part: str
    subject: Subject
    revision: int
    key: str
    label: Mapping[str, str]
    milli: int


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """An asset that has the part in it now, and how much of it."""

    asset: Asset
    milli: int
    serials: tuple[str, ...]


def where_used(session: Session, actor: Actor, part: str) -> list[Use]:
    """By the revisions in effect now, level by level; each assembly on the way up is gone through once."""
    current = {bom.id: bom for bom in _in_effect(session, actor)}
    found: list[Use] = []
    here, seen = [part], {part}
    for level in range(1, DEEPEST + 1):
        uses = _uses(session, actor, here, current, level)
        found += uses
        above = {use.subject.part for use in uses if use.subject.part is not None} - seen
        here, seen = sorted(above), seen | above
        if not here:
            break
    return found


def assets_with(session: Session, actor: Actor, part: str) -> list[BuiltIn]:
    """Assets in which the part is built in now, at any depth, by serial number; at most 500."""
    statement = (
        select(Asset, AssetUnit.milli, AssetUnit.serial)
        .join(Asset, (Asset.organisation_id == AssetUnit.organisation_id) & (Asset.id == AssetUnit.asset_id))
        .where(AssetUnit.organisation_id == actor.organisation_id, AssetUnit.part_number == part)
        .order_by(Asset.serial, Asset.id, AssetUnit.sequence)
    )
    found: dict[str, tuple[Asset, int, tuple[str, ...]]] = {}
    for asset, milli, serial in session.execute(statement):
        _, sum_, serials = found.get(asset.id, (asset, 0, ()))
        found[asset.id] = (asset, sum_ + milli, (*serials, serial) if serial else serials)
    return [BuiltIn(*each) for each in list(found.values())[:MOST_ASSETS]]


def _in_effect(session: Session, actor: Actor) -> Iterable[Bom]:
    statement = select(Bom).where(Bom.organisation_id == actor.organisation_id, Bom.effective_from <= utc_now())
    latest: dict[Subject, Bom] = {}
    for bom in sorted(session.execute(statement).scalars(), key=in_order):
        latest[subject_of(bom)] = bom
    return latest.values()


def _uses(session: Session, actor: Actor, parts: list[str], current: Mapping[str, Bom], level: int) -> list[Use]:
    statement = select(BomPosition).where(
        BomPosition.organisation_id == actor.organisation_id, BomPosition.part_number.in_(parts)
    )
    lines = [each for each in session.execute(statement).scalars() if each.bom_id in current]
    if level > 1:  # what is written below a position wins: what the part itself consists of is not in it there
        wins = _with_lines_below(session, actor, {line.bom_id for line in lines})
        lines = [line for line in lines if (line.bom_id, line.key) not in wins]
    uses = [_use(level, line, current[line.bom_id]) for line in lines]
    return sorted(uses, key=lambda use: (use.subject.product_id or "", use.subject.part or "", use.key))


def _with_lines_below(session: Session, actor: Actor, bom_ids: Iterable[str]) -> set[tuple[str, str]]:
    """The positions of these BOMs that others stand in."""
    statement = select(BomPosition.bom_id, BomPosition.parent_key).where(
        BomPosition.organisation_id == actor.organisation_id,
        BomPosition.bom_id.in_(sorted(bom_ids)),
        BomPosition.parent_key.is_not(None),
    )
    return {(bom_id, key or "") for bom_id, key in session.execute(statement.distinct())}


def _use(level: int, line: BomPosition, bom: Bom) -> Use:
    return Use(level, line.part_number or "", subject_of(bom), bom.revision, line.key, line.label, line.milli)
