"""A step that switches power on and is reached under a lock is told before it is published, and only then."""

from typing import Any, cast

import pytest
from engine_bench import plan_of, step, template, words
from locked_flows import played_to_an_end, random_flow
from mendloop_engine import parse_template
from mendloop_engine.soundness import told_run
from mendloop_engine.template import examine_template

Document = dict[str, Any]
GATE = {"id": "loto", "type": "safety_gate", "points": ["MCC-12"]}
OFF = {"id": "off", "type": "safety_gate", "removes": "isolate.loto"}
WARRANTY = {"when": "order.warranty", "label": words("w")}
SURE, PERHAPS = "flow.energised_locked", "flow.energised_perhaps"


def trial(to: str = "done", **more: Any) -> Document:
    return step(to=to, energises=True, **more)


def told(document: Document) -> list[tuple[str, str, Any]]:
    codes = (SURE, PERHAPS, "flow.energised_gate")
    return [(each.code, each.at, each.params.get("gates")) for each in parsed(document) if each.code in codes]


def parsed(document: Document) -> Any:
    return examine_template(document).problems


def flow(**nodes: Document) -> Document:
    return template(nodes, start="isolate")


def test_a_removal_behind_the_test_run_is_an_error_at_the_step() -> None:
    document = flow(isolate=step(GATE, to="run"), run=trial("off"), off=step(OFF))

    assert told(document) == [(SURE, "/nodes/run/energises", ["isolate.loto"])]
    assert parse_template(document).errors  # type: ignore[union-attr]


def test_the_run_that_leads_there_is_told_step_by_step() -> None:
    document = flow(
        isolate=step(GATE, next=[{**WARRANTY, "to": "off"}, {"to": "mend"}]), off=step(OFF, to="run"),
        mend=step(to="run"), run=trial(),
    )  # fmt: skip
    examined = examine_template(document)
    (found,) = [each for each in examined.problems if each.code == PERHAPS]

    assert found.params["run"] == ["isolate/1", "mend/0"]
    assert [each.node for each in told_run(examined.outline, ["isolate/1", "mend/0"])] == ["isolate", "mend", "run"]


def test_a_removal_before_the_test_run_is_in_order() -> None:
    document = flow(isolate=step(GATE, to="off"), off=step(OFF, to="run"), run=trial())

    assert told(document) == []
    assert plan_of(document).start == "isolate"


def test_a_removal_in_the_very_step_that_energises_comes_too_late() -> None:
    document = flow(isolate=step(GATE, to="run"), run=step(OFF, energises=True))

    assert told(document) == [(SURE, "/nodes/run/energises", ["isolate.loto"])]


def test_a_route_past_the_removal_is_a_warning_for_a_condition_may_keep_work_from_it() -> None:
    document = flow(
        isolate=step(GATE, next=[{**WARRANTY, "to": "off"}, {"to": "run"}]), off=step(OFF, to="run"), run=trial()
    )

    assert told(document) == [(PERHAPS, "/nodes/run/energises", ["isolate.loto"])]
    assert plan_of(document).start == "isolate"


def test_it_is_an_error_when_every_route_is_under_the_lock() -> None:
    document = flow(
        isolate=step(GATE, next=[{**WARRANTY, "to": "mend"}, {"to": "run"}]), mend=step(to="run"), run=trial("off"),
        off=step(OFF),
    )  # fmt: skip

    assert [code for code, *_ in told(document)] == [SURE]


def test_a_lock_that_only_rework_leaves_on_is_a_warning() -> None:
    again = {**WARRANTY, "to": "isolate", "rework": True}
    document = template({
        "look": trial("mend"),
        "mend": step(next=[{**WARRANTY, "to": "isolate"}, {"to": "done"}]),
        "isolate": step(GATE, next=[{**again, "to": "look"}, {"to": "off"}]),
        "off": step(OFF),
    }, start="look")  # fmt: skip

    assert [code for code, *_ in told(document)] == [PERHAPS]


@pytest.mark.parametrize("loose", [{"required": False}, {"visible": "order.warranty"}, {"visible": False}])
def test_a_removal_that_may_be_left_out_is_not_relied_on(loose: Document) -> None:
    document = flow(isolate=step(GATE, to="off"), off=step({**OFF, **loose}, to="run"), run=trial())

    assert [code for code, *_ in told(document)] == [PERHAPS if loose.get("visible") == "order.warranty" else SURE]


def branches(left: dict[str, Document], right: dict[str, Document], **more: Any) -> dict[str, Document]:
    ways = [{"to": next(iter(left))}, {"to": next(iter(right)), **more}]
    split = {"kind": "parallel", "title": words("p"), "join": "both", "next": ways}
    return {"split": split, **left, **right, "both": {"kind": "join", "title": words("j"), "next": [{"to": "last"}]}}


def test_a_step_waits_for_the_branch_beside_it_that_takes_the_lock_off() -> None:
    both = branches({"run": trial("both")}, {"off": step(OFF, to="both")})

    assert told(flow(isolate=step(GATE, to="split"), **both, last=step())) == []


def test_a_branch_that_may_be_left_out_is_not_waited_for() -> None:
    both = branches({"run": trial("both")}, {"off": step(OFF, to="both")}, **WARRANTY)

    found = told(flow(isolate=step(GATE, to="split"), **both, last=step(OFF)))
    assert [code for code, *_ in found] == [PERHAPS]


def test_two_branches_that_wait_for_each_other_are_told() -> None:
    left = {"run": trial("off"), "off": step(OFF, to="both")}
    right = {"run2": trial("off2"), "off2": step(OFF, to="both")}

    found = told(flow(isolate=step(GATE, to="split"), **branches(left, right), last=step()))
    assert [at for _, at, _ in found] == ["/nodes/run/energises", "/nodes/run2/energises"]


def test_a_lock_that_a_branch_beside_leaves_on_may_come_first() -> None:
    both = branches({"run": trial("both")}, {"isolate": step(GATE, to="both")})

    assert [code for code, *_ in told(template({**both, "last": step(OFF)}, start="split"))] == [SURE]


def test_a_lock_that_the_branch_beside_takes_off_again_is_only_waited_for() -> None:
    both = branches({"run": trial("both")}, {"isolate": step(GATE, to="off"), "off": step(OFF, to="both")})

    assert told(template({**both, "last": step()}, start="split")) == []


def test_all_gates_that_stand_are_named_together() -> None:
    second = {**GATE, "id": "valve"}
    document = flow(isolate=step(GATE, second, to="run"), run=trial("off"), off=step(OFF))

    assert told(document) == [(SURE, "/nodes/run/energises", ["isolate.loto", "isolate.valve"])]


def test_locking_where_power_comes_back_is_told_for_a_pause_would_never_end() -> None:
    document = flow(isolate=step(GATE, to="off", energises=True), off=step(OFF))

    assert told(document) == [("flow.energised_gate", "/nodes/isolate/fields/0", None)]


def stuck_in(document: Document) -> set[str]:
    """The steps that energise at which some run stops."""
    return {played_to_an_end(document, seed) for seed in range(12)}.intersection(document["nodes"])


@pytest.mark.parametrize("part", range(4))
def test_where_nothing_is_told_no_run_is_stuck_and_where_an_error_is_told_some_run_is(part: int) -> None:
    silent = errors = 0
    for seed in range(part * 40, part * 40 + 40):
        document = random_flow(seed)
        examined = examine_template(document)
        found = [each.code for each in examined.problems]
        for each in examined.problems:
            if each.code in (SURE, PERHAPS) and "run" in each.params:
                assert told_run(examined.outline, cast("list[str]", each.params["run"]))[-1].node == each.element
        stuck = stuck_in(document)
        if SURE in found:
            errors += 1
            assert stuck, seed
        elif PERHAPS not in found:
            silent += 1
            assert not stuck, seed
    assert min(silent, errors) >= 5
