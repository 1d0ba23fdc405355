"""What names of steps and pause reasons say about time: all that was known before templates could say it themselves."""

from typing import Literal, TypeAlias

StepTime: TypeAlias = Literal["work", "travel"]
PauseTime: TypeAlias = Literal["waiting", "travel", "elsewhere"]
TRAVELLING = frozenset({"travel", "travelling", "drive", "driving", "journey"})
ELSEWHERE = frozenset({"break", "meal", "lunch", "rest", "shift", "job", "urgent", "home"})


def step_time_named(step: str) -> StepTime:
    """Travel, where a step is called so; else work."""
    return "travel" if TRAVELLING.intersection(step.split("_")) else "work"


def pause_time_named(reason: str) -> PauseTime:
    """What a pause is by the words of its reason's name. `waiting_…` always waits."""
    words = reason.split("_")
    if words[0] == "waiting":
        return "waiting"
    if TRAVELLING.intersection(words):
        return "travel"
    return "elsewhere" if ELSEWHERE.intersection(words) else "waiting"
