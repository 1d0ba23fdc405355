"""When an order stands still. The board and the inbox both ask here, so that they always say the same."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import NamedTuple

from mendloop.board.settings import Limits

RUNNING, PAUSED = "running", "paused"
UNTOUCHED = "untouched"


class OpenStep(NamedTuple):
    """A step that can be worked on, and since when it is as it is."""

    visit: str
    status: str
    since: dt.datetime


class Standing(NamedTuple):
    """Nobody is at it since then; from `too_long` on it stands still. `why`: untouched, or how its last step is."""

    why: str
    since: dt.datetime
    too_long: dt.datetime
    visit: str = ""


def untouched(opened_at: dt.datetime, limits: Limits) -> Standing:
    """An order that nobody has ever begun."""
    return Standing(UNTOUCHED, opened_at, _after(opened_at, limits.untouched))


def begun(steps: Collection[OpenStep], reasons: Mapping[str, str], limits: Limits) -> Standing | None:
    """An order with work in it, as it is since the last of its open steps changed; nothing while somebody is at one.

    `reasons` are those of the visits that are paused.
    """
    if not steps or any(step.status == RUNNING for step in steps):
        return None
    last = max(steps, key=lambda step: (step.since, step.visit))
    is_paused = last.status == PAUSED
    minutes = limits.pause_limit(reasons.get(last.visit, "")) if is_paused else limits.standing
    return Standing(last.status, last.since, _after(last.since, minutes), last.visit)


def _after(since: dt.datetime, minutes: int) -> dt.datetime:
    return since + dt.timedelta(minutes=minutes)
