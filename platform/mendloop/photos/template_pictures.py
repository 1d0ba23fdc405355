"""Pictures of instructions: put in by those who write templates, shown to everybody of the organisation.

They lie where photos lie, named by their content, bounded and copied by the same hands; only safe copies are shown.
"""

import hashlib
from typing import Literal

from flask import request, send_file
from pydantic import BaseModel
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mendloop.accounts.actor import Actor
from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.drafts.rights import RightMissing, includes, right_by_role, rights_to_all
from mendloop.edge.context import current_config
from mendloop.photos import services
from mendloop.photos.api import SANDBOX
from mendloop.photos.sniffing import sniff

api = Api("template_pictures")


class PictureOut(BaseModel):
    """A picture that a template may name from now on."""

    sha256: str
    width: int
    height: int


class PictureQuery(BaseModel):
    """Which copy of a picture is wanted."""

    size: Literal["thumb", "view"] = "view"


def edits_some_template(session: Session, actor: Actor) -> bool:
    """True when the actor may edit a template, by role or because the right was given to them."""
    rights = (right_by_role(actor.roles), *rights_to_all(session, actor).values())
    return any(includes(right, "edit") for right in rights)


@api.post(
    "/template-pictures",
    roles=ANY_ROLE,
    summary="Put in a picture for instructions; the answer has the name for it. Sending it again is harmless.",
    request_media="application/octet-stream",
    response=PictureOut,
    status=201,
    max_bytes=lambda config: config.photo_bytes,
)
def post_template_picture() -> PictureOut:
    session, actor = current_session(), current_actor()
    body = request.get_data(cache=False)
    if sniff(body[:32]) is not None and not edits_some_template(session, actor):  # what is no picture is told so first
        raise RightMissing("edit")
    sha256 = hashlib.sha256(body).hexdigest()
    kept = services.receive_photo(session, actor, current_config().data_folder, sha256, body)
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
