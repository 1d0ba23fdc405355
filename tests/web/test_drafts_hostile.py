"""What strangers and broken browsers may send as a draft."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mendloop.drafts.api import MAX_BYTES
from mendloop.drafts.content import content_of
from mendloop.drafts.picture import draw
from mendloop.testing.cast import Cast
from mendloop.testing.designing import Desk, codes_of, sit_down
from mendloop.testing.visitor import Visitor
from werkzeug.test import TestResponse

Visit = Callable[..., Visitor]


@pytest.fixture
def dee(visit: Visit, cast: Cast) -> Desk:
    return sit_down(visit(cast.dee))


def put(desk: Desk, body: bytes) -> TestResponse:
    return desk.visitor.send("PUT", desk.path("draft"), data=body, content_type="application/json")


def with_document(text: str) -> bytes:
    return b'{"expected_revision": 1, "document": ' + text.encode("utf-8", "surrogatepass") + b"}"


@pytest.mark.parametrize(
    ("document", "status", "code"),
    [
        ('{"format": 1, "a": 1, "a": 2}', 422, "json.duplicate_key"),
        ('{"format": 1, "a": NaN}', 400, "json.not_a_number"),
        ('{"format": 1, "a": 1e999}', 422, "json.number_too_large"),
        ('{"format": 1, "a": 9007199254740993}', 422, "json.integer_too_large"),
        ('{"format": 1, "a": "\\u0000"}', 422, "json.nul"),
        ('{"format": 1, "a": "\\ud800"}', 422, "json.lone_surrogate"),
        ('{"format": 1, "a": ' + "[" * 40 + "]" * 40 + "}", 422, "json.too_deep"),
        ('{"format": 1', 400, "json.syntax"),
        ('{"format": "1"}', 422, "draft.format_unknown"),
        ("{}", 422, "draft.format_unknown"),
        ("null", 422, "request.shape"),
        ("[]", 422, "request.shape"),
    ],
)
def test_what_no_template_could_be_is_refused_and_nothing_is_saved(
    dee: Desk, document: str, status: int, code: str
) -> None:
    answer = put(dee, with_document(document))
    assert answer.status_code == status
    assert codes_of(answer) == [code]
    assert dee.open()["revision"] == 1


def test_more_than_two_megabytes_are_refused_before_they_are_read(dee: Desk) -> None:
    answer = put(dee, with_document('{"format": 1, "a": "' + "x" * MAX_BYTES + '"}'))
    assert answer.status_code == 413
    start = b'{"document": {"format": 1, "a": "' + b"x" * MAX_BYTES + b'"}}'
    begun = dee.visitor.send("POST", "/api/v1/templates", data=start, content_type="application/json")
    assert begun.status_code == 413


def test_other_routes_still_take_no_more_than_one_megabyte(dee: Desk) -> None:
    answer = dee.send("PUT", "rights", {"people": {}, "filler": "x" * 1_000_000})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "change",
    [
        {"expected_revision": -1},
        {"expected_revision": 2**31 - 1},
        {"expected_revision": 2**53},
        {"expected_revision": "first"},
        {"expected_revision": None},
        {"layout": []},
        {"layout": "x"},
        {"note": "x" * 2001},
        {"session": "x" * 65},
        {"session": 7},
    ],
)
def test_a_save_of_a_wrong_shape_is_refused(dee: Desk, change: dict[str, Any]) -> None:
    body = {"expected_revision": 1, "document": dee.document, **change}
    assert dee.send("PUT", "draft", body).status_code == 422


@pytest.mark.parametrize("name", ["x" * 5000, "%F0%9F%94%A7", "..", "' OR 1=1 --", "%0A"])
def test_odd_ids_are_nobodys(visit: Visit, cast: Cast, name: str) -> None:
    assert visit(cast.dee).get(f"/api/v1/templates/{name}/draft", buffered=True).status_code in {400, 404}


def test_odd_words_come_back_as_they_were_sent(dee: Desk) -> None:
    odd = "</script>\u2028 🔧 \\u0041 \x7f \u202e <!-- ${7*7} {{7*7}}"
    dee.save({"format": 1, odd: [odd, {odd: odd}], "title": {"en": odd}}, {odd: {"x": 1e-7, "y": -0.0}})
    found = dee.open()
    assert found["document"] == {"format": 1, odd: [odd, {odd: odd}], "title": {"en": odd}}
    listed = (dee.visitor.get("/api/v1/drafts").json or {})["templates"]
    assert listed[0]["title"]["en"] == odd
    assert odd not in dee.visitor.get("/templates/").text


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
NODE = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["step", "choice", "parallel", "join", "end", "order", "wait", "other"]) | JSON,
        "standard_minutes": JSON,
        "next": st.lists(
            st.fixed_dictionaries({"to": st.sampled_from("abcdef") | JSON}, optional={"rework": JSON}) | JSON,
            max_size=4,
        )
        | JSON,
    },
)
DRAFT = st.fixed_dictionaries(
    {"format": st.just(1)},
    optional={
        "title": JSON,
        "start": st.sampled_from("abcdef") | JSON,
        "nodes": st.dictionaries(st.sampled_from("abcdef"), NODE | JSON, max_size=6) | JSON,
    },
)


@given(document=DRAFT)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_draft_is_too_odd_to_be_listed_and_drawn(document: dict[str, Any]) -> None:
    content = content_of(document)
    assert json.loads(content.document_text) == document
    assert content.standard_minutes >= 0
    assert all(isinstance(text, str) for text in content.title.values())
    assert draw(document).startswith("<svg ")
