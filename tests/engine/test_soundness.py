"""Soundness of flows: the verdict on nets from industry with known labels, and on templates, with runs that replay."""

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from mendloop.testing.lola import read_nets, shows, word
from mendloop_engine.fields import BUILT_IN
from mendloop_engine.soundness import (
    Finding,
    Net,
    NetBuilder,
    Sound,
    TooLarge,
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


def test_verdicts_on_industrial_nets_equal_their_labels_and_runs_replay(shared_dir: Path) -> None:
    labels = json.loads((shared_dir / "data" / "soundness" / "labels.json").read_text(encoding="utf-8"))
    table: Counter[tuple[str, str]] = Counter()
    for name, lola in read_nets(shared_dir / "data" / "soundness"):
        verdict = search(reduced(lola.net()), LIMIT)
        table[labels.pop(name)["why"] or "sound", word(verdict)] += 1
        assert not isinstance(verdict, Finding) or shows(lola, verdict), name
    print("\nlabel, verdict, nets")
    for (label, said), count in sorted(table.items()):
        print(f"{label:20}{said:12}{count:5}")
    assert labels == {}
    assert {pair for pair in table if (pair[0] == "sound") != (pair[1] == "sound")} == {("cap", "sound")}
    assert table["cap", "sound"] == 1, UNDECIDED


def test_the_net_whose_label_is_undecided_is_sound_without_any_reduction_of_branches(shared_dir: Path) -> None:
    lola = dict(read_nets(shared_dir / "data" / "soundness"))[UNDECIDED]
    small = reduced(lola.net())
    assert isinstance(search(small, LIMIT), Sound)
    assert len(small.transitions) < 8
    assert isinstance(search(lola.net(), LIMIT), TooLarge), "why its label is undecided"


def test_reducing_a_net_does_not_change_the_verdict(shared_dir: Path) -> None:
    for name, lola in read_nets(shared_dir / "data" / "soundness"):
        whole = search(lola.net(), LIMIT)
        if not isinstance(whole, TooLarge):
            assert isinstance(whole, Sound) == isinstance(search(reduced(lola.net()), LIMIT), Sound), name


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

    assert [problem.code for problem in found if problem.code != "flow.dead_step"] == [code]
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


def test_what_lies_behind_a_join_that_never_passes_is_told_as_dead() -> None:
    found = list(soundness_problems(
        flow("split", split=SPLIT, left=step("done"), right=step("both"), both=meeting("after"), after=step("done"))
    ))  # fmt: skip

    assert [problem.code for problem in found] == ["flow.work_left_over", "flow.dead_step"]
    assert (found[1].element, found[1].params) == ("both", {"nodes": ["both", "after"]})


def test_a_join_that_some_runs_pass_is_not_dead() -> None:
    assert [problem.code for problem in soundness_problems(BROKEN["flow.deadlock"])] == ["flow.deadlock"]


def random_net(seed: int) -> Net:
    """Grown from one step by what designers do: a step between, another way, a loop, a wait for something else."""
    chance, builder, fresh = random.Random(seed), NetBuilder(), 1
    flows: list[tuple[list[str], list[str]]] = [(["p0"], ["o"])]
    for _ in range(chance.randint(1, 8)):
        number, other = chance.randrange(len(flows)), chance.randrange(len(flows))
        (takes, gives), place = flows[number], f"p{fresh}"
        kind = chance.choice(["between", "way", "loop", "wait"])
        if kind == "between":
            flows[number], fresh = (takes, [place]), fresh + 1
            flows.append(([place], gives))
        elif kind == "way":
            flows.append((takes, gives))
        elif "o" not in gives and kind == "loop":
            flows.append((gives, takes))
        elif "o" not in gives and takes != ["p0"]:
            flows[number], fresh = (takes, [*gives, place]), fresh + 1
            flows[other] = ([*flows[other][0], place], flows[other][1])
    for number, (takes, gives) in enumerate(flows):
        builder.transition(f"t{number}", takes, gives)
    return builder.net(["p0"], ["o"] if chance.random() < 0.5 else [])


def test_reducing_changes_no_verdict_and_no_transition_that_can_fire_on_random_nets() -> None:
    verdicts: Counter[str] = Counter()
    for seed in range(3_000):
        net = random_net(seed)
        whole, small = search(net, LIMIT), search(reduced(net), LIMIT)
        assert isinstance(whole, Sound) == isinstance(small, Sound), seed
        if isinstance(whole, Sound) and isinstance(small, Sound):
            assert whole.fired == small.fired, seed
        verdicts[word(whole)] += 1
    assert min(verdicts[each] for each in ("sound", "deadlock", "doubled", "left_over", "livelock")) > 3, verdicts


def test_thousands_of_nodes_reduce_quickly_and_too_many_markings_are_admitted() -> None:
    chain, wide = NetBuilder(), NetBuilder()
    for number in range(5_000):
        for step_ in (1, 4, 9):
            chain.transition(f"{number}+{step_}", [f"p{number}"], [f"p{min(number + step_, 5_000)}"])
    wide.transition("split", ["i"], [f"a{each}" for each in range(40)])
    for each in range(40):
        beside = f"b{(each + 1) % 40}"
        wide.transition(f"go{each}", [f"a{each}"], [f"b{each}"])
        wide.transition(f"back{each}", [f"b{each}"], [f"a{each}"])
        wide.transition(f"out{each}", [f"b{each}", beside], [f"c{each}", beside])
        wide.transition(f"again{each}", [f"c{each}"], [f"a{each}"])
    wide.transition("join", [f"c{each}" for each in range(40)], ["o"])

    assert isinstance(search(reduced(chain.net(["p0"])), LIMIT), Sound)
    assert isinstance(search(reduced(wide.net(["i"])), LIMIT), TooLarge)
