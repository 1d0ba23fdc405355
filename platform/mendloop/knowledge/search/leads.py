"""What an entry is found by while somebody types."""

from collections.abc import Iterator

from mendloop.knowledge.search.entries import Entry


def lead_of(line: str, entry: Entry) -> Iterator[str]:
    yield from ()
