"""What the index keeps of each entry beside its words, and what it has learned of causes: one SQLite file.

It is also the turn of whoever writes: SQLite lets one in at a time, and what a killed writer left undone never was.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from mendloop.knowledge.search.entries import Entry, EntryKind
from mendloop.knowledge.search.leads import line_of

SECONDS_TO_WAIT = 120.0
"""For another writer; a whole organisation is indexed anew in less."""
_TEXTS = frozenset({"id", "title", "symptom", "cause", "remedy", "more", "closed_at"})
_TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, line TEXT NOT NULL, fields TEXT NOT NULL,
    features TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS causes (number INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, weight REAL NOT NULL);
CREATE TABLE IF NOT EXISTS features (
    feature TEXT PRIMARY KEY, entries INTEGER NOT NULL, weight REAL NOT NULL, causes BLOB NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Record:
    """An entry without its texts; `line` is what stands for it where there is room for one line."""

    number: int
    id: str
    kind: EntryKind
    line: str
    product: str = ""
    positions: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    cause_codes: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    template: str = ""
    helped: int = 0
    not_helped: int = 0
    features: frozenset[str] = field(default=frozenset())
    """Those that causes are learned from; empty unless asked for."""

    @property
    def causes(self) -> tuple[str, ...]:
        """What it was in the end; where nobody said, what it looked like."""
        return self.cause_codes or self.faults


class Records:
    """The file in the index's folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = sqlite3.connect(
            path, timeout=SECONDS_TO_WAIT, isolation_level=None, check_same_thread=False, cached_statements=64
        )
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=NORMAL")
        self.connection.executescript(_TABLES)
        self.inode = path.stat().st_ino

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Everything inside is kept together, or nothing of it."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def is_still_there(self) -> bool:
        """Whether the folder holds this very file: it may be deleted at any time."""
        try:
            return self.path.stat().st_ino == self.inode
        except FileNotFoundError:
            return False

    def changes_of_others(self) -> int:
        """Another number whenever somebody else has written."""
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def fact(self, name: str, default: str = "") -> str:
        row = self.connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else default

    def keep_fact(self, name: str, value: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def forget_everything(self) -> None:
        for table in ("facts", "entries", "causes", "features"):
            self.connection.execute(f"DELETE FROM {table}")  # noqa: S608

    def size(self) -> int:
        return int(self.connection.execute("SELECT count(*) FROM entries").fetchone()[0])

    def add(self, entry: Entry, number: int | None, features: Iterable[str]) -> int:
        """Its number: the one it had, or the next."""
        fields = {name: value for name, value in asdict(entry).items() if name not in _TEXTS and value}
        row = (number, entry.id, line_of(entry), json.dumps(fields, ensure_ascii=False), " ".join(features))
        return int(self.connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", row).lastrowid or 0)

    def delete(self, record: Record) -> None:
        self.connection.execute("DELETE FROM entries WHERE number = ?", (record.number,))

    def by_number(self, numbers: Sequence[int]) -> dict[int, Record]:
        """Those that are there; without their features, which only few questions need."""
        return {record.number: record for record in self._where("number", numbers, "''")}

    def by_id(self, ids: Sequence[str]) -> list[Record]:
        """Those that are there, with their features."""
        return list(self._where("id", ids, "features"))

    def features_of(self, numbers: Sequence[int]) -> dict[int, frozenset[str]]:
        return {record.number: record.features for record in self._where("number", numbers, "features")}

    def _where(self, column: str, values: Sequence[Any], features: str) -> Iterator[Record]:
        for start in range(0, len(values), 500):
            some = values[start : start + 500]
            marks = ",".join("?" * len(some))
            sql = f"SELECT number, id, line, fields, {features} FROM entries WHERE {column} IN ({marks})"  # noqa: S608
            yield from map(_record, self.connection.execute(sql, some))


def _record(row: tuple[int, str, str, str, str]) -> Record:
    number, id_, line, fields, features = row
    told: dict[str, Any] = json.loads(fields)
    values: dict[str, Any] = {name: tuple(each) if isinstance(each, list) else each for name, each in told.items()}
    return Record(number, id_, line=line, features=frozenset(features.split()), **values)
