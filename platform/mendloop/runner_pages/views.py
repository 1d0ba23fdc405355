"""The page of the engineer's app and its files. The page brings the first answers of the API along."""

from flask import Blueprint, Response, after_this_request, render_template
from werkzeug.wrappers import Response as AnyResponse

from mendloop.edge.access import public
from mendloop.edge.compression import compress
from mendloop.edge.context import current_language
from mendloop.edge.headers import content_policy
from mendloop.pages.bundle_files import send_bundle_file
from mendloop.runner_pages.bundle import FOLDER, PREVIEW, BundleMissing, bundle_for
from mendloop.runner_pages.enclosed import Enclosed, enclosed_for
from mendloop.runner_pages.pieces import pieces_for

blueprint = Blueprint("runner", __name__, url_prefix="/go", template_folder="pages")

# WebAssembly, for reading codes where the browser cannot by itself; this does not allow `eval`.
POLICY = content_policy(script_src="'self' 'wasm-unsafe-eval'")
# The preview stands in a frame of the designer's page, which is of this origin; in nobody else's.
PREVIEW_POLICY = content_policy(script_src="'self' 'wasm-unsafe-eval'", frame_ancestors="'self'")


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


@blueprint.get("/preview")
@public
def show_preview() -> Response:
    """The phone in the designer's preview: it asks no server, and shows what the designer's page around it tells."""
    language = current_language()
    framed = {"Content-Security-Policy": PREVIEW_POLICY, "X-Frame-Options": "SAMEORIGIN", "Cache-Control": "no-cache"}
    try:
        bundle = bundle_for(language, entry=PREVIEW)
    except BundleMissing:
        return Response(render_template("runner_missing.html", language=language), status=503, headers=framed)
    after_this_request(compress)
    page = render_template("runner.html", bundle=bundle, language=language, enclosed=())
    return Response(page, headers=framed)


@blueprint.get("/assets/<path:name>")
@public
def send_file(name: str) -> AnyResponse:
    """A file of the bundle."""
    return send_bundle_file(FOLDER / "assets", name, POLICY)
