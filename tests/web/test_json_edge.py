"""What strangers may send as JSON."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from mendloop.edge.json_guard import MAX_BYTES, MAX_DEPTH, read_json
from mendloop.problems import Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from werkzeug.test import TestResponse

Visit = Callable[..., Visitor]
ROUTE = "/api/v1/session/language"

# Documents that the specification accepts and our rules refuse, each for a reason the design gives.
OUR_OWN_REFUSALS = {
    "y_object_duplicated_key.json": "json.duplicate_key",
    "y_object_duplicated_key_and_value.json": "json.duplicate_key",
    "y_string_null_escape.json": "json.nul",
    "y_object_escaped_null_in_key.json": "json.nul",
}


def put(visitor: Visitor, body: bytes) -> TestResponse:
    return visitor.send("PUT", ROUTE, data=body, content_type="application/json")


def code_of(answer: TestResponse) -> str:
    assert answer.content_type == "application/problem+json"
    document = json.loads(answer.data)
    return str(document["problems"][0]["code"])


@pytest.fixture
def documents(shared_dir: Path) -> Iterator[Path]:
    files = sorted((shared_dir / "data" / "json-parsing").glob("*.json"))
    assert len(files) > 250
    return iter(files)


def test_every_document_of_the_parsing_suite_is_answered_as_it_must_be(
    visit: Visit, cast: Cast, documents: Iterator[Path]
) -> None:
    ada = visit(cast.ada)
    wrong = [line for file in documents if (line := verdict(file, put(ada, file.read_bytes())))]
    assert wrong == []


def verdict(file: Path, answer: TestResponse) -> str:
    """Empty when the answer is right."""
    status, code = answer.status_code, code_of(answer) if answer.status_code >= 400 else ""
    if status >= 500 or (file.name.startswith("n_") and not 400 <= status < 500):
        return f"{file.name}: {status}"
    if file.name in OUR_OWN_REFUSALS:
        return "" if code == OUR_OWN_REFUSALS[file.name] else f"{file.name}: {code}"
    if file.name.startswith("y_") and code.startswith("json."):
        return f"{file.name}: {code}"
    return ""


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"language": "en", "language": "en"}', "json.duplicate_key"),
        (b'{"language": NaN}', "json.not_a_number"),
        (b'{"language": -Infinity}', "json.not_a_number"),
        (b'{"language": 1e400}', "json.number_too_large"),
        (b'{"language": "\\u0000"}', "json.nul"),
        (b'{"\\u0000": "en"}', "json.nul"),
        (b'{"language": "\\ud800"}', "json.lone_surrogate"),
        (b'{"language": 9007199254740993}', "json.integer_too_large"),
        (b'{"language": -9007199254740993}', "json.integer_too_large"),
        (b'{"language": ' + b"9" * 5000 + b"}", "json.integer_too_large"),
        (b'{"language": "\xff"}', "json.not_utf8"),
        (b"[" * 33 + b"]" * 33, "json.too_deep"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "json.too_deep"),
        (b"", "json.syntax"),
        (b"\xef\xbb\xbf{}", "json.syntax"),
        (b"{'language': 'en'}", "json.syntax"),
    ],
)
def test_what_two_parsers_could_read_differently_is_refused(visit: Visit, cast: Cast, body: bytes, code: str) -> None:
    answer = put(visit(cast.ada), body)
    assert 400 <= answer.status_code < 500
    assert code_of(answer) == code


def test_what_is_within_the_limits_is_read() -> None:
    deepest = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert read_json(deepest)
    assert read_json(b'{"n": 9007199254740992, "s": "\\ud83d\\ude00"}') == {"n": 2**53, "s": "😀"}


def test_brackets_inside_a_text_are_no_depth() -> None:
    assert read_json(json.dumps({"text": "[" * 100}).encode()) == {"text": "[" * 100}


def test_a_body_over_a_megabyte_is_refused(visit: Visit, cast: Cast) -> None:
    answer = put(visit(cast.ada), b'{"language": "' + b"x" * MAX_BYTES + b'"}')
    assert answer.status_code == 413
    assert code_of(answer) == "body_too_large"


def test_a_limit_on_the_body_is_always_set(app: Flask) -> None:
    assert app.config["MAX_CONTENT_LENGTH"] == MAX_BYTES


def test_another_content_type_is_refused(visit: Visit, cast: Cast) -> None:
    answer = visit(cast.ada).send("PUT", ROUTE, data=b'{"language": "en"}', content_type="text/plain")
    assert answer.status_code == 415


def test_a_wrong_shape_names_every_place(visit: Visit, cast: Cast) -> None:
    answer = put(visit(cast.ada), b'{"langauge": "en"}')
    assert answer.status_code == 422
    assert [problem["at"] for problem in json.loads(answer.data)["problems"]] == ["/language"]


def test_problems_come_in_the_readers_language(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    assert put(ada, b'{"language": "zh-CN"}').status_code == 204
    assert "JSON 格式有误" in json.loads(put(ada, b"{").data)["detail"]


def test_the_guard_reports_its_refusals_with_codes() -> None:
    with pytest.raises(Refusal) as refused:
        read_json(b"nope")
    assert refused.value.problems[0].code == "json.syntax"
