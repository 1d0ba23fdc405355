"""Stock as files: nothing in them computes, and nothing is taken in before every row was judged."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory import desk, parts, services
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.services import serial_place
from mendloop.problems import Conflict
from mendloop.tables import files
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from openpyxl import Workbook, load_workbook
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]
FULL_WIDTH = ["＝1", "＋1", "－1", "＠1"]


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def seal(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "SEAL-1", {"zh-CN": "密封圈", "en": "Seal"}, packs={"box": 10})
        desk.receive(session, cast.stan, Portion(part, 20_000), 33_33)
    return part


def rows_of(visitor: Visitor, path: str) -> list[list[str]]:
    answer = visitor.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def cells_of(visitor: Visitor, path: str) -> list[tuple[object, ...]]:
    answer = visitor.get(path)
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("what", ["parts", "balances", "movements", "movements?part=SEAL-1"])
def test_what_is_too_much_for_a_spreadsheet_is_refused_before_one_is_begun(
    what: str, visit: Visit, cast: Cast, session: Session, seal: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    with write_transaction(session):
        services.create_part(session, cast.stan, "SEAL-2", {"en": "Seal"})
        desk.receive(session, cast.stan, Portion(seal, 1_000), 1_00, van_of(cast.ada.person_id))
    name, _, query = what.partition("?")
    stan, path = visit(cast.stan), f"/stock/export/{name}.%s?{query}"
    many = len(rows_of(stan, path % "csv")) - 1
    monkeypatch.setattr(files, "MOST_XLSX_ROWS", many)
    assert len(cells_of(stan, path % "xlsx")) == many + 1
    monkeypatch.setattr(files, "MOST_XLSX_ROWS", many - 1)
    monkeypatch.setattr(files, "Workbook", None)
    answer = stan.get(path % "xlsx")
    assert answer.status_code == 409
    assert f"up to {many - 1} rows" in answer.text
    assert "Take it out as CSV" in answer.text
    assert len(rows_of(stan, path % "csv")) == many + 1


def test_a_list_that_is_too_long_for_a_spreadsheet_is_refused_by_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_XLSX_ROWS", 2)
    rows = [["head"], ["1"], ["2"]]
    assert files.as_file("xlsx", "list", rows).get_data()[:2] == b"PK"
    with pytest.raises(Conflict):
        files.as_file("xlsx", "list", [*rows, ["3"]])
    with pytest.raises(Conflict):  # rows that nobody could count
        files.as_file("xlsx", "list", iter([*rows, ["3"]]))


def balance(session: Session, cast: Cast, number: str, place: str = WAREHOUSE) -> tuple[int, int]:
    session.rollback()
    lines = [each for each in services.stock_lines(session, cast.stan) if each.part.number == number]
    return next(((each.milli, each.value) for each in lines if each.location == place), (0, 0))


def test_balances_leave_as_numbers_and_texts_in_both_kinds_of_files(visit: Visit, cast: Cast, seal: Part) -> None:
    (head, supplier, stock) = rows_of(visit(cast.vera), "/stock/export/balances.csv")
    assert head[:3] == ["Number", "Name", "Place"]
    assert supplier[4] == "-20"
    assert stock == ["SEAL-1", "密封圈", "Warehouse", "warehouse", "20", "0", "pcs", "33.33"]
    (_, _, row) = cells_of(visit(cast.vera), "/stock/export/balances.xlsx")
    assert row[4:8] == (20, 0, "pcs", 33.33)


def test_no_cell_of_an_export_computes(session: Session, visit: Visit, cast: Cast) -> None:
    with write_transaction(session):
        for number, formula in enumerate(FORMULAS):
            part = services.create_part(session, cast.stan, f"={number}", {"en": formula})
            slip = Slip(reason="other", note=formula)
            desk.adjust(session, cast.stan, Portion(part, 1_000, None, formula), WAREHOUSE, True, slip)
    for what in ("parts", "balances", "movements"):
        found = [cell for row in rows_of(visit(cast.stan), f"/stock/export/{what}.csv") for cell in row]
        dangerous = [cell for cell in found if cell.startswith(("=", "+", "@", "\t", "\r"))]
        assert dangerous == []
        assert "'=0" in found
        assert any("'=0" in row for row in cells_of(visit(cast.stan), f"/stock/export/{what}.xlsx"))


def test_movements_leave_by_day(visit: Visit, cast: Cast, seal: Part) -> None:
    assert len(rows_of(visit(cast.stan), "/stock/export/movements.csv")) == 2
    assert len(rows_of(visit(cast.stan), "/stock/export/movements.csv?from=2000-01-01&to=2000-01-02")) == 1
    assert visit(cast.stan).get("/stock/export/movements.csv?from=yesterday").status_code == 400
    assert visit(cast.stan).get("/stock/export/people.csv").status_code == 404


def test_worth_is_not_everybodys(visit: Visit, cast: Cast, seal: Part) -> None:
    for actor in (cast.ada, cast.dee):
        assert visit(actor).get("/stock/export/balances.csv").status_code == 403
        assert visit(actor).get("/stock/exchange").status_code == 403
    assert visit(cast.vera).submit("/stock/import/parts", {"cells": "number\nX"}).status_code == 403
    assert len(rows_of(visit(cast.cy), "/stock/export/balances.csv")) == 1


def test_exported_parts_are_taken_in_again_as_the_same(session: Session, visit: Visit, cast: Cast, seal: Part) -> None:
    with write_transaction(session):
        for number, sign in enumerate(["+", *FULL_WIDTH]):
            services.create_part(session, cast.stan, f"=DANGER {number}", {"zh-CN": f"{sign}危险"})
    for kind in ("csv", "xlsx"):
        file = visit(cast.stan).get(f"/stock/export/parts.{kind}").data
        page = visit(cast.stan).submit("/stock/import/parts", {"file": (io.BytesIO(file), f"parts.{kind}")}).text
        assert "the same 6" in page
        assert "wrong" not in page


def test_every_problem_is_told_by_row_and_nothing_is_written(
    session: Session, visit: Visit, cast: Cast, seal: Part
) -> None:
    rows = (
        "编号,名称,单位,计价方法,供应商",
        "N-1,新件,件,先进先出,x",
        "N-1,又一个,件,,",
        "SEAL-1,密封圈,kg,,",
        "N-2,,,后进先出,",
    )
    cells = "\n".join(rows).replace(",", "\t")
    answer = visit(cast.stan).submit("/stock/import/parts", {"cells": cells})
    assert answer.status_code == 200
    for words in (
        "new 1",
        "wrong 3",
        "left out: 供应商",
        "same stands in row 2",
        "unit stays as it is",
        "Enter a name",
    ):
        assert words in answer.text
    refused = visit(cast.stan).submit("/stock/import/parts", {"cells": cells, "apply": "y"})
    assert refused.status_code == 409
    session.rollback()
    assert parts.part_by_number(session, cast.stan, "N-1") is None


def test_parts_are_taken_in_and_changed_and_the_same_twice_is_once(
    session: Session, visit: Visit, cast: Cast, seal: Part
) -> None:
    cells = "number,name (zh),packs,serial tracked,fits\nN-1,主板,,yes,phone/15*\nSEAL-1,密封圈,盒=10; 箱 = 40,no,"
    assert "changed 1" in visit(cast.stan).submit("/stock/import/parts", {"cells": cells}).text
    assert visit(cast.stan).submit("/stock/import/parts", {"cells": cells, "apply": "y"}).status_code == 302
    session.rollback()
    session.expire_all()
    board, changed = (parts.part_by_number(session, cast.stan, number) for number in ("N-1", "SEAL-1"))
    assert board is not None
    assert (board.serial_tracked, board.fits) == (True, ["phone/15*"])
    assert changed is not None
    assert (changed.packs, changed.name) == ({"盒": 10, "箱": 40}, {"zh-CN": "密封圈"})
    assert "the same 2" in visit(cast.stan).submit("/stock/import/parts", {"cells": cells}).text


def workbook(*rows: tuple[Any, ...]) -> io.BytesIO:
    book, made = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(made)
    made.seek(0)
    return made


def test_opening_stock_comes_from_excel_once_however_often_it_is_sent(
    session: Session, visit: Visit, cast: Cast, seal: Part
) -> None:
    with write_transaction(session):
        services.create_part(session, cast.stan, "MB-1", {"en": "Board"}, serial_tracked=True)
    rows = [
        ("编号", "数量", "单位", "库位", "单价", "金额", "序列号"),
        ("SEAL-1", 2, "box", "Van Ada", 12.5, None, None),
        ("MB-1", 3, None, "warehouse:north", None, 100, "A\nB\nC"),
    ]
    stan = visit(cast.stan)
    page = stan.submit("/stock/import/stock", {"file": (workbook(*rows), "期初.xlsx")})
    assert "new 2" in page.text, page.text
    cells = page.text.split("readonly>")[1].split("</textarea>")[0].replace("&#34;", '"')
    for _ in range(2):
        assert stan.submit("/stock/import/stock", {"cells": cells, "apply": "y"}).status_code == 302
        assert balance(session, cast, "SEAL-1", van_of(cast.ada.person_id)) == (20_000, 25_00)
        assert balance(session, cast, "MB-1", "warehouse:north") == (3_000, 100_00)
    assert "the same 2" in stan.submit("/stock/import/stock", {"file": (workbook(*rows), "again.xlsx")}).text
    other = [rows[0], ("SEAL-1", 3, "box", "Van Ada", 12.5, None, None)]
    page = stan.submit("/stock/import/stock", {"file": (workbook(*other), "other.xlsx")})
    assert "taken in before, as 20" in page.text


def test_opening_stock_that_is_wrong_is_told_by_row(visit: Visit, cast: Cast, seal: Part) -> None:
    cells = "number;quantity;place;total cost\nNONE;1;;\nSEAL-1;two;moon;1\nSEAL-1;1;;1.234\nSEAL-1;-1;;"
    page = visit(cast.stan).submit("/stock/import/stock", {"cells": cells}).text
    for words in ("wrong 4", "“NONE”", "“moon”", "“two”", "“1.234”", "more than 0"):
        assert words in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04broken"),
        ("a.csv", b""),
        ("a.csv", b"\xff\xfe\xff"),
        ("a.csv", b"name\nX"),
        ("a.xls", b"\xd0"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(visit: Visit, cast: Cast, name: str, content: bytes) -> None:
    answer = visit(cast.stan).submit("/stock/import/parts", {"file": (io.BytesIO(content), name)})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_chinese_csv_of_an_older_excel_is_read(visit: Visit, cast: Cast) -> None:
    file = io.BytesIO("编号,名称\nZ-1,轴承".encode("gb18030"))
    assert "轴承" in visit(cast.stan).submit("/stock/import/parts", {"file": (file, "备件.csv")}).text


def test_opening_stock_is_compared_by_its_serial_numbers_too(session: Session, visit: Visit, cast: Cast) -> None:
    with write_transaction(session):
        services.create_part(session, cast.stan, "MB-1", {"en": "Board"}, serial_tracked=True)
    head, stan = "number\tqty\ttotal cost\tserial numbers", visit(cast.stan)

    def sent(serials: str, **more: str) -> str:
        return stan.submit("/stock/import/stock", {"cells": f"{head}\nMB-1\t2\t10\t{serials}", **more}).text

    twice = sent("A1,a1")
    assert "a1" in twice
    assert "Take in" not in twice
    sent("A1;A2", apply="y")
    assert balance(session, cast, "MB-1") == (2_000, 10_00)
    assert "with other serial numbers: A1, A2" in sent("B1,B2")
    again = sent("a2, A1")
    assert "there is nothing new" in again
    assert "Take in 0" not in again


def test_spaces_are_part_of_a_serial_number_in_opening_stock(session: Session, visit: Visit, cast: Cast) -> None:
    with write_transaction(session):
        services.create_part(session, cast.stan, "MB-1", {"en": "Board"}, serial_tracked=True)
    stan, rows = visit(cast.stan), [("number", "qty", "total cost", "serial numbers"), ("MB-1", 2, 10, "SN 1 \nSN 2")]
    page = stan.submit("/stock/import/stock", {"file": (workbook(*rows), "opening.xlsx")}).text
    cells = page.split("readonly>")[1].split("</textarea>")[0].replace("&#34;", '"')
    assert stan.submit("/stock/import/stock", {"cells": cells, "apply": "y"}).status_code == 302
    for serial in ("SN 1", "sn 2"):
        assert serial_place(session, cast.stan, board_id(session, cast), serial) == WAREHOUSE
    wrong = [rows[0], ("MB-1", 2, 10, "A1 A2")]
    page = stan.submit("/stock/import/stock", {"file": (workbook(*wrong), "wrong.xlsx")}).text
    assert "2 of it, but 1 serial numbers" in page


def board_id(session: Session, cast: Cast) -> str:
    return services.parts_by_number(session, cast.stan, ["MB-1"])["MB-1"].id


def test_a_total_and_a_unit_cost_that_contradict_each_other_are_told_by_row(
    visit: Visit, cast: Cast, seal: Part
) -> None:
    stan = visit(cast.stan)
    cells = "number;quantity;unit;total cost;unit cost\nSEAL-1;3;box;{};0.5"
    page = stan.submit("/stock/import/stock", {"cells": cells.format("1")}).text
    assert "wrong 1" in page
    assert "Total cost 1 and unit cost 0.5 contradict each other: at that price it would be 1.50 in all" in page
    assert "new 1" in stan.submit("/stock/import/stock", {"cells": cells.format("1.5")}).text


@pytest.mark.parametrize(
    ("total", "judged"), [("10", "new 1"), ("9.97", "new 1"), ("10.02", "wrong 1"), ("9.9", "wrong 1")]
)
def test_a_unit_cost_may_be_rounded(total: str, judged: str, visit: Visit, cast: Cast, seal: Part) -> None:
    cells = f"number;quantity;unit;total cost;unit cost\nSEAL-1;3;box;{total};3.33"
    assert judged in visit(cast.stan).submit("/stock/import/stock", {"cells": cells}).text
