"""What was learned of causes, kept feature by feature: adding or forgetting an entry changes its own features only."""

import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mendloop.knowledge.search.causes import Learned, Told, share
from mendloop.knowledge.search.records import Record

_AT_ONCE = 500
_NOTHING = 1e-5
"""A weight so small is what rounding left of one that was taken back."""


@dataclass(slots=True)
class Tally:
    """What entries that came and went change."""

    causes: dict[str, float] = field(default_factory=dict)
    features: dict[str, Told] = field(default_factory=dict)

    def count(self, causes: Sequence[str], features: Collection[str], sign: int = 1) -> None:
        """One entry more, or one less with a `sign` of -1."""
        each = sign * share(features)
        for cause in causes:
            self.causes[cause] = self.causes.get(cause, 0.0) + each * len(features)
        for feature in features:
            told = self.features.setdefault(feature, Told())
            told.entries += sign
            told.weight += each * len(causes)
            for cause in causes:
                told.causes[cause] = told.causes.get(cause, 0.0) + each


class Learning:
    """The tables of causes and features in the index's file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def keep(self, tally: Tally) -> None:
        """Add what was counted."""
        self.connection.executemany(
            "INSERT INTO causes (code, weight) VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET weight = weight + excluded.weight",
            tally.causes.items(),
        )
        numbers = {code: number for number, code, _ in self._causes()}
        names = sorted(tally.features)
        kinds = self._kinds()
        for start in range(0, len(names), _AT_ONCE):
            kinds += self._keep_some({name: tally.features[name] for name in names[start : start + _AT_ONCE]}, numbers)
        self.connection.execute("INSERT OR REPLACE INTO facts VALUES ('kinds', ?)", (str(kinds),))

    def learned(
        self, features: Sequence[str], about: Collection[str], entries: int, without: Iterable[Record] = ()
    ) -> Learned:
        """What these features tell `about` some causes, as if the entries `without` had never been."""
        causes = list(self._causes())
        names = {number: code for number, code, _ in causes if code in about}
        told = {name: _told(row, names) for name, row in self._rows(features)}
        learned = Learned(entries, self._kinds(), {code: held for _, code, held in causes}, told)
        without = list(without)
        return _less(learned, without) if without else learned

    def _kinds(self) -> int:
        row = self.connection.execute("SELECT value FROM facts WHERE name = 'kinds'").fetchone()
        return int(row[0]) if row else 0

    def _causes(self) -> Iterable[tuple[int, str, float]]:
        return self.connection.execute("SELECT number, code, weight FROM causes WHERE weight > ?", (_NOTHING,))

    def _rows(self, features: Sequence[str]) -> Iterator[tuple[str, tuple[int, float, bytes]]]:
        marks = ",".join("?" * len(features))
        sql = f"SELECT feature, entries, weight, causes FROM features WHERE feature IN ({marks})"  # noqa: S608
        for name, entries, weight, causes in self.connection.execute(sql, features):
            yield name, (entries, weight, causes)

    def _keep_some(self, changes: dict[str, Told], numbers: dict[str, int]) -> int:
        """By how many there are more features than before."""
        names = {number: code for code, number in numbers.items()}
        known = dict(self._rows(list(changes)))
        for name, row in known.items():
            _merge(changes[name], _told(row, names))
        gone = [(name,) for name, told in changes.items() if told.entries <= 0]
        rows = [(name, *_row(told, numbers)) for name, told in changes.items() if told.entries > 0]
        self.connection.executemany("INSERT OR REPLACE INTO features VALUES (?, ?, ?, ?)", rows)
        self.connection.executemany("DELETE FROM features WHERE feature = ?", gone)
        return len(rows) - len(known)


def _merge(into: Told, other: Told) -> None:
    into.entries += other.entries
    into.weight += other.weight
    for cause, held in other.causes.items():
        into.causes[cause] = into.causes.get(cause, 0.0) + held


def _told(row: tuple[int, float, bytes], names: dict[int, str]) -> Told:
    entries, weight, packed = row
    half = len(packed) // 2
    numbers, held = array("I", packed[:half]), array("f", packed[half:])
    pairs = zip(numbers, held, strict=True)
    return Told(entries, weight, {names[number]: value for number, value in pairs if number in names})


def _row(told: Told, numbers: dict[str, int]) -> tuple[int, float, bytes]:
    held = {numbers[cause]: value for cause, value in told.causes.items() if value > _NOTHING and cause in numbers}
    return told.entries, told.weight, array("I", held).tobytes() + array("f", held.values()).tobytes()


def _less(learned: Learned, without: Sequence[Record]) -> Learned:
    tally = Tally()
    for record in without:
        tally.count(record.causes, record.features, sign=-1)
    causes = {code: held + tally.causes.get(code, 0.0) for code, held in learned.causes.items()}
    for name, told in learned.features.items():
        if name in tally.features:
            _merge(told, tally.features[name])
    features = {name: told for name, told in learned.features.items() if told.entries > 0}
    return Learned(learned.entries - len(without), learned.kinds, causes, features)
