"""The route that devices send to, given JSON that parsers disagree about."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mendloop.database import Database, new_id
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import put_up
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
PATH = "/api/v1/commands"
DEVICE = {"id": "phone-1", "incarnation": "1"}


def post(visitor: Visitor, body: bytes) -> int:
    return visitor.send("POST", PATH, data=body, content_type="application/json").status_code


def command(**changes: Any) -> dict[str, Any]:
    made = {"id": new_id(), "order": "o", "type": "StartStep", "at": "2026-11-22T09:00:00.000Z", "sequence": 1}
    return {**made, "payload": {}, **changes}


def test_documents_that_are_no_json_are_refused_and_none_is_our_fault(
    visit: Visit, cast: Cast, shared_dir: Path
) -> None:
    ada = visit(cast.ada)
    for file in sorted((shared_dir / "data" / "json-parsing").glob("*.json")):
        status = post(ada, file.read_bytes())
        assert 400 <= status < 500, file.name


def test_documents_inside_a_payload_never_become_an_error_of_ours(visit: Visit, cast: Cast, shared_dir: Path) -> None:
    ada = visit(cast.ada)
    for number, file in enumerate(sorted((shared_dir / "data" / "json-parsing").glob("*.json"))):
        whole = json.dumps({"device": {**DEVICE, "incarnation": str(number)}, "commands": [command(payload="@")]})
        body = whole.encode().replace(b'"@"', file.read_bytes())
        status = post(ada, body)
        assert status < 500, file.name
        assert status >= 400 or not file.name.startswith("n_"), file.name


@pytest.mark.parametrize(
    "payload",
    [
        {"visit": {"deep": [[[[1]]]]}},
        {"visit": "isolate#999999999999"},
        {"visit": "#", "answers": []},
        {"visit": "\u202e#1"},
        {"visit": 1e308},
        [],
        None,
        "text",
    ],
)
def test_payloads_that_make_no_sense_are_answered(visit: Visit, cast: Cast, database: Database, payload: Any) -> None:
    order = put_up(database, cast).open_order(cast.ada)
    for number, kind in enumerate(("StartStep", "CompleteStep", "LockPoint", "ReportFinding", 7, None), start=1):
        body = {
            "device": {**DEVICE, "incarnation": str(number)},
            "commands": [command(order=order, payload=payload, type=kind)],
        }
        answer = visit(cast.ada).send("POST", PATH, json=body)
        assert answer.status_code == 200
        assert [each["status"] for each in answer.json["answers"]] == ["rejected"]  # type: ignore[index]


def test_more_than_two_hundred_commands_are_too_many(visit: Visit, cast: Cast) -> None:
    body = {"device": DEVICE, "commands": [command(sequence=number) for number in range(1, 202)]}
    assert visit(cast.ada).send("POST", PATH, json=body).status_code == 422
