"""Reading codes with a camera on pages of stock: the reader is the one that the engineer's app was built with."""

from pathlib import Path

from flask import after_this_request, url_for
from werkzeug.wrappers import Response

from mendloop.edge.headers import content_policy
from mendloop.pages.bundle import BundleMissing, chunks_of

_FOLDER = Path(__file__).parent.parent / "static" / "runner"
_READER = "../fields/src/camera/zxing_scanner.ts"
# WebAssembly, for browsers that cannot read codes by themselves; this does not allow `eval`.
_POLICY = content_policy(script_src="'self' 'wasm-unsafe-eval'")


def reader_address() -> str:
    """Where the reader is fetched once the camera is opened, for a page that may run it; empty where none was built."""
    try:
        chunk = chunks_of(_FOLDER).get(_READER)
    except BundleMissing:
        chunk = None
    if chunk is None:
        return ""
    after_this_request(_may_read)
    return url_for("runner.send_file", name=str(chunk["file"]).removeprefix("assets/"))


def _may_read(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY
    return response
