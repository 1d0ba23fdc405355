"""Everything that was ever taken out of an asset, with where it was and since when: what product development asks for.

What somebody took out, and what another part took the place of, has come to its end there; what was only found to be
somewhere else has not.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.acts import BUILT, DISPLACED, REMOVED
from mendloop.assets.models import Asset, AssetFact
from mendloop.assets.projection import IN, OUT
from mendloop.assets.registry import assets_by_id
from mendloop.assets.units import MANY

MOST = 20_000
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A part that came out. `address` is the way to it in the asset's BOM. `since` is when it came in: for what was
    there from the beginning when the asset was commissioned, as far as that is known."""

    part: str
    serial: str | None
    lot: str | None
    address: str
    asset_id: str | None
    product_id: str | None
    order_id: str | None
    since: dt.datetime | None
    at: dt.datetime

    @property
    def days(self) -> float | None:
        """How long it was in use."""
        return None if self.since is None else max(0.0, (self.at - self.since).total_seconds() / 86_400)


def taken_out(
    session: Session, actor: Actor, since: dt.datetime | None = None, until: dt.datetime | None = None
) -> list[TakenOut]:
    """What came out from `since` on and before `until`, the latest first."""
    statement = select(AssetFact).where(
        AssetFact.organisation_id == actor.organisation_id,
        AssetFact.way == OUT,
        AssetFact.reason.in_((REMOVED, DISPLACED)),
    )
    if since is not None:
        statement = statement.where(AssetFact.at >= since)
    if until is not None:
        statement = statement.where(AssetFact.at < until)
    outs = list(session.execute(statement.order_by(AssetFact.sequence.desc()).limit(MOST)).scalars())
    known = _comings(session, actor, outs)
    assets = assets_by_id(session, actor, {each.asset_id for each in outs if each.asset_id})
    return [_told(each, known, assets) for each in outs]


def _comings(session: Session, actor: Actor, outs: Sequence[AssetFact]) -> dict[str, list[AssetFact]]:
    """By unit how it came into its places, and how what it was inside came into theirs."""
    known: dict[str, list[AssetFact]] = {}
    wanted = {each.unit_id for each in outs} | {each.parent_id for each in outs if each.parent_id}
    for _ in range(DEEPEST):
        fresh = sorted(wanted - known.keys())
        if not fresh:
            break
        known |= {unit_id: [] for unit_id in fresh}
        for fact in _facts(session, actor, fresh):
            known[fact.unit_id].append(fact)
            wanted |= {fact.parent_id} if fact.parent_id else set()
    return known


def _facts(session: Session, actor: Actor, unit_ids: Sequence[str]) -> Iterator[AssetFact]:
    for start in range(0, len(unit_ids), MANY):
        statement = select(AssetFact).where(
            AssetFact.organisation_id == actor.organisation_id,
            AssetFact.way == IN,
            AssetFact.unit_id.in_(unit_ids[start : start + MANY]),
        )
        yield from session.execute(statement.order_by(AssetFact.sequence)).scalars()


def _told(out: AssetFact, known: Mapping[str, list[AssetFact]], assets: Mapping[str, Asset]) -> TakenOut:
    came = _before(known.get(out.unit_id, ()), out.sequence)
    asset = assets.get(out.asset_id or "")
    return TakenOut(
        out.part_number,
        out.serial or (came.serial if came else None),
        out.lot or (came.lot if came else None),
        _address(out, known),
        out.asset_id,
        asset.product_id if asset else None,
        out.order_id,
        _since(came, asset),
        out.at,
    )


def _before(comings: Sequence[AssetFact], sequence: int) -> AssetFact | None:
    """The last one before that."""
    return next((each for each in reversed(comings) if each.sequence < sequence), None)


def _since(came: AssetFact | None, asset: Asset | None) -> dt.datetime | None:
    if came is None:
        return None
    if came.reason == BUILT and asset is not None and asset.commissioned is not None:
        return min(came.at, dt.datetime.combine(asset.commissioned, dt.time(), dt.UTC))
    return came.at


def _address(out: AssetFact, known: Mapping[str, list[AssetFact]]) -> str:
    """Through everything that it was inside then."""
    slots, parent = [out.slot or ""], out.parent_id
    for _ in range(DEEPEST):
        holder = _before(known.get(parent, ()), out.sequence) if parent is not None else None
        if holder is None:
            break
        slots, parent = [holder.slot or "", *slots], holder.parent_id
    return "/".join(slot for slot in slots if slot)
