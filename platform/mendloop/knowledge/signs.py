"""What was not as it should be in a completed step: readings out of tolerance, checks that were not ok. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mendloop_engine.plan import Plan, PlanField

from mendloop.knowledge.content import Sign, Words


@dataclass(frozen=True, slots=True)
class Seen:
    """A step that was done: by whom, when, how long, and what was answered."""

    node: str
    number: int
    by: str
    at: str
    worked_ms: float
    answers: Mapping[str, Any]
    reasons: Mapping[str, Any]


def signs_in(plan: Plan, seen: Seen) -> Iterator[Sign]:
    """All of one visit, in the order of its fields."""
    step = plan.step(seen.node)
    for field in step.fields:
        answer = seen.answers.get(field.id)
        read = _READERS.get(field.type)
        if answer is not None and read is not None:
            found = Sign(f"{step.id}.{field.id}", step.title, field.label, at=seen.at)
            reason = str(seen.reasons.get(field.id) or "")
            yield from (replace(sign, note=sign.note or reason) for sign in read(found, field, answer))


def plain(value: object) -> str:
    """A number as people write it."""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _reading(sign: Sign, field: PlanField, answer: Any) -> Iterator[Sign]:
    if not isinstance(answer, Mapping) or "value" not in answer:
        return
    value, (low, high) = float(answer["value"]), _limits(field.settings)
    inside = (low is None or low <= value) and (high is None or value <= high)
    if answer.get("in_tolerance", inside):
        return
    mark = "+" if high is not None and value > high else "-" if low is not None and value < low else ""
    unit, note = str(field.settings.get("unit") or ""), str(answer.get("reason") or "")
    ends = [plain(end) if end is not None else "" for end in (low, high)]
    yield replace(sign, mark=mark, value=plain(value), unit=unit, note=note, low=ends[0], high=ends[1])


def _limits(settings: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """The tolerance's ends; None where it is open."""
    low, high = (float(end) if end is not None else None for end in settings.get("tolerance") or (None, None))
    return low, high


def _checklist(sign: Sign, field: PlanField, answer: Any) -> Iterator[Sign]:
    rows: Any = field.settings.get("items") or ()
    for row in rows:
        given = answer.get(row["id"]) if isinstance(answer, Mapping) else None
        if not isinstance(given, Mapping) or given.get("result") != "not_ok":
            continue
        unit = str(((row.get("not_ok") or {}).get("reading") or {}).get("unit") or "")
        value = plain(_number(given["reading"])) if given.get("reading") is not None else ""
        found = replace(sign, check=f"{sign.check}.{row['id']}", label=row.get("label") or {"en": row["id"]})
        yield replace(found, value=value, unit=unit if value else "", note=str(given.get("note") or ""))


def _table(sign: Sign, field: PlanField, answer: Any) -> Iterator[Sign]:
    columns: Any = field.settings.get("columns") or ()
    readings = [PlanField.from_json(each) for each in columns if each.get("type") == "reading" and "cel" in each]
    fixed: Any = field.settings.get("fixed") or ()
    names = [dict(each.get("label") or {}) if isinstance(each, Mapping) else {} for each in fixed]
    for number, row in enumerate(answer if isinstance(answer, list | tuple) else ()):
        for column in readings:
            name = names[number] if number < len(names) else {}
            found = replace(sign, check=f"{sign.check}.{column.id}", label=_both(name, column.label))
            yield from _reading(found, column, row.get(column.id))


def _both(row: Words, column: Words) -> Words:
    """`Drive end · Vibration`, in each language that has both."""
    return {tongue: f"{row[tongue]} · {said}" if tongue in row else said for tongue, said in column.items()}


def _number(value: Any) -> Any:
    return value.get("value") if isinstance(value, Mapping) else value


_READERS = {"reading": _reading, "checklist": _checklist, "table": _table}
