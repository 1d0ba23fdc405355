"""Flows as somebody would draw them who wants the server to be busy."""

from collections.abc import Iterator
from typing import Any

from engine_bench import step, template, words
from hostile_parts import steps_of, text_field

Json = dict[str, Any]


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
    return template({**nodes, "c4500": step(text_field("why"))}, start="c0")


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
    return steps_of(lambda n: [], not_same_person_as=[f"s{k}" for k in range(50)])
