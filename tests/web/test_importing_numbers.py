"""Numbers in files of JSON: what a browser could not keep is refused with its place."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor


@pytest.fixture
def dee(visit: Callable[..., Visitor], cast: Cast) -> Visitor:
    return visit(cast.dee)


def send(visitor: Visitor, content: bytes) -> tuple[int, dict[str, Any]]:
    sent = {"file": (BytesIO(content), "a.json")}
    answer = visitor.send("POST", "/api/v1/templates/import", data=sent, content_type="multipart/form-data")
    return answer.status_code, json.loads(answer.data)


NUMBERS = [
    "9007199254740992",
    "9007199254740993",
    "-9007199254740992",
    "100000000000000000000",
    "1e20",
    "9e15",
    "1" * 5000,
]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_cannot_be_kept_is_refused_with_its_place(dee: Visitor, checkout: Path, number: str) -> None:
    """A browser would change it in silence, and could not save it: no file of ours holds one."""
    text = (checkout / "builtin_templates/pump/overhaul.json").read_text(encoding="utf-8")
    document = json.loads(text)
    document["nodes"]["isolate"]["standard_minutes"] = "HERE"
    content = json.dumps(document).replace('"HERE"', number).encode()
    if number == "9e15":
        assert [each["code"] for each in send(dee, content)[1]["problems"]] == ["template.too_large"]
        return
    [problem] = send(dee, content)[1]["problems"]
    assert (problem["code"], problem["at"]) == ("import.number_too_large", "/nodes/isolate/standard_minutes")
    assert f"{document['nodes']['isolate']['title']['en']} · Standard time" in problem["message"]


def test_a_number_that_cannot_be_kept_never_slips_in_beside_another_mistake(dee: Visitor) -> None:
    for content in (b'{"a": 99999999999999999999, "a": 1}', b'{"a": 99999999999999999999, "b": ' + b"[" * 5000):
        status, found = send(dee, content)
        assert (status, found["problems"][0]["code"]) == (422, "json.integer_too_large")
