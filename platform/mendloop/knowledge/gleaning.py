"""What a finished order's record says for a case: what was off, what was said, what was done. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mendloop_engine.fields.parts import line_meant
from mendloop_engine.plan import Plan, PlanField, StepNode

from mendloop.knowledge.content import Done, PartUsed, Sign, Words
from mendloop.knowledge.signs import Seen, signs_in
from mendloop.work_orders.progress import expected_from

MOST_SIGNS = 24
MINUTE = 60_000
_SAYS_SOMETHING = re.compile(r"\w")
"""Who writes `-` has nothing to say."""
SYMPTOM = frozenset({"symptom", "symptoms", "complaint", "complaints", "fault", "error"})
CAUSE = frozenset({"cause", "causes", "diagnosis", "finding", "place"})
REMEDY = frozenset({"remedy", "remedies", "repair", "solution", "done"})
"""What words in the name of a field say about it: all that a template says so far."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was chosen or written in a step: the field's label and the words, by language where chosen.
    `options` are the ids of what was chosen."""

    node: str
    field: str
    label: Words
    text: Words
    options: tuple[str, ...] = ()

    def speaks_of(self, words: frozenset[str]) -> bool:
        """Whether the field is called so."""
        return bool(words.intersection(self.field.split("_")))


@dataclass(frozen=True, slots=True)
class Gleaned:
    """Everything that a case may be made of. `path` are the signs that led to the repair, `signs` all of them."""

    path: tuple[Sign, ...]
    signs: tuple[Sign, ...]
    said: tuple[Said, ...]
    steps: tuple[Done, ...]
    parts: tuple[PartUsed, ...]
    positions: tuple[str, ...]
    minutes: int
    author: str

    @property
    def teaches_nothing(self) -> bool:
        """Nothing was off and nothing was built in."""
        return not (self.signs or self.parts)


def glean(plan: Plan, visits: Sequence[Seen]) -> Gleaned:
    """Read the completed visits, in the order in which they were opened."""
    used = [list(_parts_in(plan.step(seen.node), seen)) for seen in visits]
    repair = max((number for number, parts in enumerate(used) if parts), default=len(visits))
    found = [list(signs_in(plan, seen)) for seen in visits]
    path = [sign for signs in found[: repair + 1] for sign in signs]
    fitted = [seen.node for seen, parts in zip(visits, used, strict=True) if parts]
    mended = fitted or [sign.check.partition(".")[0] for sign in path]
    parts = _together(part for some in used for part in some)
    return Gleaned(
        path=tuple(path[:MOST_SIGNS]),
        signs=tuple(sign for signs in found for sign in signs),
        said=tuple(said for seen in visits for said in _said_in(plan.step(seen.node), seen)),
        steps=tuple(_steps(plan, visits, mended)),
        parts=tuple(parts),
        positions=_positions(plan, mended, parts),
        minutes=int(sum(seen.worked_ms for seen in visits) / MINUTE + 0.5),
        author=_who_worked_most(visits),
    )


def _steps(plan: Plan, visits: Iterable[Seen], mended: Iterable[str]) -> Iterator[Done]:
    """The steps in which something was put right, and those that not every order comes to; each once, as done."""
    usual: Collection[str] = plan.once("knowledge: usual steps", lambda: frozenset(expected_from(plan, [plan.start])))
    wanted = set(mended)
    for node in dict.fromkeys(seen.node for seen in visits if seen.node in wanted or seen.node not in usual):
        yield Done(node, plan.step(node).title)


def _parts_in(step: StepNode, seen: Seen) -> Iterator[PartUsed]:
    for field in step.fields:
        answer = seen.answers.get(field.id)
        if field.type != "parts" or not isinstance(answer, list | tuple):
            continue
        planned: Any = field.settings["lines"]
        for line in answer:
            if line.get("action") == "used":
                meant: Mapping[str, Any] = line_meant(planned, line) or {}
                yield _part(line, meant)


def _part(line: Mapping[str, Any], meant: Mapping[str, Any]) -> PartUsed:
    name = meant.get("label") or {}
    position = line.get("position") or meant.get("position") or ""
    milli = round(float(line["quantity"]) * 1000)
    return PartUsed(str(line["part"]), dict(name), milli, str(meant.get("unit") or "pcs"), str(position))


def _together(parts: Iterable[PartUsed]) -> list[PartUsed]:
    """The same part for the same position once."""
    found: dict[tuple[str, str], PartUsed] = {}
    for part in parts:
        key = (part.number, part.position)
        milli = part.milli + (found[key].milli if key in found else 0)
        found[key] = PartUsed(part.number, part.name, milli, part.unit, part.position)
    return list(found.values())


def _positions(plan: Plan, mended: Iterable[str], parts: Iterable[PartUsed]) -> tuple[str, ...]:
    named = [*(part.position for part in parts), *(plan.step(node).position or "" for node in mended)]
    return tuple(dict.fromkeys(each for each in named if each))


def _said_in(step: StepNode, seen: Seen) -> Iterator[Said]:
    for field in step.fields:
        text = _words_of(field, seen.answers.get(field.id))
        if text:
            yield Said(step.id, field.id, field.label, text, _chosen(field, seen.answers[field.id]))


def _chosen(field: PlanField, answer: Any) -> tuple[str, ...]:
    if field.type not in {"choice", "multi_choice"}:
        return ()
    return (answer,) if isinstance(answer, str) else tuple(answer)


def _words_of(field: PlanField, answer: Any) -> Words:
    if field.type in {"text", "long_text"}:
        return {"": answer.strip()} if isinstance(answer, str) and _SAYS_SOMETHING.search(answer) else {}
    if field.type not in {"choice", "multi_choice"} or not answer:
        return {}
    options: Any = field.settings.get("options") or ()
    labels = {each["id"]: each.get("label") or {"en": each["id"]} for each in options}
    chosen = [labels[each] for each in _chosen(field, answer) if each in labels]
    return _joined(chosen)


def _joined(labels: Sequence[Words]) -> Words:
    tongues = [tongue for tongue in ("zh-CN", "en") if all(tongue in label for label in labels)]
    return {tongue: ("、" if tongue == "zh-CN" else ", ").join(label[tongue] for label in labels) for tongue in tongues}


def _who_worked_most(visits: Iterable[Seen]) -> str:
    """By whole minutes; of those who worked as long, who did more steps."""
    worked: dict[str, tuple[float, int]] = {}
    for seen in visits:
        milliseconds, steps = worked.get(seen.by, (0, 0))
        worked[seen.by] = milliseconds + seen.worked_ms, steps + 1
    return max(worked, key=lambda person: (int(worked[person][0] / MINUTE), worked[person][1]), default="")
