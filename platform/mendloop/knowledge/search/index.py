"""One organisation's search in a folder: opened, brought up to date, asked."""

import shutil
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import uuid4

from mendloop.knowledge.search.asking import Asking
from mendloop.knowledge.search.common import tags
from mendloop.knowledge.search.entries import NO_SYNONYMS, Entry, Hit, Question, Suggestion, Synonyms
from mendloop.knowledge.search.features import LEARNED, features
from mendloop.knowledge.search.leads import lead_of
from mendloop.knowledge.search.learning import Learning, Tally
from mendloop.knowledge.search.records import Records
from mendloop.knowledge.search.suggesting import suggest
from mendloop.knowledge.search.words import Row, Words

FORMAT = "1"
"""Changed whenever an index of before would answer wrongly: such a one is thrown away and made again."""
AT_ONCE = 10_000
"""Entries that are taken in before anything is written; a bound on memory."""
_FILE = "index.db"


def open_index(folder: Path) -> "FolderIndex":
    """The index in this folder; an empty one where there is none, or one that cannot be read."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return FolderIndex(folder)
    except (sqlite3.DatabaseError, ValueError, OSError):
        throw_away(folder)
        return FolderIndex(folder)


def throw_away(folder: Path) -> None:
    """Leave the folder empty. Who has it open notices with the next question."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


class FolderIndex:
    """See `entries.Index`. One question at a time; several threads may share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._open()

    def _open(self) -> None:
        self._records = Records(self.folder / _FILE)
        self._learning = Learning(self._records.connection)
        self._begin_anew_if_it_does_not_hold()
        self._words = Words(self._folder_of_words())
        self._known = self._records.changes_of_others()

    def _begin_anew_if_it_does_not_hold(self) -> None:
        """Both halves name each other; where one is missing, or of another format, both begin anew."""
        with self._records.turn():
            name = self._records.fact("words")
            if self._records.fact("format") == FORMAT and name and (self.folder / name / "meta.json").exists():
                return
            self._records.forget_everything()
            self._records.keep_fact("format", FORMAT)
            self._records.keep_fact("words", f"words-{uuid4().hex}")
            Words(self._folder_of_words())

    def _folder_of_words(self) -> Path:
        return self.folder / self._records.fact("words")

    def _refresh(self) -> None:
        """See what others have written, or that the folder was emptied."""
        if not self._records.is_still_there() or not self._folder_of_words().exists():
            self.close()
            self.folder.mkdir(parents=True, exist_ok=True)
            self._open()
        known = self._records.changes_of_others()
        if known != self._known:
            self._words.refresh()
            self._known = known

    @property
    def seen(self) -> int:
        with self._lock:
            self._refresh()
            return int(self._records.fact("seen", "0"))

    @property
    def size(self) -> int:
        with self._lock:
            self._refresh()
            return self._records.size()

    def put(self, entries: Iterable[Entry], seen: int | None = None) -> None:
        some: list[Entry] = []
        with self._lock:
            for entry in entries:
                some.append(entry)
                if len(some) == AT_ONCE:
                    self._change(some, [], None)
                    some = []
            self._change(some, [], seen)

    def remove(self, ids: Iterable[str], seen: int | None = None) -> None:
        with self._lock:
            self._change([], list(ids), seen)

    def search(self, question: Question, synonyms: Synonyms = NO_SYNONYMS) -> list[Hit]:
        with self._lock:
            self._refresh()
            return Asking(question, self._words, self._records, self._learning).answer(synonyms)

    def suggest(self, text: str, limit: int = 8, synonyms: Synonyms = NO_SYNONYMS) -> list[Suggestion]:
        with self._lock:
            self._refresh()
            return suggest(self._words, self._records, text, limit, synonyms)

    def close(self) -> None:
        self._records.close()

    def _change(self, entries: Sequence[Entry], gone: Sequence[str], seen: int | None) -> None:
        """Words first: where the rest is not kept, the change is told again, and is the same the second time."""
        self._refresh()
        latest = {entry.id: entry for entry in entries}
        with self._records.turn():
            before = self._records.by_id([*latest, *gone])
            numbers = {record.id: record.number for record in before}
            tally = Tally()
            for record in before:
                self._records.delete(record)
                tally.count(record.causes, record.features, sign=-1)
            rows = [self._taken_in(entry, numbers.get(entry.id), tally) for entry in latest.values()]
            # a number may also be an old one of a writer that was killed between the two halves
            self._words.change(rows, [*numbers.values(), *(row.number for row in rows)])
            self._learning.keep(tally)
            if seen is not None:
                self._records.keep_fact("seen", str(seen))

    def _taken_in(self, entry: Entry, number: int | None, tally: Tally) -> Row:
        text = features(f"{entry.title}\n{entry.symptom}")
        also = features(f"{entry.cause}\n{entry.remedy}\n{entry.more}")
        telling = [feature for feature in text if feature[0] in LEARNED]
        tally.count(entry.cause_codes or entry.faults, telling)
        number = self._records.add(entry, number, telling)
        return Row(number, text.elements(), also.elements(), [f"kind:{entry.kind}", *tags(entry)], lead_of(entry))
