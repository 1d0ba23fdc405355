"""Receiving photos and handing them out."""

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import run_write
from mendloop.photos.decoding import Rendered, render
from mendloop.photos.files import PhotoFiles, write_hashed
from mendloop.photos.models import Photo, PhotoReference
from mendloop.photos.sniffing import sniff
from mendloop.problems import Missing, Problem, Refusal

_SHA256 = re.compile(r"[0-9a-f]{64}")
_PHOTO: Table = Photo.__table__  # type: ignore[assignment]
_REFERENCES: Table = PhotoReference.__table__  # type: ignore[assignment]
_ARRIVED = select(_PHOTO.c.sha256).where(
    _PHOTO.c.organisation_id == bindparam("organisation_id"),
    _PHOTO.c.sha256.in_(bindparam("hashes", expanding=True)),
)


class NotAPhoto(Refusal):
    """The bytes are none of the kinds of picture that are taken in."""

    status = 415


def receive_photo(session: Session, actor: Actor, data_folder: Path, sha256: str, body: bytes) -> Photo:
    """Keep `body` under its hash and answer when it is safe on disk. Sending it again changes nothing."""
    _check_name(sha256)
    known = find_photo(session, actor, sha256)
    if known is not None:
        return known
    media_type = sniff(body[:32])
    if media_type is None:
        raise NotAPhoto(Problem("photo.type_refused"))
    session.rollback()  # decoding takes a while: no transaction stays open meanwhile
    rendered = _store(PhotoFiles(data_folder, actor.organisation_id), sha256, media_type, body)
    return run_write(session, lambda: _write_down(session, actor, sha256, (media_type, len(body)), rendered))


def keep_own_photo(session: Session, actor: Actor, data_folder: Path, body: bytes) -> str:
    """Keep a picture that the product itself made, inside the caller's write transaction; answers its hash."""
    sha256 = hashlib.sha256(body).hexdigest()
    media_type = sniff(body[:32])
    if media_type is None:
        raise NotAPhoto(Problem("photo.type_refused"))
    if find_photo(session, actor, sha256) is None:
        rendered = _store(PhotoFiles(data_folder, actor.organisation_id), sha256, media_type, body)
        _write_down(session, actor, sha256, (media_type, len(body)), rendered)
    return sha256


def find_photo(session: Session, actor: Actor, sha256: str) -> Photo | None:
    """The photo with this hash, if it has arrived."""
    return session.get(Photo, (actor.organisation_id, sha256))


def access_photo(session: Session, actor: Actor, sha256: str) -> Photo:
    """The photo with this hash; one of another organisation is as missing as none."""
    found = find_photo(session, actor, sha256) if _SHA256.fullmatch(sha256) else None
    if found is None:
        raise Missing
    return found


def photo_file(actor: Actor, data_folder: Path, sha256: str, size: str) -> Path:
    """The file of a photo that is there: `original`, or a safe copy `thumb` or `view`."""
    return PhotoFiles(data_folder, actor.organisation_id).path(sha256, size)


def missing_photos(session: Session, actor: Actor, hashes: Iterable[str]) -> set[str]:
    """Those of `hashes` that have not arrived."""
    wanted = set(hashes)
    if not wanted:
        return wanted
    values = {"organisation_id": actor.organisation_id, "hashes": sorted(wanted)}
    return wanted - set(session.connection().execute(_ARRIVED, values).scalars())


def photos_named_in(value: Any) -> set[str]:
    """Every photo that an answer refers to: hashes under the names `photo`, `photos` and `image`, however deep."""
    if isinstance(value, dict):
        found = set()
        for name, inner in value.items():
            found |= _hashes(inner) if name in {"photo", "photos", "image"} else set()
            found |= photos_named_in(inner)
        return found
    if isinstance(value, list):
        return set().union(*(photos_named_in(inner) for inner in value))
    return set()


def refer_to_photos(session: Session, actor: Actor, order_id: str, sequence: int, hashes: set[str]) -> None:
    """Remember that an event shows these photos."""
    rows = [
        {"organisation_id": actor.organisation_id, "order_id": order_id, "sequence": sequence, "sha256": sha256}
        for sha256 in sorted(hashes)
    ]
    if rows:
        session.connection().execute(_REFERENCES.insert(), rows)


def evidence_of(photo: Photo) -> dict[str, Any]:
    """What the file itself says: `taken`, `position`, `make`, `model`, as far as it does."""
    found: dict[str, Any] = json.loads(photo.evidence)
    return found


def _hashes(value: Any) -> set[str]:
    values = value if isinstance(value, list) else [value]
    return {item for item in values if isinstance(item, str) and _SHA256.fullmatch(item)}


def _check_name(sha256: str) -> None:
    if not _SHA256.fullmatch(sha256):
        raise Refusal(Problem("photo.name_invalid"))


def _store(files: PhotoFiles, sha256: str, media_type: str, body: bytes) -> Rendered:
    with files.workplace() as workplace:
        original = workplace / "original"
        if write_hashed(original, body) != sha256:
            raise Refusal(Problem("photo.hash_differs"))
        rendered = render(original, media_type, workplace)
        files.keep(sha256, original, workplace)
    return rendered


def _write_down(session: Session, actor: Actor, sha256: str, kind: tuple[str, int], rendered: Rendered) -> Photo:
    arrived_meanwhile = find_photo(session, actor, sha256)
    if arrived_meanwhile is not None:
        return arrived_meanwhile
    photo = Photo(
        organisation_id=actor.organisation_id,
        sha256=sha256,
        media_type=kind[0],
        size=kind[1],
        width=rendered.width,
        height=rendered.height,
        evidence=json.dumps(rendered.evidence, ensure_ascii=False, sort_keys=True),
        received_at=utc_now(),
        received_from=actor.person_id,
    )
    session.add(photo)
    session.flush()
    return photo
