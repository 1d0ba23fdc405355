"""Conditions on paper: in the words of the designer, whatever somebody wrote."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mendloop.printed.conditions import Sentence
from mendloop.printed.procedure import procedure_of
from mendloop.printed.speech import Speech
from mendloop.testing.designing import builtin_document
from mendloop.words import LANGUAGES, catalogue

SAID = ("and", "or", "bracketed", "list_comma", "empty", "hours", "within", "out_of", "op.", "member.", "result.")


def said_by_the_designer(checkout: Path, language: str) -> dict[str, str]:
    file = checkout / "designer" / "src" / "words" / f"conditions.{language}.json"
    words: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    named = {key.removeprefix("conditions."): text for key, text in words.items()}
    return {key: text for key, text in named.items() if key.startswith(SAID) and (key in SAID or "." in key)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_and_designer_have_the_same_words_for_conditions(checkout: Path, language: str) -> None:
    ours = {key.removeprefix("condition."): text for key, text in catalogue(language).items()}
    wanted = said_by_the_designer(checkout, language)
    assert len(wanted) > 50
    assert {key: ours.get(key) for key in wanted} == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_says_conditions_as_the_designer_does(checkout: Path, language: str) -> None:
    """The designer's sentences are held against the same file in designer/test/conditions/sentence.test.ts."""
    file = checkout / "designer" / "test" / "conditions" / "sentences.json"
    examples: list[dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    assert len(examples) > 80
    for each in examples:
        speech = Speech(language, builtin_document(each["template"])["nodes"])
        assert speech.condition(each["node"], each["source"]).text == each[language], each["source"]


@pytest.mark.parametrize("source", ["a &&", "(a", "1 +* 2", "", "“a”", "a.b.c ? 1 : 2", "[1, 2].all(x, x > 0)"])
def test_what_cannot_be_said_is_shown_as_it_is_written(source: str) -> None:
    assert Speech("en", {}).condition("step", source) == Sentence(source, is_code=True)


NAMES = st.sampled_from("abcdef")
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
SOURCE = st.sampled_from(
    ["a", "steps.a.b > 1", "visits", "steps", "order", "!(a in ['x'])", "size(visits.a) > 0", "a[0]"]
)
TYPES = st.sampled_from(
    [
        *(
            "instruction",
            "text",
            "long_text",
            "integer",
            "number",
            "boolean",
            "choice",
            "multi_choice",
            "date",
            "table",
        ),
        *("datetime", "photo", "checklist", "reading", "safety_gate", "scan", "parts", "signature", "other"),
    ]
)
SETTINGS = (
    *(
        "label",
        "help",
        "text",
        "safety",
        "pictures",
        "confirm",
        "min",
        "max",
        "unit",
        "options",
        "items",
        "shots",
        "norm",
    ),
    *(
        "tolerance",
        "soft_limit",
        "advice",
        "instrument",
        "points",
        "removes",
        "second_person",
        "photo",
        "expect",
        "lines",
    ),
    *(
        "columns",
        "rows",
        "fixed",
        "meaning",
        "who",
        "checks",
        "value",
        "visible",
        "required",
        "multiple",
        "allow_other",
    ),
)


def listed(**optional: Any) -> st.SearchStrategy[Any]:
    return st.lists(st.fixed_dictionaries({}, optional=optional) | JSON, max_size=3)


ENTRY = listed(
    id=NAMES | JSON, label=JSON, part=JSON, sha256=JSON, that=SOURCE | JSON, not_ok=JSON, min=JSON, pair=JSON
)
FIELD = st.fixed_dictionaries(
    {"type": TYPES | JSON, "id": NAMES | JSON},
    optional=dict.fromkeys(SETTINGS, ENTRY | SOURCE | JSON),
)
EDGES = listed(to=NAMES | JSON, exit=NAMES | JSON, when=SOURCE | JSON, rework=JSON, limit=JSON, label=JSON)
NODE = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["step", "choice", "parallel", "join", "end", "order", "wait", "other"]) | JSON,
        "title": JSON,
        "role": NAMES | JSON,
        "join": NAMES | JSON,
        "standard_minutes": JSON,
        "not_same_person_as": st.lists(NAMES | JSON, max_size=2) | JSON,
        "fields": st.lists(FIELD | JSON, max_size=3) | JSON,
        "next": EDGES | JSON,
    },
)
DRAFT = st.fixed_dictionaries(
    {"format": st.just(1)},
    optional={
        "title": JSON,
        "start": NAMES | JSON,
        "roles": JSON,
        "applies_to": listed(product=JSON, faults=JSON) | JSON,
        "nodes": st.dictionaries(NAMES, NODE | JSON, max_size=5) | JSON,
    },
)


def places_in(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place of a document, with where it is."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield (*path, key)
        yield from places_in(each, (*path, key))


def put(value: Any, path: tuple[str | int, ...], odd: Any) -> Any:
    """The document with something else in that place."""
    if not path:
        return odd
    if isinstance(value, list):
        return [put(each, path[1:], odd) if index == path[0] else each for index, each in enumerate(value)]
    return {key: put(each, path[1:], odd) if key == path[0] else each for key, each in value.items()}


@pytest.mark.parametrize("odd", [None, 5, "x", [], {}, [5], {"en": 5}, [{"en": ["x"]}]], ids=str)
@pytest.mark.parametrize("name", ["isolate", "rotor", "parts", "inspect", "unlock", "handover", "measure"])
def test_no_place_of_a_template_is_too_odd_to_be_printed(name: str, odd: Any) -> None:
    pump = builtin_document("pump/overhaul")
    document = {**pump, "start": name, "nodes": {name: pump["nodes"][name]}}
    for path in places_in(document["nodes"]):
        procedure_of(put(document, ("nodes", *path), odd), "en")


@given(document=DRAFT, language=st.sampled_from(LANGUAGES))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_no_draft_is_too_odd_to_be_printed(document: dict[str, Any], language: str) -> None:
    procedure = procedure_of(document, language)
    assert procedure.picture.startswith("<svg ")
    nodes = document.get("nodes")
    count = len(nodes) if isinstance(nodes, dict) else 0
    assert len(procedure.nodes) + len(procedure.ends) == count
