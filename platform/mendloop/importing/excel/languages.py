"""In which language a checklist is written. Nobody asked for a translation of one that is written in Chinese only."""

from collections.abc import Iterator
from typing import Any

from mendloop.importing.excel.fields import CHECKS, PHOTOS
from mendloop.importing.excel.values import is_chinese
from mendloop.words import LANGUAGES, is_text, only_in

CHINESE, ENGLISH = LANGUAGES
USUAL_ROLE = {"zh-CN": "维修工程师", "en": "Engineer"}
DONE = {"zh-CN": "完成", "en": "Done"}
OURS = (CHECKS, PHOTOS, USUAL_ROLE, DONE)
"""What imports say by themselves, in both languages."""


def in_its_language(document: dict[str, Any]) -> dict[str, Any]:
    """The document in the one language that its sheets are written in, and saying so; as it is where they hold both.
    Codes and names in Latin letters between Chinese lines are no English."""
    language = _language_of(document)
    if language is None:
        return document
    return {**only_in((language,), _said_in(language, document)), "languages": [language]}


def _language_of(document: dict[str, Any]) -> str | None:
    texts = list(_alone_in(document))
    chinese = sum(map(is_chinese, texts))
    if not texts or any(_translated_in(document)):
        return None
    if chinese == 0:
        return ENGLISH
    return CHINESE if chinese * 2 >= len(texts) else None


def _texts_in(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict) and is_text(value):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(each)


def _alone_in(document: dict[str, Any]) -> Iterator[str]:
    return (next(iter(text.values())) for text in _texts_in(document) if len(text) == 1)


def _translated_in(document: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Texts that the sheets give in both languages: all but those that every import says."""
    return (text for text in _texts_in(document) if len(text) > 1 and text not in OURS)


def _said_in(language: str, value: Any) -> Any:
    if isinstance(value, dict) and is_text(value):
        return {language: next(iter(value.values()))} if len(value) == 1 else value
    if isinstance(value, dict):
        return {key: _said_in(language, each) for key, each in value.items()}
    return [_said_in(language, each) for each in value] if isinstance(value, list) else value
