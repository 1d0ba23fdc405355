"""The written examples: what both engines must answer, topic by topic."""

from collections.abc import Iterator
from typing import Any

import pytest
from differential.examples import Both, contains, files, plan_of, read
from differential.peer import Peer, bundle
from mendloop_engine.fields import BUILT_IN

EXPECTATIONS = ("events", "problems", "state")


@pytest.fixture(scope="module", params=[(), ("--everything",)], ids=["in pieces", "everything at once"])
def peer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    """The browser engine as the app has it, and with everything at once as `loadPlan` gives it."""
    with Peer(bundle(tmp_path_factory.mktemp("examples")), *request.param) as running:
        yield running


def cases(folder: str) -> list[Any]:
    return [
        pytest.param(example, case, id=f"{name.split('/')[-1].removesuffix('.json')}: {case['name']}")
        for name in files(folder)
        for example in [read(name)]
        for case in example["cases"]
    ]


@pytest.mark.parametrize(("example", "case"), cases("flow"))
def test_an_order_goes_as_written(example: dict[str, Any], case: dict[str, Any], peer: Peer) -> None:
    both = Both(peer, plan_of(example["template"]), case.get("order", {}))
    assert contains(both.opening.get("events"), case.get("opening", both.opening["events"]))
    for act in case["acts"]:
        asked = {name: value for name, value in act.items() if name not in EXPECTATIONS}
        outcome = both.act(asked)
        found = [[problem["code"], problem["at"]] for problem in outcome.get("problems", ())]
        assert found == act.get("problems", []), asked
        assert contains(outcome.get("events", []), act.get("events", outcome.get("events", []))), outcome
        assert contains(both.server.state.to_json(), act.get("state", both.server.state.to_json())), outcome


def field_template(example: dict[str, Any]) -> dict[str, Any]:
    words = {"zh-CN": "示例", "en": "Example"}
    field = {"id": "field", "label": words, **example["field"]}
    node = {"kind": "step", "role": "engineer", "title": words, "fields": [field], "next": [{"to": "done"}]}
    return {
        "format": 1, "key": "example.field", "title": words, "roles": {"engineer": {}}, "start": "only",
        "nodes": {"only": node, "done": {"kind": "end", "outcome": "done", "title": words}},
    }  # fmt: skip


@pytest.mark.parametrize(("example", "case"), cases("fields"))
def test_an_answer_is_kept_as_written(example: dict[str, Any], case: dict[str, Any], peer: Peer) -> None:
    both = Both(peer, plan_of(field_template(example)), example.get("order", {}))
    view = both.view("only", {"field": case["answer"]})["field"]
    found = [[problem["code"], problem["at"].removeprefix("/answers/field")] for problem in view["problems"]]
    assert {"kept": view["value"], "problems": found} == {"kept": case["kept"], "problems": case.get("problems", [])}


def test_every_built_in_type_has_examples() -> None:
    written = {read(name)["field"]["type"] for name in files("fields")}
    assert written == set(BUILT_IN.names())
