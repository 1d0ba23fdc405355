"""The quick reader of schemas and jsonschema say the same of every document, whole or broken."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from house.places import ROOT
from jsonschema import Draft202012Validator
from mendloop_engine.fields import BUILT_IN
from mendloop_engine.schema import template_schema
from mendloop_engine.schema.fits import Fitting
from mendloop_engine.schema.validator import validator_for

SCHEMA = template_schema(BUILT_IN)
FILES = sorted((ROOT / "builtin_templates").glob("*/*.json"))
NUMBERS: list[Any] = [0, 1, 1.0, 1.5, -1, 2**60]
ODD: list[Any] = [None, True, False, *NUMBERS, "", "x", "Bad Name", "2026-01-01", [], [1], ["a"], {}, {"en": ""}]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in the document with one of its keys."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


def break_somewhere(document: Any, chance: random.Random) -> None:
    around, key = chance.choice(list(places(document)))
    act = chance.choice(["put", "remove", "add", "copy"])
    if act == "put":
        around[key] = chance.choice(ODD)
    elif act == "remove":
        del around[key]
    elif act == "add" and isinstance(around, dict):
        around[chance.choice(["titel", "min", "value", "visible", "rework", "limit", "x"])] = chance.choice(ODD)
    else:
        other, from_ = chance.choice(list(places(document)))
        around[key] = copy.deepcopy(other[from_])


def node_of(path: Path, seed: int) -> Any:
    """One node of a built-in template, broken a few times."""
    chance = random.Random(seed)
    document = json.loads(path.read_text(encoding="utf-8"))
    node = document["nodes"][chance.choice(list(document["nodes"]))]
    for _ in range(chance.randint(0, 3)):
        if node:
            break_somewhere(node, chance)
    return node


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_say_the_same_of_broken_nodes(path: Path) -> None:
    fits = Fitting(SCHEMA).reference("#/$defs/node")
    in_full = Draft202012Validator(SCHEMA).evolve(schema={"$ref": "#/$defs/node"})
    said = []
    for seed in range(150):
        node = node_of(path, seed)
        said.append(in_full.is_valid(node))
        assert fits(node) == said[-1], (seed, node)
    assert 20 < sum(said) < 130


def test_every_definition_and_every_odd_value() -> None:
    fitting, in_full = Fitting(SCHEMA), Draft202012Validator(SCHEMA)
    for name in SCHEMA["$defs"]:
        reference = f"#/$defs/{name}"
        for value in ODD:
            assert fitting.reference(reference)(value) == in_full.evolve(schema={"$ref": reference}).is_valid(value)


def test_passing_over_what_fits_hides_no_error_and_changes_none() -> None:
    for seed, path in enumerate(FILES * 3):
        document = json.loads(path.read_text(encoding="utf-8"))
        for _ in range(seed + 1):
            break_somewhere(document, random.Random(seed))
        told = [_told(error) for error in validator_for(BUILT_IN).iter_errors(document)]
        assert told == [_told(error) for error in Draft202012Validator(SCHEMA).iter_errors(document)]


def _told(error: Any) -> tuple[str, list[Any], list[Any]]:
    return error.validator, list(error.absolute_path), list(error.absolute_schema_path)


def test_keywords_that_are_not_read_are_left_to_jsonschema() -> None:
    either = {"anyOf": [{"type": "string"}, {"const": {"a": 1}}], "not": {"const": "x"}}
    fits = Fitting({"$defs": {"either": either, "list": {"items": {"$ref": "#/$defs/either"}}}})
    assert [fits.reference("#/$defs/either")(value) for value in ("y", "x", {"a": 1}, 3)] == [True, False, True, False]
    assert not fits.reference("#/$defs/list")(["y", 3])
