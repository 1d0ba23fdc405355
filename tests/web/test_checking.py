"""What a designer's browser is told at every pause in typing."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
Json = dict[str, Any]
CHECK, READ, NAMES = "/api/v1/templates/check", "/api/v1/expressions/check", "/api/v1/expressions/names"


@pytest.fixture(scope="session")
def whole_pump(checkout: Path) -> Json:
    document: Json = json.loads((checkout / "builtin_templates/pump/overhaul.json").read_text(encoding="utf-8"))
    return document


@pytest.fixture
def pump(whole_pump: Json) -> Json:
    return copy.deepcopy(whole_pump)


@pytest.fixture
def dee(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.dee)


def ask(visitor: Visitor, path: str, **body: Any) -> Json:
    answer = visitor.send("POST", path, json=body)
    assert answer.status_code == 200, answer.text
    found: Json = json.loads(answer.data)
    return found


def words(text: str) -> Json:
    return {"zh-CN": text, "en": text}


def places(found: Json) -> set[tuple[str, str]]:
    return {(problem["code"], problem["at"]) for problem in found["problems"]}


def of_code(found: Json, code: str) -> Json:
    return next(problem for problem in found["problems"] if problem["code"] == code)


def test_a_good_template_has_no_problem_and_a_plan(dee: Visitor, pump: Json) -> None:
    found = ask(dee, CHECK, document=pump)
    assert found["problems"] == []
    assert found["plan"]["key"] == pump["key"]


def test_expressions_come_as_typed_trees_by_their_place(dee: Visitor, pump: Json) -> None:
    found = ask(dee, CHECK, document=pump)
    by_place = {each["at"]: each for each in found["expressions"]}
    whens = list(conditions(pump))
    assert {at for at, _ in whens} <= by_place.keys()
    assert all(by_place[at]["source"] == source and by_place[at]["type"] == "bool" for at, source in whens)
    assert all(isinstance(each["tree"], list) for each in found["expressions"])


def conditions(document: Json) -> Iterator[tuple[str, str]]:
    for name, node in document["nodes"].items():
        for number, edge in enumerate(node.get("next", [])):
            if "when" in edge:
                yield f"/nodes/{name}/next/{number}/when", edge["when"]


def test_the_large_parts_can_be_left_out(dee: Visitor, pump: Json) -> None:
    found = ask(dee, CHECK, document=pump, plan=False, expressions=False)
    assert (found["plan"], found["expressions"]) == (None, [])


HALF_FINISHED: Json = {
    "format": 1,
    "key": "half",
    "title": {"zh-CN": "写到一半"},
    "roles": {"engineer": {}},
    "start": "look",
    "nodes": {
        "look": {
            "kind": "step",
            "role": "engineer",
            "title": {"zh-CN": ""},
            "fields": [{"id": "depth", "type": "number", "label": {"zh-CN": "深度", "en": "Depth"}}],
            "next": [{"to": "repair", "when": "depth > 3.0"}, {"to": "repiar"}],
        },
        "repair": {"kind": "step", "role": "enginer", "title": {"zh-CN": "修", "en": "Repair"}, "fields": []},
        "lost": {"kind": "step", "role": "engineer", "title": {}, "fields": [], "next": [{"to": ""}]},
    },
}


def test_a_draft_half_finished_is_told_everything_at_once(dee: Visitor) -> None:
    found = ask(dee, CHECK, document=HALF_FINISHED)
    assert places(found) >= {
        ("template.too_short", "/nodes/look/title/zh-CN"),
        ("template.missing_key", "/nodes/repair"),
        ("reference.unknown_role", "/nodes/repair/role"),
        ("reference.unknown_node", "/nodes/look/next/1/to"),
        ("template.too_few", "/nodes/lost/title"),
        ("template.bad_name", "/nodes/lost/next/0/to"),
        ("flow.unreachable", "/nodes/lost"),
        ("words.missing_translation", "/title"),
    }
    assert found["plan"] is None


def test_what_can_be_read_of_a_broken_draft_is_read(dee: Visitor) -> None:
    (only,) = ask(dee, CHECK, document=HALF_FINISHED)["expressions"]
    assert (only["at"], only["type"]) == ("/nodes/look/next/0/when", "bool")
    assert only["tree"] == [">", ["name", "depth"], ["double", 3]]


def test_a_problem_has_severity_element_and_words_in_both_languages(dee: Visitor) -> None:
    found = ask(dee, CHECK, document=HALF_FINISHED)
    role = of_code(found, "reference.unknown_role")
    assert (role["severity"], role["element"]) == ("error", "repair")
    assert role["message"]["zh-CN"] == "没有定义角色“enginer”，是不是想写“engineer”？"
    assert role["message"]["en"] == "The role “enginer” is not defined. Did you mean “engineer”?"
    assert of_code(found, "words.missing_translation")["severity"] == "warning"


@pytest.mark.parametrize("document", [None, 3, "x", [], {}, {"format": 1}, {"format": 1, "nodes": {"a": 3}}])
def test_whatever_is_sent_is_answered(dee: Visitor, document: Any) -> None:
    assert ask(dee, CHECK, document=document)["problems"]


def test_an_expression_problem_says_where_in_utf16_units(dee: Visitor, pump: Json) -> None:
    at, _ = next(conditions(pump))
    source = "'😀' == 'a' && nothing"
    found = ask(dee, READ, document=pump, at=at, source=source)
    (problem,) = found["problems"]
    units = source.encode("utf-16-le")
    assert units[2 * problem["from"] : 2 * problem["to"]].decode("utf-16-le") == "nothing"
    assert found["tree"] is None
    assert "nothing" in problem["message"]["en"]


def test_an_expression_is_read_where_it_is_to_stand(dee: Visitor) -> None:
    found = ask(dee, READ, document=HALF_FINISHED, at="/nodes/look/next/1/when", source="depth > 2.5")
    assert (found["type"], found["problems"]) == ("bool", [])
    wrong = ask(dee, READ, document=HALF_FINISHED, at="/nodes/look/next/1/when", source="depth")
    assert [problem["code"] for problem in wrong["problems"]] == ["expression.wrong_type"]
    assert "是/否" in wrong["problems"][0]["message"]["zh-CN"]
    assert ask(dee, READ, document=HALF_FINISHED, at="/nodes/look/fields/0/value", source="depth")["type"] == "double"


@pytest.mark.parametrize("at", ["", "/title", "/nodes/nowhere/next/0/when", "/nodes/look/fields/7/value"])
def test_where_no_expression_can_stand_the_question_is_refused(dee: Visitor, at: str) -> None:
    answer = dee.send("POST", READ, json={"document": HALF_FINISHED, "at": at, "source": "true"})
    assert answer.status_code == 422
    assert json.loads(answer.data)["problems"][0]["code"] == "expression.no_place"


def test_completion_offers_names_with_types_and_functions_with_words(dee: Visitor, pump: Json) -> None:
    step = next(name for name, node in pump["nodes"].items() if any("when" in edge for edge in node.get("next", [])))
    found = ask(dee, NAMES, document=pump, at=f"/nodes/{step}/next/0/when")
    names = {name["name"]: name for name in found["names"]}
    assert {"order", "order.warranty", "now", f"steps.{step}", f"visits.{step}"} <= names.keys()
    assert names["order.warranty"]["type"] == "bool"
    assert all(function["label"]["zh-CN"] and function["label"]["en"] for function in found["functions"])
    size = next(function for function in found["functions"] if function["name"] == "size")
    assert "string.size()" in size["signatures"]


def test_completion_offers_members_with_their_labels_and_only_what_begins_so(dee: Visitor, pump: Json) -> None:
    names = ask(dee, NAMES, document=pump, at="/nodes/isolate/next/0/when", prefix="steps.")["names"]
    assert names
    assert all(name["name"].startswith("steps.") for name in names)
    value = next(name for name in names if name["name"].endswith(".value"))
    assert value["label"] == {"zh-CN": "读数", "en": "Value"}


def test_a_flow_that_gets_stuck_is_told_as_a_run_to_step_through(dee: Visitor) -> None:
    found = ask(dee, CHECK, document=stuck())
    problem = of_code(found, "flow.deadlock")
    assert [(step["what"], step["node"]) for step in problem["run"]] == [
        ("begin", "first"), ("route", "left"), ("route", "both")
    ]  # fmt: skip
    assert problem["run"][-1]["work_at"] == ["both"]
    assert problem["run"][1]["words"] == {"zh-CN": "从“First”走到“Left”", "en": "From “First” on to “Left”"}


def stuck() -> Json:
    def step(title: str, *routes: Json) -> Json:
        return {"kind": "step", "role": "engineer", "title": words(title), "fields": [], "next": list(routes)}

    return {
        "format": 1,
        "key": "stuck",
        "title": words("Stuck"),
        "roles": {"engineer": {}},
        "start": "first",
        "nodes": {
            "first": step("First", {"to": "left", "when": "order.warranty"}, {"to": "split"}),
            "split": {
                "kind": "parallel",
                "title": words("All"),
                "join": "both",
                "next": [{"to": "left"}, {"to": "right"}],
            },
            "left": step("Left", {"to": "both"}),
            "right": step("Right", {"to": "both"}),
            "both": {"kind": "join", "title": words("Both"), "next": [{"to": "done"}]},
            "done": {"kind": "end", "outcome": "repaired"},
        },
    }


def test_the_schema_is_kept_by_its_hash(dee: Visitor) -> None:
    first = dee.get("/api/v1/templates/schema")
    assert first.json
    assert first.json["$id"] == "urn:mendloop:template:1"
    assert "no-cache" in first.headers["Cache-Control"]
    tag = first.headers["ETag"]
    assert dee.get("/api/v1/templates/schema", headers={"If-None-Match": tag}).status_code == 304
    kept = dee.get(f"/api/v1/templates/schema?hash={tag.strip(chr(34))}")
    assert "immutable" in kept.headers["Cache-Control"]


def test_more_than_two_megabytes_are_refused(dee: Visitor) -> None:
    body = b'{"document": "' + b"x" * 2_200_000 + b'"}'
    assert dee.send("POST", CHECK, data=body, content_type="application/json").status_code == 413
