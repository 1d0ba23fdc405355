"""What Vite built for a browser application: its manifest says which hashed files a page needs first."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"


class BundleMissing(RuntimeError):
    """The app was never built on this machine."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Names of files under the bundle's folder."""

    script: str
    styles: tuple[str, ...]
    preloads: tuple[str, ...]
    """What the script imports at once: fetched beside it, not after it."""


Chunks = dict[str, dict[str, Any]]


def chunks_of(folder: Path) -> Chunks:
    """The manifest of the bundle in `folder`. Raises BundleMissing where nothing was built."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise BundleMissing
    return _read(manifest, manifest.stat().st_mtime_ns)


@cache
def _read(manifest: Path, _changed: int) -> Chunks:
    chunks: Chunks = json.loads(manifest.read_text(encoding="utf-8"))
    return chunks


def bundle_of(chunks: Chunks, entry: str, sources: Iterable[str] = ()) -> Bundle:
    """The entry's files, and those of `sources`, which the entry imports only when they are wanted."""
    needed = _with_imports(chunks, [entry, *sources])
    script = str(chunks[entry]["file"])
    styles = [style for name in needed for style in chunks[name].get("css", ())]
    preloads = tuple(str(chunks[name]["file"]) for name in needed if name != entry)
    return Bundle(script, tuple(dict.fromkeys(styles)), preloads)


def _with_imports(chunks: Chunks, names: list[str]) -> list[str]:
    """These chunks and all that they import at once, each once."""
    found: list[str] = []
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found.append(name)
            waiting.extend(chunks[name].get("imports", ()))
    return found
