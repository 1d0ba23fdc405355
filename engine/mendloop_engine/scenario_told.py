"""What became of a scenario, in words: nodes, fields and what is inside them by the names that people gave them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from .json_values import Json, Words
from .plan import EndNode, Plan, PlanField, StepNode
from .problems import LANGUAGES, Problem
from .resources import packaged_json

MOST_NAMES = 4
"""So many names are told of a list, from where it differs on."""
_WORDS: Mapping[str, Words] = packaged_json("words/scenarios.json")
_SAME: Words = {}


def named(plan: Plan, node: str) -> Words:
    """The title of a node; its id where it has none, or is not there."""
    found = plan.nodes.get(node)
    return _whole(found.title if found is not None else None, node)


def open_now(plan: Plan, nodes: Sequence[str]) -> Words:
    """The steps that are open, or that none is."""
    return _joined("and", [named(plan, node) for node in nodes]) or _WORDS["none_open"]


def reasons(plan: Plan, problems: Iterable[Problem]) -> Words:
    """Why something was refused: each problem in its own words, with the field it is about."""
    return _joined("and", [_reason(plan, problem) for problem in problems]) or _WORDS["not_refused"]


def difference(plan: Plan, what: str, expected: Json, found: Json) -> Mapping[str, Json]:
    """`matter`, `wanted` and `came`: what was compared, what it should be, and what it is."""
    kind, _, node = what.partition(".")
    alike = _begun_alike(expected, found)
    return {
        "matter": _filled(_WORDS[kind], {"name": named(plan, node)}),
        "wanted": _value(plan, kind, expected, alike),
        "came": _value(plan, kind, found, alike),
    }


def _value(plan: Plan, kind: str, value: Json, alike: int) -> Words:
    if kind == "ended":
        return _end(plan, value)
    if isinstance(value, list | tuple):
        return _names(plan, cast("Sequence[str]", value), alike, "then" if kind == "completed" else "and")
    return _whole(None, str(value))


def _end(plan: Plan, outcome: Json) -> Words:
    if outcome is None:
        return _WORDS["not_ended"]
    ends = (node for node in plan.nodes.values() if isinstance(node, EndNode) and node.outcome == outcome)
    return _whole(next((end.title for end in ends), None), str(outcome))


def _names(plan: Plan, nodes: Sequence[str], alike: int, between: str) -> Words:
    """Those from where two lists part, without what is far behind that."""
    shown = [named(plan, node) for node in nodes[alike : alike + MOST_NAMES]]
    before = [_whole(None, "…")] if alike else []
    behind = [_whole(None, "…")] if len(nodes) > alike + MOST_NAMES else []
    return _joined(between, [*before, *shown, *behind]) or _WORDS["none"]


def _begun_alike(one: Json, other: Json) -> int:
    """How many names two lists have in common from their beginning, less the last of them."""
    if not isinstance(one, list) or not isinstance(other, list):
        return 0
    same = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    return max(0, (min(len(one), len(other)) if same is None else same) - 1)


def _reason(plan: Plan, problem: Problem) -> Words:
    """One problem; names inside it (a point, an item, a role …) as people know them."""
    node, _, name = problem.element.partition(".")
    step = plan.nodes.get(node)
    fields = step.fields if isinstance(step, StepNode) else ()
    field = next((each for each in fields if each.id == name), None)
    entries = list(_entries([field] if field is not None else _all_fields(plan)))
    texts = {language: _said(plan, problem, entries, language) for language in LANGUAGES}
    return texts if field is None else _filled(_WORDS["about"], {"name": _whole(field.label, name), "text": texts})


def _said(plan: Plan, problem: Problem, entries: Sequence[tuple[str, Words]], language: str) -> str:
    params = {key: _known(plan, key, value, entries, language) for key, value in problem.params.items()}
    return Problem(problem.code, problem.at, problem.element, params).message(language)


def _known(plan: Plan, key: str, value: Json, entries: Sequence[tuple[str, Words]], language: str) -> Json:
    if isinstance(value, list | tuple):
        between = _WORDS["and"][language]
        return between.join(str(_known(plan, key, each, entries, language)) for each in value)
    if isinstance(value, Mapping):
        return _whole(cast("Words", value), "")[language]
    if not isinstance(value, str):
        return value
    if key == "role":
        return _whole(cast("Words | None", plan.roles.get(value, {}).get("title")), value)[language]
    if key == "step":
        return named(plan, value)[language]
    return next((words[language] for id_, words in entries if id_ == value), value)


def _all_fields(plan: Plan) -> Iterator[PlanField]:
    for node in plan.nodes.values():
        if isinstance(node, StepNode):
            yield from node.fields


def _entries(fields: Iterable[PlanField]) -> Iterator[tuple[str, Words]]:
    """Everything inside fields that has a label: points, items, shots, options, lines."""
    for field in fields:
        for entries in field.settings.values():
            for entry in entries if isinstance(entries, list | tuple) else ():
                if isinstance(entry, Mapping) and isinstance(entry.get("label"), Mapping):
                    name = str(entry.get("id", entry.get("part")))
                    yield name, _whole(cast("Words", entry["label"]), name)


def _whole(words: Words | None, otherwise: str) -> Words:
    """In every language; in another where there are none."""
    there = next((text for text in (words or _SAME).values() if text), otherwise)
    return {language: (words or _SAME).get(language) or there for language in LANGUAGES}


def _joined(between: str, parts: Sequence[Words]) -> Words:
    """Nothing (and so false) for no parts."""
    if not parts:
        return _SAME
    return {language: _WORDS[between][language].join(part[language] for part in parts) for language in LANGUAGES}


def _filled(text: Words, names: Mapping[str, Words]) -> Words:
    return {
        language: text[language].format(**{name: words[language] for name, words in names.items()})
        for language in LANGUAGES
    }
