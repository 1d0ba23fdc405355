"""The inverted index: which entries have the features of a question. tantivy's, in a folder of its own.

Features come ready made: an entry's are written side by side, and tantivy only splits them at the spaces.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy
from tantivy import Occur, Query

HEAP = 64_000_000
"""Bytes that a writer collects before it writes; tantivy's least is 15 million a thread."""
TEXT, ALSO, TAGS, LEAD = "text", "also", "tags", "lead"
"""The symptom's features; those of cause, remedy and the rest; product, faults and the like; what is typed for."""

_KEPT = {TEXT: "freq", ALSO: "freq", LEAD: "basic"}


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as the inverted index takes it."""

    number: int
    text: Iterable[str]
    also: Iterable[str]
    tags: Sequence[str]
    lead: Iterable[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: features with their weights, tags with what they add, and tags that must be there."""

    text: Mapping[str, float]
    lead: Mapping[str, float]
    also: Mapping[str, float]
    tags: Mapping[str, float]
    any_of: Sequence[str] = ()


class Words:
    """One opened inverted index."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        for name, kept in _KEPT.items():
            builder.add_text_field(name, tokenizer_name="whitespace", index_option=kept)
        builder.add_text_field(TAGS, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("number", indexed=True, fast=True)
        self.schema = builder.build()
        folder.mkdir(exist_ok=True)
        self.index = tantivy.Index(self.schema, path=str(folder))
        self.searcher = self.index.searcher()

    def refresh(self) -> None:
        """See what was written since."""
        self.index.reload()
        self.searcher = self.index.searcher()

    def change(self, rows: Iterable[Row], gone: Iterable[int]) -> None:
        """Take rows in and forget others, in one act. The caller sees to it that nobody else is writing."""
        writer = self.index.writer(HEAP, 1)
        for number in gone:
            writer.delete_documents_by_term("number", number)
        for row in rows:
            writer.add_document(_document(row))
        writer.commit()
        writer.wait_merging_threads()
        self.refresh()

    def entries_with(self, features: Iterable[str]) -> dict[str, int]:
        """In how many entries' symptoms each feature is."""
        return {each: self.searcher.doc_freq(TEXT, each) for each in features}

    def find(self, wanted: Wanted, most: int) -> list[tuple[int, float]]:
        """The numbers of the entries with the most of what is wanted, and how much of it they have."""
        fields = ((TEXT, wanted.text), (LEAD, wanted.lead), (ALSO, wanted.also))
        parts = [self._term(name, each, boost) for name, asked in fields for each, boost in asked.items()]
        parts += [Query.const_score_query(self._tag(tag), score) for tag, score in wanted.tags.items()]
        if not parts:
            return []
        query = Query.boolean_query([(Occur.Should, part) for part in parts])
        if wanted.any_of:
            kinds = Query.boolean_query([(Occur.Should, self._tag(tag)) for tag in wanted.any_of])
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(kinds, 0.0))])
        return self.numbered(query, most)

    def numbered(self, query: Query, most: int) -> list[tuple[int, float]]:
        """The best entries for a query."""
        hits = self.searcher.search(query, most, count=False).hits
        numbers = self.searcher.fast_field_values("number", [address for _, address in hits])
        return [(int(number or 0), float(score)) for number, (score, _) in zip(numbers, hits, strict=True)]

    def _term(self, field: str, feature: str, boost: float) -> Query:
        return Query.boost_query(Query.term_query(self.schema, field, feature, _KEPT[field]), boost)

    def _tag(self, tag: str) -> Query:
        return Query.term_query(self.schema, TAGS, tag, "basic")


def _document(row: Row) -> tantivy.Document:
    document = tantivy.Document(number=row.number)
    document.add_text(TEXT, " ".join(row.text))
    document.add_text(ALSO, " ".join(row.also))
    document.add_text(LEAD, " ".join(row.lead))
    for tag in row.tags:
        document.add_text(TAGS, tag)
    return document
