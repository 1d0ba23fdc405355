"""Drafts as somebody would send them who wants the server to be busy: each as large as a request may be."""

import json
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

from engine_bench import step, template, words

Json = dict[str, Any]
BYTES = 1_950_000
"""A request with a draft may have two million."""


FIELDS = 10_000
"""More are refused at once."""


def _count(fields: list[Json]) -> int:
    return sum(1 + _count(field.get("columns", [])) for field in fields)


def _filled(parts: Iterator[tuple[str, Json]], most: int = 4_990) -> dict[str, Json]:
    """As many of the nodes as a request holds."""
    nodes: dict[str, Json] = {}
    size = fields = 0
    for name, node in parts:
        size += len(json.dumps(node, ensure_ascii=False).encode()) + len(name) + 6
        fields += _count(node.get("fields", []))
        if size > BYTES or len(nodes) >= most or fields > FIELDS:
            break
        nodes[name] = node
    return nodes


def _steps(fields: Callable[[int], list[Json]], **more: Any) -> Json:
    """A row of steps; all of them are reached."""

    def parts() -> Iterator[tuple[str, Json]]:
        for number in range(5_000):
            yield f"s{number}", step(*fields(number), to=f"s{number + 1}", **more)

    nodes = _filled(parts())
    nodes[f"s{len(nodes) - 1}"]["next"] = [{"to": "done"}]
    return template(nodes, start="s0")


def _text(name: str, **more: Any) -> Json:
    return {"id": name, "type": "text", **more}


def many_patterns() -> Json:
    """Each different, each with classes RE2 is asked about."""
    return _steps(
        lambda n: [
            _text(f"f{k}", pattern=rf"(?i)[\p{{L}}{chr(0x4E00 + n)}{chr(0x5000 + k)}]{{1,30}}") for k in range(100)
        ]
    )


def long_patterns() -> Json:
    """Near the limits of one pattern each: a hundred sets."""
    return _steps(lambda n: [_text(f"f{k}", pattern=_sets(n * 5 + k, 40)) for k in range(5)])


def _sets(seed: int, count: int) -> str:
    return "".join(f"[^{chr(0x4E00 + (seed * 41 + k) % 20_000)}]" for k in range(count))


def repeated_patterns() -> Json:
    """Programs of thousands of instructions from few characters."""
    return _steps(lambda n: [_text(f"f{k}", pattern=f"(a{n}b{k}c{{1,9}}){{1,99}}") for k in range(100)])


def refused_patterns() -> Json:
    """Too large to be allowed, and dear to find out."""
    return _steps(lambda n: [_text(f"f{k}", pattern=f"((a{n}b{k}){{30}}){{30}}") for k in range(100)])


def patterns_in_conditions() -> Json:
    """The same in expressions."""
    return _steps(
        lambda n: [
            _text("a"),
            *(
                _text(f"f{k}", visible=" || ".join(f"a.matches('[^x{n}-{k}-{j}]{{1,9}}')" for j in range(60)))
                for k in range(5)
            ),
        ]
    )


def many_expressions() -> Json:
    """Short ones, many."""
    return _steps(lambda n: [{"id": f"f{k}", "type": "integer", "value": f"{k}+{n}"} for k in range(200)])


def long_expressions() -> Json:
    """As long as they may be."""
    return _steps(
        lambda n: [
            {"id": "a", "type": "number"},
            *({"id": f"f{k}", "type": "number", "value": "+".join(["a"] * 1_900)} for k in range(100)),
        ]
    )


def deep_expressions() -> Json:
    """As deep as they may be."""
    inside = "(" * 60 + "a" + ")" * 60
    return _steps(
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
    return _steps(lambda n: [{"id": f"f{k}", "type": "text", "visible": f"size({source}) > {n}"} for k in range(100)])


def list_literals() -> Json:
    """Lists whose element types must be found."""
    source = "size([" + ",".join(f"{{'a': [{k}, {k}.0]}}" for k in range(100)) + "]) > 0"
    return _steps(lambda n: [_text(f"f{k}", visible=source) for k in range(100)])


def broken_expressions() -> Json:
    """Each with many unknown names among many."""
    return _steps(
        lambda n: [_text(f"name_{k}", visible="&&".join(f"nmae_{k}_{j}" for j in range(100))) for k in range(30)]
    )


def unknown_members() -> Json:
    """Unknown names among thousands of steps."""
    return _steps(lambda n: [_text(f"f{k}", visible=f"steps.t{n}.f == '' && steps.x{k} == 1") for k in range(5)])


def wide_scopes() -> Json:
    """Thousands of steps, all read."""
    return _steps(lambda n: [_text("f", visible=f"steps.s{n}.f == '' && visits.s{n}.size() > 1")])


def reading_each_other() -> Json:
    """Each field worked out from the next: the order is found last to first."""
    return _steps(
        lambda n: [
            *({"id": f"f{k}", "type": "integer", "value": f"f{k + 1}"} for k in range(199)),
            {"id": "f199", "type": "integer"},
        ]
    )


def huge_tables() -> Json:
    """Tables with columns that are worked out."""
    return _steps(
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
        columns = [table(depth - 1)] if depth else [_text("x", label=words("x"))]
        return {"id": f"t{depth}", "type": "table", "label": words("t"), "columns": columns}

    return _steps(lambda n: [{**table(11), "id": f"u{k}"} for k in range(100)])


def wide_tables_in_tables() -> Json:
    """Thirty columns each, three levels."""

    def table(depth: int, name: str) -> Json:
        columns = [table(depth - 1, f"c{k}") for k in range(30)] if depth else [_text("x")]
        return {"id": name, "type": "table", "columns": columns}

    return _steps(lambda n: [table(2, "t")])


def many_choices() -> Json:
    """Options with the same names: told for each."""
    return _steps(
        lambda n: [
            {"id": f"f{k}", "type": "choice", "options": [{"id": "a", "label": {"en": "a"}}] * 500} for k in range(10)
        ]
    )


def many_options() -> Json:
    """Options with names of their own."""
    return _steps(
        lambda n: [
            {"id": f"f{k}", "type": "choice", "options": [{"id": f"a{j}", "label": {"en": "a"}} for j in range(500)]}
            for k in range(10)
        ]
    )


def many_shots() -> Json:
    """Pairs that are not there."""
    shots = [{"id": f"a{j}", "label": words("a"), "pair": f"s1.f0.b{j}"} for j in range(100)]
    return _steps(lambda n: [{"id": f"f{k}", "type": "photo", "shots": shots} for k in range(10)])


def paired_shots() -> Json:
    """Pairs that are there, in one step with all its fields."""
    shots = [{"id": f"a{j}", "label": {"en": "a"}, "pair": f"s0.f39.a{99 - j}"} for j in range(100)]
    return _steps(lambda n: [{"id": f"f{k}", "type": "photo", "shots": shots} for k in range(40)])


def same_names() -> Json:
    """Two hundred fields of one name in each step."""
    return _steps(lambda n: [_text("f") for _ in range(200)])


def missing_words() -> Json:
    """Nothing but texts without a translation."""
    return _steps(lambda n: [{"id": f"f{k}", "type": "text", "label": {"en": "x"}} for k in range(200)])


def wrong_shapes() -> Json:
    """Fields with keys that are not known."""
    return _steps(lambda n: [{"id": f"f{k}", "type": "text", "patern": "x", "maxlength": 3} for k in range(200)])


def nothing_but_wrong() -> Json:
    """Nodes that are no nodes."""
    return template(_filled((f"s{n}", {"kind": "stepp", "a": [[[[{}]]]] * 40}) for n in range(5_000)), start="s0")


def nested_lists() -> Json:
    """Lists in lists where a text should be."""
    value: Any = "x"
    for _ in range(20):
        value = [value]
    return template(_filled((f"s{n}", {"kind": "step", "title": [value] * 20}) for n in range(5_000)), start="s0")


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
    fields = [_text(f"f{k}") for k in range(150)]
    next_ = [{"to": "work", "when": "true", "rework": True}, {"to": "done"}]
    return template({"work": step(*fields, next=next_)}, scenarios=scenarios)


def slow_scenario() -> Json:
    """Few acts, each of which works for long."""
    source = "[" + ",".join("1" for _ in range(90)) + "]"
    when = f"{source}.all(a, {source}.all(b, {source}.all(c, a + b + c > 0)))"
    fields = [{"id": "seen", "type": "boolean"}, *(_text(f"f{k}", visible=when) for k in range(199))]
    next_ = [{"to": "work", "when": "true", "rework": True}, {"to": "done"}]
    acts = [{"do": "complete", "step": "work", "answers": {}}] * 1_000
    return template({"work": step(*fields, next=next_)}, scenarios=[{"name": "n", "acts": acts, "expect": {}}] * 20)


def nested_parallels() -> Json:
    """One in the other."""

    def parts(count: int) -> Iterator[tuple[str, Json]]:
        for n in range(count):
            inside = f"p{n + 1}" if n < count - 1 else "inner"
            branches = [{"to": f"j{n}"}, {"to": inside}]
            yield f"p{n}", {"kind": "parallel", "title": words("p"), "join": f"j{n}", "next": branches}
            yield f"j{n}", {"kind": "join", "title": words("j"), "next": [{"to": f"j{n - 1}" if n else "done"}]}

    return template({**dict(parts(250)), "inner": step(to="j249")}, start="p0")


def wide_parallels() -> Json:
    """A hundred branches each, after one another."""

    def parts() -> Iterator[tuple[str, Json]]:
        for n in range(40):
            branches = [{"to": f"s{n}_{k}", "when": "order.warranty"} for k in range(100)]
            yield f"p{n}", {"kind": "parallel", "title": words("p"), "join": f"j{n}", "next": branches}
            for k in range(100):
                yield f"s{n}_{k}", step(to=f"j{n}")
            to = f"p{n + 1}" if n < 39 else "done"
            yield f"j{n}", {"kind": "join", "title": words("j"), "next": [{"to": to}]}

    return template(dict(parts()), start="p0")


def tangled_branches() -> Json:
    """Branches that cross, so that every marking must be looked at."""

    def parts() -> Iterator[tuple[str, Json]]:
        branches = [{"to": f"s{k}"} for k in range(40)]
        yield "p", {"kind": "parallel", "title": words("p"), "join": "j", "next": branches}
        for k in range(40):
            routes = [{"to": f"s{k + 1}", "when": "order.warranty"}] if k < 39 else []
            yield f"s{k}", step(next=[*routes, {"to": "j"}])
        yield "j", {"kind": "join", "title": words("j"), "next": [{"to": "done"}]}

    return template(dict(parts()), start="p")


def tangled_routes() -> Json:
    """Thousands of steps with a hundred routes each, forth and back."""

    def routes(n: int, count: int) -> list[Json]:
        found = []
        for k in range(1, 60):
            to = (n * 37 + k * 101) % count
            back = {"rework": True} if to <= n else {}
            found.append({"to": f"s{to}", "when": "order.warranty", **back})
        return [*found, {"to": f"s{n + 1}" if n < count - 1 else "done"}]

    count = 480
    return template({f"s{n}": step(next=routes(n, count)) for n in range(count)}, start="s0")


def all_loops() -> Json:
    """Every route goes back, and none says so."""
    return template(
        {
            f"s{n}": step(next=[{"to": f"s{n - 1 if n else 0}", "when": "true"}, {"to": f"s{n + 1}"}])
            for n in range(4_000)
        }
        | {"s4000": step()},
        start="s0",
    )


def spinning_choices() -> Json:
    """Loops of choices, without a step."""

    def routes(n: int) -> list[Json]:
        back = {
            "to": f"c{max(n - 1, 0)}",
            "when": "true",
            "rework": True,
            "limit": 2,
            "exit": "done",
            "reason_field": "why",
        }
        return [back, {"to": f"c{n + 1}"}]

    nodes = {f"c{n}": {"kind": "choice", "title": words("c"), "next": routes(n)} for n in range(4_500)}
    return template({**nodes, "c4500": step(_text("why"))}, start="c0")


def unreachable() -> Json:
    """Thousands of lost steps."""
    return template({"work": step(), **{f"s{n}": step(to="done") for n in range(4_900)}})


def unknown_nodes() -> Json:
    """Every route leads nowhere, near what is there."""
    return template({f"step_number_{n}": step(to=f"step_numbre_{n}") for n in range(4_900)}, start="step_number_0")


def unknown_roles() -> Json:
    """Roles that are not there."""
    return template(
        {f"s{n}": step(to=f"s{n + 1}", role=f"engineeer_{n}") for n in range(4_900)} | {"s4900": step()}, start="s0"
    )


def others_people() -> Json:
    """Steps that fifty others must not have done."""
    return _steps(lambda n: [], not_same_person_as=[f"s{k}" for k in range(50)])


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
    nodes = {f"s{n}": step(*(_text(f"f{k}") for k in range(200)), to=f"s{n + 1}") for n in range(51)}
    return template({**nodes, "s51": step()}, start="s0")


HOSTILE: list[Callable[[], Json]] = [
    made
    for name, made in list(globals().items())
    if isinstance(made, FunctionType) and made.__module__ == __name__ and not name.startswith("_")
]
