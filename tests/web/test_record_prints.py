"""Records on paper: an archive's PDF, made once, and large ones in a process of their own."""

import fcntl
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
from mendloop.testing.cast import Cast
from mendloop.testing.long_repair import camera, publish_long_repair, work_through
from mendloop.testing.paper import fonts_outside, is_tagged, pages_of
from mendloop.testing.pump_shop import Phone, Workshop, put_up
from mendloop.testing.visitor import Visitor
from mendloop.work_orders.record.printing import Sheet
from mendloop.work_orders.record.prints import TRIES, Prints
from werkzeug.test import TestResponse

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
SHORT, SHOTS = 4, 2


@pytest.fixture
def order(request: pytest.FixtureRequest, cast: Cast) -> str:
    """A repair of four steps with photos, a table and a signature, that is over."""
    workshop: Workshop = put_up(request.getfixturevalue("database"), cast)
    shop = publish_long_repair(workshop, SHORT, SHOTS)
    made = shop.open_order(cast.ada, asset="P-9")
    visit: Visit = request.getfixturevalue("visit")
    work_through(Phone(visit(cast.ada)), made, SHORT, lambda _: camera(1, (320, 240)), SHOTS)
    return made


@pytest.fixture
def large(order: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same, as if it had hundreds of pages."""
    monkeypatch.setattr(Sheet, "is_small", property(lambda _: False))
    return order


def prints_of(tmp_path: Path, cast: Cast) -> Path:
    return tmp_path / "prints" / cast.sue.organisation_id


@contextmanager
def opened(body: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(body)
    yield document
    document.close()


@contextmanager
def another_print(tmp_path: Path, cast: Cast) -> Iterator[None]:
    """Somebody else has the organisation's turn."""
    folder = prints_of(tmp_path, cast)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        turn.write("another")
        turn.flush()
        yield


def wait_for(visitor: Visitor, page: str, seconds: float = 20) -> str:
    """What the page shows when the print is no longer on its way."""
    until = time.monotonic() + seconds
    while "<progress" in (shown := visitor.get(f"{page}/live").text) and time.monotonic() < until:
        time.sleep(0.05)
    return shown


def test_a_record_is_an_archives_pdf_with_bookmarks_for_everybody(
    visit: Visit, cast: Cast, order: str, tmp_path: Path
) -> None:
    answer = visit(cast.sue).get(f"/orders/{order}/record.pdf?language=zh-CN")
    assert answer.content_type == "application/pdf"
    body = answer.data
    for claim in (b"<pdfaid:part>2</pdfaid:part>", b"<pdfaid:conformance>A</pdfaid:conformance>", b"<pdfuaid:part>1<"):
        assert claim in body
    assert is_tagged(body)
    assert fonts_outside(body) == []
    with opened(body) as document:
        assert document.get_metadata_dict()["Author"] == "Mill Lane Repairs"
        assert "离心泵大修" in document.get_metadata_dict()["Title"]
        titles = [mark.get_title() for mark in document.get_toc()]
        assert titles[:2] == ["步骤", "1. 断电、泄压、排液 1"]
        assert titles[-1] == "防篡改校验"
    pages = pages_of(body)
    told = "".join(page.words for page in pages)
    for said in ("王建国", "0.05", "NEW-2044", "内部备注", f"1 / {len(pages)}"):
        assert said in told
    assert [page for page in pages if page.is_blank or min(page.ink) < 9] == []
    made = json.loads(next(prints_of(tmp_path, cast).glob("*/made.json")).read_text())
    assert made["standards"] == ["a-2a", "ua-1"]


def test_what_looks_the_same_is_printed_once_and_what_differs_again(
    visit: Visit, cast: Cast, order: str, tmp_path: Path
) -> None:
    sue, vera = visit(cast.sue), visit(cast.vera)
    first, second = (sue.get(f"/orders/{order}/record.pdf").data for _ in range(2))
    assert first == second
    assert len(list(prints_of(tmp_path, cast).glob("*/record.pdf"))) == 1
    given = sue.get(f"/orders/{order}/record.pdf?copy=customer&language=en").data
    assert any("scan the code" in page.words for page in pages_of(given))
    assert not any("talk to the manufacturer" in page.words for page in pages_of(given))
    assert vera.get(f"/orders/{order}/record.pdf").status_code == 200
    made = [Path(file).parent.name for file in prints_of(tmp_path, cast).glob("*/about.json")]
    with_costs = [
        key for key in made if json.loads((prints_of(tmp_path, cast) / key / "about.json").read_text())["costs"]
    ]
    for key in with_costs:
        assert vera.get(f"/orders/{order}/prints/{key}/record.pdf").status_code == 404
        assert visit(cast.cy).get(f"/orders/{order}/prints/{key}").status_code == 404


def test_a_sign_that_no_font_has_costs_the_standard_and_not_the_print(
    visit: Visit, cast: Cast, order: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation = "🛠\u0378 Mill Lane"
    monkeypatch.setattr("mendloop.work_orders.record.composing.access_organisation", lambda *_: Named(organisation))
    answer = visit(cast.sue).get(f"/orders/{order}/record.pdf")
    assert answer.data.startswith(b"%PDF")
    made = json.loads(next(prints_of(tmp_path, cast).glob("*/made.json")).read_text())
    assert "a-2a" not in made["standards"]


class Named:
    """An organisation with a name that nobody can print."""

    time_zone = "UTC"

    def __init__(self, name: str) -> None:
        self.name = name


def test_a_large_print_is_made_aside_and_its_page_says_when_it_is_ready(visit: Visit, cast: Cast, large: str) -> None:
    sue = visit(cast.sue)
    answer = sue.get(f"/orders/{large}/record.pdf")
    assert answer.status_code == 303
    page = answer.headers["Location"]
    assert 'http-equiv="refresh"' in sue.get(page).text or "open-print" in sue.get(page).text
    assert "The PDF is ready." in wait_for(sue, page)
    with opened(sue.get(f"{page}/record.pdf").data) as document:
        assert len(document) >= 2
    assert sue.get(f"/orders/{large}/record.pdf").status_code == 200


def test_large_prints_take_turns_and_can_be_given_up(visit: Visit, cast: Cast, large: str, tmp_path: Path) -> None:
    sue = visit(cast.sue)
    with another_print(tmp_path, cast):
        page = sue.get(f"/orders/{large}/record.pdf").headers["Location"]
        assert "Another large print is being made" in sue.get(page).text
        assert sue.submit(f"{page}/cancel", {}).status_code == 303
        assert "Cancelled." in sue.get(page).text
    assert "Cancelled." in sue.get(page).text
    assert sue.submit(f"{page}/again", {}).status_code == 303
    assert "The PDF is ready." in wait_for(sue, page)


def test_a_print_whose_process_died_is_begun_again_and_in_the_end_given_up(
    visit: Visit, cast: Cast, large: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sue = visit(cast.sue)
    monkeypatch.setattr("mendloop.work_orders.record.prints._run", lambda *_: None)
    page = sue.get(f"/orders/{large}/record.pdf").headers["Location"]
    found = Prints(tmp_path, cast.sue.organisation_id).find(page.rpartition("/")[2])
    assert found is not None
    states = [found.advance().state for _ in range(TRIES)]
    assert states == ["running"] * (TRIES - 1) + ["failed"]
    monkeypatch.undo()
    sue.submit(f"{page}/again", {})
    assert "The PDF is ready." in wait_for(sue, page)


def test_a_print_goes_on_when_the_server_that_began_it_is_gone(
    visit: Visit, cast: Cast, large: str, tmp_path: Path
) -> None:
    sue = visit(cast.sue)
    with another_print(tmp_path, cast):
        page = sue.get(f"/orders/{large}/record.pdf").headers["Location"]
    begin = "import sys; from pathlib import Path; from mendloop.work_orders.record.prints import Prints; "
    begin += "print(Prints(Path(sys.argv[1]), sys.argv[2]).find(sys.argv[3]).advance().state)"
    given = [str(tmp_path), cast.sue.organisation_id, page.rpartition("/")[2]]
    server = subprocess.run([sys.executable, "-c", begin, *given], capture_output=True, text=True, check=True)
    assert server.stdout.strip() == "running"
    assert "The PDF is ready." in wait_for(sue, page)
    assert (tmp_path / "prints" / given[1] / given[2] / "tries").read_text() == "1"


def test_a_customer_without_javascript_waits_on_one_page_until_the_document_is_there(
    visit: Visit, cast: Cast, large: str
) -> None:
    shown = visit(cast.sue).get(f"/orders/{large}/customer").text
    found = re.search(r'value="http://[^/"]+(/record/[^"?]+)', shown)
    assert found is not None
    stranger = visit()
    answers: list[TestResponse] = []
    until = time.monotonic() + 20
    while not answers or (answers[-1].status_code == 202 and time.monotonic() < until):
        answers.append(stranger.get(f"{found[1]}/record.pdf?language=en"))
        time.sleep(0.1)
    assert answers[0].status_code == 202
    assert answers[0].headers["Refresh"] == "2"
    assert answers[-1].content_type == "application/pdf"
