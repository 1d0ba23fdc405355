"""The pages of parts: entering and changing them, where one is, and where it went."""

import datetime as dt
import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory import desk, histories, parts
from mendloop.inventory.amounts import milli_in, packs_in, quantity_of, value_in
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.services import create_part, reserve_part
from mendloop.inventory.sheets import SheetLine, words_of_line
from mendloop.order_parts.stand_ins import change_stand_ins
from mendloop.problems import Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from sqlalchemy import event
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]
SCREEN = {
    "number": "SCR-15",
    "title_zh": "屏幕",
    "title_en": "Screen",
    "unit": "pcs",
    "costing": "fifo",
    "packs": "box = 10\n箱 = 40",
    "fits": "phone/15*",
}


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def screen(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        part = create_part(session, cast.stan, "SCR-15", {"en": "Screen", "zh-CN": "屏幕"}, packs={"box": 10})
        desk.receive(session, cast.stan, Portion(part, 20_000, lot="L-1"), 200_00)
    return part


def path_of(visitor: Visitor) -> str:
    """Where the part was saved."""
    answer = visitor.submit("/stock/parts/new", SCREEN)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def test_a_storekeeper_enters_a_part_and_engineers_look_at_it(visit: Visit, cast: Cast) -> None:
    path = path_of(visit(cast.stan))
    page = visit(cast.ada).get(path).text
    assert "SCR-15" in page
    assert "box = 10" in page
    assert "First in, first out" in page
    assert visit(cast.ada).get(f"{path}/edit").status_code == 403
    assert visit(cast.ada).submit(f"{path}/edit", SCREEN).status_code == 403
    assert visit(cast.cy).get(path).status_code == 404


def test_everything_that_is_wrong_with_a_part_is_said_at_once(visit: Visit, cast: Cast) -> None:
    wrong = {**SCREEN, "title_zh": "", "title_en": "", "fits": "Phone 15", "packs": "pcs = 3"}
    answer = visit(cast.stan).submit("/stock/parts/new", wrong)
    assert answer.status_code == 422
    for words in ("Enter a name", "is no product key", "none of them called like the unit"):
        assert words in answer.text


def test_a_number_is_given_once(visit: Visit, cast: Cast) -> None:
    path_of(visit(cast.stan))
    assert visit(cast.stan).submit("/stock/parts/new", SCREEN).status_code == 409
    other = visit(cast.stan).submit("/stock/parts/new", {**SCREEN, "number": "SCR-16"}).headers["Location"]
    assert visit(cast.stan).submit(f"{other}/edit", SCREEN).status_code in {409, 422}


def test_costing_and_unit_stay_while_there_is_stock(session: Session, visit: Visit, cast: Cast, screen: Part) -> None:
    path, same = f"/stock/parts/{screen.id}/edit", {**SCREEN, "costing": "average"}
    assert visit(cast.stan).submit(path, same).status_code == 302
    answer = visit(cast.stan).submit(path, {**same, "costing": "fifo", "unit": "kg"})
    assert answer.status_code == 409
    assert "can be changed once none is left" in answer.text
    assert "the unit stays as it is" in answer.text
    with write_transaction(session):
        desk.move(session, cast.stan, [Portion(screen, 20_000)], WAREHOUSE, "scrap", Slip(reason="broken"))
        desk.adjust(session, cast.stan, Portion(screen, 20_000), "scrap", False, Slip(reason="gone"))
    assert visit(cast.stan).submit(path, {**same, "costing": "fifo"}).status_code == 302


def test_parts_are_found_by_number_and_by_name_in_either_language(visit: Visit, cast: Cast, screen: Part) -> None:
    for query in ("scr-1", "屏", "SCREEN"):
        assert "SCR-15" in visit(cast.ada).get("/stock/", query_string={"query": query}).text
    for query in ("%", "_", "nothing"):
        assert "SCR-15" not in visit(cast.ada).get("/stock/", query_string={"query": query}).text


def test_the_list_goes_on_where_a_page_ends(session: Session, cast: Cast) -> None:
    with write_transaction(session):
        for number in range(7):
            create_part(session, cast.stan, f"P-{number}", {"en": "Part"})
    seen, after = [], ""
    while True:
        page = parts.page_of_parts(session, cast.stan, "", after, limit=3)
        seen += [part.number for part, _ in page.rows]
        if page.next is None:
            break
        after = page.next
    assert seen == [f"P-{number}" for number in range(7)]


def test_the_page_says_what_is_held_what_is_free_and_what_it_is_worth(
    session: Session, visit: Visit, cast: Cast, screen: Part
) -> None:
    from mendloop.inventory.services import reserve_part  # noqa: PLC0415 - only here

    with write_transaction(session):
        reserve_part(session, cast.stan, "order-1", screen.id, 3_000, [WAREHOUSE])
    page = visit(cast.stan).get(f"/stock/parts/{screen.id}").text
    assert "200.00" in page
    assert ">17<" in page.replace(" ", "")
    assert "200.00" not in visit(cast.ada).get(f"/stock/parts/{screen.id}").text


def test_where_a_part_went_goes_back_page_by_page_at_the_same_cost(session: Session, cast: Cast, screen: Part) -> None:
    van = van_of(cast.ada.person_id)
    with write_transaction(session):
        for _ in range(6):
            desk.move(session, cast.stan, [Portion(screen, 1_000)], WAREHOUSE, van)
    sent: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *each: sent.append(each[2]))
    page = histories.entries_of_part(session, cast.stan, screen.id, None, limit=3)
    assert [gone.entry.sequence for gone in page.entries] == [7, 6, 5]
    page = histories.entries_of_part(session, cast.stan, screen.id, page.before, limit=3)
    assert [gone.entry.sequence for gone in page.entries] == [4, 3, 2]
    assert histories.entries_of_part(session, cast.stan, screen.id, page.before, limit=3).before is None
    assert all("count(" not in statement and "OFFSET" not in statement.upper().split("LIMIT")[0] for statement in sent)


def test_a_recall_names_the_orders_that_got_a_lot_and_where_the_rest_is(
    session: Session, visit: Visit, cast: Cast, screen: Part
) -> None:
    of_lot = Portion(screen, 2_000, lot="L-1")
    with write_transaction(session):
        desk.issue(session, cast.stan, "order-7", [of_lot], WAREHOUSE)
        desk.use(session, cast.stan, "order-7", [of_lot])
        desk.receive(session, cast.stan, Portion(screen, 5_000, lot="L-2"), 1_00)
    found = histories.recall(session, cast.stan, screen.id, "L-1")
    assert [(each.order_id, each.used) for each in found.orders] == [("order-7", 2_000)]
    assert found.places == [(WAREHOUSE, 18_000)]
    page = visit(cast.sue).get(f"/stock/parts/{screen.id}/lot?number=L-1").text
    assert "order-7" in page
    assert visit(cast.sue).get(f"/stock/parts/{screen.id}/lot?number=none").status_code == 404


def test_a_serial_number_has_a_way_of_its_own(session: Session, visit: Visit, cast: Cast) -> None:
    with write_transaction(session):
        part = create_part(session, cast.stan, "MB-1", {"en": "Board"}, serial_tracked=True)
        one = Portion(part, 1_000, "SN-1")
        desk.receive(session, cast.stan, one, 50_00, slip=Slip(at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC)))
        desk.move(session, cast.stan, [one], WAREHOUSE, van_of(cast.ada.person_id))
    page = visit(cast.ada).get(f"/stock/parts/{part.id}/serial?number=SN-1").text
    assert "Now: Van Ada" in page
    assert "2026-11-01" in page
    assert "SN-1" in visit(cast.ada).get(f"/stock/parts/{part.id}").text
    assert visit(cast.ada).get(f"/stock/parts/{part.id}/serial?number=SN-2").status_code == 404


def test_a_movement_can_be_looked_at(session: Session, visit: Visit, cast: Cast, screen: Part) -> None:
    with write_transaction(session):
        posted = desk.adjust(
            session, cast.stan, Portion(screen, 1_000), WAREHOUSE, True, Slip(reason="found under the shelf")
        )
    page = visit(cast.ada).get(f"/stock/movements/{posted.movement_id}").text
    assert "found under the shelf" in page
    assert visit(cast.cy).get(f"/stock/movements/{posted.movement_id}").status_code == 404


@pytest.mark.parametrize(
    ("written", "unit", "milli"),
    [("2", "", 2_000), ("０．５", "box", 5_000), ("3", "box", 30_000), ("1,200", "", 1_200_000)],
)
def test_quantities_are_read_exactly(screen: Part, written: str, unit: str, milli: int) -> None:
    assert milli_in(screen, written, unit) == milli


@pytest.mark.parametrize("written", ["", "two", "0", "-1", "0.0001", "1e3", "NaN", "1" * 50])
def test_what_is_no_quantity_is_refused(screen: Part, written: str) -> None:
    with pytest.raises(Refusal):
        milli_in(screen, written)


@pytest.mark.parametrize(("written", "minor"), [("", 0), ("12.5", 1250), ("¥1,234.56", 123456), ("０.１", 10)])
def test_amounts_are_read_exactly(written: str, minor: int) -> None:
    assert value_in(written, 2) == minor


@pytest.mark.parametrize("written", ["1.234", "-1", "abc", "1e3", "١٢"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(Refusal):
        value_in(written, 2)


def test_quantities_are_written_as_people_write_them() -> None:
    assert [quantity_of(milli) for milli in (0, 1_000, 500, -3_000, 1_250, 10_000, -1)] == [
        "0", "1", "0.5", "-3", "1.25", "10", "-0.001"
    ]  # fmt: skip
    assert packs_in("box = 10\n\n 盒＝ 2.5") == {"box": 10, "盒": 2.5}


@given(st.integers(1, 10**12))
def test_a_quantity_that_was_written_is_read_as_the_same(milli: int) -> None:
    assert milli_in(Part(number="X", unit="m", packs={}), quantity_of(milli)) == milli


@given(st.integers(1, 60), st.integers(0, 10**9))
def test_what_parts_with_serial_numbers_cost_together_is_shared_out_to_the_cent(many: int, minor: int) -> None:
    part = Part(number="X", unit="pcs", packs={}, serial_tracked=True)
    serials = "\n".join(f"S{number}" for number in range(many))
    written = SheetLine(part, str(many), "pcs", f"{minor // 100}.{minor % 100:02d}", "", serials)
    found = words_of_line(written, 2, "/lines/0", with_serials=True)
    shares = [each.value for each in found if each.value is not None]
    assert (len(shares), sum(shares)) == (many, minor)
    assert max(shares) - min(shares) <= 1


def test_a_part_shows_what_may_stand_in_for_it_and_what_it_may_stand_in_for_with_what_is_free(
    session: Session, visit: Visit, cast: Cast
) -> None:
    van = van_of(cast.ada.person_id)
    with write_transaction(session):
        old, new, other = (create_part(session, cast.stan, number, {"en": number}) for number in ("OLD", "NEW", "FAR"))
        desk.receive(session, cast.stan, Portion(new, 5_000), 5_00)
        desk.move(session, cast.stan, [Portion(new, 2_000)], WAREHOUSE, van)
        change_stand_ins(session, cast.stan, "OLD", ["NEW", "FAR"])
        reserve_part(session, cast.stan, "order-1", new.id, 1_000, [WAREHOUSE])
    stan = visit(cast.stan)
    page = stan.get(f"/stock/parts/{old.id}").text
    section = page[page.index('id="stand-ins"') :]
    assert section.index(f"/stock/parts/{new.id}") < section.index(f"/stock/parts/{other.id}")
    assert "<strong>4</strong> pcs" in section
    assert "Van Ada <strong>2</strong>" in section
    assert section.count("may be used instead of this part") == 2
    assert "this part may be used instead of it" in stan.get(f"/stock/parts/{new.id}").text
    assert "Stand-ins" not in visit(cast.stan).get(f"/stock/parts/{make(session, cast).id}").text


def make(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        return create_part(session, cast.stan, "ALONE", {"en": "Alone"})


def test_stock_is_searched_by_serial_numbers_too(session: Session, visit: Visit, cast: Cast, screen: Part) -> None:
    with write_transaction(session):
        board = create_part(session, cast.stan, "MB-1", {"en": "Board"}, serial_tracked=True)
        desk.receive(session, cast.stan, Portion(board, 1_000, "SN-77/4"), 5_00)
    page = visit(cast.ada).get("/stock/?query=n-77").text
    assert "SN-77/4" in page
    assert "MB-1" in page
    assert "SCR-15" not in page
    assert "SN-77/4" not in visit(cast.cy).get("/stock/?query=n-77").text
    assert "SN-77/4" not in visit(cast.ada).get("/stock/?query=77").text  # too little to look for among numbers


def test_only_what_lies_on_shelves_is_available(session: Session, visit: Visit, cast: Cast, screen: Part) -> None:
    with write_transaction(session):
        desk.move(session, cast.stan, [Portion(screen, 3_000)], WAREHOUSE, "recycling")
    page = re.sub(r"<[^>]+>|\s+", " ", visit(cast.stan).get(f"/stock/parts/{screen.id}").text)
    on_shelves = re.search(r"Altogether on shelves +(\d+) +pcs +(\d+) +(\d+)", page)
    assert on_shelves is not None, page
    assert on_shelves.groups() == ("17", "0", "17")
    assert re.search(r"Recycling +3 +pcs +– +–", page)


def test_a_part_with_packs_is_saved_again_as_it_is(session: Session, visit: Visit, cast: Cast) -> None:
    stan = visit(cast.stan)
    path = path_of(stan)
    page = stan.get(f"{path}/edit").text
    boxes = re.findall(r'<textarea[^>]+name="(\w+)"[^>]*>\s*([^<]*)</textarea>', page)
    assert dict(boxes) == {"packs": "box = 10\n箱 = 40", "fits": "phone/15*"}
    assert stan.submit(f"{path}/edit", SCREEN | dict(boxes)).status_code == 302
    found = parts.access_part(session, cast.stan, path.rpartition("/")[2])
    assert (found.packs, found.fits) == ({"box": 10, "箱": 40}, ["phone/15*"])


@pytest.mark.parametrize("packs", ["box = 10\nbox=12", "box = 10\nBOX = 12", "big box = 10\nbigbox = 12"])
def test_a_pack_that_is_there_twice_is_refused_in_words(visit: Visit, cast: Cast, packs: str) -> None:
    answer = visit(cast.stan).submit("/stock/parts/new", SCREEN | {"packs": packs})
    assert answer.status_code == 422
    assert "is there twice" in answer.text


def test_a_pack_that_is_called_like_the_unit_in_capitals_is_refused(visit: Visit, cast: Cast) -> None:
    answer = visit(cast.stan).submit("/stock/parts/new", SCREEN | {"packs": "PCS = 10"})
    assert "none of them called like the unit" in answer.text


def test_a_quantity_that_cannot_be_counted_is_refused_with_the_limits(screen: Part) -> None:
    with pytest.raises(Refusal) as refused:
        milli_in(screen, "0.0001")
    assert refused.value.problems[0].params == {"quantity": "0.0001", "least": "0.001", "most": "1000000000"}
