"""From the Markdown of an article to safe HTML: headings, lists, tables, links, and pictures of the photo store.

HTML in the text is shown as text; links lead to pages of the web or of this product only.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PHOTO = re.compile(r"photo:([0-9a-f]{64})")
_LINK = re.compile(r"(https?://|mailto:|/(?!/)|#)", re.IGNORECASE)


def as_html(text: str) -> str:
    """The text as HTML whose largest heading is an h2: the page has its own h1."""
    return str(_renderer().render(text))


@cache
def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    renderer.validateLink = _may_lead_there  # type: ignore[method-assign,assignment]
    renderer.add_render_rule("image", _image)
    renderer.add_render_rule("heading_open", _heading)
    renderer.add_render_rule("heading_close", _heading)
    return renderer


def _may_lead_there(address: str) -> bool:
    return bool(_LINK.match(address.strip()) or _PHOTO.fullmatch(address))


def _heading(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    token.tag = f"h{min(6, int(token.tag[1:]) + 1)}" if not token.meta.get("lowered") else token.tag
    token.meta["lowered"] = True
    return str(self.renderToken(tokens, index, options, env))


def _image(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """A picture of the photo store, which opens larger; of any other only its words are left."""
    token = tokens[index]
    words = str(self.renderInlineAsText(token.children or [], options, env))
    found = _PHOTO.fullmatch(str(token.attrGet("src") or ""))
    said = _escaped(words)
    if found is None:
        return said
    address = f"/api/v1/photos/{found[1]}?size=view"
    return f'<a class="photo-link" href="{address}"><img src="{address}" alt="{said}" loading="lazy"></a>'


def _escaped(text: str) -> str:
    for sign, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, safe)
    return text
