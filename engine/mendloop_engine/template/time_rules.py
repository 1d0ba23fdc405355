"""Steps and pause reasons whose names say another kind of time than holds where the template says nothing."""

from collections.abc import Iterator

from ..problems import Problem, deeper
from ..time_names import pause_time_named, step_time_named
from .outline import Outline


def time_problems(outline: Outline) -> Iterator[Problem]:
    """A warning for each, with what was probably meant: earlier releases went by these names."""
    for step in outline.steps():
        if "time" not in step.doc and step_time_named(step.id) == "travel":
            yield Problem("time.travel_unsaid", deeper(step.at, "time"), step.id, {"time": "travel", "usual": "work"})
    for index, reason in enumerate(outline.document.get("pause_reasons") or []):
        meant = pause_time_named(str(reason.get("id"))) if reason and "time" not in reason else "waiting"
        if meant != "waiting":
            code = "time.travel_unsaid" if meant == "travel" else "time.elsewhere_unsaid"
            yield Problem(code, deeper("/pause_reasons", index, "time"), params={"time": meant, "usual": "waiting"})
