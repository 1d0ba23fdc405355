"""What the columns of a checklist are called, in Chinese and in English."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from mendloop.importing.excel.workbook import Row

Part: TypeAlias = Literal[
    "item", "step", "step_english", "number", "type", "unit", "norm", "min", "max", "photo", "required", "minutes",
    "role", "english", "chinese", "help", "options", "tools", "answer",
]  # fmt: skip

_CALLED: Mapping[Part, list[str]] = json.loads(Path(__file__).with_name("headings.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Columns:
    """The table of a sheet: the row of its headings, which column holds what, and the columns nobody knows."""

    row: Row
    parts: dict[Part, int]
    unit: str
    unknown: dict[int, str]
    answers: dict[int, str]

    def cell(self, row: Row, part: Part) -> str:
        """The text of that part in a row; empty where there is no such column."""
        column = self.parts.get(part)
        return row.cells[column] if column is not None and column < len(row.cells) else ""


def find_columns(rows: Sequence[Row]) -> Columns | None:
    """The headings among the first rows: the row that names an item or a step, and the most parts besides."""
    found = [_columns(row) for row in rows[:25]]
    usable = [each for each in found if {"item", "step", "chinese", "english"} & each.parts.keys()]
    best = max(usable, key=lambda each: len(each.parts), default=None)
    if best is None or (len(best.parts) == 1 and len(best.unknown) > 1):
        return None
    return best


def _columns(row: Row) -> Columns:
    parts: dict[Part, int] = {}
    unknown: dict[int, str] = {}
    answers: dict[int, str] = {}
    unit = ""
    for column, text in row.filled():
        part, inside = part_called(text)
        if part == "answer":
            answers[column] = text
            continue
        if part is None or part in parts:
            unknown[column] = text
            continue
        parts[part] = column
        if part in ("norm", "min", "max") and inside:
            unit = unit or inside
    if "item" not in parts:
        _item_otherwise(parts)
    return Columns(row, parts, unit, unknown, answers)


def _item_otherwise(parts: dict[Part, int]) -> None:
    """Without a column for items, the words themselves are the items; else the steps are."""
    for part in ("chinese", "english"):
        if part in parts:
            parts["item"] = parts[part]
            return
    if "step" in parts:
        parts["item"] = parts.pop("step")


def part_called(text: str) -> tuple[Part | None, str]:
    """Which part a heading names, and what stands in brackets behind it: `标准值（mm）` is the norm, in mm."""
    whole = _plain(text)
    bare = _plain(re.sub(r"[（(\[【].*?[）)\]】]", "", text))
    inside = re.search(r"[（(\[【]\s*(.*?)\s*[）)\]】]", text)
    part = _parts().get(whole) or _parts().get(bare)
    for half in re.split(r"[/／\n|]", text) if part is None else ():
        part = part or _parts().get(_plain(re.sub(r"[（(].*?[）)]", "", half)))
    return part, inside[1] if inside else ""


@cache
def _parts() -> dict[str, Part]:
    found: dict[str, Part] = {}
    for part, names in _CALLED.items():
        for name in names:
            found.setdefault(_plain(name), part)
    return found


def _plain(text: str) -> str:
    return re.sub(r"[\s:：*＊_\-]+", "", text).lower()
