"""How long is too long: the organisation's own word, or ours until it says one. All in whole minutes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mendloop_engine.template.compile import USUAL_PAUSE_REASONS
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.board.models import BoardSettings
from mendloop.problems import Problem, Refusal

HOUR, DAY = 60, 24 * 60
MOST = 90 * DAY
USUAL_PAUSES: Mapping[str, int] = {
    "waiting_parts": 2 * DAY,
    "waiting_customer": DAY,
    "waiting_help": HOUR,
    "other_job": 4 * HOUR,
    "break": HOUR,
    "end_of_shift": 16 * HOUR,
}
USUAL_REASONS = tuple(str(reason["id"]) for reason in USUAL_PAUSE_REASONS)


@dataclass(frozen=True, slots=True)
class Limits:
    """After so many minutes an order stands still: not begun; between two steps; paused, by its reason. `due_soon`:
    so long before it is due."""

    untouched: int = DAY
    standing: int = HOUR
    pause: int = 2 * HOUR
    due_soon: int = 4 * HOUR
    pauses: Mapping[str, int] = field(default_factory=lambda: dict(USUAL_PAUSES))

    def pause_limit(self, reason: str) -> int:
        """How long a pause for this reason may take."""
        return self.pauses.get(reason, self.pause)


def limits_of(session: Session, actor: Actor) -> Limits:
    """What the organisation laid down."""
    kept = session.get(BoardSettings, actor.organisation_id)
    if kept is None:
        return Limits()
    pauses = {**USUAL_PAUSES, **{reason: int(minutes) for reason, minutes in kept.pauses.items()}}
    return Limits(kept.untouched, kept.standing, kept.pause, kept.due_soon, pauses)


def change_limits(session: Session, actor: Actor, limits: Limits) -> None:
    """Lay them down."""
    if problems := list(_faults(limits)):
        raise Refusal(problems)
    kept = session.get(BoardSettings, actor.organisation_id)
    if kept is None:
        kept = BoardSettings(organisation_id=actor.organisation_id)
        session.add(kept)
    kept.untouched, kept.standing, kept.pause, kept.due_soon = _general(limits)
    kept.pauses = dict(limits.pauses)


def _general(limits: Limits) -> tuple[int, int, int, int]:
    return limits.untouched, limits.standing, limits.pause, limits.due_soon


def _faults(limits: Limits) -> list[Problem]:
    general = zip(("untouched", "standing", "pause", "due_soon"), _general(limits), strict=True)
    given = [*general, *((f"pause_{reason}", minutes) for reason, minutes in limits.pauses.items())]
    return [
        Problem("board.minutes", at=f"/{name}", params={"most": MOST})
        for name, minutes in given
        if not 0 < minutes <= MOST
    ]
