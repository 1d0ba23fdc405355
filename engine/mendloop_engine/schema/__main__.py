"""Writes `template-1.json`: run `python -m mendloop_engine.schema` after a change of `base.json` or of a field type."""

import json
from pathlib import Path

from ..fields import BUILT_IN
from . import template_schema

TARGET = Path(__file__).with_name("template-1.json")


def text() -> str:
    """The file as it must be."""
    return json.dumps(template_schema(BUILT_IN), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
