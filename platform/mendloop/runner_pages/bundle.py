"""The bundle of the engineer's app: which of its files a page names."""

from pathlib import Path

from mendloop.pages.bundle import Bundle, BundleMissing, bundle_of, chunks_of

FOLDER = Path(__file__).parent.parent / "static" / "runner"
ENTRY = "src/main.tsx"
PREVIEW = "src/preview/main.tsx"
"""The phone in the designer's preview."""
WORDS = {"zh-CN": "src/words/zh_cn.ts", "en": "src/words/english.ts"}
MORE_WORDS = {"zh-CN": "src/words/zh_cn_more.ts", "en": "src/words/english_more.ts"}


def bundle_for(language: str, pieces: tuple[str, ...] = (), entry: str = ENTRY) -> Bundle:
    """The files that the page names for a reader of `language`, with those of `pieces`, which are sources that the
    app imports when they are wanted. Raises BundleMissing where nothing was built."""
    more = (*pieces, MORE_WORDS[language]) if pieces else ()
    chunks = chunks_of(FOLDER)
    if entry not in chunks:
        raise BundleMissing
    return bundle_of(chunks, entry, (WORDS[language], *more))


__all__ = ["Bundle", "BundleMissing", "bundle_for"]
