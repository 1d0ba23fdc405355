"""Pictures of instructions: put in by those who write templates, shown to everybody of the organisation.

They lie where photos lie, named by their content, bounded and copied by the same hands; only safe copies are shown.
"""

import hashlib
from typing import Literal

from flask import request, send_file
from pydantic import BaseModel
from werkzeug.wrappers import Response

from mendloop.accounts.actor import DESIGNER, OWNER
from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.edge.context import current_config
from mendloop.photos import services
from mendloop.photos.api import SANDBOX

api = Api("template_pictures")


class PictureOut(BaseModel):
    """A picture that a template may name from now on."""

    sha256: str
    width: int
    height: int


class PictureQuery(BaseModel):
    """Which copy of a picture is wanted."""

    size: Literal["thumb", "view"] = "view"


@api.post(
    "/template-pictures",
    roles=(DESIGNER, OWNER),
    summary="Put in a picture for instructions; the answer has the name for it. Sending it again is harmless.",
    request_media="application/octet-stream",
    response=PictureOut,
    status=201,
    max_bytes=lambda config: config.photo_bytes,
)
def post_template_picture() -> PictureOut:
    body = request.get_data(cache=False)
    sha256 = hashlib.sha256(body).hexdigest()
    kept = services.receive_photo(current_session(), current_actor(), current_config().data_folder, sha256, body)
    return PictureOut(sha256=sha256, width=kept.width, height=kept.height)


@api.get(
    "/template-pictures/<sha256>",
    roles=ANY_ROLE,
    summary="A picture of an instruction: a safe copy to look at.",
    query=PictureQuery,
    response_media="image/jpeg",
)
def get_template_picture(sha256: str, query: PictureQuery) -> Response:
    actor = current_actor()
    services.access_photo(current_session(), actor, sha256)
    file = services.photo_file(actor, current_config().data_folder, sha256, query.size)
    response = send_file(file, mimetype="image/jpeg", etag=f"{sha256}-{query.size}", max_age=31_536_000)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
