"""Lines of a BOM as people paste them out of Excel or a CSV file, and the same lines back as text."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mendloop.assets.positions import WHOLE, Position
from mendloop.assets.reading_files import as_table
from mendloop.numerals import plain_number
from mendloop.problems import Problem

MOST_TEXT = 900_000
COLUMNS = ("key", "parent", "zh", "en", "part", "quantity", "serial")
"""In this order when nothing stands above them; `level` only by its heading."""
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "key": ("位置号", "位号", "序号", "项次", "项号", "key", "position", "pos", "item", "find no", "item no"),
    "parent": ("上级", "上级位置", "上级位置号", "父项", "parent", "parent key", "in"),
    "level": ("层级", "级别", "层次", "阶层", "阶次", "level", "lvl"),
    "zh": ("名称", "中文名称", "品名", "零件名称", "物料名称", "name zh", "chinese name"),
    "en": ("英文名称", "name", "english name", "name en", "description", "label"),
    "part": ("料号", "物料编码", "物料号", "零件号", "图号", "备件号", "part", "part number", "part no", "number"),
    "quantity": ("数量", "用量", "单机用量", "qty", "quantity", "pcs"),
    "serial": ("序列号", "按序列号", "序列号管理", "serial", "serial number", "serial tracked"),
}
_YES = frozenset({"是", "有", "√", "1", "x", "y", "yes", "true", "✓", "v"})
_QUANTITY = re.compile(r"([0-9 .,]*[0-9])\s*\D*")


@dataclass(frozen=True, slots=True)
class Pasted:
    """The positions of a text; problems of lines that could not be read point to their positions like all others."""

    positions: tuple[Position, ...]
    problems: tuple[Problem, ...]


def read_lines(text: str) -> Pasted:
    """The lines of a table; the first may say what the columns are. What stands where is told by the parent's key, by
    level numbers, or by keys with dots (1.2 stands in 1)."""
    found, is_whole = _rows(text[:MOST_TEXT])
    rows = [row for row in found if any(row)]
    columns = _columns_of(rows[0]) if rows else None
    cells = [_cells(row, columns or COLUMNS) for row in (rows[1:] if columns else rows)]
    problems = [*_problems(text, cells), *([] if is_whole else [Problem("bom.cells_broken", at="/text")])]
    return Pasted(tuple(_placed([_named(line, number) for number, line in enumerate(cells, 1)])), tuple(problems))


def as_text(positions: Sequence[Position], headings: Sequence[str]) -> str:
    """The same as a table with tabs, as it can be edited, or pasted into Excel."""
    return as_table([headings, *as_rows(positions)])


def as_rows(positions: Sequence[Position]) -> Iterator[list[str]]:
    """Cells in the order of `COLUMNS`."""
    for each in positions:
        zh, en = (" ".join(each.label.get(language, "").split()) for language in ("zh-CN", "en"))
        yield [each.key, each.parent or "", zh, en, each.part or "", amount(each.milli), "1" if each.serial else ""]


def amount(milli: int) -> str:
    """Thousandths as people write them."""
    return f"{(Decimal(milli) / WHOLE).normalize():f}"


def milli_of(text: str) -> int | None:
    """A quantity in thousandths; None when it is none. A unit behind it does not matter."""
    found = _QUANTITY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    plain = plain_number(found[1]) if found is not None else None
    if plain is None:
        return None
    milli = Decimal(plain) * WHOLE
    return int(milli) if milli == milli.to_integral_value() else None


def _rows(text: str) -> tuple[list[list[str]], bool]:
    """The cells of every line, and whether all of them could be read."""
    text = text.lstrip("\ufeff\n\r")
    first = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first else ";" if first.count(";") > first.count(",") else ","
    reader, found = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter), list[list[str]]()
    try:
        for row in reader:
            found.append([cell.strip() for cell in row])
    except csv.Error:
        return found, False
    return found, True


def _columns_of(row: Sequence[str]) -> list[str] | None:
    """What each column holds, when this is a line of headings: two of them at least are known, and no two are alike."""
    known = {name: column for column, names in HEADINGS.items() for name in names}
    found = [known.get(cell.casefold().strip(" .:：*"), "") for cell in row]
    named = [column for column in found if column]
    return found if len(named) > 1 and len(set(named)) == len(named) else None


def _cells(row: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    return {column: _unprotected(cell) for column, cell in zip(columns, row, strict=False) if column}


def _unprotected(cell: str) -> str:
    """Without the apostrophe that our own files put before what a spreadsheet would compute."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@＝＋－＠" else cell


def _problems(text: str, cells: Sequence[Mapping[str, str]]) -> Iterator[Problem]:
    if len(text) > MOST_TEXT:
        yield Problem("bom.text_too_long", at="/text", params={"limit": MOST_TEXT})
    for index, line in enumerate(cells):
        quantity = line.get("quantity", "")
        if quantity and milli_of(quantity) is None:
            yield Problem("bom.quantity_unread", at=f"/lines/{index}", params={"number": index + 1, "text": quantity})


def _named(line: Mapping[str, str], number: int) -> dict[str, str]:
    """With a key: its own, or one made of its name."""
    own = line.get("key", "")
    made = re.sub(r"[^a-z0-9]+", "-", line.get("en", "").casefold()).strip("-")[:40]
    return {**line, "key": own or (f"{made}-{number}" if made else f"p{number}")}


def _placed(lines: Sequence[Mapping[str, str]]) -> Iterator[Position]:
    keys = {line["key"] for line in lines}
    by_level = any(line.get("level") for line in lines) and not any(line.get("parent") for line in lines)
    above: list[str] = []
    for line in lines:
        parent = line.get("parent") or None
        if by_level:
            level = _level(line.get("level", ""))
            above = [*above[: level - 1], line["key"]]
            parent = above[-2] if len(above) > 1 else None
        elif parent is None:
            parent = _dotted(line["key"], keys)
        yield _position(line, parent)


def _level(text: str) -> int:
    """1 at the top; written 1, .1, ..2 or L2."""
    digits = re.sub(r"\D", "", text)
    return max(1, min(int(digits), 100)) if 0 < len(digits) < 4 else 1


def _dotted(key: str, keys: set[str]) -> str | None:
    head = key.rpartition(".")[0]
    return head if head in keys and re.fullmatch(r"[0-9.]+", key) else None


def _position(line: Mapping[str, str], parent: str | None) -> Position:
    label = {"zh-CN": line.get("zh", ""), "en": line.get("en", "")}
    return Position(
        key=line["key"],
        parent=parent,
        label={language: words for language, words in label.items() if words},
        part=line.get("part") or None,
        milli=milli_of(line.get("quantity", "") or "1") or 0,
        serial=line.get("serial", "").casefold() in _YES,
    )
