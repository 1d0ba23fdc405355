"""Drafts as somebody would send them who wants the server to be busy: each as large as a request may be."""

import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any

import hostile_flows
from engine_bench import step, template, words
from hostile_parts import filled, steps_of, text_field

Json = dict[str, Any]


def many_patterns() -> Json:
    """Each different, each with classes RE2 is asked about."""
    return steps_of(
        lambda n: [
            text_field(f"f{k}", pattern=rf"(?i)[\p{{L}}{chr(0x4E00 + n)}{chr(0x5000 + k)}]{{1,30}}") for k in range(100)
        ]
    )


def long_patterns() -> Json:
    """Near the limits of one pattern each: a hundred sets."""
    return steps_of(lambda n: [text_field(f"f{k}", pattern=_sets(n * 5 + k, 40)) for k in range(5)])


def _sets(seed: int, count: int) -> str:
    return "".join(f"[^{chr(0x4E00 + (seed * 41 + k) % 20_000)}]" for k in range(count))


def repeated_patterns() -> Json:
    """Programs of thousands of instructions from few characters."""
    return steps_of(lambda n: [text_field(f"f{k}", pattern=f"(a{n}b{k}c{{1,9}}){{1,99}}") for k in range(100)])


def refused_patterns() -> Json:
    """Too large to be allowed, and dear to find out."""
    return steps_of(lambda n: [text_field(f"f{k}", pattern=f"((a{n}b{k}){{30}}){{30}}") for k in range(100)])


def patterns_in_conditions() -> Json:
    """The same in expressions."""
    return steps_of(
        lambda n: [
            text_field("a"),
            *(
                text_field(f"f{k}", visible=" || ".join(f"a.matches('[^x{n}-{k}-{j}]{{1,9}}')" for j in range(60)))
                for k in range(5)
            ),
        ]
    )


def many_expressions() -> Json:
    """Short ones, many."""
    return steps_of(lambda n: [{"id": f"f{k}", "type": "integer", "value": f"{k}+{n}"} for k in range(200)])


def long_expressions() -> Json:
    """As long as they may be."""
    return steps_of(
        lambda n: [
            {"id": "a", "type": "number"},
            *({"id": f"f{k}", "type": "number", "value": "+".join(["a"] * 1_900)} for k in range(100)),
        ]
    )


def deep_expressions() -> Json:
    """As deep as they may be."""
    inside = "(" * 60 + "a" + ")" * 60
    return steps_of(
        lambda n: [
            {"id": "a", "type": "boolean"},
            *({"id": f"f{k}", "type": "text", "visible": " || ".join([inside] * 30)} for k in range(100)),
        ]
    )


def nested_macros() -> Json:
    """Macro within macro over lists of lists."""
    source = "[1]"
    for level in range(12):
        source = f"{source}.map(x{level}, x{level} + {level})"
    return steps_of(lambda n: [{"id": f"f{k}", "type": "text", "visible": f"size({source}) > {n}"} for k in range(100)])


def list_literals() -> Json:
    """Lists whose element types must be found."""
    source = "size([" + ",".join(f"{{'a': [{k}, {k}.0]}}" for k in range(100)) + "]) > 0"
    return steps_of(lambda n: [text_field(f"f{k}", visible=source) for k in range(100)])


def broken_expressions() -> Json:
    """Each with many unknown names among many."""
    return steps_of(
        lambda n: [text_field(f"name_{k}", visible="&&".join(f"nmae_{k}_{j}" for j in range(100))) for k in range(30)]
    )


def unknown_members() -> Json:
    """Unknown names among thousands of steps."""
    return steps_of(lambda n: [text_field(f"f{k}", visible=f"steps.t{n}.f == '' && steps.x{k} == 1") for k in range(5)])


def wide_scopes() -> Json:
    """Thousands of steps, all read."""
    return steps_of(lambda n: [text_field("f", visible=f"steps.s{n}.f == '' && visits.s{n}.size() > 1")])


def reading_each_other() -> Json:
    """Each field worked out from the next: the order is found last to first."""
    return steps_of(
        lambda n: [
            *({"id": f"f{k}", "type": "integer", "value": f"f{k + 1}"} for k in range(199)),
            {"id": "f199", "type": "integer"},
        ]
    )


def huge_tables() -> Json:
    """Tables with columns that are worked out."""
    return steps_of(
        lambda n: [
            {
                "id": f"t{k}",
                "type": "table",
                "columns": [
                    {"id": f"c{j}", "type": "integer", "label": words("c"), "value": f"item.c{j + 1}"}
                    for j in range(29)
                ]
                + [{"id": "c29", "type": "integer", "label": words("c")}],
            }
            for k in range(40)
        ]
    )


def tables_in_tables() -> Json:
    """As deep as a document may be: tables are no columns, but may be sent."""

    def table(depth: int) -> Json:
        columns = [table(depth - 1)] if depth else [text_field("x", label=words("x"))]
        return {"id": f"t{depth}", "type": "table", "label": words("t"), "columns": columns}

    return steps_of(lambda n: [{**table(11), "id": f"u{k}"} for k in range(100)])


def wide_tables_in_tables() -> Json:
    """Thirty columns each, three levels."""

    def table(depth: int, name: str) -> Json:
        columns = [table(depth - 1, f"c{k}") for k in range(30)] if depth else [text_field("x")]
        return {"id": name, "type": "table", "columns": columns}

    return steps_of(lambda n: [table(2, "t")])


def many_choices() -> Json:
    """Options with the same names: told for each."""
    return steps_of(
        lambda n: [
            {"id": f"f{k}", "type": "choice", "options": [{"id": "a", "label": {"en": "a"}}] * 500} for k in range(10)
        ]
    )


def many_options() -> Json:
    """Options with names of their own."""
    return steps_of(
        lambda n: [
            {"id": f"f{k}", "type": "choice", "options": [{"id": f"a{j}", "label": {"en": "a"}} for j in range(500)]}
            for k in range(10)
        ]
    )


def many_shots() -> Json:
    """Pairs that are not there."""
    shots = [{"id": f"a{j}", "label": words("a"), "pair": f"s1.f0.b{j}"} for j in range(100)]
    return steps_of(lambda n: [{"id": f"f{k}", "type": "photo", "shots": shots} for k in range(10)])


def paired_shots() -> Json:
    """Pairs that are there, in one step with all its fields."""
    shots = [{"id": f"a{j}", "label": {"en": "a"}, "pair": f"s0.f39.a{99 - j}"} for j in range(100)]
    return steps_of(lambda n: [{"id": f"f{k}", "type": "photo", "shots": shots} for k in range(40)])


def same_names() -> Json:
    """Two hundred fields of one name in each step."""
    return steps_of(lambda n: [text_field("f") for _ in range(200)])


def missing_words() -> Json:
    """Nothing but texts without a translation."""
    return steps_of(lambda n: [{"id": f"f{k}", "type": "text", "label": {"en": "x"}} for k in range(200)])


def wrong_shapes() -> Json:
    """Fields with keys that are not known."""
    return steps_of(lambda n: [{"id": f"f{k}", "type": "text", "patern": "x", "maxlength": 3} for k in range(200)])


def nothing_but_wrong() -> Json:
    """Nodes that are no nodes."""
    return template(filled((f"s{n}", {"kind": "stepp", "a": [[[[{}]]]] * 40}) for n in range(5_000)), start="s0")


def nested_lists() -> Json:
    """Lists in lists where a text should be."""
    value: Any = "x"
    for _ in range(20):
        value = [value]
    return template(filled((f"s{n}", {"kind": "step", "title": [value] * 20}) for n in range(5_000)), start="s0")


def many_scenarios() -> Json:
    """Two hundred of them, each with as many acts as there is room for."""
    acts = [{"do": "complete", "step": "work"}] * 240
    return _looping([{"name": f"n{n}", "acts": acts, "expect": {}} for n in range(199)])


def one_long_scenario() -> Json:
    """A thousand acts in each, through a step with many fields."""
    answers = {f"f{k}": "x" for k in range(100)}
    acts = [{"do": "complete", "step": "work", "answers": answers}] * 1_000
    return _looping([{"name": "n", "acts": acts, "expect": {}}])


def _looping(scenarios: list[Json]) -> Json:
    fields = [text_field(f"f{k}") for k in range(150)]
    next_ = [{"to": "work", "when": "true", "rework": True}, {"to": "done"}]
    return template({"work": step(*fields, next=next_)}, scenarios=scenarios)


def slow_scenario() -> Json:
    """Few acts, each of which works for long."""
    source = "[" + ",".join("1" for _ in range(90)) + "]"
    when = f"{source}.all(a, {source}.all(b, {source}.all(c, a + b + c > 0)))"
    fields = [{"id": "seen", "type": "boolean"}, *(text_field(f"f{k}", visible=when) for k in range(199))]
    next_ = [{"to": "work", "when": "true", "rework": True}, {"to": "done"}]
    acts = [{"do": "complete", "step": "work", "answers": {}}] * 1_000
    return template({"work": step(*fields, next=next_)}, scenarios=[{"name": "n", "acts": acts, "expect": {}}] * 20)


def huge_words() -> Json:
    """One text in every language there is."""
    return template({f"s{n}": step(title={"zh-CN": "修" * 5_000, "en": "x" * 5_000}) for n in range(90)}, start="s0")


def many_keys() -> Json:
    """A document of thousands of keys that nobody knows."""
    return {**template({"work": step()}), **{f"k{n}": n for n in range(120_000)}}


def many_languages() -> Json:
    """A title in a hundred thousand languages."""
    letters = "abcdefghij"
    names = [f"{a}{b}-{n:04d}" for a in letters for b in letters for n in range(900)]
    return template({"work": step()}, description=dict.fromkeys(names, "x"))


def too_many_fields() -> Json:
    """One more than there may be."""
    nodes = {f"s{n}": step(*(text_field(f"f{k}") for k in range(200)), to=f"s{n + 1}") for n in range(51)}
    return template({**nodes, "s51": step()}, start="s0")


HOSTILE: list[Callable[[], Json]] = [
    made
    for module in (sys.modules[__name__], hostile_flows)
    for name, made in list(vars(module).items())
    if isinstance(made, FunctionType) and made.__module__ == module.__name__ and not name.startswith("_")
]
