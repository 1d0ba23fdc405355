"""Other photos in a command that is still held: the way out when a photo can never arrive.

Nothing that was recorded changes: a held command is not in the record, and a photo that has arrived cannot be replaced.
"""

import json
from typing import Any

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.photos.services import missing_photos
from mendloop.sync.envelopes import CommandIn, Envelope

Replaced = dict[str, list[str]]
TOLD_OF_A_PHOTO = {"source", "at"}
"""What an answer says of a photo beside its hash: of another photo it says other things."""


def is_correction(session: Session, actor: Actor, envelope: Envelope, known: Any) -> bool:
    """True when `known` is held and differs from the same person's new command in replaced, missing photos only."""
    replaced = envelope.command.replaces
    if not replaced or known.status != "held" or known.person_id != actor.person_id:
        return False
    stored = CommandIn.model_validate_json(known.body)
    return (
        not _arrived(session, actor, set().union(*replaced.values()))
        and _frame(stored) == _frame(envelope.command)
        and same_but_for_photos(stored.payload, envelope.command.payload, replaced)
    )


def same_but_for_photos(old: Any, new: Any, replaced: Replaced) -> bool:
    """True when `new` is `old` with the photos of `replaced` exchanged, and with what is told of those."""
    if isinstance(old, dict) and isinstance(new, dict):
        free = TOLD_OF_A_PHOTO if _is_replaced(old.get("photo"), new.get("photo"), replaced) else set()
        names = old.keys() | new.keys()
        return all(name in free or _same_member(name, old, new, replaced) for name in names)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(lambda a, b: same_but_for_photos(a, b, replaced), old, new))
    return _is_replaced(old, new, replaced) or (type(old) is type(new) and bool(old == new))


def _is_replaced(old: Any, new: Any, replaced: Replaced) -> bool:
    return isinstance(new, str) and old in replaced.get(new, [])


def _arrived(session: Session, actor: Actor, photos: set[str]) -> set[str]:
    return photos - missing_photos(session, actor, photos)


def _same_member(name: str, old: dict[str, Any], new: dict[str, Any], replaced: Replaced) -> bool:
    return name in old and name in new and same_but_for_photos(old[name], new[name], replaced)


def _frame(command: CommandIn) -> str:
    return json.dumps([command.order, command.type, command.at, command.base_revision, command.sequence], default=str)
