"""The demonstration's templates: the built-in ones, each published, each with its draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mendloop.drafts.publishing import publish_document
from mendloop.library.demo import template_documents

if TYPE_CHECKING:
    from mendloop.demo import Demo


def load_demo(demo: Demo) -> None:
    """Publish what changed. What somebody drafts meanwhile stays theirs."""
    for document in template_documents(demo.templates):
        publish_document(demo.session, demo.supervisor, document)
