"""Scanned codes in the record: what did not match what was expected says so, beside the reason that was given."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from mendloop.work_orders.record.answers import tell
from mendloop.work_orders.record.speech import Speech
from mendloop_engine.expressions import STRING
from mendloop_engine.json_values import Json
from mendloop_engine.plan import PlanField

SPEECH = Speech("en", dt.UTC, {}, asset="P-7")


def scan(expect: Json = None) -> PlanField:
    return PlanField(
        id="plate",
        type="scan",
        label={"en": "Type plate"},
        help=None,
        internal=False,
        required=False,
        visible=True,
        value=None,
        default=None,
        checks=(),
        cel=STRING,
        settings={"multiple": True, "expect": expect},
    )


def codes(*read: str) -> list[dict[str, Any]]:
    return [{"code": code, "format": "", "typed": False} for code in read]


def test_a_code_that_does_not_match_is_marked_beside_its_reason() -> None:
    line = tell(scan("asset"), codes("P-8"), {"plate": "plate was swapped"}, SPEECH)
    assert (line.text, line.tone) == ("P-8", "bad")
    assert line.note == "does not match, expected P-7; plate was swapped"


def test_a_code_that_matches_is_good() -> None:
    line = tell(scan("asset"), codes("P-7"), {}, SPEECH)
    assert (line.text, line.tone, line.note) == ("P-7", "good", "")


def test_of_several_codes_each_is_compared() -> None:
    line = tell(scan({"part": "SEAL-40"}), codes("SEAL-40", "SEAL-50"), {"plate.1": "none left"}, SPEECH)
    assert [(item.label, item.text, item.tone) for item in line.items] == [
        ("SEAL-40", "matches", "good"),
        ("SEAL-50", "differs", "bad"),
    ]
    assert line.items[1].note == "does not match, expected SEAL-40"
    assert line.note == "none left"


@pytest.mark.parametrize("read", [("A",), ("A", "B")])
def test_codes_that_nothing_is_expected_of_are_only_shown(read: tuple[str, ...]) -> None:
    line = tell(scan(), codes(*read), {}, SPEECH)
    assert (line.text, line.tone, line.note) == ("; ".join(read), "plain", "")


@pytest.mark.parametrize(
    ("expect", "note"),
    [("asset", "typed in, not scanned"), (None, "typed in, not scanned")],
)
def test_a_code_that_was_typed_says_so(expect: Json, note: str) -> None:
    line = tell(scan(expect), [{"code": "P-7", "format": "typed", "typed": True}], {}, SPEECH)
    assert (line.text, line.note) == ("P-7", note)


def test_photos_stand_in_the_order_in_which_the_template_asks_for_them() -> None:
    shots: Json = [{"id": "front", "label": {"en": "Front"}}, {"id": "back", "label": {"en": "Back"}}]
    field = replace(scan(), type="photo", settings={"shots": shots})
    line = tell(field, {"back": [{"photo": "b"}], "front": [{"photo": "f"}]}, {}, SPEECH)
    assert [(shot.label, shot.photos) for shot in line.shots] == [("Front", ("f",)), ("Back", ("b",))]
