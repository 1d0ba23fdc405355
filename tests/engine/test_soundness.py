"""Soundness of flows: the verdict on nets from industry with known labels, and on templates, with runs that replay."""

import json
import re
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mendloop_engine.fields import BUILT_IN
from mendloop_engine.soundness import (
    Finding,
    Net,
    NetBuilder,
    Sound,
    TooLarge,
    Verdict,
    net_of,
    reduced,
    search,
    soundness_problems,
)
from mendloop_engine.template.outline import Outline, outline
from mendloop_engine.template.shape import check_shape

Json = dict[str, Any]
LIMIT = 20_000
UNDECIDED = "B1.s00000375__s00005052.lola"
"""Its label says `cap`: whoever made the labels gave up. Reduced, it has eight transitions and is seen to be sound."""


@dataclass(frozen=True, slots=True)
class Lola:
    """A net as its file says, read by nothing of ours: what runs are replayed on."""

    places: list[str]
    start: Counter[str]
    transitions: Mapping[str, tuple[Counter[str], Counter[str]]]

    def net(self) -> Net:
        builder = NetBuilder()
        builder.marking(self.places)
        for name, (takes, gives) in self.transitions.items():
            builder.transition(name, takes, gives)
        return builder.net(self.start)

    def replay(self, run: tuple[str, ...]) -> Counter[str]:
        """The tokens after the run; fails where a transition of it cannot fire."""
        marking = Counter(self.start)
        for name in run:
            takes, gives = self.transitions[name]
            assert takes <= marking, f"{name} cannot fire"
            marking = marking - takes + gives
        return marking

    def goes_on_from(self, marking: Counter[str]) -> bool:
        return any(takes <= marking for takes, _ in self.transitions.values())


def read_lola(text: str) -> Lola:
    bare = re.sub(r"\{.*?\}", "", text, flags=re.DOTALL)
    places = [name.strip() for name in _between(bare, "PLACE").split(",")]
    transitions = {
        name: (_tokens(takes), _tokens(gives))
        for name, takes, gives in re.findall(
            r"TRANSITION\s+(\S+)\s+CONSUME\s*(.*?);\s*PRODUCE\s*(.*?);", bare, re.DOTALL
        )
    }
    return Lola(places, _tokens(_between(bare, "MARKING")), transitions)


def _between(text: str, word: str) -> str:
    found = re.search(rf"{word}\s+(.*?);", text, re.DOTALL)
    assert found
    return found[1]


def _tokens(text: str) -> Counter[str]:
    pairs = (part.strip().rpartition(":") for part in text.split(",") if part.strip())
    return Counter({name.strip(): int(count) for name, _, count in pairs})


def nets(shared: Path) -> Iterator[tuple[str, Lola]]:
    with tarfile.open(shared / "data" / "soundness" / "nets.tar.gz") as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member)
            if file is not None:
                yield Path(member.name).name, read_lola(file.read().decode())


def shows(lola: Lola, verdict: Finding) -> bool:
    """Whether the run leads to what is said of it."""
    marking = lola.replay(verdict.run)
    if verdict.flaw == "doubled":
        return all(marking[place] > 1 for place in verdict.places)
    if verdict.flaw == "deadlock":
        return not lola.goes_on_from(marking) and all(marking[place] for place in verdict.places)
    return lola.goes_on_from(marking)


def test_verdicts_on_industrial_nets_equal_their_labels_and_runs_replay(shared_dir: Path) -> None:
    labels = json.loads((shared_dir / "data" / "soundness" / "labels.json").read_text(encoding="utf-8"))
    table: Counter[tuple[str, str]] = Counter()
    for name, lola in nets(shared_dir):
        verdict = search(reduced(lola.net()), LIMIT)
        table[labels.pop(name)["why"] or "sound", _word(verdict)] += 1
        assert not isinstance(verdict, Finding) or shows(lola, verdict), name
    print("\nlabel, verdict, nets")
    for (label, said), count in sorted(table.items()):
        print(f"{label:20}{said:12}{count:5}")
    assert labels == {}
    assert {pair for pair in table if (pair[0] == "sound") != (pair[1] == "sound")} == {("cap", "sound")}
    assert table["cap", "sound"] == 1, UNDECIDED


def test_the_net_whose_label_is_undecided_is_sound_without_any_reduction_of_branches(shared_dir: Path) -> None:
    lola = dict(nets(shared_dir))[UNDECIDED]
    small = reduced(lola.net())
    assert isinstance(search(small, LIMIT), Sound)
    assert len(small.transitions) == 8
    assert isinstance(search(lola.net(), LIMIT), TooLarge), "why its label is undecided"


def test_reducing_a_net_does_not_change_the_verdict(shared_dir: Path) -> None:
    for name, lola in nets(shared_dir):
        whole = search(lola.net(), LIMIT)
        if not isinstance(whole, TooLarge):
            assert isinstance(whole, Sound) == isinstance(search(reduced(lola.net()), LIMIT), Sound), name


def _word(verdict: Verdict) -> str:
    return verdict.flaw if isinstance(verdict, Finding) else "sound" if isinstance(verdict, Sound) else "too large"


def words(text: str) -> Json:
    return {"zh-CN": text, "en": text}


def step(*following: str | Json) -> Json:
    routes = [route if isinstance(route, dict) else {"to": route} for route in following]
    return {"kind": "step", "role": "engineer", "title": words("step"), "fields": [], "next": routes}


def parallel(join: str, *branches: str) -> Json:
    return {"kind": "parallel", "title": words("all"), "join": join, "next": [{"to": branch} for branch in branches]}


def meeting(to: str) -> Json:
    return {"kind": "join", "title": words("join"), "next": [{"to": to}]}


END = {"kind": "end", "outcome": "repaired"}


def flow(start: str, **nodes: Json) -> Outline:
    document: Json = {
        "format": 1,
        "key": "test.flow",
        "title": words("Flow"),
        "applies_to": [],
        "roles": {"engineer": {}},
        "start": start,
        "nodes": {**nodes, "done": END},
    }
    return outline(check_shape(document, BUILT_IN), BUILT_IN)


SPLIT = parallel("both", "left", "right")
BOTH = meeting("done")
BROKEN = {
    "flow.work_left_over": flow("split", split=SPLIT, left=step("done"), right=step("both"), both=BOTH),
    "flow.not_synchronised": flow(
        "split", split=SPLIT, left=step("after"), right=step("after"), after=step("both"), both=BOTH
    ),
    "flow.deadlock": flow(
        "first", first=step({"to": "left", "when": "true"}, "split"), split=SPLIT, left=step("both"),
        right=step("both"), both=BOTH,
    ),
    "flow.never_ends": flow("first", first=step("second"), second=step("first")),
}  # fmt: skip


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_flow_is_told_with_the_run_that_shows_it(code: str) -> None:
    found = list(soundness_problems(BROKEN[code]))

    assert [problem.code for problem in found] == [code]
    assert isinstance(found[0].params["run"], list)


def test_a_run_names_the_routes_from_the_start_in_order() -> None:
    (found,) = soundness_problems(BROKEN["flow.deadlock"])

    assert found.params["run"] == ["first/0", "left/0"]
    assert (found.element, found.at) == ("both", "/nodes/both")


def test_branches_that_meet_at_their_join_are_sound_whatever_else_happens() -> None:
    again = step({"to": "split", "rework": True, "when": "true"}, "done")
    found = flow(
        "split", split=SPLIT, left=step({"to": "left", "rework": True, "when": "true"}, "both"),
        right=step("more"), more=step("both"), both=meeting("check"), check=again,
    )  # fmt: skip

    assert list(soundness_problems(found)) == []


def test_a_branch_with_a_condition_may_be_left_out() -> None:
    split = {**SPLIT, "next": [{"to": "left", "when": "true"}, {"to": "right"}]}

    assert list(soundness_problems(flow("split", split=split, left=step("both"), right=step("both"), both=BOTH))) == []


def test_a_flow_beyond_the_bound_is_said_to_be_too_large() -> None:
    found = flow("split", split=SPLIT, left=step("both"), right=step("both"), both=BOTH)

    assert [problem.code for problem in soundness_problems(found, 1)] == ["flow.too_large_to_decide"]
    assert list(soundness_problems(found, 10)) == []


def test_many_parallel_branches_need_few_markings() -> None:
    nodes: dict[str, Json] = {}
    for number in range(20):
        branches = [f"branch_{number}_{each}" for each in range(8)]
        nodes |= {name: step(f"both_{number}") for name in branches}
        nodes[f"split_{number}"] = parallel(f"both_{number}", *branches)
        nodes[f"both_{number}"] = meeting(f"split_{number + 1}" if number < 19 else "done")
    whole = net_of(flow("split_0", **nodes))

    assert isinstance(search(reduced(whole), 100), Sound)
