"""BOMs from files and into files: as they were, with whatever strangers write, and as long as they may be."""

import io
import time
from collections.abc import Callable, Sequence
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mendloop.assets.pasting import as_text, read_lines
from mendloop.assets.positions import MOST_POSITIONS, Position
from mendloop.assets.reading_files import MOST_ROWS, text_of_file
from mendloop.database import Database, run_write, session_for
from mendloop.problems import Refusal
from mendloop.tables import write_csv, write_xlsx
from mendloop.testing.cast import Cast
from mendloop.testing.motor_shop import stock_motor_shop
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
HEADINGS = ["key", "parent", "name zh", "name", "part", "quantity", "serial"]
HOSTILE = (
    "=cmd|' /C calc'!A1", "+1+1", "-2", "@SUM(A1)", "＝1", "<script>alert(1)</script>", "{{ 7 * 7 }}", '"quoted" seal',
    '5" pipe', "' OR 1=1 --", "a; b, c", "\u202etxt.exe", "零件\u200b", "${jndi:ldap://x}", "../../etc/passwd",
)  # fmt: skip


@pytest.fixture
def product(database: Database, cast: Cast) -> str:
    with session_for(database, cast.sue) as session:
        return run_write(session, lambda: stock_motor_shop(session, cast.sue))


def sheet(*rows: Sequence[str]) -> bytes:
    return write_xlsx("BOM", [HEADINGS, *rows])


def upload(visitor: Visitor, address: str, content: bytes, name: str = "bom.xlsx", **fields: str) -> str:
    answer = visitor.submit(address, {"file": (io.BytesIO(content), name), **fields})
    assert answer.status_code in (200, 422), answer.status_code
    return answer.text


def text_in(page: str) -> str:
    """What stands in the editor's text area, as a browser would send it."""
    return unescape(page.split('<textarea id="text"')[1].split(">", 1)[1].split("</textarea>", maxsplit=1)[0])


def test_a_file_with_hostile_content_is_only_text_on_its_way_in_and_out(product: str, visit: Visit, cast: Cast) -> None:
    sue, address = visit(cast.sue), f"/bom/edit?product={product}"
    rows = [[f"p{at}", "", "", words, "GASKET", "1", ""] for at, words in enumerate(HOSTILE)]
    page = upload(sue, address, sheet(*rows))
    assert "nothing wrong" in page
    assert "<script>alert" not in page
    assert ">49<" not in page
    assert sue.submit(address, {"text": text_in(page), "save": "1"}).status_code == 302
    for kind in ("csv", "xlsx"):
        out = sue.get(f"/bom/file.{kind}?product={product}").data
        again = read_lines(text_of_file(out))
        assert [each.label["en"] for each in again.positions] == list(HOSTILE), kind
        assert not any(cell.startswith(b"=") for cell in out.split(b",")), kind


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12), max_size=6))
@settings(max_examples=80, deadline=None)
def test_whatever_a_name_is_made_of_the_editor_reads_it_again(names: list[str]) -> None:
    made = [Position(f"p{at}", None, {"en": " ".join(name.split())}, "P") for at, name in enumerate(names)]
    made = [each for each in made if each.label["en"] and not each.label["en"].startswith("'")]
    found = read_lines(as_text(made, HEADINGS)).positions
    assert [each.label for each in found] == [each.label for each in made]


@pytest.mark.long
def test_ten_thousand_lines_are_looked_at_kept_shown_and_given_out(product: str, visit: Visit, cast: Cast) -> None:
    sue, address = visit(cast.sue), f"/bom/edit?product={product}"
    rows = [
        [f"k{at}", f"k{at // 10 * 10}" if at % 10 else "", "", f"Line {at}", "BOLT", "2", ""] for at in range(10_000)
    ]
    begun = time.process_time()
    page = upload(sue, address, sheet(*rows))
    assert "10000 lines, nothing wrong" in page
    assert "9800 more lines are not shown" in page
    assert sue.submit(address, {"text": text_in(page), "save": "1"}).status_code == 302
    assert time.process_time() - begun < 30
    shown = sue.get(f"/bom?product={product}")
    assert len(shown.data) < 400_000
    compared = sue.get(f"/bom/diff?product={product}&from=1&to=2")
    assert "more are not listed" in compared.text
    assert len(compared.data) < 400_000
    again = read_lines(text_of_file(sue.get(f"/bom/file.xlsx?product={product}").data))
    assert len(again.positions) == 10_000
    assert again.positions[9_999] == Position("k9999", "k9990", {"en": "Line 9999"}, "BOLT", 2000)


def test_a_file_that_is_too_long_is_refused_whole_instead_of_being_cut(product: str, visit: Visit, cast: Cast) -> None:
    rows = [[f"k{at}", "", "", "", "BOLT", "1", ""] for at in range(MOST_ROWS)]
    address = f"/bom/edit?product={product}"
    assert f"at most {MOST_POSITIONS}" in upload(visit(cast.sue), address, sheet(*rows))
    pasted = upload(visit(cast.sue), address, write_csv([HEADINGS, *rows]), "bom.csv")
    assert f"at most {MOST_POSITIONS} positions" in pasted


def test_a_circle_through_a_file_is_refused_however_it_is_hidden(product: str, visit: Visit, cast: Cast) -> None:
    sue = visit(cast.sue)
    told = upload(sue, "/bom/edit?part=CAGE", sheet(["m", "", "", "", "MOTOR", "1", ""]))
    assert "an assembly cannot contain itself: CAGE → MOTOR → BEARING → CAGE" in told
    told = upload(
        sue, f"/bom/edit?product={product}", sheet(["a", "b", "", "A", "", "", ""], ["b", "a", "", "B", "", "", ""])
    )
    assert "leads back to itself" in told
    saved = sue.submit("/bom/edit?part=CAGE", {"text": "key\tpart\nm\tMOTOR\n", "save": "1"})
    assert saved.status_code == 422
    assert sue.get("/bom?part=CAGE").text.count("Revision 1") == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 this is no workbook", "cannot be opened|broken|damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old|xls"),
        (b"  \r\n ", "There is nothing in this file."),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"key,part\na,\0\n", "cannot be read"),
        (b'key,part\na,GASKET\nb,"' + b"x" * 140_000, "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_said_to_be_none(
    content: bytes, words: str, product: str, visit: Visit, cast: Cast
) -> None:
    page = upload(visit(cast.sue), f"/bom/edit?product={product}", content, "bom.xlsx", save="1")
    assert any(each in page for each in words.split("|")), page[page.find("notice bad") :][:600]


def test_files_of_excel_in_china_are_read() -> None:
    text = "位号,名称,料号\nDE,驱动端轴承,BRG\n"
    for encoding in ("gb18030", "utf-8-sig", "utf-16"):
        (line,) = read_lines(text_of_file(text.encode(encoding))).positions
        assert (line.key, line.label["zh-CN"], line.part) == ("DE", "驱动端轴承", "BRG")
    with pytest.raises(Refusal):
        text_of_file(b"\x81\x00\xff\xff")
    with pytest.raises(Refusal, match=r"bom\.file_unreadable"):
        text_of_file(b"\x89PNG no workbook" * 100, "Pump.XLSX")


def test_an_engineer_sends_no_file(product: str, visit: Visit, cast: Cast) -> None:
    content = {"file": (io.BytesIO(sheet(["a", "", "", "A", "GASKET", "1", ""])), "bom.xlsx")}
    assert visit(cast.ada).submit(f"/bom/edit?product={product}", content).status_code == 403
