"""Random choices from a seed, and the odd values that break careless code."""

import random
from collections.abc import Sequence
from typing import Any, TypeVar

T = TypeVar("T")

ODD_TEXTS = (
    "", " ", "\u3000", "\u00a0x\u00a0", "\ufeffbom", "tail\ufeff", "\x85next\x85", "\x1cfield\x1f", "\u180e",
    "\u200b", "\u2028line\u2029",
    "\ud800", "a\udc00b", "\udfff\ud800", "😀", "👩‍🔧" * 3, "e\u0301", "中文故障", "\x00", "\x7f", "\t\ttab\n",
    "'\"\\/<>&", "__proto__",
    "constructor", "toString", "null", "a" * 210, "字" * 201, "😀" * 200, "😀" * 201, "x" * 5_001, "{param}", "~0/~1",
    "a/b", "#", "measure#1",
)  # fmt: skip

ODD_NUMBERS = (
    0, -0.0, 1, -1, 0.1, -0.05, 1.0, 7.5, 1e-7, 5e-324, 1e21, 1e308, -1e308, 123456789.125, 2**31, 2**53 - 1, 2**53,
    2**53 + 1, -(2**53), 2**63,
    2**64, 10**30, float("inf"), float("-inf"), 0.30000000000000004, 1.005, 999999.9999995,
)  # fmt: skip

ODD_TIMES = (
    "2026-11-22T08:00:00.000Z", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z", "2024-02-29T12:00:00.001Z",
    "1969-12-31T23:59:59.999Z",
    "2026-02-29T00:00:00.000Z", "2026-11-22T24:00:00.000Z", "2026-11-22T08:00:00Z", "2026-11-22T08:00:00.000+08:00",
    "2026-11-22 08:00:00.000Z",
    "0000-01-01T00:00:00.000Z", "2026-11-22T08:00:60.000Z", "2026-11-22T08:00:00.000Z\n", "٢٠٢٦-11-22T08:00:00.000Z",
    "10000-01-01T00:00:00.000Z",
)  # fmt: skip

ODD_DAYS = (
    "2026-11-22",
    "2024-02-29",
    "2026-02-29",
    "0001-01-01",
    "0000-12-31",
    "9999-12-31",
    "2026-13-01",
    "2026-1-1",
    "2026-11-22\n",
    "２０２６-11-22",
)

HASHES = tuple(letter * 64 for letter in "abcdef0123")
ODD_HASHES = ("a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n", "")


class Chance:
    """A seeded source of choices."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def maybe(self, probability: float) -> bool:
        return self.random.random() < probability

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.random.randrange(len(choices))]

    def some(self, choices: Sequence[T], least: int = 0) -> list[T]:
        """Some of `choices`, in a random order, none twice."""
        count = self.random.randint(min(least, len(choices)), len(choices))
        return self.random.sample(list(choices), count)

    def whole(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def number(self) -> float | int:
        """A small number, a decimal or whole one."""
        if self.maybe(0.4):
            return self.whole(-5, 20)
        return round(self.random.uniform(-3, 12), self.whole(1, 4))

    def text(self) -> str:
        return self.pick(ODD_TEXTS) if self.maybe(0.3) else self.plain()

    def plain(self) -> str:
        return self.pick(("P-101", "ok", "worn", "seal leaks", "轴承磨损", "MCC-12", "Ada's note", "7", "x😀y", "ABC"))

    def hash(self) -> str:
        return self.pick(HASHES)

    def odd(self, depth: int = 0) -> Any:
        """Any JSON value, hostile ones included."""
        kind = self.whole(0, 9 if depth < 2 else 6)
        if kind <= 1:
            return self.pick((None, True, False))
        if kind <= 3:
            return self.pick(ODD_NUMBERS)
        if kind <= 6:
            return self.pick(
                (
                    self.pick(ODD_TEXTS),
                    self.pick(ODD_TIMES),
                    self.pick(ODD_DAYS),
                    self.pick(HASHES),
                    self.pick(ODD_HASHES),
                )
            )
        if kind == 7:
            return [self.odd(depth + 1) for _ in range(self.whole(0, 3))]
        return {self.text(): self.odd(depth + 1) for _ in range(self.whole(0, 3))}

    def wreck(self, value: Any) -> Any:
        """`value` with one thing about it, at a random depth, made wrong or merely strange."""
        if isinstance(value, dict) and value and self.maybe(0.85):
            return self._wreck_object(value)
        if isinstance(value, list) and value and self.maybe(0.85):
            return self._wreck_list(value)
        return self.odd()

    def _wreck_object(self, value: dict[str, Any]) -> dict[str, Any]:
        key = self.pick(list(value))
        how = self.whole(0, 5)
        if how == 0:
            return {name: item for name, item in value.items() if name != key}
        if how == 1:
            return {**value, self.pick((self.text(), "extra", "__proto__", "constructor")): self.odd(1)}
        return {**value, key: self.wreck(value[key])}

    def _wreck_list(self, value: list[Any]) -> list[Any]:
        index = self.whole(0, len(value) - 1)
        how = self.whole(0, 4)
        if how == 0:
            return [*value, value[index]]
        if how == 1:
            return value[:index] + value[index + 1 :]
        return [*value[:index], self.wreck(value[index]), *value[index + 1 :]]
