"""Pictures of instructions: put in by designers, shown to everybody of the organisation and to nobody else."""

import hashlib
import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from PIL import Image
from werkzeug.test import TestResponse

Visit = Callable[..., Visitor]
PICTURES = "/api/v1/template-pictures"


def drawing(size: tuple[int, int] = (900, 600), kind: str = "PNG", **options: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "lightgrey").save(made, kind, **options)
    return made.getvalue()


def post(visitor: Visitor, body: bytes) -> TestResponse:
    return visitor.send("POST", PICTURES, data=body, content_type="application/octet-stream")


def code_of(answer: TestResponse) -> str:
    assert answer.json is not None
    return str(answer.json["problems"][0]["code"])


def test_a_designer_puts_in_a_picture_and_learns_its_name(visit: Visit, cast: Cast) -> None:
    body = drawing()
    answer = post(visit(cast.dee), body)
    assert answer.status_code == 201
    assert answer.json == {"sha256": hashlib.sha256(body).hexdigest(), "width": 900, "height": 600}


def test_putting_it_in_again_changes_nothing(visit: Visit, cast: Cast) -> None:
    dee, body = visit(cast.dee), drawing()
    assert post(dee, body).json == post(dee, body).json


@pytest.mark.parametrize("name", ["olive", "sue", "dee", "ada", "ivy", "stan", "vera"])
def test_everybody_of_the_organisation_sees_it(visit: Visit, cast: Cast, name: str) -> None:
    sha256 = post(visit(cast.dee), drawing()).json["sha256"]  # type: ignore[index]
    visitor = visit(getattr(cast, name))
    for size, longest in (("thumb", 320), ("view", 900)):
        answer = visitor.get(f"{PICTURES}/{sha256}?size={size}", buffered=True)
        assert answer.status_code == 200
        assert answer.content_type == "image/jpeg"
        assert "immutable" in answer.headers["Cache-Control"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert max(Image.open(io.BytesIO(answer.data)).size) == longest


def test_nobody_of_another_organisation_sees_it(visit: Visit, cast: Cast) -> None:
    sha256 = post(visit(cast.dee), drawing()).json["sha256"]  # type: ignore[index]
    assert visit(cast.cy).get(f"{PICTURES}/{sha256}").status_code == 404
    assert visit().get(f"{PICTURES}/{sha256}", headers={"Accept": "application/json"}).status_code == 401


def test_the_original_is_not_handed_out(visit: Visit, cast: Cast) -> None:
    dee = visit(cast.dee)
    sha256 = post(dee, drawing()).json["sha256"]  # type: ignore[index]
    assert dee.get(f"{PICTURES}/{sha256}?size=original").status_code in {400, 422}


@pytest.mark.parametrize("name", ["sue", "ada", "stan", "vera"])
def test_who_writes_no_templates_puts_in_no_picture(visit: Visit, cast: Cast, name: str) -> None:
    assert post(visit(getattr(cast, name)), drawing()).status_code == 403


def test_who_was_given_the_right_to_one_template_puts_in_pictures_too(visit: Visit, cast: Cast) -> None:
    made = visit(cast.dee).send("POST", "/api/v1/templates", json={"from": "blank"})
    address = f"/api/v1/templates/{made.json['template_id']}/rights"  # type: ignore[index]
    given = {"people": {cast.ada.person_id: "edit"}}
    assert visit(cast.olive).send("PUT", address, json=given).status_code == 200
    assert post(visit(cast.ada), drawing()).status_code == 201


def test_what_is_no_picture_is_refused_in_words(visit: Visit, cast: Cast) -> None:
    dee = visit(cast.dee)
    for body in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", b"", b"\x00" * 64):
        answer = post(dee, body)
        assert (answer.status_code, code_of(answer)) == (415, "photo.type_refused")
    assert code_of(post(dee, drawing((10_000, 5_001)))) == "photo.too_many_pixels"
    assert code_of(post(dee, drawing()[:200])) == "photo.broken"


def test_a_name_that_is_none_is_missing_and_no_error(visit: Visit, cast: Cast) -> None:
    dee = visit(cast.dee)
    for name in ("0" * 64, "nonsense", "%2e%2e%2fsecret", "A" * 64):
        assert dee.get(f"{PICTURES}/{name}").status_code == 404


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_hostile_pictures_are_answered_quickly_and_never_with_an_error_of_ours(
    visit: Visit, cast: Cast, shared_dir: Path
) -> None:
    dee = visit(cast.dee)
    for file in sorted((shared_dir / "data" / "hostile-images").iterdir()):
        started = time.monotonic()
        assert post(dee, file.read_bytes()).status_code < 500, file.name
        assert time.monotonic() - started < 6, file.name
