"""Problems carry what an obvious repair needs, so that one click can mend them."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from engine_bench import step, words
from mendloop_engine import Problem, Problems, parse_template

Document = dict[str, Any]
Break = Callable[[Document], object]


def problem_of(document: Document, code: str) -> Problem:
    parsed = parse_template(document)
    problems = parsed if isinstance(parsed, Problems) else parsed.warnings
    return next(problem for problem in problems if problem.code == code)


def put(document: Any, *path: Any) -> None:
    *way, last, value = path
    for key in way:
        document = document[key]
    document[last] = value


def fields(document: Document, *added: Document) -> None:
    document["nodes"]["replace"]["fields"] = [{"label": words("x"), **field} for field in added]


def extra(document: Document) -> None:
    document["nodes"]["extra"] = step(to="done")


def test_a_template_says_in_which_languages_it_is_written(pump: Document) -> None:
    """Only those may not lack; a template that says nothing is written in all."""
    pump["title"] = {"en": "Pump"}
    assert problem_of(pump, "words.missing_translation").params["language"] == "zh-CN"
    pump["languages"] = ["en"]
    assert [problem.code for problem in warnings(pump)] == []
    pump["languages"] = ["zh-CN", "en"]
    assert [problem.at for problem in warnings(pump)] == ["/title"]
    pump["languages"] = ["en"]
    fields(pump, {"id": "x", "type": "text", "label": {"zh-CN": "某"}}, {"id": "y", "type": "text", "label": None})
    del pump["nodes"]["replace"]["fields"][1]["label"]
    found = {problem.code: problem.params["languages"] for problem in warnings(pump)}
    assert found == {"words.missing_translation": ["en"], "words.missing": ["en"]}


def warnings(document: Document) -> Problems:
    parsed = parse_template(document)
    assert not isinstance(parsed, Problems), parsed
    return parsed.warnings


REPAIRS: list[tuple[str, Break, Document]] = [
    ("reference.unknown_node", lambda d: put(d, "nodes", "clean", "next", [{"to": "togther"}]),
     {"node": "clean", "index": 0, "name": "togther", "did_you_mean": ["together"]}),
    ("reference.unknown_role", lambda d: put(d, "nodes", "clean", "role", "enginer"),
     {"node": "clean", "did_you_mean": ["engineer"], "roles": ["engineer", "inspector"]}),
    ("reference.not_a_gate", lambda d: put(d, "nodes", "restore", "fields", 0, "removes", "isolate.lotto"),
     {"did_you_mean": ["isolate.loto"]}),
    ("flow.unreachable", extra, {"node": "extra", "after": "inspect"}),
    ("flow.last_edge_has_condition", lambda d: put(d, "nodes", "measure", "next", 1, "when", "true"),
     {"node": "measure", "index": 1, "ends": ["scrapped", "done"]}),
    ("flow.condition_missing", lambda d: d["nodes"]["measure"]["next"][0].pop("when"), {"node": "measure", "index": 0}),
    ("flow.loop_not_rework", lambda d: put(d, "nodes", "test", "next", [{"to": "restore"}]),
     {"node": "test", "index": 0, "to": "restore"}),
    ("flow.limit_without_exit", lambda d: d["nodes"]["inspect"]["next"][0].pop("exit"),
     {"node": "inspect", "index": 0, "ends": ["scrapped", "done"]}),
    ("flow.exit_without_limit", lambda d: d["nodes"]["inspect"]["next"][0].pop("limit"),
     {"node": "inspect", "index": 0, "limit": 3}),
    ("flow.no_end", lambda d: put(d, "nodes", "test", "next", [{"to": "restore", "rework": True}]),
     {"node": "isolate", "ends": ["scrapped", "done"]}),
    ("template.missing_key", lambda d: d["nodes"]["measure"].pop("role"),
     {"node": "measure", "key": "role", "options": ["engineer", "inspector"]}),
    ("template.too_few", lambda d: put(d, "nodes", "clean", "next", []),
     {"node": "clean", "ends": ["scrapped", "done"]}),
    ("template.bad_name", lambda d: put(d, "nodes", "Bad-Name", d["nodes"]["done"]), {"free": "bad_name"}),
    ("name.duplicate", lambda d: fields(d, {"id": "x", "type": "text"}, {"id": "x", "type": "text"}), {"free": "x_2"}),
    ("name.reserved", lambda d: fields(d, {"id": "order", "type": "text"}), {"free": "order_2"}),
    ("words.missing_translation", lambda d: put(d, "nodes", "clean", "title", {"en": "Clean"}),
     {"language": "zh-CN", "words": {"en": "Clean"}}),
    ("expression.unknown_name", lambda d: put(d, "nodes", "measure", "next", 0, "when", "runnout.value > 1.0"),
     {"did_you_mean": ["runout"], "offset": 0, "end": 7}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "break_it", "params"), REPAIRS, ids=[case[0] for case in REPAIRS])
def test_a_problem_says_what_its_repair_needs(pump: Document, code: str, break_it: Break, params: Document) -> None:
    broken = copy.deepcopy(pump)
    break_it(broken)
    found = problem_of(broken, code).params
    assert {key: found.get(key) for key in params} == params
