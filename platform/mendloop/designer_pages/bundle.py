"""The bundle of the designer: which of its files a page names."""

from dataclasses import replace
from pathlib import Path

from mendloop.pages.bundle import Bundle, BundleMissing, bundle_of, chunks_of

FOLDER = Path(__file__).parent.parent / "static" / "designer"
ENTRY = "src/main.tsx"
WORDS = {"zh-CN": "src/words/zh_cn.ts", "en": "src/words/english.ts"}


MORE_WORDS = {"zh-CN": "src/words/zh_cn_more.ts", "en": "src/words/english_more.ts"}
LAYOUT = "src/canvas/layout/arranging.ts"
SCREENS = {
    "gallery": "src/gallery/index.ts",
    "template": "src/shell/open_screen.tsx",
    "versions": "src/versions/index.ts",
}


def bundle_for(language: str, screen: str) -> Bundle:
    """The files that the page names for a reader of `language` who opens `screen`, which is the address behind
    /designer/. Raises BundleMissing where nothing was built."""
    shown = _screen(screen)
    words = (WORDS[language],) if shown == "template" else (WORDS[language], MORE_WORDS[language])
    return _largest_first(bundle_of(chunks_of(FOLDER), ENTRY, (*words, SCREENS[shown])))


def _largest_first(bundle: Bundle) -> Bundle:
    """Browsers fetch six files at a time where there is no HTTP/2: what takes longest must not wait for its turn."""
    return replace(bundle, preloads=tuple(sorted(bundle.preloads, key=_size, reverse=True)))


def _size(name: str) -> int:
    file = FOLDER / name
    return file.stat().st_size if file.is_file() else 0


def soon_for(screen: str) -> tuple[str, ...]:
    """What `screen` wants as soon as it runs: what lays a flow out. Fetched beside the rest, not after it."""
    chunk = chunks_of(FOLDER).get(LAYOUT) if is_template(screen) else None
    return () if chunk is None else (str(chunk["file"]),)


def is_template(address: str) -> bool:
    """True where one template is edited."""
    return _screen(address) == "template"


def _screen(address: str) -> str:
    if not address:
        return "gallery"
    return "versions" if address.endswith("/versions") else "template"


__all__ = ["Bundle", "BundleMissing", "bundle_for", "is_template", "soon_for"]
