"""The steps of an order with all their passes: who, when, how long, and what was answered."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mendloop_engine.plan import Plan, PlanField, StepNode

from mendloop.work_orders.live import whole_minutes
from mendloop.work_orders.record.answers import tell
from mendloop.work_orders.record.copies import Copy
from mendloop.work_orders.record.past import Measured, Past, measured
from mendloop.work_orders.record.sent_back import reason_of_rework
from mendloop.work_orders.record.shapes import Line, StepPart, VisitPart
from mendloop.work_orders.record.speech import Speech
from mendloop.work_orders.record.trends import trend


@dataclass(frozen=True, slots=True)
class StepsTeller:
    """Tells the steps of one order for one copy of its record. `worked`: milliseconds in a visit until now."""

    plan: Plan
    past: Past
    copy: Copy
    speech: Speech
    worked: Callable[[Any], float]

    def told(self, visits: Sequence[Any]) -> Iterator[StepPart]:
        """Steps in the order in which they were first opened. A customer sees each as it was done in the end."""
        by_node: dict[str, list[Any]] = {}
        for row in visits:
            by_node.setdefault(row.node, []).append(row)
        for node, rows in by_node.items():
            step = self.plan.step(node)
            shown = self._done_last(step, rows) if self.copy.is_customers else rows
            if shown:
                parts = tuple(self._visit(step, row, self._before(row, rows)) for row in shown)
                yield StepPart(node, self.speech.local(step.title), parts)

    def _done_last(self, step: StepNode, rows: Sequence[Any]) -> list[Any]:
        """Nothing of a step in which everything is internal."""
        if step.fields and all(each.internal for each in step.fields):
            return []
        return [row for row in rows if row.status == "completed"][-1:]

    def _before(self, row: Any, rows: Sequence[Any]) -> list[Any]:
        return [each for each in rows if each.number < row.number and each.status == "completed"]

    def _visit(self, step: StepNode, row: Any, before: Sequence[Any]) -> VisitPart:
        answers = json.loads(row.answers if row.status == "completed" else row.draft)
        is_ours = not self.copy.is_customers
        return VisitPart(
            visit=f"{row.node}#{row.number}",
            number=row.number,
            status=row.status,
            by=self.speech.person(row.by),
            started=self.speech.instant(row.started_at),
            completed=self.speech.instant(row.completed_at),
            minutes=whole_minutes(self.worked(row)),
            standard=step.standard_minutes if is_ours else None,
            rework_reason=self._sent_back(row) if is_ours else "",
            lines=tuple(self._lines(step, row, answers, before)),
        )

    def _lines(self, step: StepNode, row: Any, answers: Mapping[str, Any], before: Sequence[Any]) -> Iterator[Line]:
        reasons = json.loads(row.reasons)
        for asked in step.fields:
            seen = self.copy.seen(asked, answers[asked.id]) if answers.get(asked.id) is not None else None
            if seen is None:
                continue
            line = tell(*seen, reasons, self.speech)
            yield self._with_trend(line, row, asked, answers[asked.id], before) if asked.type == "reading" else line

    def _with_trend(self, line: Line, row: Any, asked: PlanField, answer: Any, before: Sequence[Any]) -> Line:
        """What was measured in earlier orders, in earlier passes, and now."""
        own = [] if self.copy.is_customers else list(_earlier_passes(asked, before))
        points: list[Measured] = [*self.past.readings.get((row.node, asked.id), ()), *own]
        now = measured(asked, answer, row.completed_at or row.started_at)
        return replace(line, trend=trend(asked.settings, [*points, now], self.speech))

    def _sent_back(self, row: Any) -> str:
        if not row.rework:
            return ""
        rework = json.loads(row.rework)
        return reason_of_rework(self.plan, rework["edge"], rework["reason"], rework["from"], self.speech)


def _earlier_passes(asked: PlanField, before: Sequence[Any]) -> Iterator[Measured]:
    for row in before:
        answer = json.loads(row.answers).get(asked.id)
        if answer is not None:
            yield measured(asked, answer, row.completed_at)
