"""Photos over the API: sent by hash, fetched as thumbnail, view or original."""

from typing import Any, Literal

from flask import request, send_file
from pydantic import BaseModel
from werkzeug.wrappers import Response

from mendloop.accounts.actor import ENGINEER, OWNER, SUPERVISOR
from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.edge.context import current_config
from mendloop.photos import services
from mendloop.photos.models import Photo
from mendloop.sync.services import photo_arrived

api = Api("photos")
SANDBOX = "default-src 'none'; sandbox"


class PhotoOut(BaseModel):
    """A photo that has arrived. `evidence`: what the file says about when, where and with what it was taken."""

    sha256: str
    media_type: str
    size: int
    width: int
    height: int
    evidence: dict[str, Any]


class PhotoQuery(BaseModel):
    """Which copy of a photo is wanted."""

    size: Literal["thumb", "view", "original"] = "view"


@api.put(
    "/photos/<sha256>",
    roles=(ENGINEER, SUPERVISOR, OWNER),
    summary="Send a photo under the SHA-256 of its bytes. Sending it again is harmless.",
    request_media="application/octet-stream",
    response=PhotoOut,
    max_bytes=lambda config: config.photo_bytes,
)
def put_photo(sha256: str) -> PhotoOut:
    session, actor = current_session(), current_actor()
    body = request.get_data(cache=False)
    photo = services.receive_photo(session, actor, current_config().data_folder, sha256, body)
    photo_arrived(session, actor, sha256)
    return _describe(photo)


@api.get(
    "/photos/<sha256>",
    roles=ANY_ROLE,
    summary="A photo: a safe copy to look at, or the original as an attachment.",
    query=PhotoQuery,
    response_media="image/jpeg",
)
def get_photo(sha256: str, query: PhotoQuery) -> Response:
    actor = current_actor()
    photo = services.access_photo(current_session(), actor, sha256)
    file = services.photo_file(actor, current_config().data_folder, sha256, query.size)
    is_original = query.size == "original"
    response = send_file(
        file,
        mimetype=photo.media_type if is_original else "image/jpeg",
        as_attachment=is_original,
        download_name=f"{sha256[:16]}.{photo.media_type.partition('/')[2]}",
        etag=f"{sha256}-{query.size}",
        max_age=31_536_000,
    )
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _describe(photo: Photo) -> PhotoOut:
    return PhotoOut(
        sha256=photo.sha256,
        media_type=photo.media_type,
        size=photo.size,
        width=photo.width,
        height=photo.height,
        evidence=services.evidence_of(photo),
    )
