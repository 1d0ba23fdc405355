"""A run that shows what is wrong, step by step, in words, with the nodes where work is at each moment."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ..json_values import Words
from ..problems import LANGUAGES
from ..resources import packaged_json
from ..template.outline import EdgeOutline, NodeOutline, Outline
from .net import Marking, Net
from .of_template import net_of

What: TypeAlias = Literal["begin", "route", "rework", "exit", "branches", "left_out", "passed"]
_WORDS: Mapping[str, Words] = packaged_json("words/runs.json")
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class RunStep:
    """One thing that happens. `route` is `node/number` where a route is taken; `work_at`: the nodes reached then."""

    node: str
    what: What
    route: str | None
    work_at: tuple[str, ...]
    words: Words


def told_run(outline: Outline, run: Sequence[str]) -> list[RunStep]:
    """The steps of a run as a soundness problem names it, the beginning first."""
    start = outline.document["start"]
    net = net_of(outline)
    found = [RunStep(start, "begin", None, (start,), _words(outline, "begin", start, None))]
    for name, marking in zip(run, _markings(net, run), strict=True):
        found.append(_step(outline, name, _nodes(net, marking)))
    return found


def _step(outline: Outline, name: str, work_at: tuple[str, ...]) -> RunStep:
    bare = name.rstrip("!-")
    source, _, number = bare.partition("/")
    if not number:
        what: What = "branches" if outline.nodes[source].kind == "parallel" else "passed"
        return RunStep(source, what, None, work_at, _words(outline, what, source, None))
    edge = outline.nodes[source].edges[int(number)]
    what, to = _taken(edge, name[len(bare) :])
    return RunStep(to or source, what, bare, work_at, _words(outline, what, to or source, source))


def _taken(edge: EdgeOutline, mark: str) -> tuple[What, str | None]:
    if mark == "!":
        return "exit", edge.exit
    if mark == "-":
        return "left_out", edge.to
    return ("rework" if edge.rework else "route"), edge.to


def _markings(net: Net, run: Sequence[str]) -> Iterator[Marking]:
    """The marking after each transition. Of several with one name, only one can fire."""
    marking = net.start
    for name in run:
        fired = next(each for each in net.transitions if each.origin == name and marking & each.takes == each.takes)
        marking = fired.after(marking)
        yield marking


def _nodes(net: Net, marking: Marking) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.split(":")[1] for place in net.names(marking)))


def _words(outline: Outline, what: What, node: str, source: str | None) -> Words:
    names = {"node": node, "from": source or ""}
    return {language: _filled(outline, _WORDS[what][language], names, language) for language in LANGUAGES}


def _filled(outline: Outline, text: str, names: Mapping[str, str], language: str) -> str:
    return _PLACE.sub(lambda place: _title(outline.nodes[names[place[1]]], language), text)


def _title(node: NodeOutline, language: str) -> str:
    title = node.doc.get("title") or {}
    return str(title.get(language) or next(iter(title.values()), node.id))
