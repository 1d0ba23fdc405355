"""From sheets to steps and their lines: by a column for steps, by headlines between the rows, or a sheet for each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mendloop.importing.excel.headings import Columns, Part, find_columns
from mendloop.importing.excel.workbook import Row, Sheet, column_letter
from mendloop.importing.registry import LeftOut

_USUAL_TITLE = re.compile(r"(sheet|工作表|表)\s*\d*", re.IGNORECASE)
_SECTION = re.compile(
    r"^(第?[一二三四五六七八九十]+[、章节步．.]|[（(][一二三四五六七八九十]+[)）]|step\s+\d|[A-Z][.、)])", re.IGNORECASE
)
_NUMBER = re.compile(r"[\d.、．()（）\-]+")
_NOTE = re.compile(r"^(注意?|备注|说明|note|remark|warning|注意事项)\s*\d*\s*[:：.、]", re.IGNORECASE)
_FORM = re.compile(
    r"(编制|编写|审核|批准|校对|签名|签字|日期|检查人|操作人|确认人|客户|prepared|approved|checked by|signature|date)"
    r"[^:：]{0,12}[:：]",
    re.IGNORECASE,
)
MOST_LISTED = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, by what its columns mean."""

    sheet: str
    row: int
    columns: Columns
    source: Row

    def text(self, part: Part) -> str:
        """The text of one part."""
        return self.columns.cell(self.source, part)

    def left_out(self, text: str, why: str, column: int | None = None) -> LeftOut:
        """Something of this row that is not taken over; its column is found by its text where it is not given."""
        alone = [place for place, cell in self.source.filled() if cell == text]
        place = column if column is not None else alone[0] if len(alone) == 1 else None
        return LeftOut(self.sheet, self.row, text[:500], why, None if place is None else column_letter(place))


@dataclass(slots=True)
class Step:
    """What becomes one step: its name, its rows, the notes beside them."""

    title: str
    english: str = ""
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """What a sheet holds. `title` stood above its headings."""

    title: str = ""
    steps: list[Step] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def read_table(sheet: Sheet) -> Table:
    """The steps of a sheet, and everything in it that belongs to none."""
    table = Table()
    columns = find_columns(sheet.rows)
    if columns is None:
        table.left_out += _without_headings(sheet)
        return table
    above = [row for row in sheet.rows if row.number < columns.row.number]
    table.title = _title(above)
    for row in above:
        if _only(row) != table.title:
            table.left_out.append(LeftOut(sheet.title, row.number, _joined(row), "above_table"))
    table.left_out += _columns_left_out(sheet, columns)
    usual = _USUAL_TITLE.fullmatch(sheet.title) is not None
    reading = _Reading(sheet.title, columns, table, Step(table.title if usual else sheet.title))
    for row in sheet.rows:
        if row.number > columns.row.number:
            reading.take(row)
    return table


def _without_headings(sheet: Sheet) -> Iterator[LeftOut]:
    if not sheet.rows:
        yield LeftOut(sheet.title, None, "", "empty_sheet")
    for row in sheet.rows[:MOST_LISTED]:
        yield LeftOut(sheet.title, row.number, _joined(row), "no_headings")
    if len(sheet.rows) > MOST_LISTED:
        yield LeftOut(sheet.title, sheet.rows[MOST_LISTED].number, "…", "no_headings")


def _title(above: Sequence[Row]) -> str:
    return next((text for row in above if (text := _only(row)) and not _FORM.search(text)), "")


def _only(row: Row) -> str:
    """The text of a row that has one text only, perhaps repeated where cells were merged."""
    texts = {text for _, text in row.filled()}
    return texts.pop() if len(texts) == 1 else ""


def _joined(row: Row) -> str:
    return " | ".join(text for _, text in row.filled())[:500]


def _columns_left_out(sheet: Sheet, columns: Columns) -> Iterator[LeftOut]:
    for column, text in columns.unknown.items():
        yield LeftOut(sheet.title, columns.row.number, text, "unknown_column", column_letter(column))
    for column, text in columns.answers.items():
        yield LeftOut(sheet.title, columns.row.number, text, "answer_column", column_letter(column))


@dataclass(slots=True)
class _Reading:
    """Goes through the rows below the headings."""

    sheet: str
    columns: Columns
    table: Table
    step: Step
    named: str = ""

    def take(self, row: Row) -> None:
        """One row: a headline, a note, an item, or something that is listed as left out."""
        if row.cells == self.columns.row.cells:
            return  # the headings again, at the top of the next page
        line = Line(self.sheet, row.number, self.columns, row)
        headline = self._headline(row)
        if headline:
            self._other_than_an_item(line, headline)
            return
        self.table.left_out += self._beside(line)
        name = line.text("step")
        if name and name != self.named:
            self.named = name
            self._begin(Step(name, line.text("step_english")))
        if line.text("item") or name:
            self._into_step(line)
        elif _known(line):
            self.table.left_out.append(line.left_out(_joined(row), "no_item"))

    def _headline(self, row: Row) -> str:
        """The text of a row that is no item: one text, at the left of the table, or numbered like a chapter."""
        parts = self.columns.parts
        numbers, items = parts.get("number"), parts.get("item")
        filled = [each for each in row.filled() if each[0] != numbers or not _NUMBER.fullmatch(each[1])]
        texts = {text for _, text in filled}
        if len(texts) != 1 or filled[0][0] == parts.get("step"):
            return ""
        column, text = filled[0]
        is_other = _SECTION.match(text) or _NOTE.match(text) or _FORM.search(text)
        at_the_left = column != items and column <= min(each for each, _ in self.columns.row.filled())
        return text if at_the_left or (is_other and column in (numbers, items)) or len(filled) > 1 else ""

    def _other_than_an_item(self, line: Line, text: str) -> None:
        if _NOTE.match(text):
            self._note(text)
        elif _FORM.search(text):
            self.table.left_out.append(line.left_out(text, "form_line"))
        else:
            self._begin(Step(text))

    def _begin(self, step: Step) -> None:
        self.step = step
        self.table.steps.append(step)

    def _note(self, text: str) -> None:
        self._be_in_a_step()
        self.step.notes.append(text)

    def _into_step(self, line: Line) -> None:
        self._be_in_a_step()
        self.step.lines.append(line)

    def _be_in_a_step(self) -> None:
        if not any(each is self.step for each in self.table.steps[-1:]):
            self.table.steps.append(self.step)

    def _beside(self, line: Line) -> Iterator[LeftOut]:
        """The cells that stand in columns nobody knows, or where an answer is to be written, or under no heading."""
        known = set(self.columns.parts.values())
        for column, text in line.source.filled():
            if column in self.columns.answers:
                yield line.left_out(f"{self.columns.answers[column]}: {text}", "answer_given", column)
            elif column in self.columns.unknown:
                yield line.left_out(f"{self.columns.unknown[column]}: {text}", "unknown_column", column)
            elif column not in known:
                yield line.left_out(text, "no_heading", column)


def _known(line: Line) -> bool:
    return any(line.text(part) for part in line.columns.parts if part != "number")
