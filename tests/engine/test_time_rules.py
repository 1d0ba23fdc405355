"""A template says what its time is; where a name says something else than holds without a word, that is told."""

from typing import Any

import pytest
from mendloop_engine.check import check_template


def template(step: dict[str, Any], reason: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": 1,
        "key": "timed",
        "title": {"en": "Timed"},
        "languages": ["en"],
        "roles": {"engineer": {}},
        "start": "travel_out",
        "pause_reasons": [{"id": "lunch", "label": {"en": "Lunch"}, **reason}],
        "nodes": {
            "travel_out": {
                "kind": "step",
                "title": {"en": "Drive"},
                "role": "engineer",
                "next": [{"to": "done"}],
                **step,
            },
            "done": {"kind": "end", "outcome": "repaired"},
        },
    }


def told(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each.code, each.at, each.level) for each in check_template(document).problems]


def test_a_name_that_says_otherwise_than_holds_is_a_warning() -> None:
    assert told(template({}, {})) == [
        ("time.travel_unsaid", "/nodes/travel_out/time", "warning"),
        ("time.elsewhere_unsaid", "/pause_reasons/0/time", "warning"),
    ]
    assert told(template({"time": "travel"}, {"id": "travel_to_depot"})) == [
        ("time.travel_unsaid", "/pause_reasons/0/time", "warning")
    ]


@pytest.mark.parametrize("time", ["work", "travel"])
def test_what_is_said_is_not_asked_again(time: str) -> None:
    assert told(template({"time": time}, {"time": "waiting"})) == []


def test_a_kind_of_time_that_does_not_exist_is_refused() -> None:
    assert {at for _, at, level in told(template({"time": "waiting"}, {"time": "work"})) if level == "error"} == {
        "/nodes/travel_out/time",
        "/pause_reasons/0/time",
    }
