"""Long lists: the first rows at once, so that a phone is not scrolled to death; the others for who asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from flask import request

FIRST, MOST = 20, 500
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """`rows` are shown, `all` were found; `rest` leads to the page with as many of them as are ever shown, and is
    empty there."""

    rows: Sequence[T]
    all: int
    rest: str

    @property
    def hidden(self) -> int:
        """Found, but not shown."""
        return self.all - len(self.rows)


def listing(found: Sequence[T]) -> Listing[T]:
    """The first ones, or with `?rows=all` the rest too."""
    if request.args.get("rows") == "all" or len(found) <= FIRST:
        return Listing(found[:MOST], len(found), "")
    return Listing(found[:FIRST], len(found), "?" + urlencode({**request.args.to_dict(), "rows": "all"}))
