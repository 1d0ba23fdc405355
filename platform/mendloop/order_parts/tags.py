"""Old parts by the tags that are scanned at the desk: where each lies, and that it was decided on."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.inventory.desk import Portion
from mendloop.order_parts.models import OldPart

__all__ = ["OldPart", "decided", "old_part_in", "whereabouts"]
_BEGIN = "R-"


def old_part_in(session: Session, actor: Actor, code: str) -> OldPart | None:
    """The old part whose tag was scanned, in whatever letters; None where it is no tag of ours."""
    wanted = code.strip().upper()
    statement = select(OldPart).where(OldPart.organisation_id == actor.organisation_id, OldPart.tag == wanted)
    return session.execute(statement).scalar_one_or_none() if wanted.startswith(_BEGIN) else None


def whereabouts(old: OldPart) -> str:
    """Where it was put: with whoever has taken it out, or where it was received to."""
    return old.target if old.received_at is not None and old.target else old.location


def decided(
    session: Session, actor: Actor, tags: Sequence[str], route: tuple[str, str], moved: Sequence[Portion]
) -> None:
    """A slip has moved old parts that were scanned by their tags: they are received, as far as they were moved."""
    source, target = route
    left: dict[tuple[str, str | None], int] = {}
    for portion in moved:
        left[portion.part.id, portion.serial] = left.get((portion.part.id, portion.serial), 0) + portion.milli
    for tag in dict.fromkeys(tags):
        old = old_part_in(session, actor, tag)
        if old is None or whereabouts(old) != source or left.get((old.part_id, old.serial), 0) < old.milli:
            continue
        left[old.part_id, old.serial] -= old.milli
        old.received_by, old.received_at, old.target = actor.person_id, utc_now(), target
    session.flush()
