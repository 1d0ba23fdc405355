"""The structure of an RE2 pattern that RE2 has already accepted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from .limits import MAX_PATTERN_WORK
from .regex_sets import Set, Unsupported, cost_of, set_of

_MAX_GROUPS = 50
_COUNT = re.compile(r"\{(\d+)(,(\d*))?\}")
_FLAGS = re.compile(r"\(\?([imsU]*)(?:-([imsU]+))?([:)])")
_NAMED_GROUP = re.compile(r"\(\?P?<[^>]*>")
_ESCAPE = re.compile(
    r"\\(?:[pP](?:\{[^}]*\}|.)|x\{[0-9a-fA-F]+\}|x[0-9a-fA-F]{2}|0[0-7]{0,2}|[1-7][0-7]{1,2}|.)", re.DOTALL
)
_CLASS_ITEM = re.compile(r"\[:\^?\w+:\]|" + _ESCAPE.pattern + "|.", re.DOTALL)

TEXT_START, TEXT_END, LINE_START, LINE_END, WORD_EDGE = range(5)
_ANCHORS = {"\\A": TEXT_START, "\\z": TEXT_END, "\\b": WORD_EDGE}
_ON_BYTES = ("\\B", "\\C")  # RE2 looks between the bytes of one character


Asked: TypeAlias = tuple[str, str]
"""An atom and its flags, which RE2 was asked about."""


class TooComplex(Exception):
    """More nested groups, or more kinds of characters, than anybody reads."""

    def __init__(self, asked: Mapping[Asked, int]) -> None:
        super().__init__()
        self.asked = asked


@dataclass(frozen=True, slots=True)
class Parsed:
    """The parts of a pattern, and what its atoms cost to find out, in about microseconds."""

    part: "Part"
    asked: Mapping[Asked, int]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A condition on a place between characters."""

    kind: int


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`least` times up to `most` times; None: any number."""

    part: "Part"
    least: int
    most: int | None


Part: TypeAlias = "Set | Anchor | Sequence | Alternatives | Repeat"


@dataclass(frozen=True, slots=True)
class _Flags:
    i: bool = False
    m: bool = False
    s: bool = False
    U: bool = False

    def changed(self, on: str, off: str) -> "_Flags":
        return replace(self, **dict.fromkeys(on, True), **dict.fromkeys(off, False))

    def for_sets(self) -> str:
        return ("i" if self.i else "") + ("s" if self.s else "")


def parse_pattern(pattern: str) -> Parsed:
    """The parts of `pattern`, which must be valid RE2."""
    parser = _PatternParser(pattern)
    return Parsed(parser.alternatives(_Flags(), 0), parser.asked)


class _PatternParser:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self.asked: dict[Asked, int] = {}

    def alternatives(self, flags: _Flags, depth: int) -> Part:
        if depth > _MAX_GROUPS:
            raise TooComplex(self.asked)
        branches: list[list[Part]] = [[]]
        while self._at < len(self._pattern) and self._pattern[self._at] != ")":
            if self._pattern[self._at] == "|":
                self._at += 1
                branches.append([])
                continue
            flags = self._piece(flags, depth, branches[-1])
        parts = tuple(Sequence(tuple(branch)) for branch in branches)
        return parts[0] if len(parts) == 1 else Alternatives(parts)

    def _piece(self, flags: _Flags, depth: int, branch: list[Part]) -> _Flags:
        """Read one atom with its repetitions into `branch`; gives the flags that hold from here on."""
        if match := _FLAGS.match(self._pattern, self._at):
            changed = flags.changed(match[1], match[2] or "")
            self._at = match.end()
            if match[3] == ")":
                flags = changed
            else:
                branch.append(self._group(changed, depth))
        elif self._pattern.startswith("\\Q", self._at):
            self._quoted(flags, branch)
        else:
            branch.append(self._atom(flags, depth))
        if branch:
            branch[-1] = self._repeated(branch[-1])
        return flags

    def _group(self, flags: _Flags, depth: int) -> Part:
        part = self.alternatives(flags, depth + 1)
        self._at += 1
        return part

    def _quoted(self, flags: _Flags, branch: list[Part]) -> None:
        end = self._pattern.find("\\E", self._at)
        text = self._pattern[self._at + 2 : end if end >= 0 else None]
        self._at = end + 2 if end >= 0 else len(self._pattern)
        branch.extend(self._set("\\." if letter == "." else letter, flags) for letter in text)

    def _atom(self, flags: _Flags, depth: int) -> Part:
        letter = self._pattern[self._at]
        if letter == "(":
            match = _NAMED_GROUP.match(self._pattern, self._at)
            self._at = match.end() if match else self._at + 1
            return self._group(flags, depth)
        if letter == "[":
            return self._set(self._class(), flags)
        if letter == "\\":
            return self._escape(flags)
        self._at += 1
        if letter in "^$":
            return self._edge(letter, flags)
        return self._set(letter, flags)

    def _edge(self, letter: str, flags: _Flags) -> Anchor:
        if letter == "^":
            return Anchor(LINE_START if flags.m else TEXT_START)
        return Anchor(LINE_END if flags.m else TEXT_END)

    def _escape(self, flags: _Flags) -> Part:
        match = _ESCAPE.match(self._pattern, self._at)
        text = match[0] if match else "\\"
        self._at += len(text)
        if text in _ON_BYTES:
            raise Unsupported
        if text in _ANCHORS:
            return Anchor(_ANCHORS[text])
        return self._set(text, flags)

    def _set(self, atom: str, flags: _Flags) -> Set:
        """What the atom stands for. Asking RE2 takes milliseconds, so there is a limit on different ones."""
        found = set_of(atom, flags.for_sets())
        cost = cost_of(atom, flags.for_sets(), found)
        if cost:
            self.asked[atom, flags.for_sets()] = cost
            if sum(self.asked.values()) > MAX_PATTERN_WORK:
                raise TooComplex(self.asked)
        return found

    def _class(self) -> str:
        start = self._at
        self._at += 1
        if self._pattern.startswith("^", self._at):
            self._at += 1
        if self._pattern.startswith("]", self._at):
            self._at += 1
        while self._pattern[self._at] != "]":
            match = _CLASS_ITEM.match(self._pattern, self._at)
            self._at = match.end() if match else self._at + 1
        self._at += 1
        return self._pattern[start : self._at]

    def _repeated(self, part: Part) -> Part:
        while self._at < len(self._pattern):
            count = self._count()
            if count is None:
                break
            part = Repeat(part, *count)
            if self._pattern.startswith("?", self._at):  # lazy or not makes no difference to whether it matches
                self._at += 1
        return part

    def _count(self) -> tuple[int, int | None] | None:
        letter = self._pattern[self._at]
        if letter in "*+?":
            self._at += 1
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[letter]
        match = _COUNT.match(self._pattern, self._at)
        if match is None:
            return None
        self._at = match.end()
        least = int(match[1])
        if match[2] is None:
            return least, least
        return least, int(match[3]) if match[3] else None
