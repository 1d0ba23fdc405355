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
    first = chunks[entry]
    needed = _imports(chunks, entry)
    for source in sources:
        needed += [str(chunks[source]["file"]), *_imports(chunks, source)]
    preloads = tuple(file for file in dict.fromkeys(needed) if file != first["file"])
    return Bundle(str(first["file"]), tuple(first.get("css", ())), preloads)


def _imports(chunks: Chunks, name: str) -> list[str]:
    found: list[str] = []
    waiting = list(chunks[name].get("imports", ()))
    while waiting:
        chunk = waiting.pop(0)
        file = str(chunks[chunk]["file"])
        if file not in found:
            found.append(file)
            waiting.extend(chunks[chunk].get("imports", ()))
    return found
