"""Where facts and what was known of an asset disagree: a task for each, until somebody has said what it was."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.facts import Scene
from mendloop.assets.models import Asset, AssetConflict
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.problems import Conflict as Contradiction
from mendloop.problems import Missing, Problem, Refusal

ELSEWHERE, OCCUPIED, NOT_THERE, UNKNOWN = "elsewhere", "occupied", "not_there", "unknown_position"
LONGEST_WORD = 2000


@dataclass(frozen=True, slots=True)
class Conflict:
    """What a fact said, and where that thing was known to be.

    `elsewhere`: it was in another place. `occupied`: this was in the way, and nobody said where it went.
    `not_there`: it was not known to be there. `unknown_position`: no BOM provides such a place.
    """

    fact_id: str
    part: str
    serial: str | None
    asset_id: str | None
    address: str | None
    kind: str = ""
    found_asset_id: str | None = None
    found_address: str | None = None


def raise_conflict(session: Session, actor: Actor, scene: Scene, conflict: Conflict) -> None:
    """Write it down as a task."""
    session.add(
        AssetConflict(
            organisation_id=actor.organisation_id,
            id=new_id(),
            kind=conflict.kind,
            fact_id=conflict.fact_id,
            asset_id=conflict.asset_id,
            address=conflict.address,
            part_number=conflict.part,
            serial=conflict.serial,
            found_asset_id=conflict.found_asset_id,
            found_address=conflict.found_address,
            order_id=scene.order_id,
            raised_at=scene.at,
            raised_by=scene.by,
        )
    )
    session.flush()


def open_conflicts(session: Session, actor: Actor, asset: Asset | None = None) -> list[AssetConflict]:
    """What nobody has settled yet, of one asset or of all, the oldest first."""
    of_asset = () if asset is None else (AssetConflict.asset_id == asset.id,)
    statement = (
        select(AssetConflict)
        .where(AssetConflict.organisation_id == actor.organisation_id, AssetConflict.settled_at.is_(None), *of_asset)
        .order_by(AssetConflict.raised_at, AssetConflict.id)
    )
    return list(session.execute(statement).scalars())


def count_open(session: Session, actor: Actor) -> dict[str, int]:
    """How many are open, by asset."""
    statement = (
        select(AssetConflict.asset_id, func.count())
        .where(AssetConflict.organisation_id == actor.organisation_id, AssetConflict.settled_at.is_(None))
        .group_by(AssetConflict.asset_id)
    )
    return {str(row[0]): int(row[1]) for row in session.execute(statement) if row[0]}


def settle_conflict(session: Session, actor: Actor, conflict_id: str, word: str) -> AssetConflict:
    """Somebody has looked, and says what it was."""
    found = session.get(AssetConflict, (actor.organisation_id, conflict_id), with_for_update=True)
    if found is None:
        raise Missing
    if not word.strip():
        raise Refusal(Problem("asset.word_missing", at="/note"))
    if len(word) > LONGEST_WORD:
        raise Refusal(Problem("asset.word_too_long", at="/note", params={"limit": LONGEST_WORD}))
    if found.settled_at is not None:
        raise Contradiction(Problem("asset.settled_already"))
    found.settled_at, found.settled_by, found.note = utc_now(), actor.person_id, word.strip()
    return found
