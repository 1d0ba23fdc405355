"""Doing slow work again only when what it was made from has changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(sources: Iterable[Path], *words: str) -> str:
    """A hash over the names and contents of the sources (folders are walked) and the extra words."""
    digest = hashlib.sha256("\n".join(words).encode())
    for path in sorted(files_under(sources)):
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def files_under(sources: Iterable[Path]) -> Iterable[Path]:
    for source in sources:
        if source.is_dir():
            yield from (path for path in source.rglob("*") if path.is_file() and "node_modules" not in path.parts)
        elif source.exists():
            yield source


def is_fresh(stamp: Path, print_now: str) -> bool:
    """Whether the stamp beside the product says that it was made from exactly this."""
    return stamp.exists() and stamp.read_text() == print_now


def press(stamp: Path, print_now: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(print_now)
