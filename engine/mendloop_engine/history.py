"""What was answered earlier, as `decide` reads it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from .events import AnswersRecorded, Event, StepCompleted, StepOpened
from .json_values import Json, JsonObject
from .state import visit_node


@dataclass(frozen=True, slots=True)
class Visit:
    """A completed visit of a step."""

    visit: str
    node: str
    number: int
    by: str
    answers: JsonObject
    reasons: Mapping[str, str]
    completed_at: str


class History(Protocol):
    """The small interface through which `decide` sees earlier answers; only what a node `reads` is asked for."""

    def latest(self, node: str) -> Visit | None:
        """The last completed visit of `node`, if any."""

    def completed(self, node: str) -> Sequence[Visit]:
        """All completed visits of `node`, first one first."""

    def count(self, node: str) -> int:
        """How many visits of `node` were opened so far."""

    def draft(self, visit: str) -> JsonObject:
        """Answers recorded for `visit` while it is not completed."""


class MemoryHistory:
    """A history in memory, kept up to date by `apply` of each event in turn."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._completed: dict[str, list[Visit]] = {}
        self._opened: dict[str, int] = {}
        self._drafts: dict[str, dict[str, Json]] = {}
        for event in events:
            self.apply(event)

    def latest(self, node: str) -> Visit | None:
        """The last completed visit of `node`, if any."""
        visits = self._completed.get(node)
        return visits[-1] if visits else None

    def completed(self, node: str) -> Sequence[Visit]:
        """All completed visits of `node`, first one first."""
        return self._completed.get(node, ())

    def count(self, node: str) -> int:
        """How many visits of `node` were opened so far."""
        return self._opened.get(node, 0)

    def draft(self, visit: str) -> JsonObject:
        """Answers recorded for `visit` while it is not completed."""
        return self._drafts.get(visit, {})

    def apply(self, event: Event) -> None:
        """Takes note of one more event."""
        if isinstance(event, StepOpened):
            self._opened[event.node] = max(event.number, self.count(event.node))
        elif isinstance(event, AnswersRecorded):
            self._record(event)
        elif isinstance(event, StepCompleted):
            self._complete(event)

    def _record(self, event: AnswersRecorded) -> None:
        draft = self._drafts.setdefault(event.visit, {})
        for field, answer in event.answers.items():
            if answer is None:
                draft.pop(field, None)
            else:
                draft[field] = answer

    def _complete(self, event: StepCompleted) -> None:
        self._drafts.pop(event.visit, None)
        node = visit_node(event.visit)
        number = int(event.visit.rpartition("#")[2])
        visit = Visit(event.visit, node, number, event.by, event.answers, event.reasons, event.at)
        self._completed.setdefault(node, []).append(visit)
