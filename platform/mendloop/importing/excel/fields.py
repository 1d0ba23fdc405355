"""From a line of a checklist to a field, or an item of one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from mendloop_engine.environment import RESERVED
from mendloop_engine.template.names import CEL_WORDS

from mendloop.importing.excel.tables import Line
from mendloop.importing.excel.values import (
    Limits,
    count_in,
    end_in,
    is_chinese,
    limits_in,
    name_from,
    options_in,
    type_called,
    words,
    yes_or_no,
)
from mendloop.importing.registry import LeftOut

MOST_ITEMS, MOST_SHOTS, MOST_FIELDS, MOST_LABEL = 200, 100, 200, 4_000
NO_UNIT = "—"
CHECKS, PHOTOS = {"zh-CN": "检查项目", "en": "Checks"}, {"zh-CN": "拍照留存", "en": "Photos"}
"""What is said here, of fields that no line names."""
Field = dict[str, Any]


@dataclass(slots=True)
class Fields:
    """The fields of one step, as its lines make them."""

    made: list[Field] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    _shots: list[Field] = field(default_factory=list)
    _taken: set[str] = field(default_factory=lambda: {*RESERVED, *CEL_WORDS})

    def take(self, line: Line) -> None:
        """One line; what it says and no field can is left out."""
        label = self._label(line)
        kind = self._kind(line)
        if kind == "photo":
            self._shoot(line, label)
            return
        if kind == "checklist":
            self._tick(line, label)
        else:
            self._add(line, kind, label)
        self._perhaps_shoot(line, label)

    def finish(self) -> list[Field]:
        """All fields; the photos come last."""
        if self._shots:
            name = self._name("", "photos")
            self._append({"id": name, "type": "photo", "label": dict(PHOTOS), "shots": self._shots})
        return self.made

    def note(self, text: str) -> None:
        """A note beside the lines: it is read before them."""
        self.made.insert(0, {"id": self._name("", "note"), "type": "instruction", "text": words(text)})

    def _append(self, made: Field) -> None:
        if len(self.made) < MOST_FIELDS:
            self.made.append(made)

    def _label(self, line: Line) -> dict[str, str]:
        text = line.text("item")
        if len(text) > MOST_LABEL:
            self.left_out.append(line.left_out(text[MOST_LABEL:], "too_long"))
        return words(text[:MOST_LABEL], line.text("english")[:MOST_LABEL], line.text("chinese")[:MOST_LABEL])

    def _kind(self, line: Line) -> str:
        """The type that is named, else what the other columns tell."""
        named = line.text("type")
        kind = type_called(named) if named else None
        if named and kind is None:
            self.left_out.append(line.left_out(named, "type_unknown"))
        if kind in ("choice", "multi_choice") and not options_in(line.text("options")):
            self.left_out.append(line.left_out(named, "options_missing"))
            return "text"
        if kind is not None:
            return kind
        if options_in(line.text("options")):
            return "choice"
        return "reading" if line.text("unit") or not self._limits(line, quietly=True).is_empty else "checklist"

    def _limits(self, line: Line, *, quietly: bool = False) -> Limits:
        found = limits_in(line.text("norm")) or Limits()
        low, high = self._end(line, "min", quietly), self._end(line, "max", quietly)
        units = (found.unit, *(end[1] for end in (low, high) if end is not None))
        return Limits(
            found.norm,
            low[0] if low is not None else found.low,
            high[0] if high is not None else found.high,
            next(filter(None, units), ""),
        )

    def _end(self, line: Line, part: Literal["min", "max"], quietly: bool) -> tuple[float, str] | None:
        text = line.text(part)
        end = end_in(text, part)
        if text and end is None and not quietly:
            self.left_out.append(line.left_out(text, "not_a_number"))
        return end

    def _help(self, line: Line, *, with_norm: bool) -> str:
        """What else is to be known: remarks, a norm in words."""
        norm = line.text("norm")
        unread = norm if with_norm or (norm and limits_in(norm) is None) else ""
        return "\n".join(text for text in (unread, line.text("help")) if text)[:MOST_LABEL]

    def _tick(self, line: Line, label: dict[str, str]) -> None:
        """An item of the checklist before it, or of a new one. Items have no help, so it stands behind the label."""
        last = self.made[-1] if self.made else None
        if last is None or last["type"] != "checklist" or len(last["items"]) >= MOST_ITEMS:
            if len(self.made) >= MOST_FIELDS:
                self.left_out.append(line.left_out(line.text("item"), "too_many_fields"))
                return
            last = {"id": self._name("", "checks"), "type": "checklist", "label": dict(CHECKS), "items": []}
            self.made.append(last)
        limits = " ".join(filter(None, (line.text("min"), line.text("max"))))
        beside = [self._help(line, with_norm=True), limits, line.text("tools"), line.text("options")]
        item: Field = {
            "id": self._name(label.get("en", ""), "item"),
            "label": _with(label, "；".join(filter(None, beside))),
        }
        if self._required(line):
            item["allow_na"] = False
        last["items"].append(item)

    def _add(self, line: Line, kind: str, label: dict[str, str]) -> None:
        if len(self.made) >= MOST_FIELDS:
            self.left_out.append(line.left_out(line.text("item"), "too_many_fields"))
            return
        if kind == "instruction":
            text = _with(label, self._help(line, with_norm=True))
            self.made.append({"id": self._name(label.get("en", ""), "note"), "type": kind, "text": text})
            return
        made: Field = {"id": self._name(label.get("en", ""), kind), "type": kind, "label": label}
        made |= dict(self._settings(line, kind))
        required = self._required(line)
        if required is not None:
            made["required"] = required
        self.made.append(made)

    def _settings(self, line: Line, kind: str) -> Iterator[tuple[str, Any]]:
        numeric = kind in ("reading", "number", "integer")
        helping = self._help(line, with_norm=not numeric)
        if helping:
            yield "help", words(helping)
        if kind in ("choice", "multi_choice"):
            yield "options", list(self._options(line))
        elif line.text("options"):
            self.left_out.append(line.left_out(line.text("options"), "options_unused"))
        if numeric:
            yield from self._numeric(line, kind)
        elif line.text("unit"):
            self.left_out.append(line.left_out(line.text("unit"), "unit_unused"))
        if line.text("tools") and kind == "reading":
            yield "instrument", words(line.text("tools"))
        elif line.text("tools"):
            self.left_out.append(line.left_out(line.text("tools"), "tools"))

    def _numeric(self, line: Line, kind: str) -> Iterator[tuple[str, Any]]:
        limits = self._limits(line)
        unit = (line.text("unit") or limits.unit or line.columns.unit)[:30]
        if kind == "reading":
            yield "unit", unit or NO_UNIT
            if limits.norm is not None:
                yield "norm", _whole(limits.norm)
            if limits.low is not None or limits.high is not None:
                yield "tolerance", [_whole(limits.low), _whole(limits.high)]
            return
        if unit:
            yield "unit", unit
        for key, value in (("min", limits.low), ("max", limits.high)):
            if value is not None:
                yield key, _whole(value)
        if limits.norm is not None:
            self.left_out.append(line.left_out(line.text("norm"), "norm_unused"))

    def _options(self, line: Line) -> Iterator[Field]:
        taken: set[str] = set()
        for number, text in enumerate(options_in(line.text("options")), 1):
            name = free_name(name_from(text, f"option_{number}"), taken)
            yield {"id": name, "label": words(text)}

    def _required(self, line: Line) -> bool | None:
        text = line.text("required")
        answer = yes_or_no(text) if text else None
        if text and answer is None:
            self.left_out.append(line.left_out(text, "required_unclear"))
        return answer

    def _perhaps_shoot(self, line: Line, label: dict[str, str]) -> None:
        text = line.text("photo")
        wanted = yes_or_no(text) if text else False
        if wanted is None and count_in(text) == 1 and "1" not in text:
            self.left_out.append(line.left_out(text, "photo_unclear"))
        elif wanted is not False:
            self._shoot(line, label)

    def _shoot(self, line: Line, label: dict[str, str]) -> None:
        if len(self._shots) >= MOST_SHOTS:
            self.left_out.append(line.left_out(line.text("item"), "too_many_photos"))
            return
        least = count_in(line.text("photo"))
        shot: Field = {"id": self._name(label.get("en", ""), "shot"), "label": label}
        self._shots.append(shot if least == 1 else {**shot, "min": least})

    def _name(self, text: str, otherwise: str) -> str:
        return free_name(name_from(text, otherwise), self._taken)


def _with(label: dict[str, str], more: str) -> dict[str, str]:
    """The label with what else is to be known in brackets, in the language it is written in."""
    if not more:
        return label
    language = "zh-CN" if is_chinese(more) or "en" not in label else "en"
    language = language if language in label else next(iter(label))
    around = "（{}）" if language == "zh-CN" else " ({})"
    return {**label, language: label[language] + around.format(more)}


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value


def free_name(name: str, taken: set[str]) -> str:
    """The name, or the first with a number that nothing has."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    taken.add(found)
    return found
