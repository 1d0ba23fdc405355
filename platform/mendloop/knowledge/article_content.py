"""What an article or a bulletin says. Frozen, and the same as JSON."""

import json
from dataclasses import asdict, dataclass, field

from mendloop_engine.canonical import canonical_text

from mendloop.knowledge.content import Words

KINDS = ("article", "bulletin")


@dataclass(frozen=True, slots=True)
class ArticleContent:
    """Title and text by language, the text in Markdown; the products (with all below them) and faults it is about."""

    title: Words = field(default_factory=dict)
    body: Words = field(default_factory=dict)
    products: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def read_article(text: str) -> ArticleContent:
    """An article's document."""
    said = json.loads(text)
    return ArticleContent(said["title"], said["body"], tuple(said["products"]), tuple(said["faults"]))


def write_article(content: ArticleContent) -> str:
    """The same as the text that is kept."""
    return canonical_text(asdict(content))
