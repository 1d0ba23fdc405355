"""Assets: where the field and what was known of a machine disagree."""

from sqlalchemy.orm import Session

from mendloop.accounts.actor import OWNER, STOREKEEPER, SUPERVISOR, Actor
from mendloop.assets.services import assets_by_id, open_conflicts
from mendloop.notices.sources import CALM, MOST, Source, Waiting, register

SETTLERS = frozenset({OWNER, SUPERVISOR, STOREKEEPER})


def conflicts(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each, at its place on the page of all."""
    found = open_conflicts(session, actor)[:MOST]
    assets = assets_by_id(session, actor, (each.asset_id for each in found))
    return [
        Waiting(
            *("bom_conflict", each.id, f"/assets/tasks#task-{each.id}", each.raised_at, CALM),
            values={"part": each.part_number, "asset": _serial(assets.get(each.asset_id or ""))},
        )
        for each in found
    ]


def _serial(asset: object) -> str:
    return str(getattr(asset, "serial", "–"))


register(Source("bom_conflict", SETTLERS, conflicts))
