"""Our own style sheets, scripts and pictures: named with their content's hash, so that browsers may keep them."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, request
from werkzeug.wrappers import Response

from mendloop.edge.access import public

STATIC = Path(__file__).parent.parent / "static"


def install_static(app: Flask) -> None:
    """Add `?v=<hash>` to every static address; what carries one may be kept for ever."""
    public(app.view_functions["static"])
    app.add_url_rule("/style.css", "style", show_style)
    app.url_defaults(_add_hash)
    app.after_request(_keep)


@public
def show_style() -> Response:
    """All style sheets of static/css as one, in the order of their names: one request instead of ten."""
    return Response(_style(), content_type="text/css; charset=utf-8")


@cache
def _style() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted((STATIC / "css").glob("*.css")))


def _add_hash(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "style":
        values["v"] = hashlib.sha256(_style().encode()).hexdigest()[:12]
    elif endpoint == "static" and "v" not in values:
        values["v"] = _hash(STATIC / values["filename"])


@cache
def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def _keep(response: Response) -> Response:
    if request.endpoint in {"static", "style"} and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
