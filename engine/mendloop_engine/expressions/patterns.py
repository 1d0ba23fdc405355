"""RE2 patterns to programs a small machine runs in linear time, here and on the phone.

RE2 itself decides whether a pattern is valid and which code points a class, an escape or a letter stands for; this
package only reads the structure around them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

import re2

from .limits import MAX_PROGRAM
from .pattern_budget import TOO_MANY, current_budget
from .regex_parser import Alternatives, Anchor, Asked, Part, Repeat, Sequence, TooComplex, parse_pattern
from .regex_sets import CodePoints, Set, Unsupported

Instruction: TypeAlias = "list[int]"
Program: TypeAlias = "dict[str, list[list[int]]]"

SET, SPLIT, JUMP, ASSERT, MATCH = range(5)


def compile_pattern(pattern: str) -> "Program | str":
    """`{"sets": [[low, high, …], …], "code": [[instruction, …], …]}`, or the reason why there is none.

    Reasons: invalid (RE2 refuses it), too_large, unsupported (`\\B`, `\\C`), and too_many: the budget of the template
    is spent.
    """
    budget = current_budget()
    if not budget.spend(0):
        return TOO_MANY
    compiled = _compiled(pattern)
    costs: dict[Asked, int] = {(pattern, "whole"): compiled.cost, **compiled.asked}
    budget.spend(compiled.size + sum(cost for asked, cost in costs.items() if asked not in budget.paid))
    budget.paid.update(costs)
    return compiled.program


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A program, or why there is none. `cost`: to make it, without what RE2 was asked, which is paid once for all
    patterns; `size`: to hand it out again; all in about microseconds.
    """

    program: "Program | str"
    cost: int
    asked: Mapping[Asked, int] = field(default_factory=dict)
    size: int = 1


@lru_cache(256)
def _compiled(pattern: str) -> _Compiled:
    cost = _USUAL_COST + _LETTER_COST * len(pattern)
    try:
        cost += _accepted_cost(pattern)
        parsed = parse_pattern(pattern)
    except (re2.error, UnicodeEncodeError) as error:
        return _Compiled("invalid", cost + (_TOO_LARGE_COST if "too large" in str(error) else 0))
    except Unsupported:
        return _Compiled("unsupported", cost)
    except TooComplex as error:
        return _Compiled("too_large", cost, error.asked)
    try:
        program = _Emitter().program(parsed.part)
    except _TooLong:
        return _Compiled("too_large", cost + MAX_PROGRAM * _INSTRUCTION_COST, parsed.asked)
    size = 2 * len(program["code"]) + sum(map(len, program["sets"]))
    return _Compiled(program, cost + len(program["code"]) * _INSTRUCTION_COST, parsed.asked, size)


_USUAL_COST, _LETTER_COST, _INSTRUCTION_COST, _TOO_LARGE_COST = 150, 8, 2, 60_000


def _accepted_cost(pattern: str) -> int:
    """What RE2 needs to compile it."""
    options = re2.Options()
    options.log_errors = False
    return int(re2.compile(pattern, options).programsize) // 2


class _TooLong(Exception):
    """The program grew beyond its limit."""


class _Emitter:
    def __init__(self) -> None:
        self._code: list[Instruction] = []
        self._sets: dict[CodePoints, int] = {}

    def program(self, part: Part) -> Program:
        self._emit(part)
        self._add(MATCH)
        return {"sets": [list(points) for points in self._sets], "code": self._code}

    def _add(self, *instruction: int) -> int:
        if len(self._code) >= MAX_PROGRAM:
            raise _TooLong
        self._code.append(list(instruction))
        return len(self._code) - 1

    def _emit(self, part: Part) -> None:
        match part:
            case Set(points):
                self._add(SET, self._sets.setdefault(points, len(self._sets)))
            case Anchor(kind):
                self._add(ASSERT, kind)
            case Sequence(parts):
                for each in parts:
                    self._emit(each)
            case Alternatives(parts):
                self._alternatives(parts)
            case Repeat():
                self._repeat(part)

    def _alternatives(self, parts: tuple[Part, ...]) -> None:
        jumps: list[int] = []
        for part in parts[:-1]:
            split = self._add(SPLIT, len(self._code) + 1, 0)
            self._emit(part)
            jumps.append(self._add(JUMP, 0))
            self._code[split][2] = len(self._code)
        self._emit(parts[-1])
        for jump in jumps:
            self._code[jump][1] = len(self._code)

    def _repeat(self, part: Repeat) -> None:
        for _ in range(part.least):
            self._emit(part.part)
        if part.most is None:
            split = self._add(SPLIT, len(self._code) + 1, 0)
            self._emit(part.part)
            self._add(JUMP, split)
            self._code[split][2] = len(self._code)
            return
        splits: list[int] = []
        for _ in range(part.most - part.least):
            splits.append(self._add(SPLIT, len(self._code) + 1, 0))
            self._emit(part.part)
        for split in splits:
            self._code[split][2] = len(self._code)
