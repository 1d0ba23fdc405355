"""The files of a browser application, named by their content, so that they may be kept for ever."""

from pathlib import Path

from flask import request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

FOR_EVER = "public, max-age=31536000, immutable"
MEDIA_TYPES = {"js": "text/javascript", "css": "text/css", "wasm": "application/wasm"}


def send_bundle_file(folder: Path, name: str, policy: str) -> Response:
    """The file `name` in `folder`; its gzip, made by the build, where the browser takes that. Else NotFound."""
    media_type = MEDIA_TYPES.get(name.rpartition(".")[2])
    if media_type is None:
        raise NotFound
    squeezed = bool(request.accept_encodings["gzip"]) and (folder / f"{name}.gz").is_file()
    response = send_from_directory(folder, f"{name}.gz" if squeezed else name, mimetype=media_type)
    if squeezed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Content-Security-Policy"] = policy
    return response
