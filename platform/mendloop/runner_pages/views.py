"""The page of the engineer's app and its files. The page brings the first answers of the API along."""

from flask import Blueprint, Response, after_this_request, render_template, request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from mendloop.edge.access import public
from mendloop.edge.compression import compress
from mendloop.edge.context import current_language
from mendloop.edge.headers import content_policy
from mendloop.runner_pages.bundle import FOLDER, BundleMissing, bundle_for
from mendloop.runner_pages.enclosed import Enclosed, enclosed_for
from mendloop.runner_pages.pieces import pieces_for

blueprint = Blueprint("runner", __name__, url_prefix="/go", template_folder="pages")

# WebAssembly, for reading codes where the browser cannot by itself; this does not allow `eval`.
POLICY = content_policy(script_src="'self' 'wasm-unsafe-eval'")
FOR_EVER = "public, max-age=31536000, immutable"
COMPRESSED = (".js", ".css", ".wasm")


@blueprint.get("/")
@blueprint.get("")
@blueprint.get("/<path:screen>")
@public
def show_app(screen: str = "") -> Response:
    """The same page for every screen: the app reads its address. Only what is enclosed differs, and is kept nowhere."""
    language = current_language()
    enclosed = enclosed_for(screen)
    try:
        page = render_page(language, enclosed)
    except BundleMissing:
        return Response(render_template("runner_missing.html", language=language), status=503)
    kept = "private, no-store" if enclosed else "no-cache"
    after_this_request(compress)
    return Response(page, headers={"Content-Security-Policy": POLICY, "Cache-Control": kept})


def render_page(language: str, enclosed: tuple[Enclosed, ...]) -> str:
    """The page as the browser gets it. Raises BundleMissing."""
    bundle = bundle_for(language, pieces_for(enclosed))
    return render_template("runner.html", bundle=bundle, language=language, enclosed=enclosed)


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
