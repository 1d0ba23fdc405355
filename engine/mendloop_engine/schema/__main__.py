"""Writes `template-1.json`: run `python -m mendloop_engine.schema` after a change of `base.json` or of a field type.

With `--typescript FILE` it writes the same as types for the designer as well.
"""

import argparse
import json
from pathlib import Path

from ..fields import BUILT_IN
from . import template_schema
from .typescript import typescript_of

TARGET = Path(__file__).with_name("template-1.json")


def text() -> str:
    """The file as it must be."""
    return json.dumps(template_schema(BUILT_IN), ensure_ascii=False, indent=1) + "\n"


def types() -> str:
    """The types of templates in TypeScript."""
    return typescript_of(template_schema(BUILT_IN))


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m mendloop_engine.schema")
    parser.add_argument("--typescript", type=Path, metavar="FILE")
    wanted = parser.parse_args()
    TARGET.write_text(text(), encoding="utf-8")
    if wanted.typescript is not None:
        wanted.typescript.write_text(types(), encoding="utf-8")


if __name__ == "__main__":
    main()
