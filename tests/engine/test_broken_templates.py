"""Broken templates: each mistake is found, by its code, where it is."""

import copy
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from engine_bench import step, template, words
from mendloop_engine import Problems, parse_template
from mendloop_engine.__main__ import main
from mendloop_engine.problems import CATALOGUE, LANGUAGES, Problem
from mendloop_engine.template import examine_template

Break = Callable[[dict[str, Any]], object]


def found(document: Any) -> list[tuple[str, str]]:
    parsed = parse_template(document)
    problems = parsed if isinstance(parsed, Problems) else parsed.warnings
    return [(problem.code, problem.at) for problem in problems]


def fields(document: dict[str, Any], *added: dict[str, Any]) -> None:
    document["nodes"]["replace"]["fields"] = [{"label": words("x"), **field} for field in added]


def put(document: Any, *path: Any) -> None:
    *way, last, value = path
    for key in way:
        document = document[key]
    document[last] = value


BROKEN: list[tuple[str, Break, str, str]] = [
    ("unknown key", lambda d: put(d, "nodes", "measure", "titel", "x"), "template.unknown_key", "/nodes/measure/titel"),
    ("missing key", lambda d: d["nodes"]["measure"].pop("role"), "template.missing_key", "/nodes/measure"),
    ("wrong kind", lambda d: put(d, "nodes", "clean", "kind", "stepp"), "template.wrong_value", "/nodes/clean/kind"),
    ("wrong type", lambda d: put(d, "nodes", "clean", "fields", {}), "template.wrong_type", "/nodes/clean/fields"),
    ("no next", lambda d: put(d, "nodes", "clean", "next", []), "template.too_few", "/nodes/clean/next"),
    ("bad node name", lambda d: put(d, "nodes", "Bad-Name", d["nodes"]["done"]), "template.bad_name",
     "/nodes/Bad-Name"),
    ("bad key", lambda d: put(d, "key", "Pump Overhaul"), "template.bad_pattern", "/key"),
    ("negative minutes", lambda d: put(d, "nodes", "clean", "standard_minutes", -1), "template.too_small",
     "/nodes/clean/standard_minutes"),
    ("unknown field type", lambda d: fields(d, {"id": "x", "type": "foto"}), "template.wrong_value",
     "/nodes/replace/fields/0/type"),
    ("reserved name", lambda d: fields(d, {"id": "order", "type": "text"}), "name.reserved",
     "/nodes/replace/fields/0/id"),
    ("CEL keyword", lambda d: fields(d, {"id": "while", "type": "text"}), "name.reserved",
     "/nodes/replace/fields/0/id"),
    ("twice the same name", lambda d: fields(d, {"id": "x", "type": "text"}, {"id": "x", "type": "text"}),
     "name.duplicate", "/nodes/replace/fields/1/id"),
    ("unknown node", lambda d: put(d, "nodes", "clean", "next", [{"to": "togther"}]), "reference.unknown_node",
     "/nodes/clean/next/0/to"),
    ("unknown start", lambda d: put(d, "start", "begin"), "reference.unknown_node", "/start"),
    ("unknown role", lambda d: put(d, "nodes", "clean", "role", "enginer"), "reference.unknown_role",
     "/nodes/clean/role"),
    ("not a join", lambda d: put(d, "nodes", "split", "join", "clean"), "reference.not_a_join", "/nodes/split/join"),
    ("gate against no step", lambda d: put(d, "nodes", "inspect", "not_same_person_as", ["split"]),
     "reference.not_a_step", "/nodes/inspect/not_same_person_as/0"),
    ("gate against itself", lambda d: put(d, "nodes", "inspect", "not_same_person_as", ["inspect"]),
     "step.same_person_self", "/nodes/inspect/not_same_person_as/0"),
    ("unknown shot", lambda d: fields(d, {"id": "p", "type": "photo", "shots": [{"id": "a", "pair": "clean.x.y"}]}),
     "reference.unknown_shot", "/nodes/replace/fields/0/shots/0/pair"),
    ("removes no gate", lambda d: put(d, "nodes", "restore", "fields", 0, "removes", "isolate.lotto"),
     "reference.not_a_gate", "/nodes/restore/fields/0/removes"),
    ("unknown reason field", lambda d: put(d, "nodes", "inspect", "next", 0, "reason_field", "reason"),
     "reference.unknown_field", "/nodes/inspect/next/0/reason_field"),
    ("unreachable", lambda d: put(d, "nodes", "extra", step(to="done")), "flow.unreachable", "/nodes/extra"),
    ("last route with condition", lambda d: put(d, "nodes", "measure", "next", 1, "when", "true"),
     "flow.last_edge_has_condition", "/nodes/measure/next/1/when"),
    ("route without condition", lambda d: d["nodes"]["measure"]["next"][0].pop("when"), "flow.condition_missing",
     "/nodes/measure/next/0"),
    ("loop that is no rework", lambda d: put(d, "nodes", "test", "next", [{"to": "restore"}]), "flow.loop_not_rework",
     "/nodes/test/next/0/to"),
    ("no way to an end", lambda d: put(d, "nodes", "test", "next", [{"to": "restore", "rework": True}]), "flow.no_end",
     "/nodes/test"),
    ("loop without a step", lambda d: d["nodes"].update(
        test={**d["nodes"]["test"], "next": [{"to": "spin"}]},
        spin={"kind": "choice", "next": [{"to": "spin", "when": "order.warranty", "rework": True}, {"to": "inspect"}]}),
     "flow.loop_without_step", "/nodes/spin"),
    ("rework that goes forward", lambda d: put(d, "nodes", "measure", "next", 0, "rework", True),
     "flow.rework_not_back", "/nodes/measure/next/0/to"),
    ("rework out of its branch", lambda d: put(d, "nodes", "clean", "next",
     [{"to": "measure", "when": "order.warranty", "rework": True}, {"to": "together"}]), "flow.rework_leaves_branch",
     "/nodes/clean/next/0/to"),
    ("branch that ends", lambda d: put(d, "nodes", "paint", "next", [{"to": "done"}]), "flow.branch_leaves",
     "/nodes/done"),
    ("branch entered from outside", lambda d: put(d, "nodes", "replace", "next", [{"to": "clean"}]),
     "flow.branch_entered", "/nodes/replace/next/0/to"),
    ("branches that meet early", lambda d: put(d, "nodes", "clean", "next", [{"to": "paint"}]), "flow.branches_meet",
     "/nodes/paint"),
    ("join without parallel", lambda d: d["nodes"].update(
        test={**d["nodes"]["test"], "next": [{"to": "lone"}]}, lone={"kind": "join", "next": [{"to": "inspect"}]}),
     "flow.join_without_parallel", "/nodes/lone"),
    ("limit without exit", lambda d: d["nodes"]["inspect"]["next"][0].pop("exit"), "flow.limit_without_exit",
     "/nodes/inspect/next/0"),
    ("limit without rework", lambda d: put(d, "nodes", "measure", "next", 0, "limit", 2), "flow.limit_without_rework",
     "/nodes/measure/next/0/limit"),
    ("crossed limits", lambda d: put(d, "nodes", "measure", "fields", 0, "tolerance", [1, 0]), "field.limits_crossed",
     "/nodes/measure/fields/0/tolerance"),
    ("pattern no RE2 takes", lambda d: fields(d, {"id": "x", "type": "text", "pattern": "(?=a)"}), "field.bad_pattern",
     "/nodes/replace/fields/0/pattern"),
    ("gate without points", lambda d: fields(d, {"id": "x", "type": "safety_gate"}), "field.gate_empty",
     "/nodes/replace/fields/0"),
    ("photo in a table", lambda d: fields(d, {"id": "x", "type": "table", "columns": [
        {"id": "p", "type": "photo", "label": words("p"), "shots": [{"id": "a", "label": words("a")}]}]}),
     "field.not_in_table", "/nodes/replace/fields/0/columns/0/type"),
    ("option twice", lambda d: fields(d, {"id": "x", "type": "choice", "options": [
        {"id": "a", "label": words("a")}, {"id": "a", "label": words("a")}]}), "name.duplicate",
     "/nodes/replace/fields/0/options/1/id"),
    ("unknown name", lambda d: put(d, "nodes", "measure", "next", 0, "when", "runnout.value > 1.0"),
     "expression.unknown_name", "/nodes/measure/next/0/when"),
    ("wrong type in expression", lambda d: put(d, "nodes", "measure", "next", 0, "when", "runout.value == 'a'"),
     "expression.wrong_type", "/nodes/measure/next/0/when"),
    ("no expression", lambda d: put(d, "nodes", "measure", "next", 0, "when", "runout.value >"), "expression.syntax",
     "/nodes/measure/next/0/when"),
    ("fields in a circle", lambda d: fields(d, {"id": "x", "type": "integer", "value": "y"},
     {"id": "y", "type": "integer", "value": "x"}), "expression.cycle", "/nodes/replace/fields/0"),
    ("missing translation", lambda d: put(d, "nodes", "clean", "title", {"en": "Clean"}), "words.missing_translation",
     "/nodes/clean/title"),
    ("scenario of an unknown step", lambda d: put(d, "scenarios", [
        {"name": "s", "acts": [{"do": "complete", "step": "nowhere"}], "expect": {}}]), "reference.unknown_node",
     "/scenarios/0/acts/0/step"),
    ("number beyond 2^53", lambda d: put(d, "nodes", "clean", "standard_minutes", 2**53), "template.number_unsafe",
     "/nodes/clean/standard_minutes"),
    ("half a character", lambda d: put(d, "title", "en", "\ud800"), "template.not_unicode", "/title/en"),
    ("another format", lambda d: put(d, "format", 2), "template.format_unknown", "/format"),
]  # fmt: skip


def test_the_pump_is_not_broken(pump: dict[str, Any]) -> None:
    assert found(pump) == []


@pytest.mark.parametrize(("break_it", "code", "at"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_mistake_is_found_where_it_is(pump: dict[str, Any], break_it: Break, code: str, at: str) -> None:
    broken = copy.deepcopy(pump)
    break_it(broken)
    assert (code, at) in found(broken)


def test_one_mistake_is_told_once(pump: dict[str, Any]) -> None:
    for name, break_it, code, at in BROKEN:
        broken = copy.deepcopy(pump)
        break_it(broken)
        assert found(broken).count((code, at)) == 1, name


def test_many_mistakes_are_told_at_once(pump: dict[str, Any]) -> None:
    put(pump, "nodes", "measure", "titel", "x")
    put(pump, "nodes", "clean", "role", "enginer")
    put(pump, "nodes", "inspect", "next", 0, "when", "verdict == 3")
    put(pump, "nodes", "measure", "fields", 0, "tolerance", [1, 0])
    assert found(pump) == [
        ("template.unknown_key", "/nodes/measure/titel"),
        ("reference.unknown_role", "/nodes/clean/role"),
        ("field.limits_crossed", "/nodes/measure/fields/0/tolerance"),
        ("expression.wrong_type", "/nodes/inspect/next/0/when"),
    ]


def test_a_near_miss_comes_with_a_suggestion_and_the_elements_name(pump: dict[str, Any]) -> None:
    put(pump, "nodes", "measure", "fields", 0, "tolerence", [0, 1])
    parsed = parse_template(pump)
    assert isinstance(parsed, Problems)
    assert (parsed[0].element, parsed[0].params["suggestion"]) == ("measure.runout", "tolerance")
    assert "tolerance" in parsed[0].message("zh-CN")


@pytest.mark.parametrize("document", [None, 3, "x", [], {}, {"format": 1}, {"format": 1, "nodes": {"a": 3}}])
def test_what_is_no_template_at_all_is_told(document: Any) -> None:
    assert isinstance(parse_template(document), Problems)


def test_every_code_has_words_in_both_languages() -> None:
    for code, entry in CATALOGUE.items():
        assert all(entry.get(language) for language in LANGUAGES), code


def test_one_thing_is_told_as_one_and_many_as_many() -> None:
    def told(count: int) -> list[str]:
        problem = Problem("template.too_short", params={"limit": count})
        return [problem.message(language) for language in LANGUAGES]

    assert told(1) == ["不能为空，至少 1 个字符", "At least 1 character needed"]
    assert told(3) == ["不能为空，至少 3 个字符", "At least 3 characters needed"]


def test_the_command_prints_problems_in_both_languages(
    tmp_path: Any, pump: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pump.json"
    path.write_text(json.dumps(pump), encoding="utf-8")
    assert main([str(path)]) == 0
    assert "no problems" in capsys.readouterr().out
    put(pump, "nodes", "clean", "role", "enginer")
    path.write_text(json.dumps(pump), encoding="utf-8")
    assert main([str(path)]) == 1
    printed = capsys.readouterr().out
    assert "是不是想写" in printed
    assert "Did you mean" in printed
    path.write_text('{"a": 1, "a": 2}', encoding="utf-8")
    assert main([str(path)]) == 2


def test_template_of_one_step_is_the_smallest() -> None:
    assert found(template({"work": step()})) == []


def test_thousands_of_mistakes_and_deep_flows_take_seconds_not_minutes() -> None:
    choices: dict[str, Any] = {
        f"c{each}": {"kind": "choice", "next": [
            {"to": f"c{each - 1}" if each else "c0", "when": "true", "rework": True, "reason_field": "why"},
            {"to": f"c{each + 1}"}]}
        for each in range(1_500)
    }  # fmt: skip
    nested: dict[str, Any] = {"inner": step(to="j899")}
    for each in range(900):
        inside = f"p{each + 1}" if each < 899 else "inner"
        nested[f"p{each}"] = {"kind": "parallel", "join": f"j{each}", "next": [{"to": f"j{each}"}, {"to": inside}]}
        nested[f"j{each}"] = {"kind": "join", "next": [{"to": f"j{each - 1}" if each else "done"}]}
    unknown = {f"s{each}": step(to=f"t{each}") for each in range(3_000)}
    start = time.process_time()

    assert ("reference.unknown_field", "/nodes/c7/next/0/reason_field") in found(
        template({**choices, "c1500": step()}, start="c0")
    )
    assert ("flow.too_large_to_decide", "/nodes") in found(template(nested, start="p0"))
    assert ("template.too_many_problems", "") in found(template(unknown, start="s0"))
    assert time.process_time() - start < 15


def test_what_is_missing_is_called_as_people_call_it(pump: dict[str, Any]) -> None:
    pump["applies_to"] = [{}]
    [missing] = [each for each in examine_template(pump).problems if each.code == "template.missing_key"]
    assert missing.params["key"] == "product"
    assert (missing.message("zh-CN"), missing.message("en")) == ("缺少“产品”", "“Product” is missing")
