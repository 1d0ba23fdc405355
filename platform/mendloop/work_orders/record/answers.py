"""From an answer to the lines a person reads. One small function per field type; an unknown type shows its JSON."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from mendloop_engine.plan import PlanField

from mendloop.work_orders.record.gauges import gauge, is_within
from mendloop.work_orders.record.shapes import Line, Shot, Tone
from mendloop.work_orders.record.speech import Speech

Teller = Callable[[PlanField, Any, Speech], Line]


def tell(field: PlanField, answer: Any, reasons: Mapping[str, Any], speech: Speech) -> Line:
    """An answered field as a line of the record."""
    line = _TELLERS.get(field.type, _tell_json)(field, answer, speech)
    given = [str(text) for name, text in reasons.items() if name.split(".")[0] == field.id]
    notes = dict.fromkeys(text for text in (line.note, *given) if text)
    return replace(line, note=speech.listed(notes), internal=field.internal)


def _label(field: PlanField, speech: Speech) -> str:
    return speech.local(field.label) or field.id


def _tell_text(field: PlanField, answer: Any, speech: Speech) -> Line:
    return Line(_label(field, speech), str(answer))


def _tell_number(field: PlanField, answer: Any, speech: Speech) -> Line:
    return Line(_label(field, speech), _with_unit(answer, field.settings.get("unit")))


def _tell_boolean(field: PlanField, answer: Any, speech: Speech) -> Line:
    return Line(_label(field, speech), speech.say("record.yes" if answer else "record.no"))


def _tell_instruction(field: PlanField, answer: Any, speech: Speech) -> Line:  # noqa: ARG001 - it is there: it was read
    return Line(_label(field, speech), speech.say("record.confirmed"), "good")


def _tell_choice(field: PlanField, answer: Any, speech: Speech) -> Line:
    return Line(_label(field, speech), _named(_rows(field, "options"), answer, speech))


def _tell_choices(field: PlanField, answer: Any, speech: Speech) -> Line:
    options = _rows(field, "options")
    return Line(_label(field, speech), speech.listed(_named(options, each, speech) for each in answer))


def _tell_datetime(field: PlanField, answer: Any, speech: Speech) -> Line:
    return Line(_label(field, speech), speech.instant(str(answer)))


def _tell_photo(field: PlanField, answer: Any, speech: Speech) -> Line:
    rows = _rows(field, "shots")
    asked = [str(row["id"]) for row in rows if row["id"] in answer]
    shots = tuple(
        Shot(_named(rows, shot, speech), tuple(str(taken["photo"]) for taken in answer[shot]))
        for shot in dict.fromkeys((*asked, *answer))
    )
    return Line(_label(field, speech), shots=shots)


def _tell_checklist(field: PlanField, answer: Any, speech: Speech) -> Line:
    rows = _rows(field, "items")
    items = tuple(_tell_item(row, answer[row["id"]], speech) for row in rows if row["id"] in answer)
    return Line(_label(field, speech), items=items)


def _tell_item(row: Mapping[str, Any], answer: Any, speech: Speech) -> Line:
    result = answer["result"]
    tone = {"ok": "good", "not_ok": "bad"}.get(result, "plain")
    unit = ((row.get("not_ok") or {}).get("reading") or {}).get("unit")
    said = [answer.get("note") or "", _with_unit(answer["reading"], unit) if "reading" in answer else ""]
    photos = tuple(answer.get("photos") or ())
    return Line(
        speech.local(row.get("label")) or row["id"],
        speech.say(f"record.check.{result}"),
        tone,  # type: ignore[arg-type]
        note=speech.listed(text for text in said if text),
        shots=(Shot("", photos),) if photos else (),
    )


def _tell_reading(field: PlanField, answer: Any, speech: Speech) -> Line:
    inside = bool(answer.get("in_tolerance", is_within(field.settings, answer["value"])))
    return Line(
        _label(field, speech),
        _with_unit(answer["value"], field.settings.get("unit")),
        "plain" if inside else "bad",
        note=str(answer.get("reason") or ""),
        gauge=gauge(field.settings, answer["value"], inside),
    )


def _tell_gate(field: PlanField, answer: Any, speech: Speech) -> Line:
    own = {row["id"]: speech.local(row.get("label")) for row in _rows(field, "points")}
    gate = str(field.settings.get("removes") or "")
    items = tuple(
        _tell_point(own.get(point) or speech.point(gate, point), given, speech)
        for point, given in answer["points"].items()
    )
    key = "record.gate.removed" if answer.get("removed") else "record.gate.closed"
    return Line(_label(field, speech), speech.say(key), "good", items=items)


def _tell_point(label: str, given: Mapping[str, Any], speech: Speech) -> Line:
    said = [f"{speech.person(given.get('by'))} {speech.instant(str(given.get('at') or ''))}"]
    if given.get("confirmed_by"):
        said.append(speech.say("record.gate.confirmed_by", by=speech.person(given["confirmed_by"])))
    photo = given.get("photo")
    return Line(label, note=speech.listed(said), shots=(Shot("", (str(photo),)),) if photo else ())


def _tell_scan(field: PlanField, answer: Any, speech: Speech) -> Line:
    expected = _expected(field, speech)
    if expected is None and not any(each.get("typed") for each in answer):
        return Line(_label(field, speech), speech.listed(str(each["code"]) for each in answer))
    if len(answer) == 1:
        return Line(_label(field, speech), str(answer[0]["code"]), *_compared(answer[0], expected, speech))
    return Line(_label(field, speech), items=tuple(_tell_code(each, expected, speech) for each in answer))


def _tell_code(read: Mapping[str, Any], expected: str | None, speech: Speech) -> Line:
    tone, note = _compared(read, expected, speech)
    mark = {"good": "record.scan.match", "bad": "record.scan.other"}.get(tone)
    return Line(str(read["code"]), speech.say(mark) if mark else "", tone, note)


def _compared(read: Mapping[str, Any], expected: str | None, speech: Speech) -> tuple[Tone, str]:
    """How a code compares with what should have been read, and what is to be said of it, also that it was typed."""
    is_other = expected is not None and read["code"] != expected
    notes = [speech.say("record.scan.mismatch", expected=expected or "–")] if is_other else []
    notes += [speech.say("record.scan.typed")] if read.get("typed") else []
    tone: Tone = "plain" if expected is None else "bad" if is_other else "good"
    return tone, speech.listed(notes)


def _expected(field: PlanField, speech: Speech) -> str | None:
    """The code that should have been read; None when any may."""
    expect: Any = field.settings.get("expect")
    if expect is None:
        return None
    return speech.asset if expect == "asset" else str(expect["part"])


def _tell_parts(field: PlanField, answer: Any, speech: Speech) -> Line:
    items = tuple(
        Line(
            each["part"],
            f"{speech.say('record.action.' + each['action'])} × {_plain(each['quantity'])}",
            note=speech.listed(str(each[name]) for name in ("position", "serial", "lot", "note") if each.get(name)),
        )
        for each in answer
    )
    return Line(_label(field, speech), items=items)


def _tell_signature(field: PlanField, answer: Any, speech: Speech) -> Line:
    meaning = speech.local(field.settings.get("meaning"))
    said = [str(answer["name"]), speech.instant(str(answer.get("at") or ""))]
    return Line(_label(field, speech), " · ".join(filter(None, said)), note=meaning, signature=str(answer["image"]))


def _tell_table(field: PlanField, answer: Any, speech: Speech) -> Line:
    columns = [PlanField.from_json(dict(column)) for column in _rows(field, "columns") if "cel" in column]
    labels = {column["id"]: speech.local(column.get("label")) or column["id"] for column in _rows(field, "columns")}
    by_id = {column.id: column for column in columns}
    fixed = _rows(field, "fixed")
    names = {number: speech.local(row.get("label")) or row["id"] for number, row in enumerate(fixed, start=1)}
    items = []
    for number, row in enumerate(answer, start=1):
        told = [
            tell(by_id[name], row[name], {}, speech)
            if name in by_id
            else Line(labels.get(name, name), _plain(row[name]))
            for name in dict.fromkeys((*labels, *row))
            if row.get(name) is not None
        ]
        is_bad = any(line.tone == "bad" for line in told)
        said = speech.listed(f"{line.label} {line.text}" for line in told)
        items.append(Line(said, names.get(number, str(number)), "bad" if is_bad else "plain"))
    return Line(_label(field, speech), items=tuple(items))


def _tell_json(field: PlanField, answer: Any, speech: Speech) -> Line:
    return Line(_label(field, speech), json.dumps(answer, ensure_ascii=False))


def _rows(field: PlanField, name: str) -> list[Mapping[str, Any]]:
    found: Any = field.settings.get(name) or []
    return [{"id": row} if isinstance(row, str) else row for row in found]


def _named(rows: Iterable[Mapping[str, Any]], wanted: object, speech: Speech) -> str:
    label = next((speech.local(row.get("label")) for row in rows if row["id"] == wanted), "")
    return label or str(wanted)


def _with_unit(value: Any, unit: object) -> str:
    return f"{_plain(value)} {unit}" if unit else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return _plain(value.get("value"))
    return f"{value:.10g}" if isinstance(value, float) else str(value)


_TELLERS: Mapping[str, Teller] = {
    "instruction": _tell_instruction,
    "text": _tell_text,
    "long_text": _tell_text,
    "integer": _tell_number,
    "number": _tell_number,
    "boolean": _tell_boolean,
    "choice": _tell_choice,
    "multi_choice": _tell_choices,
    "date": _tell_text,
    "datetime": _tell_datetime,
    "photo": _tell_photo,
    "checklist": _tell_checklist,
    "reading": _tell_reading,
    "safety_gate": _tell_gate,
    "scan": _tell_scan,
    "parts": _tell_parts,
    "signature": _tell_signature,
    "table": _tell_table,
}
