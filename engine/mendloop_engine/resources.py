"""The JSON files that are part of the engine: words and schemas. Read once, when the engine is imported."""

import json
import pkgutil
from typing import Any


def packaged_json(path: str) -> Any:
    """The packaged JSON file at `path`, relative to this package."""
    data = pkgutil.get_data(__package__, path)
    if data is None:
        raise FileNotFoundError(path)
    return json.loads(data)
