"""What is saved: a document and a layout as texts, the hash of both, and the facts that lists show."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mendloop.problems import Problem, Refusal
from mendloop.words import LANGUAGES

FORMAT = 1
LONGEST_TITLE = 200
MOST_MINUTES = 1e9


@dataclass(frozen=True)
class Content:
    """A draft's document and layout. The order of keys is kept: it is the order in which somebody made things."""

    document: Mapping[str, Any]
    layout: Mapping[str, Any]

    @cached_property
    def document_text(self) -> str:
        return _text(self.document)

    @cached_property
    def layout_text(self) -> str:
        return _text(self.layout)

    @cached_property
    def hash(self) -> str:
        """SHA-256 over both, whatever the order of their keys."""
        ordered = json.dumps([self.document, self.layout], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(ordered.encode()).hexdigest()

    def prepare(self) -> None:
        """Do now what takes time, before a transaction begins in which others wait."""
        _ = self.document_text, self.layout_text, self.hash

    @property
    def title(self) -> dict[str, str]:
        """The title as far as it is one: a draft may be broken."""
        given = self.document.get("title")
        words = given if isinstance(given, Mapping) else {}
        texts = {language: words.get(language) for language in LANGUAGES}
        return {language: text[:LONGEST_TITLE] for language, text in texts.items() if isinstance(text, str) and text}

    @property
    def steps(self) -> list[Mapping[str, Any]]:
        """The nodes in which somebody works."""
        nodes = self.document.get("nodes")
        found = nodes.values() if isinstance(nodes, Mapping) else ()
        return [node for node in found if isinstance(node, Mapping) and node.get("kind") == "step"]

    @property
    def standard_minutes(self) -> float:
        """The sum of what is a number among the steps' minutes."""
        return min(sum(_amount(step.get("standard_minutes")) for step in self.steps), MOST_MINUTES)


def content_of(document: Mapping[str, Any], layout: Mapping[str, Any] | None = None) -> Content:
    """Refused when the document does not say that it is one of ours; it may be broken otherwise."""
    if document.get("format") != FORMAT or isinstance(document.get("format"), bool):
        raise Refusal(Problem("draft.format_unknown", at="/document/format"))
    return Content(document, layout or {})


def _amount(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return 0.0
    return max(float(value), 0.0)


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
