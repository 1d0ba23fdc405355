"""Texts kept in both languages."""

from collections.abc import Mapping

from mendloop.problems import Problem
from mendloop.words import LANGUAGES

LONGEST = 200


def clean(text: Mapping[str, str]) -> dict[str, str]:
    """Only our languages, without space around, without empty ones."""
    return {language: text[language].strip() for language in LANGUAGES if text.get(language, "").strip()}


def faults_of_title(title: Mapping[str, str]) -> list[Problem]:
    """A title is there in at least one language, and no longer than 200 characters."""
    words = clean(title)
    if not words:
        return [Problem("library.title_missing", at="/title_zh")]
    too_long = [language for language, text in words.items() if len(text) > LONGEST]
    field = {"zh-CN": "/title_zh", "en": "/title_en"}
    return [Problem("library.title_long", at=field[language], params={"limit": LONGEST}) for language in too_long]
