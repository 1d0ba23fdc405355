"""The nearest solved cases for a repair, and what somebody who types may mean. No web and no database in here."""

from mendloop.knowledge.search.index import open_index

__all__ = ["open_index"]
