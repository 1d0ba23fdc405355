"""Pictures are drawn once for each content."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from mendloop.drafts.picture.drawing import draw

MOST = 500
_kept: OrderedDict[str, str] = OrderedDict()
_guard = threading.Lock()


def picture_of(content_hash: str, document: Callable[[], Mapping[str, Any]]) -> str:
    """The picture of the content with this hash; `document` reads it where nobody asked for it lately."""
    with _guard:
        found = _kept.get(content_hash)
    if found is None:
        found = draw(document())
    with _guard:
        _kept[content_hash] = found
        _kept.move_to_end(content_hash)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return found
