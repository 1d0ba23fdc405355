"""The page of the phone in the designer's preview may stand in our own frames, and brings nobody's data along."""

from collections.abc import Callable

import pytest
from mendloop.runner_pages import bundle
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def app_is_built() -> None:
    """The page names the files that were built."""
    if not (bundle.FOLDER / "manifest.json").is_file():
        pytest.fail("the engineer's app was not built: `make test` builds it")


def test_only_pages_of_our_own_may_frame_the_preview(visit: Visit, cast: Cast) -> None:
    page = visit(cast.ada).get("/go/preview")
    assert page.status_code == 200
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_nobody_may_frame_the_app_itself(visit: Visit, cast: Cast) -> None:
    page = visit(cast.ada).get("/go/")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_the_preview_brings_no_answers_of_the_api_along(visit: Visit, cast: Cast) -> None:
    assert "data-answer" not in visit(cast.ada).get("/go/preview").text


def test_the_preview_is_the_app_with_another_beginning() -> None:
    app, preview = bundle.bundle_for("en"), bundle.bundle_for("en", entry=bundle.PREVIEW)
    assert app.script != preview.script
    assert (app.styles, app.preloads) == (preview.styles, preview.preloads)
