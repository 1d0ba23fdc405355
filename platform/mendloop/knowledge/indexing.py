"""The search of an organisation, brought up to date before each question. It is a projection: throw it away any time.

Beside it lies a mark that says up to which change it knows, by that change's number and id, and in which folder it is.
A change with another id, or none, under that number means that this is no longer the database the search was made from
(a backup was restored): then it is made anew, in a new folder, so that who still reads the old one is not disturbed.
"""

import fcntl
import json
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.database import new_id, session_for
from mendloop.knowledge.changes import Mark, mark_of, newest_change
from mendloop.knowledge.entries import entries_after
from mendloop.knowledge.search.entries import Hit, Index, Question, Suggestion
from mendloop.knowledge.search.index import open_index
from mendloop.knowledge.settings import synonyms_of


@dataclass(frozen=True, slots=True)
class _Open:
    """A search as this process has it open: its folder's name, and the last change it knows."""

    index: Index
    folder: str
    mark: Mark


PATIENCE, FOR_EVER = 1.0, -1.0
"""Seconds."""
_guard = threading.Lock()
_open: dict[Path, _Open] = {}
_turns: dict[Path, threading.Lock] = {}


def search_knowledge(session: Session, actor: Actor, data_folder: Path, question: Question) -> list[Hit]:
    """What may help, the best first; the organisation's own synonyms count."""
    return current_index(session, actor, data_folder).search(question, synonyms_of(session, actor))


def suggest_knowledge(session: Session, actor: Actor, data_folder: Path, text: str, limit: int = 8) -> list[Suggestion]:
    """What somebody who has typed so far may be looking for."""
    return current_index(session, actor, data_folder).suggest(text, limit, synonyms_of(session, actor))


def current_index(session: Session, actor: Actor, data_folder: Path) -> Index:
    """The organisation's search, which knows every change that can be seen now. One query when nothing has changed.

    While somebody else makes it anew for long, the old one answers, if this process has it open.
    """
    home = home_of(actor, data_folder)
    newest = newest_change(session, actor)
    there = _open.get(home)
    if there is None or not (home / there.folder).is_dir():
        return _catch_up(session, actor, home).index
    if there.mark == newest:
        return there.index
    try:
        return _catch_up(session, actor, home, PATIENCE).index
    except TimeoutError:
        return there.index


def rebuild_index(session: Session, actor: Actor, data_folder: Path) -> int:
    """Make it anew. How many entries it has."""
    home = home_of(actor, data_folder)
    with _turn(home):
        return _make(session, actor, home).index.size


def home_of(actor: Actor, data_folder: Path) -> Path:
    """Where the organisation's search lies."""
    return data_folder / "knowledge" / actor.organisation_id


def _catch_up(session: Session, actor: Actor, home: Path, patience: float = FOR_EVER) -> _Open:
    with _turn(home, patience):
        folder, known = _read_mark(home)
        there = _reopened(home, folder)
        if there is None or not _is_ours(session, actor, known) or there.seen != known.number:
            return _make(session, actor, home)
        changed = entries_after(session, actor, known.number)
        if changed.number > known.number:
            there.remove(changed.removed)
            there.put(changed.entries, changed.number)
            known = mark_of(session, actor, changed.number) or known
        return _remember(home, _Open(there, folder, known))


def _make(session: Session, actor: Actor, home: Path) -> _Open:
    folder = new_id()
    index = open_index(home / folder)
    changed = entries_after(session, actor, 0)
    index.put(changed.entries, changed.number)
    mark = mark_of(session, actor, changed.number) or Mark(0, "")
    made = _remember(home, _Open(index, folder, mark))
    for old in home.iterdir():
        if old.is_dir() and old.name != folder:
            shutil.rmtree(old, ignore_errors=True)
    return made


def _remember(home: Path, made: _Open) -> _Open:
    fresh = home / "mark.new"
    said = {"folder": made.folder, "number": made.mark.number, "id": made.mark.id}
    fresh.write_text(json.dumps(said), encoding="ascii")
    fresh.replace(home / "mark")
    _open[home] = made
    return made


def _reopened(home: Path, folder: str) -> Index | None:
    there = _open.get(home)
    if not folder or not (home / folder).is_dir():
        return None
    return there.index if there is not None and there.folder == folder else open_index(home / folder)


def _is_ours(session: Session, actor: Actor, known: Mark) -> bool:
    """Whether the change that the search knows last is one of this database. This transaction may have begun before
    that change was made, while somebody else's search knows it already: so one that begins now is asked, too."""
    if known.number == 0 or mark_of(session, actor, known.number) == known:
        return True
    with session_for(session.info["database"], actor) as later:
        return mark_of(later, actor, known.number) == known


def _read_mark(home: Path) -> tuple[str, Mark]:
    """The folder's name and what it knows; nothing where there is no mark, or one that cannot be read."""
    try:
        said = json.loads((home / "mark").read_text(encoding="ascii"))
        return str(said["folder"]), Mark(int(said["number"]), str(said["id"]))
    except (OSError, ValueError, KeyError, TypeError):
        return "", Mark(0, "")


@contextmanager
def _turn(home: Path, patience: float = FOR_EVER) -> Iterator[None]:
    """One thread of one process at a time brings a search up to date; the others wait and find it done.
    TimeoutError: whoever is at it needs longer than `patience` seconds."""
    with _guard:
        own = _turns.setdefault(home, threading.Lock())
    home.mkdir(parents=True, exist_ok=True)
    if not own.acquire(timeout=patience):
        raise TimeoutError
    try:
        with (home / "turn").open("w") as file:
            _lock(file, patience)
            yield
    finally:
        own.release()


def _lock(file: IO[str], patience: float) -> None:
    """Against other processes."""
    if patience == FOR_EVER:
        fcntl.flock(file, fcntl.LOCK_EX)
        return
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise TimeoutError from None
            time.sleep(0.02)
        else:
            return
