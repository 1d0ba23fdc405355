"""One word, one meaning: what has a name in Chinese is called so on screens, on the phone, in print and in guides."""

import re
from pathlib import Path

import pytest

OTHERS = {
    "情景": "场景",
    "备件": "配件",
    "合格": '“正常”|“异常”|"正常"|"异常"|异常时',
    "已修复": "已修好",
    "版本": r"第 ?\{number\} ?版|第 ?\d+ ?版",
    "判断": '"分流"|"分支"',
    "作业人员": "操作人签|作业人(?!员)",
}
"""What something is called, and what it is not called."""
FOLDERS = ("designer/src/words", "platform", "docs/guides")
SEARCHED_BY = re.compile(r'"\w+\.find_')
"""By such words people find something that is called otherwise."""


@pytest.mark.parametrize("called", OTHERS)
def test_a_thing_has_one_name(called: str, checkout: Path) -> None:
    other = re.compile(OTHERS[called])
    said = [line for line in sayings(checkout) if other.search(line) and not SEARCHED_BY.search(line)]
    assert said == []


def test_names_are_said_somewhere(checkout: Path) -> None:
    everything = "\n".join(sayings(checkout))
    assert [called for called in OTHERS if called not in everything] == []


def sayings(checkout: Path) -> list[str]:
    """Every line of the catalogues and of the guides in Chinese."""
    files = [each for folder in FOLDERS for each in (checkout / folder).rglob("*zh-CN*") if is_ours(each)]
    return [line for each in sorted(files) for line in each.read_text(encoding="utf-8").splitlines()]


def is_ours(path: Path) -> bool:
    return path.suffix in {".json", ".md"} and not {"static", "node_modules"} & set(path.parts)
