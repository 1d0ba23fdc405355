"""What an obvious repair of a problem needs to know: added to the problem's params, so that one click can mend it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from ..environment import RESERVED
from ..json_values import Json
from ..nearest import may_guess, nearest
from ..problems import Problem
from .outline import FieldOutline, Outline

Repair: TypeAlias = Callable[[Problem, Outline], Mapping[str, Json]]
USUAL_LIMIT = 3
MOST_NAMES = 20


def with_repair(problem: Problem, outline: Outline) -> Problem:
    """The problem with what its repair needs: see `docs/decisions/checking.md` for the params of each code."""
    repair = _REPAIRS.get(problem.code)
    added = repair(problem, outline) if repair is not None else {}
    if not added:
        return problem
    return Problem(problem.code, problem.at, problem.element, {**added, **problem.params})


def _keys(problem: Problem) -> list[str]:
    return [key.replace("~1", "/").replace("~0", "~") for key in problem.at.split("/")[1:]]


def _node(problem: Problem, _outline: Outline) -> Mapping[str, Json]:
    """The node it is about."""
    keys = _keys(problem)
    return {"node": keys[1]} if keys[:1] == ["nodes"] and len(keys) > 1 else {}


def _route(problem: Problem, _outline: Outline) -> Mapping[str, Json]:
    """The route it is about: its node and number."""
    match _keys(problem):
        case ["nodes", name, "next", number, *_]:
            return {"node": name, "index": int(number)}
    return {}


def _towards_an_end(problem: Problem, outline: Outline) -> Mapping[str, Json]:
    """Where a route could lead: the ends there are."""
    ends: list[Json] = [node.id for node in outline.nodes.values() if node.kind == "end"]
    return {**_node(problem, outline), **_route(problem, outline), "ends": ends[:MOST_NAMES]}


def _rework_limit(problem: Problem, outline: Outline) -> Mapping[str, Json]:
    return {**_route(problem, outline), "limit": USUAL_LIMIT}


def _unreachable(problem: Problem, outline: Outline) -> Mapping[str, Json]:
    """`after`: the node before it in the document that leads on, from which a route could be drawn."""
    earlier: str | None = None
    for node in outline.nodes.values():
        if node.id == problem.element and earlier is not None:
            break
        if node.id != problem.element and node.kind not in ("end", ""):
            earlier = node.id
    return {"node": problem.element, "after": earlier}


def _missing_key(problem: Problem, outline: Outline) -> Mapping[str, Json]:
    """What the key could hold, where the template says."""
    known: Mapping[str, Sequence[str]] = {
        "role": list(outline.document.get("roles") or {}),
        "start": list(outline.nodes),
        "join": [node.id for node in outline.nodes.values() if node.kind == "join"],
        "next": [node.id for node in outline.nodes.values() if node.kind == "end"],
    }
    options = known.get(str(problem.params.get("key")))
    return {**_node(problem, outline), **({"options": list(options)[:MOST_NAMES]} if options else {})}


def _known_roles(problem: Problem, outline: Outline) -> Mapping[str, Json]:
    return {**_node(problem, outline), "roles": list(outline.document.get("roles") or {})}


def _free_name(problem: Problem, outline: Outline) -> Mapping[str, Json]:
    """A name that nothing else in the same place has."""
    name = re.sub(r"[^a-z0-9_]+", "_", str(problem.params.get("name", problem.params.get("value", ""))).lower())
    name = re.sub(r"^[^a-z]+", "", name).strip("_")[:58] or "name"
    taken = {*_siblings(problem, outline), *RESERVED, problem.params.get("name")}
    if problem.code == "template.bad_name" and name not in taken:
        return {"free": name}
    bare = re.sub(r"_\d+$", "", name)
    number = 2
    while f"{bare}_{number}" in taken:
        number += 1
    return {"free": f"{bare}_{number}"}


def _siblings(problem: Problem, outline: Outline) -> Iterator[str]:
    """The ids beside the one that the problem points to."""
    keys = _keys(problem)
    if len(keys) == 2:
        yield from outline.nodes
        return
    around: Any = outline.document
    for key in keys[:-2]:
        around = around.get(key) if isinstance(around, Mapping) else _entry(around, key)
    for entry in around if isinstance(around, list) else ():
        if isinstance(entry, Mapping):
            yield str(entry.get("id"))


def _entry(around: Any, key: str) -> Any:
    return around[int(key)] if isinstance(around, list) and key.isdigit() and int(key) < len(around) else None


def _offered(kind: str) -> Repair:
    """The names of that kind which fields of the template offer, the closest first."""

    def repair(problem: Problem, outline: Outline) -> Mapping[str, Json]:
        if not may_guess():
            return {}
        names = [
            ".".join(filter(None, (node.id, field.id, part)))
            for node in outline.nodes.values()
            for field in node.fields
            for part in _parts(field, kind)
        ]
        close = nearest(str(problem.params.get("name", "")), names)
        return {"did_you_mean": close, "known": names[:MOST_NAMES], **({"suggestion": close[0]} if close else {})}

    return repair


def _parts(field: FieldOutline, kind: str) -> Sequence[str]:
    return field.type.offers(field.settings).get(kind, []) if field.type is not None else []


def _other_words(problem: Problem, outline: Outline) -> Mapping[str, Json]:
    """The words that are there, to translate from."""
    found: Any = outline.document
    for key in _keys(problem):
        found = found.get(key) if isinstance(found, Mapping) else _entry(found, key)
    return {"words": found} if isinstance(found, Mapping) else {}


def _branch(problem: Problem, outline: Outline) -> Mapping[str, Json]:
    """The join where the branches of the parallel node meet."""
    parallel = outline.nodes.get(str(problem.params.get("parallel")))
    return {**_route(problem, outline), **({"join": parallel.doc.get("join")} if parallel is not None else {})}


def _lone_join(problem: Problem, outline: Outline) -> Mapping[str, Json]:
    """The parallel nodes that could meet there."""
    names: list[Json] = [node.id for node in outline.nodes.values() if node.kind == "parallel"]
    return {"node": problem.element, "parallels": names[:MOST_NAMES]}


_REPAIRS: Mapping[str, Repair] = {
    "template.missing_key": _missing_key,
    "template.too_few": _towards_an_end,
    "template.bad_name": _free_name,
    "name.duplicate": _free_name,
    "name.reserved": _free_name,
    "reference.unknown_node": _route,
    "reference.unknown_role": _known_roles,
    "reference.unknown_shot": _offered("shot"),
    "reference.not_a_gate": _offered("gate"),
    "flow.unreachable": _unreachable,
    "flow.no_end": _towards_an_end,
    "flow.last_edge_has_condition": _towards_an_end,
    "flow.condition_missing": _route,
    "flow.loop_not_rework": _route,
    "flow.rework_not_back": _route,
    "flow.rework_in_parallel": _route,
    "flow.rework_leaves_branch": _route,
    "flow.limit_without_rework": _route,
    "flow.limit_without_exit": _towards_an_end,
    "flow.exit_without_limit": _rework_limit,
    "flow.branch_leaves": _node,
    "flow.branch_entered": _branch,
    "flow.branches_meet": _branch,
    "flow.join_without_parallel": _lone_join,
    "field.never_shown": _node,
    "words.missing_translation": _other_words,
}
