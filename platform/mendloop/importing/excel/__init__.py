"""Checklists in Excel: a sheet for each step, a column for the steps, or headlines between the rows."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from mendloop_engine.environment import RESERVED
from mendloop_engine.template.names import CEL_WORDS

from mendloop.importing.excel.fields import Fields, free_name
from mendloop.importing.excel.languages import DONE, USUAL_ROLE, in_its_language
from mendloop.importing.excel.role_names import role_name_from
from mendloop.importing.excel.tables import Line, Step, Table, read_table
from mendloop.importing.excel.values import name_from, number_in, words
from mendloop.importing.excel.workbook import OLD_OFFICE, read_book
from mendloop.importing.registry import Imported, Importer, LeftOut
from mendloop.problems import Problem, Refusal

MOST_STEPS = 2_000
MOST_LEFT_OUT = 2_000
KNOWN_ROLES = {
    "engineer": ("工程师", "维修工程师", "维修工", "维修员", "维修人员", "engineer", "technician", "mechanic"),
    "inspector": ("质检", "质检员", "检验员", "检查员", "inspector", "quality", "qa", "qc"),
    "supervisor": ("班长", "主管", "组长", "supervisor", "foreman", "lead"),
    "electrician": ("电工", "electrician"),
    "fitter": ("钳工", "fitter"),
}


class ExcelChecklist(Importer):
    """Workbooks as companies have them. `docs/decisions/excel.md` says how they are read."""

    name = "excel"
    suffixes: ClassVar[tuple[str, ...]] = (".xlsx", ".xlsm", ".xls")

    def sniff(self, content: bytes) -> bool:
        """A packed folder, or a file of an older Office."""
        return content.startswith((b"PK\x03\x04", OLD_OFFICE))

    def read(self, content: bytes, stem: str) -> Imported:
        """The steps of all visible sheets, one after the other."""
        book = read_book(content)
        tables = [read_table(sheet) for sheet in book.sheets]
        drafting = _Drafting([*book.left_out, *(left for table in tables for left in table.left_out)])
        document = in_its_language(drafting.document(tables, stem))
        return Imported(document, tuple(_bounded(drafting.left_out)))


def _bounded(left_out: Sequence[LeftOut]) -> Iterator[LeftOut]:
    yield from left_out[:MOST_LEFT_OUT]
    if len(left_out) > MOST_LEFT_OUT:
        yield LeftOut("", None, str(len(left_out) - MOST_LEFT_OUT), "more")


class _Drafting:
    """Puts the document together, and collects what it cannot hold."""

    def __init__(self, left_out: list[LeftOut]) -> None:
        self.left_out = left_out
        self._roles: dict[str, dict[str, Any]] = {}
        self._names = {"done", *RESERVED, *CEL_WORDS}

    def document(self, tables: Sequence[Table], stem: str) -> dict[str, Any]:
        """The whole template: the steps in a row, then the end."""
        steps = [step for table in tables for step in table.steps]
        if not steps:
            raise Refusal(Problem("import.excel_no_table"))
        for step in steps[MOST_STEPS:]:
            self.left_out += [line.left_out(step.title, "too_many_steps") for line in step.lines[:1]]
        made = {self._name(step, number): step for number, step in enumerate(steps[:MOST_STEPS], 1)}
        following = [*list(made)[1:], "done"]
        nodes = {
            name: self._node(step, name, to, stem) for (name, step), to in zip(made.items(), following, strict=True)
        }
        nodes["done"] = {"kind": "end", "title": DONE, "outcome": "repaired"}
        return {
            "format": 1,
            "key": f"imported.{name_from(stem, 'checklist')}",
            "title": words(_title(tables, stem)),
            "roles": self._roles,
            "start": next(iter(nodes)),
            "nodes": nodes,
        }

    def _name(self, step: Step, number: int) -> str:
        return free_name(name_from(step.english or step.title, f"step_{number}"), self._names)

    def _node(self, step: Step, name: str, to: str, stem: str) -> dict[str, Any]:
        fields = Fields()
        for line in step.lines:
            if line.text("item"):
                fields.take(line)
        for note in reversed(step.notes):
            fields.note(note)
        self.left_out += fields.left_out
        node: dict[str, Any] = {
            "kind": "step",
            "title": words((step.title or stem or name)[:4_000], step.english),
            "role": self._role(step),
        }
        minutes = self._minutes(step)
        if minutes:
            node["standard_minutes"] = minutes
        return {**node, "fields": fields.finish(), "next": [{"to": to}]}

    def _role(self, step: Step) -> str:
        """Who does most of a step's lines is not asked: the first who is named does it, others are listed."""
        named = [(line, line.text("role")) for line in step.lines if line.text("role")]
        if not named:
            self._roles.setdefault("engineer", {"title": USUAL_ROLE})
            return "engineer"
        first = named[0][1]
        self.left_out += [line.left_out(text, "role_differs") for line, text in named if text != first]
        return self._role_called(first)

    def _role_called(self, text: str) -> str:
        known = next((name for name, called in KNOWN_ROLES.items() if text.strip().lower() in called), None)
        title = words(text[:200])
        for name, role in self._roles.items():
            if name == known or role["title"] == title:
                return name
        if len(self._roles) >= 50:
            return next(iter(self._roles))
        name = known or free_name(role_name_from(text), set(self._roles))
        self._roles[name] = {"title": title}
        return name

    def _minutes(self, step: Step) -> float | int:
        """The sum over the lines; a cell merged over several rows counts once."""
        total = 0.0
        for line in step.lines:
            text = line.text("minutes")
            found = _in_minutes(line, text)
            if text and found is None:
                self.left_out.append(line.left_out(text, "not_a_number"))
            total += found or 0
        total = round(min(total, 100_000.0), 2)
        return int(total) if total.is_integer() else total


def _in_minutes(line: Line, text: str) -> float | None:
    found = number_in(text)
    if found is None or found[0] < 0:
        return None
    heading = line.columns.row.cells[line.columns.parts["minutes"]].lower()
    hours = found[1].lower() in ("h", "hr", "hours", "hour", "小时", "时") or (
        not found[1] and ("小时" in heading or "(h)" in heading or "hour" in heading)
    )
    return found[0] * 60 if hours else found[0]


def _title(tables: Sequence[Table], stem: str) -> str:
    """What stands above the only table, else above the first, else the file's name."""
    return next((table.title for table in tables if table.title), stem)[:4_000] or "Excel"
