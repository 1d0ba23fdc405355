"""The designer's page: the same for every screen, for whoever is signed in, from what was built."""

import gzip
import json
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from mendloop.designer_pages import bundle, views
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
SCRIPT = "export const designer = 1;" * 100
CHUNKS = {
    "src/main.tsx": {"file": "assets/main-1.js", "css": ["assets/main-1.css"], "imports": ["_shared.js"]},
    "_shared.js": {"file": "assets/shared-1.js"},
    "src/words/english.ts": {"file": "assets/english-1.js", "imports": ["_shared.js"]},
    "src/words/zh_cn.ts": {"file": "assets/zh_cn-1.js"},
    "src/words/english_more.ts": {"file": "assets/english_more-1.js"},
    "src/words/zh_cn_more.ts": {"file": "assets/zh_cn_more-1.js"},
    "src/gallery/index.ts": {"file": "assets/gallery-1.js", "css": ["assets/gallery-1.css"], "imports": ["_shared.js"]},
    "src/versions/index.ts": {"file": "assets/versions-1.js"},
    "src/shell/open_screen.tsx": {"file": "assets/editor-1.js", "css": ["assets/editor-1.css"]},
    "src/canvas/layout/arranging.ts": {"file": "assets/arranging-1.js"},
}


def preloads_of(page: str, rank: str = "") -> list[str]:
    return re.findall(r'modulepreload" href="/designer/assets/([a-z_]+)-1\.js"' + rank + ">", page)


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle as Vite leaves it, small."""
    folder = tmp_path / "designer"
    (folder / "assets").mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(CHUNKS), encoding="utf-8")
    (folder / "assets" / "main-1.js").write_text(SCRIPT, encoding="utf-8")
    (folder / "assets" / "main-1.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (folder / "assets" / "notes.txt").write_text("not for browsers", encoding="utf-8")
    for module in (bundle, views):
        monkeypatch.setattr(module, "FOLDER", folder)
    return folder


@pytest.mark.usefixtures("built")
def test_the_page_names_hashed_files_and_holds_the_session_without_its_token(visit: Visit, cast: Cast) -> None:
    dee = visit(cast.dee)
    page = dee.get("/designer/")
    assert page.status_code == 200
    assert '<script type="module" src="/designer/assets/main-1.js"></script>' in page.text
    assert '<link rel="stylesheet" href="/designer/assets/main-1.css">' in page.text
    assert '<link rel="stylesheet" href="/designer/assets/gallery-1.css">' in page.text
    assert preloads_of(page.text) == ["main", "english", "english_more", "gallery", "shared"]
    assert '<div id="app">' in page.text
    assert '<html lang="en">' in page.text
    enclosed = json.loads(re.findall(r'data-answer="/session"[^>]*>(.*?)</script>', page.text)[0])
    session = dee.get("/api/v1/session").json or {}
    assert enclosed == session | {"csrf_token": ""}


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("screen", "named"),
    [
        ("01900000", ["main", "english", "editor", "shared"]),
        ("01900000/versions", ["main", "english", "english_more", "versions", "shared"]),
        ("x/y/z", ["main", "english", "editor", "shared"]),
        ("%3Cscript%3E", ["main", "english", "editor", "shared"]),
    ],
)
def test_every_screen_is_the_same_page_with_its_own_files_kept_by_nobody(
    visit: Visit, cast: Cast, screen: str, named: list[str]
) -> None:
    page = visit(cast.dee).get(f"/designer/{screen}")
    assert preloads_of(page.text) == named
    assert preloads_of(page.text, ' fetchpriority="low"') == (["arranging"] if "editor" in named else [])
    assert page.headers["Cache-Control"] == "private, no-store"
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


@pytest.mark.usefixtures("built")
def test_the_largest_file_is_asked_for_first(visit: Visit, cast: Cast, built: Path) -> None:
    for name, size in (("shared", 90), ("editor", 900), ("english", 9)):
        (built / "assets" / f"{name}-1.js").write_text("x" * size, encoding="utf-8")
    assert preloads_of(visit(cast.dee).get("/designer/01900000").text) == ["main", "editor", "shared", "english"]


@pytest.mark.usefixtures("built")
def test_the_words_come_in_the_readers_language(visit: Visit, cast: Cast) -> None:
    dee = visit(cast.dee)
    dee.send("PUT", "/api/v1/session/language", json={"language": "zh-CN"})
    page = dee.get("/designer/").text
    assert "zh_cn-1.js" in page
    assert '<html lang="zh-CN">' in page


@pytest.mark.usefixtures("built")
def test_a_stranger_is_asked_to_sign_in_and_comes_back(visit: Visit) -> None:
    answer = visit().get("/designer/some-template/versions")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/sign-in?next=/designer/some-template/versions")


@pytest.mark.usefixtures("built")
def test_files_are_kept_for_ever_and_sent_squeezed(visit: Visit) -> None:
    plain = visit().get("/designer/assets/main-1.js", buffered=True)
    squeezed = visit().get("/designer/assets/main-1.js", headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert plain.text == gzip.decompress(squeezed.data).decode() == SCRIPT
    assert squeezed.headers["Content-Encoding"] == "gzip"
    for answer in (plain, squeezed):
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Accept-Encoding" in answer.vary
        assert answer.content_type == "text/javascript; charset=utf-8"


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("name", ["notes.txt", "nothing.js", "..%2Fmanifest.json", "../manifest.json", "main-1.js.gz"])
def test_nothing_else_is_handed_out(visit: Visit, name: str) -> None:
    assert visit().get(f"/designer/assets/{name}", buffered=True).status_code in {302, 404}


def test_a_designer_that_was_never_built_is_said_on_a_page(
    visit: Visit, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "FOLDER", tmp_path)
    answer = visit(cast.dee).get("/designer/")
    assert answer.status_code == 503
    assert "make run" in answer.text


def test_what_was_built_is_what_the_page_names(visit: Visit, cast: Cast) -> None:
    if not (bundle.FOLDER / "manifest.json").is_file():
        pytest.fail("the designer was not built: `make test` builds it")
    for language, screen in product(("zh-CN", "en"), ("", "01-of-some-template", "01-of-some-template/versions")):
        found = bundle.bundle_for(language, screen)
        named = [found.script, *found.styles, *found.preloads]
        assert [file for file in named if not (bundle.FOLDER / file).is_file()] == []
