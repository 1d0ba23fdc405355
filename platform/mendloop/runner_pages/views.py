"""The page of the engineer's app and its files. The page holds nobody's data: the app asks the API who is there."""

from flask import Blueprint, Response, render_template, request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from mendloop.edge.access import public
from mendloop.edge.context import current_language
from mendloop.edge.headers import content_policy
from mendloop.runner_pages.bundle import FOLDER, BundleMissing, bundle_for

blueprint = Blueprint("runner", __name__, url_prefix="/go", template_folder="pages")

# WebAssembly, for reading codes where the browser cannot by itself; this does not allow `eval`.
POLICY = content_policy(script_src="'self' 'wasm-unsafe-eval'")
FOR_EVER = "public, max-age=31536000, immutable"
COMPRESSED = (".js", ".css", ".wasm")


@blueprint.get("/")
@blueprint.get("")
@blueprint.get("/<path:_screen>")
@public
def show_app(_screen: str = "") -> Response:
    """The same page for every screen: the app reads its address."""
    language = current_language()
    try:
        page = render_template("runner.html", bundle=bundle_for(language), language=language)
    except BundleMissing:
        return Response(render_template("runner_missing.html", language=language), status=503)
    return Response(page, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"})


@blueprint.get("/assets/<path:name>")
@public
def send_file(name: str) -> AnyResponse:
    """A file of the bundle, named by its content, so it may be kept for ever. Its gzip was made by the build."""
    folder = FOLDER / "assets"
    if not name.endswith(COMPRESSED):
        raise NotFound
    squeezed = bool(request.accept_encodings["gzip"]) and (folder / f"{name}.gz").is_file()
    response = send_from_directory(folder, f"{name}.gz" if squeezed else name, mimetype=_media_type(name))
    if squeezed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _media_type(name: str) -> str:
    kinds = {"js": "text/javascript", "css": "text/css", "wasm": "application/wasm"}
    return kinds[name.rpartition(".")[2]]
