"""What a case says. Frozen, and the same as JSON; words are kept by language."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias

Words: TypeAlias = Mapping[str, str]
"""A text in one language or several."""
TEXTS = ("title", "symptom", "cause", "remedy")


@dataclass(frozen=True, slots=True)
class Sign:
    """A reading or a check that was not as it should be, and so led there.

    `check` is `step.field` or `step.field.item`; `mark` is `+` for a reading above its limits, `-` for one below.
    """

    check: str
    step: Words
    label: Words
    mark: str = ""
    value: str = ""
    unit: str = ""
    low: str = ""
    high: str = ""
    note: str = ""
    at: str = ""

    @property
    def key(self) -> str:
        """What it is searched by."""
        return f"{self.check}{self.mark}"


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was a part of the remedy."""

    node: str
    title: Words


@dataclass(frozen=True, slots=True)
class PartUsed:
    """A part that was built in, `milli` thousandths of its unit; `position` is its place in the BOM."""

    number: str
    name: Words
    milli: int
    unit: str = "pcs"
    position: str = ""


@dataclass(frozen=True, slots=True)
class PhotoPair:
    """The same view before and after, by the hashes of its photos."""

    label: Words
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseContent:
    """A case as somebody reads it."""

    title: Words = field(default_factory=dict)
    symptom: Words = field(default_factory=dict)
    cause: Words = field(default_factory=dict)
    remedy: Words = field(default_factory=dict)
    product: str = ""
    positions: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    cause_codes: tuple[str, ...] = ()
    remedy_codes: tuple[str, ...] = ()
    path: tuple[Sign, ...] = ()
    steps: tuple[Done, ...] = ()
    parts: tuple[PartUsed, ...] = ()
    photos: tuple[PhotoPair, ...] = ()
    minutes: int = 0
    template: str = ""
    template_title: Words = field(default_factory=dict)
    template_version: int = 0
    closed_at: str = ""

    def to_json(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @staticmethod
    def from_json(said: Mapping[str, Any]) -> "CaseContent":
        """The content that `to_json` wrote."""
        members = dict(said)
        for name in ("positions", "faults", "cause_codes", "remedy_codes"):
            members[name] = tuple(members.get(name) or ())
        members["path"] = tuple(Sign(**each) for each in said.get("path") or ())
        members["steps"] = tuple(Done(**each) for each in said.get("steps") or ())
        members["parts"] = tuple(PartUsed(**each) for each in said.get("parts") or ())
        members["photos"] = tuple(_pair(each) for each in said.get("photos") or ())
        return CaseContent(**members)


def _pair(said: Mapping[str, Any]) -> PhotoPair:
    return PhotoPair(said["label"], tuple(said["before"]), tuple(said["after"]))
