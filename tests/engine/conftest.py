"""A small pump template, and the bench beside this file on the path."""

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from engine_bench import step, template, words


@pytest.fixture
def pump() -> dict[str, Any]:
    """Lock-out, a reading with two routes, parallel work, an inspector who sends back twice at most."""
    verdict = [{"id": name, "label": words(name)} for name in ("passed", "rejected")]
    return template(
        {
            "isolate": step(
                {"id": "loto", "type": "safety_gate", "points": ["MCC-12", "valve V3"], "second_person": True},
                to="measure",
            ),
            "measure": step(
                {
                    "id": "runout",
                    "type": "reading",
                    "unit": "mm",
                    "tolerance": [0, 0.05],
                    "soft_limit": 0.08,
                    "hard_limit": [0, 5],
                },
                next=[{"to": "replace", "when": "runout.value > 0.05"}, {"to": "split"}],
            ),
            "replace": step(to="split"),
            "split": {
                "kind": "parallel",
                "join": "together",
                "next": [{"to": "clean"}, {"to": "paint", "when": "order.warranty"}],
            },
            "clean": step(to="together"),
            "paint": step(to="together"),
            "together": {"kind": "join", "next": [{"to": "restore"}]},
            "restore": step({"id": "unlock", "type": "safety_gate", "removes": "isolate.loto"}, to="test"),
            "test": step(to="inspect", energises=True),
            "inspect": step(
                {"id": "verdict", "type": "choice", "required": True, "options": verdict},
                {"id": "why", "type": "text"},
                role="inspector",
                not_same_person_as=["restore"],
                next=[
                    {
                        "to": "split",
                        "when": "verdict == 'rejected'",
                        "rework": True,
                        "limit": 2,
                        "exit": "scrapped",
                        "reason_field": "why",
                    },
                    {"to": "done"},
                ],
            ),
            "scrapped": {"kind": "end", "outcome": "scrapped"},
        },
        start="isolate",
    )
