"""Which pictures a record shows."""

from collections.abc import Iterable

from mendloop.work_orders.record.sections import Finding, Pair
from mendloop.work_orders.record.shapes import Line, StepPart


def photos_shown(steps: Iterable[StepPart], pairs: Iterable[Pair], findings: Iterable[Finding]) -> set[str]:
    """Every picture that is shown somewhere."""
    lines = [line for step in steps for visit in step.visits for line in visit.lines]
    found = {photo for pair in pairs for photo in (*pair.before, *pair.after)}
    return found.union(*(finding.photos for finding in findings), *(_photos_of(line) for line in lines))


def _photos_of(line: Line) -> set[str]:
    own = {photo for shot in line.shots for photo in shot.photos} | ({line.signature} if line.signature else set())
    return own.union(*(_photos_of(item) for item in line.items))
