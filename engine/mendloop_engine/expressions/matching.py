"""`matches` on the server: RE2 itself; the phone runs the program the same pattern was compiled to."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import re2

from .limits import MAX_MATCHED
from .values import Failed


@lru_cache(512)
def matcher(pattern: str) -> Callable[[Any], bool]:
    """Whether the pattern is found anywhere in a text."""
    options = re2.Options()
    options.log_errors = False
    search = re2.compile(pattern, options).search

    def match(text: Any) -> bool:
        if not isinstance(text, str):
            raise Failed("type")
        if len(text) > MAX_MATCHED:
            raise Failed("too_long")
        return search(text) is not None

    return match
