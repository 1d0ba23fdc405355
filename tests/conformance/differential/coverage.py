"""What a series of runs reached, so that nobody is fooled by runs that are all refusals."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mendloop_engine.commands import COMMAND_TYPES


@dataclass
class Coverage:
    """Counts over all runs."""

    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    field_types: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    evaluations: int = 0
    rejected_templates: Counter[str] = field(default_factory=Counter)

    def note(self, command: Any, outcome: Mapping[str, Any]) -> None:
        """One command and what became of it."""
        kind = (
            str(command.get("type"))
            if isinstance(command, dict) and isinstance(command.get("type"), str)
            else "(no command)"
        )
        (self.accepted if outcome["accepted"] else self.refused)[kind] += 1
        self.events.update(event["type"] for event in outcome.get("events", ()))
        self.problems.update(found["code"] for found in outcome.get("problems", ()))

    def note_view(self, view: Mapping[str, Any]) -> None:
        """One evaluation of a step."""
        self.evaluations += 1
        self.problems.update(found["code"] for shown in view.values() for found in shown["problems"])

    def report(self) -> str:
        """The counts as text."""
        lines = ["command              accepted  refused"]
        kinds = _real(sorted({*self.accepted, *self.refused}))
        lines += [f"{kind:<20} {self.accepted[kind]:>8} {self.refused[kind]:>8}" for kind in kinds]
        for title, counter in (
            ("event", self.events),
            ("problem", self.problems),
            ("field", self.field_types),
            ("ended as", self.ends),
        ):
            lines += [
                f"{title} types: {len(counter)}",
                *(f"  {name:<30} {count:>8}" for name, count in counter.most_common()),
            ]
        lines.append(f"evaluations of a step: {self.evaluations}")
        lines.append(f"templates written anew because the parser refused them: {sum(self.rejected_templates.values())}")
        lines += [f"  {name:<60} {count:>6}" for name, count in self.rejected_templates.most_common(12)]
        return "\n".join(lines)


def _real(kinds: Iterable[str]) -> list[str]:
    """Commands with a name that a person could have meant."""
    return [kind for kind in kinds if kind in COMMAND_TYPES or kind == "(no command)"]
