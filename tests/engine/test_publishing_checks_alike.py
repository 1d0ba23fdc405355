"""What a designer is shown while typing is what publishing says: no surprise at the end."""

import copy
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from mendloop.checking.services import check_document, check_for_publishing
from mendloop_engine.check import check_template
from mendloop_engine.problems import Problem
from test_broken_templates import BROKEN, Break

BUILTIN = sorted((Path(__file__).parents[2] / "builtin_templates").glob("*/*.json"))


def told(problems: Iterable[Problem]) -> list[tuple[str, str, str, str]]:
    return [(one.code, one.at, one.level, json.dumps(one.to_json(), ensure_ascii=False)) for one in problems]


def assert_alike(document: Any) -> None:
    shown = told(check_document(document).problems)
    assert told(check_for_publishing(document).problems) == shown
    assert told(check_template(document).problems) == shown


@pytest.mark.parametrize("break_it", [case[1] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_template_is_told_alike(pump: dict[str, Any], break_it: Break) -> None:
    broken = copy.deepcopy(pump)
    break_it(broken)
    assert_alike(broken)


@pytest.mark.parametrize("file", BUILTIN, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_built_in_template_is_told_alike_whole_and_with_warnings_and_failing_scenarios(file: Path) -> None:
    document = json.loads(file.read_text(encoding="utf-8"))
    assert_alike(document)
    del document["title"]["en"]
    for scenario in document.get("scenarios", []):
        scenario["expect"] = {"ended": "otherwise"}
    assert len(check_document(document).problems) > 1
    assert_alike(document)
