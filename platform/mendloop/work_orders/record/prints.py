"""Prints of records: each made once, kept, and made by a process of its own where that takes a while.

A print lies in `<data>/prints/<organisation>/<key>`, and the key says all that is on it: what changes gets another key,
what is the same is found again, also by another server and after a restart. One large print at a time is made for an
organisation: whoever makes it holds a lock on the file `turn`, which the system opens again when that process ends, in
whatever way. Nothing here has to be kept: without it everything is printed again.
"""

import fcntl
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from mendloop.work_orders.record import press
from mendloop.work_orders.record.printing import FONTS, SHEET, Sheet

State = Literal["ready", "running", "waiting", "cancelled", "failed"]
KEPT = 200
"""Prints of an organisation that are kept, those used last."""
TRIES = 3
"""How often a print is begun that ended without saying why."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a print is; of `total` pictures so many are laid ready."""

    state: State
    stage: str = ""
    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """Laying pictures ready is about half of it; setting cannot tell how far it is."""
        if self.state == "ready":
            return 100
        return 5 + round(self.done / self.total * 50) if self.total else 5


@dataclass(frozen=True, slots=True)
class Prints:
    """An organisation's prints."""

    data_folder: Path
    organisation_id: str

    @property
    def root(self) -> Path:
        """Where they lie."""
        return self.data_folder / "prints" / self.organisation_id

    def lay_out(self, sheet: Sheet, about: dict[str, Any]) -> "Print":
        """The print of this sheet, new or as it was made before; `about` says whose it is."""
        found = self.find(sheet.key)
        if found is not None:
            (found.folder / "about.json").touch()  # used now
            return found
        folder = self.root / sheet.key
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(SHEET, folder / "record.typ")
        press.write(folder / "record.json", json.dumps(sheet.facts, ensure_ascii=False).encode())
        press.write(folder / "pictures.json", json.dumps(sheet.pictures).encode())
        press.write(folder / "about.json", json.dumps(about, ensure_ascii=False).encode())
        self._sweep()
        return Print(self, sheet.key)

    def find(self, key: str) -> "Print | None":
        """The print with this key, if it was laid out."""
        is_name = key.isalnum() and key.isascii() and len(key) == 32
        return Print(self, key) if is_name and (self.root / key / "about.json").is_file() else None

    def _sweep(self) -> None:
        """Forget those that nobody asked for lately; one that is being made is among the newest."""
        laid_out = sorted(self.root.glob("*/about.json"), key=lambda file: file.stat().st_mtime)
        for file in laid_out[:-KEPT]:
            shutil.rmtree(file.parent, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Print:
    """One print that was laid out."""

    prints: Prints
    key: str

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.prints.root / self.key

    @property
    def file(self) -> Path:
        """The document, when it is ready."""
        return self.folder / "record.pdf"

    @property
    def about(self) -> dict[str, Any]:
        """Whose it is, as it was laid out."""
        found: dict[str, Any] = json.loads((self.folder / "about.json").read_text("utf-8"))
        return found

    def make_now(self) -> None:
        """Make it while whoever asked waits."""
        if not self.file.is_file():
            press.press(self.folder, FONTS)

    def advance(self) -> Progress:
        """How far it is. It is begun when nobody makes it and no other print is being made."""
        settled = self._settled()
        if settled is not None:
            return settled
        with self._turn() as turn:
            if turn is None:
                return self._under_way()
            settled = self._settled()
            return settled or self._begin(turn)

    def cancel(self) -> None:
        """Nobody wants it any more; the process that makes it sees that and ends."""
        if not self.file.is_file():
            (self.folder / "cancelled").touch()

    def again(self) -> None:
        """Somebody wants it after all."""
        for name in ("cancelled", "failed", "tries"):
            (self.folder / name).unlink(missing_ok=True)

    def _settled(self) -> Progress | None:
        if self.file.is_file():
            return Progress("ready")
        if (self.folder / "cancelled").exists():
            return Progress("cancelled")
        return Progress("failed") if (self.folder / "failed").exists() else None

    def _under_way(self) -> Progress:
        """Somebody's turn it is: ours, or that of another print."""
        if (self.prints.root / "turn").read_text("ascii") != self.key:
            return Progress("waiting")
        try:
            told = json.loads((self.folder / "progress.json").read_text("utf-8"))
        except FileNotFoundError:
            return Progress("running")
        return Progress("running", told["stage"], told["done"], told["total"])

    def _begin(self, turn: IO[str]) -> Progress:
        tries = self.folder / "tries"
        count = int(tries.read_text("ascii")) + 1 if tries.exists() else 1
        if count > TRIES:
            (self.folder / "failed").touch()
            return Progress("failed")
        tries.write_text(str(count), "ascii")
        turn.truncate(0)
        turn.write(self.key)
        turn.flush()
        _run([sys.executable, "-I", press.__file__, str(self.folder), str(FONTS)], turn)
        return Progress("running")

    @contextmanager
    def _turn(self) -> Iterator[IO[str] | None]:
        """The organisation's turn, or None where somebody has it. A process that is given the file keeps the turn."""
        with (self.prints.root / "turn").open("a", encoding="ascii") as turn:
            try:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield None
                return
            yield turn


def _run(command: list[str], turn: IO[str]) -> None:
    """Start it, give it the turn, and see to it that its end is noticed by the system."""
    process = subprocess.Popen(  # noqa: S603 - our own program on a folder whose name we made
        command,
        pass_fds=[turn.fileno()],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
    )
    threading.Thread(target=process.wait, name="print", daemon=True).start()
