"""The page of the engineer's app, as the product makes it: the same template, with such answers enclosed."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from flask import Flask
from mendloop.app import create_app
from mendloop.config import Config
from mendloop.runner_pages.enclosed import enclose
from mendloop.runner_pages.views import render_page


def app_page(answers: Mapping[str, object]) -> str:
    """The page that brings these answers of the API along, by their path."""
    enclosed = tuple(enclose(path, json.dumps(answer, separators=(",", ":"))) for path, answer in answers.items())
    with _product().test_request_context("/go/"):
        return render_page("en", enclosed)


@cache
def _product() -> Flask:
    """The product without anybody in it: nothing is read from its database."""
    folder = Path(tempfile.mkdtemp())
    return create_app(Config(folder, f"sqlite:///{folder / 'mendloop.db'}", "for the benchmark only", testing=True))
