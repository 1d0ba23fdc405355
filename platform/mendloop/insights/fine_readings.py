"""Readings of a visit that are fine enough for the same value again to be no accident. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mendloop_engine.plan import PlanField, StepNode

DIGITS = 3
"""A reading with fewer significant digits is often the same by right."""
SHARED = 3
"""So many readings of one visit with the same value are none."""


@dataclass(frozen=True, slots=True)
class FineReading:
    """`field` is the field's id, in a table with line and column."""

    field: str
    value: str
    same_here: bool


def fine_readings(step: StepNode, answers: Mapping[str, Any]) -> list[FineReading]:
    """Those that somebody took; computed ones are none."""
    found = [(name, text) for name, value in _readings(step, answers) if is_fine(text := write(value))]
    often = Counter(text for _, text in found)
    return [FineReading(name, text, often[text] >= SHARED) for name, text in found]


def write(value: object) -> str:
    """A number as it is compared: 227, 0.125."""
    return repr(value)


def is_fine(text: str) -> bool:
    """Enough digits, zeros at its beginning and end not counted: 230 volts again are no surprise, 231.7 are."""
    digits = "".join(letter for letter in text.partition("e")[0] if letter.isdigit())
    return len(digits.strip("0")) >= DIGITS


def _readings(step: StepNode, answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for field in step.fields:
        answer = answers.get(field.id)
        if field.type == "reading" and isinstance(answer, Mapping) and field.value is None:
            yield field.id, answer["value"]
        elif field.type == "table" and isinstance(answer, list):
            yield from _of_table(field, answer)


def _of_table(field: PlanField, lines: list[Any]) -> Iterator[tuple[str, Any]]:
    columns: Any = field.settings.get("columns") or []
    names = [column["id"] for column in columns if column.get("type") == "reading" and column.get("value") is None]
    for number, line in enumerate(lines):
        for name in names:
            answer = line.get(name)
            if isinstance(answer, Mapping):
                yield f"{field.id}.{number}.{name}", answer["value"]
