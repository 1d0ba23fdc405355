"""What somebody asks for. A command is JSON from outside; `read_command` makes a typed one of it, or objects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from .json_values import Json, JsonObject, is_list, is_number, is_object, is_well_formed
from .problems import Problem, deeper
from .time import parse_moment


@dataclass(frozen=True, slots=True)
class Asked:
    """What every command says: who asks (a person's id), with which work roles, when (`YYYY-MM-DDTHH:MM:SS.mmmZ`)."""

    by: str
    roles: tuple[str, ...]
    at: str


@dataclass(frozen=True, slots=True)
class OpenOrder(Asked):
    """Begin the order; `order` holds its facts."""

    order: JsonObject


@dataclass(frozen=True, slots=True)
class AssignOrder(Asked):
    """Give the order to `person`, or to nobody."""

    person: str | None


@dataclass(frozen=True, slots=True)
class StartStep(Asked):
    """Begin to work on a visit that is ready."""

    visit: str


@dataclass(frozen=True, slots=True)
class PauseStep(Asked):
    """Interrupt the visit for one of the template's reasons."""

    visit: str
    reason: str
    note: str | None


@dataclass(frozen=True, slots=True)
class ResumeStep(Asked):
    """Go on with a paused visit; another person may take it over."""

    visit: str


@dataclass(frozen=True, slots=True)
class RecordAnswers(Asked):
    """Keep answers of a running visit; null removes one."""

    visit: str
    answers: JsonObject


@dataclass(frozen=True, slots=True)
class LockPoint(Asked):
    """Lock one isolation point of the gate `field`."""

    visit: str
    field: str
    point: str
    photo: str | None


@dataclass(frozen=True, slots=True)
class ConfirmLocks(Asked):
    """Confirm, as a second person, that all points of the gate `field` are locked."""

    visit: str
    field: str


@dataclass(frozen=True, slots=True)
class UnlockPoint(Asked):
    """Remove one's own lock; `field` is the gate itself, or the one that removes it."""

    visit: str
    field: str
    point: str


@dataclass(frozen=True, slots=True)
class CompleteStep(Asked):
    """Finish the visit with what was recorded and these answers."""

    visit: str
    answers: JsonObject
    reasons: Mapping[str, str]
    rework_reason: str | None


@dataclass(frozen=True, slots=True)
class ReportFinding(Asked):
    """Tell of something else that is wrong; severity is note, minor or serious."""

    visit: str | None
    text: str
    severity: str
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CancelOrder(Asked):
    """Give the order up."""

    reason: str


Command: TypeAlias = (
    OpenOrder
    | AssignOrder
    | StartStep
    | PauseStep
    | ResumeStep
    | RecordAnswers
    | LockPoint
    | ConfirmLocks
    | UnlockPoint
    | CompleteStep
    | ReportFinding
    | CancelOrder
)


@dataclass(frozen=True, slots=True)
class _Member:
    """One member of a command: what it must be, and what it is when left out.

    `_NEEDED`: it must not be left out. `_NOWHERE`: it is then not there at all, as in records from before there was it.
    """

    fits: Callable[[Json], bool]
    otherwise: Any


_NEEDED = object()
_NOWHERE = object()
_MAX_TEXT = 5_000
_MAX_DEPTH = 16


def _is_text(value: Json) -> bool:
    return isinstance(value, str) and len(value) <= _MAX_TEXT and is_well_formed(value)


def _is_name(value: Json) -> bool:
    return _is_text(value) and value != ""


def _is_json(value: Json, depth: int = 0) -> bool:
    """True for JSON that every reader keeps unharmed: finite numbers within 2^53, whole characters, no deep nesting."""
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, str):
        return is_well_formed(value)
    if isinstance(value, int | float):
        return is_number(value)
    if depth >= _MAX_DEPTH:
        return False
    if isinstance(value, Mapping):
        return all(_is_text(key) and _is_json(item, depth + 1) for key, item in value.items())
    return is_list(value) and all(_is_json(item, depth + 1) for item in value)


def _is_answers(value: Json) -> bool:
    return is_object(value) and _is_json(value)


def _is_reasons(value: Json) -> bool:
    return isinstance(value, Mapping) and all(_is_text(key) and _is_text(item) for key, item in value.items())


def _is_names(value: Json) -> bool:
    return isinstance(value, list | tuple) and all(_is_name(item) for item in value)


def _optional(fits: Callable[[Json], bool]) -> Callable[[Json], bool]:
    return lambda value: value is None or fits(value)


_SEVERITIES = ("note", "minor", "serious")
_TEXT = _Member(_is_text, _NEEDED)
_NAME = _Member(_is_name, _NEEDED)
_MAYBE_NAME = _Member(_optional(_is_name), None)
_MAYBE_TEXT = _Member(_optional(_is_text), None)
_ADDED = _Member(_is_name, _NOWHERE)
_FACTS: Mapping[str, _Member] = {
    "number": _NAME,
    "product": _Member(_is_text, ""),
    "asset": _Member(_is_text, ""),
    "fault_codes": _Member(_is_names, []),
    "fault_text": _Member(_is_text, ""),
    "warranty": _Member(lambda value: isinstance(value, bool), False),
    "customer_level": _Member(_is_text, ""),
    "created": _Member(lambda value: parse_moment(value) is not None, _NEEDED),
    "parent": _ADDED,
    "parent_number": _ADDED,
    "position": _ADDED,
}
"""`parent`: the order that this one is a part of, by its id and number; `position`: the place in what is repaired."""
_ASKED: Mapping[str, _Member] = {
    "by": _NAME,
    "roles": _Member(_is_names, _NEEDED),
    "at": _Member(lambda value: parse_moment(value) is not None, _NEEDED),
}
_SHAPES: Mapping[str, tuple[type[Command], Mapping[str, _Member]]] = {
    "OpenOrder": (OpenOrder, {"order": _Member(is_object, _NEEDED)}),
    "AssignOrder": (AssignOrder, {"person": _Member(_optional(_is_name), _NEEDED)}),
    "StartStep": (StartStep, {"visit": _NAME}),
    "PauseStep": (PauseStep, {"visit": _NAME, "reason": _TEXT, "note": _MAYBE_TEXT}),
    "ResumeStep": (ResumeStep, {"visit": _NAME}),
    "RecordAnswers": (RecordAnswers, {"visit": _NAME, "answers": _Member(_is_answers, _NEEDED)}),
    "LockPoint": (LockPoint, {"visit": _NAME, "field": _NAME, "point": _NAME, "photo": _MAYBE_NAME}),
    "ConfirmLocks": (ConfirmLocks, {"visit": _NAME, "field": _NAME}),
    "UnlockPoint": (UnlockPoint, {"visit": _NAME, "field": _NAME, "point": _NAME}),
    "CompleteStep": (
        CompleteStep,
        {
            "visit": _NAME,
            "answers": _Member(_is_answers, {}),
            "reasons": _Member(_is_reasons, {}),
            "rework_reason": _MAYBE_TEXT,
        },
    ),
    "ReportFinding": (
        ReportFinding,
        {
            "visit": _MAYBE_NAME,
            "text": _TEXT,
            "severity": _Member(lambda value: value in _SEVERITIES, _NEEDED),
            "photos": _Member(_is_names, []),
        },
    ),
    "CancelOrder": (CancelOrder, {"reason": _TEXT}),
}
COMMAND_TYPES: Mapping[str, type[Command]] = {name: kind for name, (kind, _) in _SHAPES.items()}
"""Every kind of command by its name."""


def read_command(json: Json) -> Command | list[Problem]:
    """The command that `json` asks for, or every `command.invalid`: `by`, `roles`, `at`, then its own members."""
    if not isinstance(json, Mapping):
        return [_invalid("", "not_an_object")]
    shape = _SHAPES.get(str(json.get("type")))
    if shape is None:
        return [_invalid("/type", "unknown_command")]
    kind, members = shape
    given, problems = _read(json, {**_ASKED, **members}, "")
    if kind is OpenOrder and not problems:
        given["order"], problems = _read(given["order"], _FACTS, "/order")
    if problems:
        return problems
    return _make(kind, given)


def _make(kind: Callable[..., Command], given: dict[str, Any]) -> Command:
    for name in ("roles", "photos"):
        if name in given:
            given[name] = tuple(given[name])
    return kind(**given)


def _read(json: JsonObject, members: Mapping[str, _Member], at: str) -> tuple[dict[str, Any], list[Problem]]:
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, member in members.items():
        value = json.get(name, member.otherwise)
        if value is _NOWHERE:
            continue
        if value is _NEEDED:
            problems.append(_invalid(deeper(at, name), "missing"))
        elif name in json and not member.fits(value):
            problems.append(_invalid(deeper(at, name), "malformed"))
        given[name] = value
    return given, problems


def _invalid(at: str, reason: str) -> Problem:
    return Problem("command.invalid", at, "", {"reason": reason})
