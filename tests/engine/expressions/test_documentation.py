"""Every example in the documentation is accepted as it stands."""

import re
from pathlib import Path

import pytest
from mendloop_engine.expressions import Expression, Type, parse_expression

EXAMPLES = re.compile(r"```cel\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("page", ["expressions.md", "expressions.zh-CN.md"])
def test_examples_for_designers_are_valid(checkout: Path, names: dict[str, Type], page: str) -> None:
    (examples,) = EXAMPLES.findall((checkout / "docs" / page).read_text("utf-8"))
    refused = {
        source: read for source in examples.splitlines() if isinstance(read := parse_expression(source, names), list)
    }
    assert refused == {}
    assert isinstance(parse_expression(examples.splitlines()[0], names), Expression)
