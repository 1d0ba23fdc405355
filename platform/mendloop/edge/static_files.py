"""Our own style sheets, scripts and pictures: named with their content's hash, so that browsers may keep them."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, request
from werkzeug.wrappers import Response

from mendloop.edge.access import public


def install_static(app: Flask) -> None:
    """Add `?v=<hash>` to every static address; what carries one may be kept for ever."""
    public(app.view_functions["static"])
    app.url_defaults(_add_hash)
    app.after_request(_keep)


def _add_hash(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and "v" not in values:
        values["v"] = _hash(Path(__file__).parent.parent / "static" / values["filename"])


@cache
def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
