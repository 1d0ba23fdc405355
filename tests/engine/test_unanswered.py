"""An answer that decides a route and may be left out is told; one that must be given, or is provided for, is not."""

import copy
from typing import Any

import pytest
from engine_bench import words
from mendloop_engine import Problems, check_template, parse_template

Document = dict[str, Any]


def deciding(field: Document, when: str, *others: Document) -> Document:
    """A template whose first step decides by `when` whether it goes to the second or straight to the end."""
    fields = [{"id": "sound", "label": words("x"), **field}, *({"label": words("y"), **each} for each in others)]
    step = {"kind": "step", "role": "engineer", "title": words("s")}
    return {
        "format": 1, "key": "k", "title": words("t"), "roles": {"engineer": {"title": words("r")}}, "start": "look",
        "nodes": {
            "look": {**step, "fields": fields, "next": [{"when": when, "to": "mend"}, {"to": "done"}]},
            "mend": {**step, "next": [{"to": "done"}]},
            "done": {"kind": "end", "title": words("e"), "outcome": "repaired"},
        },
    }  # fmt: skip


def told(document: Document) -> list[tuple[str, str]]:
    parsed = parse_template(document)
    assert not isinstance(parsed, Problems), parsed
    return [(problem.code, problem.at) for problem in parsed.warnings]


OPTIONS = {"options": [{"id": "good", "label": words("g")}, {"id": "bad", "label": words("b")}]}
WARNED = [("field.decides_unanswered", "/nodes/look/fields/0")]


@pytest.mark.parametrize(
    ("field", "when"),
    [
        ({"type": "boolean"}, "sound"),
        ({"type": "boolean"}, "!sound"),
        ({"type": "boolean", "required": False}, "sound == false && order.warranty"),
        ({"type": "choice", **OPTIONS}, "sound == 'bad'"),
        ({"type": "choice", **OPTIONS}, "sound in ['bad']"),
        ({"type": "choice", "visible": "order.warranty", **OPTIONS}, "sound == 'bad'"),
        ({"type": "integer"}, "sound > 3"),
        ({"type": "reading", "unit": "mm", "required": False}, "sound.value > 3.0"),
    ],
)
def test_an_answer_that_decides_and_may_be_left_empty_is_told(field: Document, when: str) -> None:
    document = deciding(field, when)
    assert told(document) == WARNED
    document["nodes"]["look"]["fields"][0]["required"] = True
    assert told(document) == []


@pytest.mark.parametrize(
    ("field", "when"),
    [
        ({"type": "boolean", "required": True}, "sound"),
        ({"type": "boolean", "required": "order.warranty"}, "sound"),
        ({"type": "boolean", "default": False}, "sound"),
        ({"type": "boolean", "value": "order.warranty"}, "sound"),
        ({"type": "boolean"}, "has(sound) && !sound"),
        ({"type": "boolean"}, "!has(sound) || sound"),
        ({"type": "reading", "unit": "mm", "required": False}, "has(sound) && sound.value > 3.0"),
        ({"type": "reading", "unit": "mm"}, "sound.value > 3.0"),
        ({"type": "multi_choice", **OPTIONS}, "'bad' in sound"),
        ({"type": "boolean"}, "order.warranty"),
        ({"type": "boolean", "visible": False}, "sound"),
    ],
)
def test_an_answer_that_is_asked_for_or_provided_for_is_not_told(field: Document, when: str) -> None:
    assert told(deciding(field, when)) == []


def test_an_earlier_steps_answer_is_told_where_it_is_given_and_only_once() -> None:
    document = deciding({"type": "boolean"}, "sound")
    document["nodes"]["mend"]["next"] = [{"when": "steps.look.sound", "to": "done"}, {"to": "choose"}]
    document["nodes"]["choose"] = {
        "kind": "choice", "title": words("c"), "next": [{"when": "!steps.look.sound", "to": "done"}, {"to": "done"}],
    }  # fmt: skip
    assert told(document) == WARNED


def test_a_field_that_decides_nothing_may_be_left_empty() -> None:
    document = deciding({"type": "boolean", "required": True}, "sound", {"id": "note", "type": "text"})
    assert told(document) == []


def test_what_is_told_is_what_happens() -> None:
    """Left empty, the step is completed and "else" is taken; required, it is refused."""
    document = deciding({"type": "choice", **OPTIONS}, "sound == 'bad'")
    document["scenarios"] = [
        {"name": "empty", "acts": [{"do": "complete", "step": "look"}], "expect": {"ended": "repaired"}}
    ]
    assert [problem.code for problem in check_template(document).problems] == ["field.decides_unanswered"]
    asking = copy.deepcopy(document)
    asking["nodes"]["look"]["fields"][0]["required"] = True
    assert [problem.code for problem in check_template(asking).problems] == ["scenario.refused"]
