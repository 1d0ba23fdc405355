"""The page of the designer and its files. What a person may do there, the API decides with every answer."""

from flask import Blueprint, Response, after_this_request, render_template
from werkzeug.wrappers import Response as AnyResponse

from mendloop.designer_pages.bundle import FOLDER, BundleMissing, bundle_for, soon_for
from mendloop.designer_pages.enclosed import enclosed_for
from mendloop.edge.access import allow, public
from mendloop.edge.compression import compress
from mendloop.edge.context import current_language
from mendloop.edge.headers import content_policy
from mendloop.pages.bundle_files import send_bundle_file
from mendloop.pages.enclosing import Enclosed

blueprint = Blueprint("designer", __name__, url_prefix="/designer", template_folder="pages")
POLICY = content_policy()


@blueprint.get("/")
@blueprint.get("/<path:screen>")
@allow()
def show_designer(screen: str = "") -> Response:
    """The same page for every screen, for whoever is signed in. Only what is enclosed differs; it is kept nowhere."""
    language = current_language()
    try:
        page = _render(screen, language, enclosed_for(screen))
    except BundleMissing:
        return Response(render_template("designer_missing.html", language=language), status=503)
    after_this_request(compress)
    return Response(page, headers={"Content-Security-Policy": POLICY, "Cache-Control": "private, no-store"})


@blueprint.get("/assets/<path:name>")
@public
def send_file(name: str) -> AnyResponse:
    """A file of the bundle."""
    return send_bundle_file(FOLDER / "assets", name, POLICY)


def _render(screen: str, language: str, enclosed: tuple[Enclosed, ...]) -> str:
    bundle = bundle_for(language, screen)
    soon = soon_for(screen)
    return render_template("designer.html", bundle=bundle, soon=soon, language=language, enclosed=enclosed)
