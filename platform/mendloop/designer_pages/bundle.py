"""The bundle of the designer: which of its files a page names."""

from pathlib import Path

from mendloop.pages.bundle import Bundle, BundleMissing, bundle_of, chunks_of

FOLDER = Path(__file__).parent.parent / "static" / "designer"
ENTRY = "src/main.tsx"
WORDS = {"zh-CN": "src/words/zh_cn.ts", "en": "src/words/english.ts"}


MORE_WORDS = {"zh-CN": "src/words/zh_cn_more.ts", "en": "src/words/english_more.ts"}
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
    return bundle_of(chunks_of(FOLDER), ENTRY, (*words, SCREENS[shown]))


def _screen(address: str) -> str:
    if not address:
        return "gallery"
    return "versions" if address.endswith("/versions") else "template"


__all__ = ["Bundle", "BundleMissing", "bundle_for"]
