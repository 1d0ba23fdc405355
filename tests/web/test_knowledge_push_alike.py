"""Examples that the phone's ranking is tried with too: the server puts the same case first."""

import json
from pathlib import Path
from typing import Any

import pytest
from mendloop.knowledge.search import open_index
from mendloop.knowledge.search.entries import Entry, Question

EXAMPLES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "platform" / "runner" / "test" / "case_ranking.json").read_text(encoding="utf-8")
)
LISTS = ("faults", "checks")


def as_told(said: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if name in LISTS else value for name, value in said.items()}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: str(each["name"]))
def test_the_server_puts_the_same_case_first(tmp_path: Path, example: dict[str, Any]) -> None:
    index = open_index(tmp_path / "search")
    index.put([Entry(template="pump.overhaul", **as_told(each)) for each in example["cases"]])
    hits = index.search(Question(template="pump.overhaul", **as_told(example["asked"])))
    index.close()
    assert hits[0].entry_id == example["first"]
