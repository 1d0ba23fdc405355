"""Photos: taken in by content, bounded, kept whole, handed out safely."""

import hashlib
import io
import json
import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from mendloop.app import create_app
from mendloop.config import Config
from mendloop.database import Database
from mendloop.photos import decoding
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from PIL import Image
from werkzeug.test import TestResponse

Visit = Callable[..., Visitor]


def picture(
    size: tuple[int, int] = (640, 480), kind: str = "JPEG", colour: str = "steelblue", **options: object
) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, kind, **options)
    return made.getvalue()


def hash_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def put(visitor: Visitor, body: bytes, name: str = "") -> TestResponse:
    path = f"/api/v1/photos/{name or hash_of(body)}"
    return visitor.send("PUT", path, data=body, content_type="application/octet-stream")


def located_picture() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Nokia"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 13.0, 49.0), 3: "E", 4: (121.0, 28.0, 25.0)})
    return picture((800, 600), exif=exif)


def test_a_photo_comes_back_as_it_was_sent_only_as_an_attachment(visit: Visit, cast: Cast) -> None:
    ada, body = visit(cast.ada), picture()
    assert put(ada, body).status_code == 200
    answer = ada.get(f"/api/v1/photos/{hash_of(body)}?size=original", buffered=True)
    assert answer.data == body
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_thumbnail_and_view_are_small_upright_and_without_metadata(visit: Visit, cast: Cast) -> None:
    ada, body = visit(cast.ada), located_picture()
    put(ada, body)
    for size, longest in (("thumb", 320), ("view", 800)):
        copy = Image.open(io.BytesIO(ada.get(f"/api/v1/photos/{hash_of(body)}?size={size}", buffered=True).data))
        assert copy.format == "JPEG"
        assert max(copy.size) == longest
        assert copy.height > copy.width
        assert not copy.getexif()


def test_the_place_a_photo_was_taken_at_is_kept_in_the_record(visit: Visit, cast: Cast) -> None:
    evidence = put(visit(cast.ada), located_picture()).json["evidence"]  # type: ignore[index]
    assert evidence["position"] == {"latitude": 31.230278, "longitude": 121.473611}
    assert evidence["make"] == "Nokia"


def test_sending_a_photo_again_changes_nothing(visit: Visit, cast: Cast) -> None:
    ada, body = visit(cast.ada), picture()
    assert put(ada, body).json == put(ada, body).json


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_other_kinds_of_photo_are_taken_in(visit: Visit, cast: Cast, kind: str) -> None:
    assert put(visit(cast.ada), picture(kind=kind)).status_code == 200


def test_a_drawing_without_paper_gets_white_paper(visit: Visit, cast: Cast) -> None:
    made = io.BytesIO()
    Image.new("RGBA", (300, 100), (0, 0, 0, 0)).save(made, "PNG")
    ada = visit(cast.ada)
    put(ada, made.getvalue())
    copy = Image.open(io.BytesIO(ada.get(f"/api/v1/photos/{hash_of(made.getvalue())}?size=view", buffered=True).data))
    assert copy.getpixel((5, 5)) == (255, 255, 255)


def test_a_photo_that_changed_on_the_way_is_refused(visit: Visit, cast: Cast) -> None:
    answer = put(visit(cast.ada), picture(), name=hash_of(b"what was sent"))
    assert (answer.status_code, answer.json["problems"][0]["code"]) == (422, "photo.hash_differs")  # type: ignore[index]


def test_what_is_no_photo_is_refused_whatever_it_calls_itself(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    for body in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", b"GIF89a" + b"0" * 60, b"", b"\x00" * 64):
        assert put(ada, body).status_code == 415


def test_more_than_fifty_megapixels_are_refused_before_they_are_decoded(visit: Visit, cast: Cast) -> None:
    answer = put(visit(cast.ada), picture((10_000, 5_001), "PNG"))
    assert answer.json["problems"][0]["code"] == "photo.too_many_pixels"  # type: ignore[index]


def test_fifty_megapixels_are_taken_in(visit: Visit, cast: Cast) -> None:
    assert put(visit(cast.ada), picture((8_000, 6_000))).status_code == 200


def test_more_than_25_megabytes_are_refused(visit: Visit, cast: Cast) -> None:
    assert put(visit(cast.ada), b"\xff\xd8\xff" + b"0" * 25_000_000).status_code == 413


def noise(width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.frombytes("RGB", (width, height), random.Random(1).randbytes(3 * width * height)).save(made, "JPEG")
    return made.getvalue()


def test_a_photo_may_be_larger_than_any_other_body(visit: Visit, cast: Cast) -> None:
    body = noise(2048, 1593)
    assert len(body) > 1_500_000
    assert put(visit(cast.ada), body).status_code == 200


def test_the_session_says_how_large_a_photo_may_be(config: Config, database: Database, cast: Cast) -> None:
    ada = Visitor(create_app(replace(config, photo_bytes=20_000), database), cast.ada)
    limit = ada.get("/api/v1/session").json["photo_bytes"]  # type: ignore[index]
    assert limit == 20_000
    assert put(ada, picture() + b"0" * (limit - len(picture()))).status_code == 200
    refused = put(ada, picture() + b"0" * (limit - len(picture()) + 1))
    assert refused.status_code == 413
    assert refused.json["problems"][0]["code"] == "body_too_large"  # type: ignore[index]
    assert refused.json["problems"][0]["params"] == {"limit": 20_000}  # type: ignore[index]


def test_a_photo_of_another_organisation_is_as_missing_as_none(visit: Visit, cast: Cast) -> None:
    body = picture()
    put(visit(cast.ada), body)
    theirs = visit(cast.cy).get(f"/api/v1/photos/{hash_of(body)}", buffered=True)
    none = visit(cast.cy).get(f"/api/v1/photos/{hash_of(b'none')}", buffered=True)
    assert theirs.status_code == none.status_code == 404
    assert theirs.json == none.json


def test_nothing_half_written_stays_behind(visit: Visit, cast: Cast, tmp_path: Path) -> None:
    ada = visit(cast.ada)
    put(ada, picture())
    put(ada, b"\xff\xd8\xff broken")
    files = [file for file in (tmp_path / "photos").rglob("*") if file.is_file()]
    assert len(files) == 3
    assert not list((tmp_path / "photos").rglob(".incoming-*"))


def test_hostile_pictures_are_answered_quickly_and_never_with_an_error_of_ours(
    visit: Visit, cast: Cast, shared_dir: Path
) -> None:
    ada = visit(cast.ada)
    for file in sorted((shared_dir / "data" / "hostile-images").iterdir()):
        started = time.monotonic()
        status = put(ada, file.read_bytes()).status_code
        assert status < 500, file.name
        assert time.monotonic() - started < 3, file.name
    # The decoding process cannot have more address space than this, so it cannot use more memory either.
    assert json.loads(decoding.LIMITS)["bytes"] <= 300_000_000
