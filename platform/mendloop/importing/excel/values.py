"""What people write into the cells of a checklist: yes and no, numbers, limits, kinds of fields."""

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_CELLS: dict[str, list[str]] = json.loads(Path(__file__).with_name("cells.json").read_text(encoding="utf-8"))
YES, NO = frozenset(_CELLS["yes"]), frozenset(_CELLS["no"])
TYPES = {word: key.removeprefix("type ") for key, words in _CELLS.items() if key.startswith("type ") for word in words}
_NUMBER = r"[+-]?\d+(?:[.,]\d+)?"
MOST = 1e15
_UNIT = r"\s*(\D{0,20})"
_AROUND = re.compile(rf"({_NUMBER})\s*(?:±|\+/-)\s*({_NUMBER}){_UNIT}")
_BETWEEN = re.compile(rf"({_NUMBER})\s*\D{{0,6}}?\s*(?:~|～|–|—|-|至|到|to|\.\.\.?)\s*({_NUMBER}){_UNIT}")
_AT_MOST = re.compile(rf"(?:<=|≤|<|不大于|不超过|小于|max\.?|at most)\s*({_NUMBER}){_UNIT}", re.IGNORECASE)
_AT_LEAST = re.compile(rf"(?:>=|≥|>|不小于|不低于|大于|min\.?|at least)\s*({_NUMBER}){_UNIT}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a value should be, and between what. None: open."""

    norm: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return self.norm is None and self.low is None and self.high is None


def plain(text: str) -> str:
    """Without white space around it, full-width signs as usual ones, in small letters."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def yes_or_no(text: str) -> bool | None:
    """What a cell says; None when it says neither."""
    word = plain(text)
    if word in YES or re.fullmatch(r"[1-9]\d?", word):
        return True
    return False if word in NO or word == "0" else None


def count_in(text: str) -> int:
    """The number in a cell such as `2` or `2 张`; 1 where there is none."""
    found = re.match(r"(\d{1,2})\s*(张|次|photos?|x)?\s*$", plain(text))
    return max(1, min(int(found[1]), 50)) if found else 1


def number_in(text: str) -> tuple[float, str] | None:
    """A number and what stands behind it: `0.05 mm`, `1,200`, `15分钟`. None for anything else."""
    word = re.sub(r"(?<=\d),(?=\d{3}\b)", "", unicodedata.normalize("NFKC", text).strip())
    found = re.fullmatch(rf"({_NUMBER})\s*(\D{{0,20}})", word)
    if found is None:
        return None
    value = float(found[1].replace(",", "."))
    return (value, found[2].strip()) if abs(value) < MOST else None


def limits_in(text: str) -> Limits | None:
    """`0~0.05mm`, `≤0.05`, `0.02±0.01`, `12`: None where the text is no limit, or one that cannot be kept exactly."""
    found = _limits_in(text)
    ends = (found.norm, found.low, found.high) if found is not None else ()
    return None if any(end is not None and abs(end) >= MOST for end in ends) else found


def end_in(text: str, part: Literal["min", "max"]) -> tuple[float, str] | None:
    """What stands in a column for one end, with its unit: `50`, or `≤50` for the upper and `>0.5 MΩ` for the lower one.
    None where it says something else."""
    alone = number_in(text)
    if alone is not None:
        return alone
    found = limits_in(text) or Limits()
    end, other = (found.low, found.high) if part == "min" else (found.high, found.low)
    return (end, found.unit) if end is not None and other is None and found.norm is None else None


def _limits_in(text: str) -> Limits | None:
    word = unicodedata.normalize("NFKC", text).strip()
    if found := _AROUND.fullmatch(word):
        norm, around = _float(found[1]), abs(_float(found[2]))
        return Limits(norm, round(norm - around, 9), round(norm + around, 9), found[3].strip())
    if found := _BETWEEN.fullmatch(word):
        return Limits(None, _float(found[1]), _float(found[2]), found[3].strip())
    if found := _AT_MOST.fullmatch(word):
        return Limits(None, None, _float(found[1]), found[2].strip())
    if found := _AT_LEAST.fullmatch(word):
        return Limits(None, _float(found[1]), None, found[2].strip())
    alone = number_in(word)
    return Limits(alone[0], None, None, alone[1]) if alone is not None else None


def _float(text: str) -> float:
    return float(text.replace(",", "."))


def type_called(text: str) -> str | None:
    """The field type that a cell names; None when it names none of ours."""
    return TYPES.get(plain(text))


def options_in(text: str) -> list[str]:
    """The options that a cell lists."""
    return [each.strip() for each in re.split(r"[/／、,，;；|\n]", text) if each.strip()][:100]


def is_chinese(text: str) -> bool:
    """Whether a text is Chinese, as far as its letters tell."""
    return re.search(r"[\u3400-\u9fff]", text) is not None


def words(text: str, english: str = "", chinese: str = "") -> dict[str, str]:
    """A text in the languages that are known of it."""
    found = {"zh-CN" if is_chinese(text) or not re.search("[A-Za-z]", text) else "en": text}
    if english:
        found["en"] = english
    if chinese:
        found["zh-CN"] = chinese
    return {language: found[language] for language in ("zh-CN", "en") if found.get(language)}


def name_from(text: str, otherwise: str) -> str:
    """A name for machines: from a Latin text, else made up."""
    made = re.sub(r"[^a-z0-9]+", "_", plain(text)).strip("_")[:40].strip("_")
    return made if re.match(r"[a-z]", made) and not is_chinese(text) else otherwise
