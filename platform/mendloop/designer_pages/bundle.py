"""The bundle of the designer: which of its files a page names."""

from pathlib import Path

from mendloop.pages.bundle import Bundle, BundleMissing, bundle_of, chunks_of

FOLDER = Path(__file__).parent.parent / "static" / "designer"
ENTRY = "src/main.tsx"
WORDS = {"zh-CN": "src/words/zh_cn.ts", "en": "src/words/english.ts"}


def bundle_for(language: str) -> Bundle:
    """The files that the page names for a reader of `language`. Raises BundleMissing where nothing was built."""
    return bundle_of(chunks_of(FOLDER), ENTRY, (WORDS[language],))


__all__ = ["Bundle", "BundleMissing", "bundle_for"]
