"""What Vite built: its manifest says which hashed files the page needs first."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "static" / "runner"
ENTRY = "src/main.tsx"
WORDS = {"zh-CN": "src/words/zh_cn.ts", "en": "src/words/english.ts"}
MORE_WORDS = {"zh-CN": "src/words/zh_cn_more.ts", "en": "src/words/english_more.ts"}


class BundleMissing(RuntimeError):
    """The app was never built on this machine."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Names of files under the bundle's folder."""

    script: str
    styles: tuple[str, ...]
    preloads: tuple[str, ...]
    """What the script imports at once: fetched beside it, not after it."""


def bundle_for(language: str, pieces: tuple[str, ...] = ()) -> Bundle:
    """The files that the page names for a reader of `language`, with those of `pieces`, which are sources that the
    app imports when they are wanted. Raises BundleMissing where nothing was built."""
    manifest = FOLDER / "manifest.json"
    if not manifest.is_file():
        raise BundleMissing
    return _read(manifest, manifest.stat().st_mtime_ns, language, pieces)


@cache
def _read(manifest: Path, _changed: int, language: str, pieces: tuple[str, ...]) -> Bundle:
    chunks = json.loads(manifest.read_text(encoding="utf-8"))
    entry = chunks[ENTRY]
    needed = [*_imports(chunks, ENTRY), chunks[WORDS[language]]["file"]]
    for piece in (*pieces, MORE_WORDS[language]) if pieces else ():
        needed += [chunks[piece]["file"], *_imports(chunks, piece)]
    needed = [file for file in needed if file != entry["file"]]
    return Bundle(entry["file"], tuple(entry.get("css", ())), tuple(dict.fromkeys(needed)))


def _imports(chunks: dict[str, dict[str, list[str]]], name: str) -> list[str]:
    found: list[str] = []
    waiting = list(chunks[name].get("imports", ()))
    while waiting:
        chunk = waiting.pop(0)
        file = str(chunks[chunk]["file"])
        if file not in found:
            found.append(file)
            waiting.extend(chunks[chunk].get("imports", ()))
    return found
