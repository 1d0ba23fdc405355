"""What each field type keeps of an answer, refuses, and still wants."""

from typing import Any

import pytest
from engine_bench import HASH, Bench, plan_of, step, template, words
from mendloop_engine import FieldType, FieldTypes, Problems, built_in_types, compile_plan, evaluate_step, parse_template
from mendloop_engine.expressions import STRING, Type
from mendloop_engine.fields.text import Text

OPTIONS = [{"id": name, "label": words(name)} for name in "abc"]
CAMERA = {"photo": HASH, "source": "camera", "at": "2026-01-05T08:00:00.000Z"}
GALLERY = {**CAMERA, "source": "gallery"}
ITEMS = [
    {"id": "seal", "label": words("s"), "not_ok": {"note": True, "photo": 1, "reading": {"unit": "mm"}}},
    {"id": "bolt", "label": words("b"), "allow_na": False},
]
LINES = [{"part": "S-1", "required": True, "faults": ["P-1*"]}, {"part": "S-2"}]
BEYOND = {"unit": "mm", "tolerance": [0, 1], "soft_limit": [None, 2], "hard_limit": [-5, None]}

CASES: list[tuple[str, dict[str, Any], Any, Any]] = [
    ("instruction", {"text": words("read"), "confirm": True}, True, True),
    ("instruction", {"text": words("read"), "confirm": True}, False, ["answer.missing"]),
    ("instruction", {"text": words("read")}, True, ["answer.malformed"]),
    ("text", {}, " \u3000a\ufeff", "a"),
    ("text", {"max_length": 2}, "中文字", ["answer.too_long"]),
    ("text", {"max_length": 2}, "😀😀", "😀😀"),
    ("text", {"pattern": "a|b"}, "b", "b"),
    ("text", {"pattern": "a|b"}, "bc", ["answer.pattern"]),
    ("text", {"required": True}, "  ", ["answer.missing"]),
    ("long_text", {}, "a\nb", "a\nb"),
    ("integer", {"min": 1}, 3.0, 3),
    ("integer", {"min": 1}, 0, ["answer.too_small"]),
    ("integer", {}, 1.5, ["answer.malformed"]),
    ("integer", {}, True, ["answer.malformed"]),
    ("number", {"max": 1}, 1.01, ["answer.too_large"]),
    ("number", {}, "1", ["answer.malformed"]),
    ("boolean", {"required": True}, False, False),
    ("choice", {"options": OPTIONS}, "d", ["answer.not_an_option"]),
    ("multi_choice", {"options": OPTIONS}, ["c", "a", "c"], ["a", "c"]),
    ("multi_choice", {"options": OPTIONS, "min": 2, "max": 2}, ["a"], ["answer.too_few"]),
    ("multi_choice", {"options": OPTIONS, "max": 2}, ["a", "b", "c"], ["answer.too_many"]),
    ("date", {"min": "2026-01-01"}, "2025-12-31", ["answer.too_small"]),
    ("date", {}, "2026-02-29", ["answer.not_a_date"]),
    ("date", {}, "2028-02-29", "2028-02-29"),
    ("datetime", {}, "2026-01-05T08:00:00Z", ["answer.not_a_moment"]),
    ("photo", {"shots": [{"id": "a", "min": 2}]}, {"a": [CAMERA]}, ["photo.shot_missing"]),
    ("photo", {"shots": [{"id": "a", "max": 1}]}, {"a": [CAMERA, CAMERA]}, ["photo.too_many"]),
    ("photo", {"shots": [{"id": "a"}]}, {"a": [CAMERA] * 50}, {"a": [CAMERA] * 50}),
    ("photo", {"shots": [{"id": "a"}]}, {"a": [CAMERA] * 51}, ["photo.too_many"]),
    ("photo", {"shots": [{"id": "a"}], "camera_only": True}, {"a": [GALLERY]}, ["photo.camera_only"]),
    ("photo", {"shots": [{"id": "a"}]}, {"b": [CAMERA]}, ["photo.unknown_shot"]),
    ("photo", {"shots": [{"id": "a"}]}, {"a": []}, ["answer.missing"]),
    ("photo", {"shots": [{"id": "a"}]}, {"a": ["x"]}, ["answer.malformed"]),
    ("checklist", {"items": ITEMS}, {"seal": {"result": "ok"}}, ["checklist.item_missing"]),
    ("checklist", {"items": ITEMS}, {"seal": {"result": "not_ok", "note": " "}, "bolt": {"result": "ok"}},
     ["checklist.note_missing", "checklist.photo_missing", "checklist.reading_missing"]),
    ("checklist", {"items": ITEMS}, {"bolt": {"result": "na"}}, ["checklist.na_not_allowed"]),
    ("reading", BEYOND, {"value": 1.5}, {"value": 1.5, "in_tolerance": False}),
    ("reading", BEYOND, {"value": 2.5}, ["reading.reason_missing"]),
    ("reading", BEYOND, {"value": 2.5, "reason": " worn "}, {"value": 2.5, "in_tolerance": False, "reason": "worn"}),
    ("reading", BEYOND, {"value": -6}, ["reading.impossible"]),
    ("scan", {"expect": "asset"}, [{"code": " P-101 "}], [{"code": "P-101", "format": "", "typed": False}]),
    ("scan", {"expect": "asset"}, [{"code": "P-102"}], ["scan.wrong_asset"]),
    ("scan", {"expect": {"part": "S-1"}}, [{"code": "S-2"}], ["scan.wrong_part"]),
    ("scan", {}, [{"code": "a"}, {"code": "b"}], ["scan.too_many"]),
    ("parts", {"lines": LINES}, None, ["parts.line_missing"]),
    ("parts", {"lines": LINES, "allow_other": False}, [{"part": "X", "quantity": 1, "action": "used"}],
     ["parts.not_planned"]),
    ("parts", {"lines": LINES}, [{"part": "S-1", "quantity": 1.0, "action": "used", "serial": ""}],
     [{"part": "S-1", "quantity": 1, "action": "used"}]),
    ("parts", {}, [{"part": "S-1", "quantity": 0, "action": "used"}], ["answer.malformed"]),
    ("signature", {}, {"name": " ", "image": HASH}, ["signature.name_missing"]),
    ("table", {"columns": [{"id": "n", "type": "integer"}], "fixed": OPTIONS}, [{"n": 1}], ["table.row_unknown"]),
    ("table", {"columns": [{"id": "n", "type": "integer"}], "rows": {"max": 1}}, [{"n": 1}, {"n": 2}],
     ["answer.too_many"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "keys", "raw", "expected"), CASES)
def test_an_answer_is_kept_or_refused(kind: str, keys: dict[str, Any], raw: Any, expected: Any) -> None:
    bench = Bench(plan_of(template({"work": step({"id": "f", "type": kind, **keys})})))
    view = evaluate_step(bench.plan, "work", {"f": raw}, bench.history, bench.state, "2026-01-05T08:00:00.000Z")["f"]
    codes = [problem.code for problem in view.problems]
    if codes:
        assert codes == expected
    else:
        assert (view.value, type(view.value)) == (expected, type(expected))


def test_a_computed_date_has_the_form_of_a_date() -> None:
    fields: list[dict[str, Any]] = [
        {"id": "day", "type": "date", "value": "order.created"},
        {"id": "moment", "type": "datetime", "value": "order.created"},
        {"id": "kept", "type": "integer", "default": 5},
        {"id": "share", "type": "number", "default": 2},
    ]
    bench = Bench(plan_of(template({"work": step(*fields)})))
    bench.complete("work")
    assert bench.events[-2].answers == {
        "day": "2026-01-05", "moment": "2026-01-05T08:00:00.000Z", "kept": 5, "share": 2,
    }  # fmt: skip


class Colour(Text):
    """A field type as a plugin would bring it."""

    name = "colour"

    def cel_type(self, settings: Any) -> Type:
        return STRING


def test_a_plugins_field_type_is_registered_like_the_built_in_ones() -> None:
    types = built_in_types()
    types.register(Colour())
    document = template({"work": step({"id": "paint", "type": "colour", "pattern": "#[0-9a-f]{6}"})})
    assert isinstance(parse_template(document), Problems)
    parsed = parse_template(document, types)
    assert not isinstance(parsed, Problems)
    bench = Bench(compile_plan(parsed))
    visit = bench.start("work")
    assert bench.refuse("CompleteStep", visit=visit, answers={"paint": "red"}) == [("answer.pattern", "/answers/paint")]


def test_a_name_is_registered_once() -> None:
    colour: FieldType = Colour()
    with pytest.raises(ValueError, match="colour"):
        FieldTypes([colour, colour])


@pytest.mark.parametrize(
    ("places", "expected"),
    [((None, "de"), []), (("de", "nde"), []), (("de", "de"), ["name.duplicate"]), ((None, None), ["name.duplicate"])],
)
def test_a_part_is_planned_once_for_each_position(places: tuple[str | None, ...], expected: list[str]) -> None:
    lines = [{"part": "6205", **({} if place is None else {"position": place})} for place in places]
    parsed = parse_template(template({"work": step({"id": "f", "type": "parts", "lines": lines})}))
    assert ([each.code for each in parsed.errors] if isinstance(parsed, Problems) else []) == expected
