"""The pages of figures and their files: what they say, who may see them, and that they stay true when more arrives."""

import csv
import datetime as dt
import io
import random
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from mendloop.database import Database, session_for
from mendloop.insights import figures, keeping
from mendloop.insights.charts import Line, LineChart, round_up
from mendloop.insights.elapsed import split_elapsed
from mendloop.insights.filters import SPLITS, Filters, filters_from
from mendloop.insights.fine_readings import is_fine
from mendloop.insights.found import orders_matching
from mendloop.insights.knowledge_shared import savings
from mendloop.insights.small_numbers import wilson
from mendloop.testing import random_histories
from mendloop.testing.cast import Cast
from mendloop.testing.random_histories import Shop, put_up_histories
from mendloop.testing.visitor import Visitor
from mendloop.work_orders.clocked import Clocked
from openpyxl import load_workbook

Visit = Callable[..., Visitor]


@pytest.fixture
def shop(database: Database, cast: Cast, tmp_path: Path) -> Shop:
    made = put_up_histories(database, cast, tmp_path)
    made.play(random.Random(3), 12)
    return made


def test_of_three_orders_two_are_no_certainty() -> None:
    low, high = wilson(2 / 3, 3)
    assert (round(low, 3), round(high, 3)) == (0.208, 0.939)  # Wilson's interval as textbooks print it
    assert wilson(0.5, 0) == (0, 1)


def test_at_every_moment_an_order_is_one_thing() -> None:
    spans = [Clocked("ada", "waiting", "a#1", 0, 60), Clocked("bo", "travel", "b#1", 10, 40)]
    spans += [Clocked("ivy", "work", "c#1", 30, 50), Clocked("ada", "work", "a#1", 90, None)]
    assert split_elapsed(spans, 5, 100) == {"work": 30, "travel": 20, "waiting": 15, "idle": 30}


def test_only_readings_of_three_digits_are_compared() -> None:
    assert all(is_fine(text) for text in ("227", "0.125", "1.25", "231.7"))
    assert not any(is_fine(text) for text in ("2.5", "0.02", "0", "230", "1800.0", "1.5e-07"))


def test_axes_end_at_numbers_that_can_be_quartered() -> None:
    assert [round_up(value) for value in (0, 3, 4, 11, 35, 99, 101)] == [1, 4, 4, 20, 40, 100, 200]


def test_a_line_has_a_gap_where_there_is_no_value() -> None:
    chart = LineChart("t", ("a", "b", "c", "d"), (line := Line("x", (1, None, 2, 3), ("1", "", "2", "3")),))
    assert len(chart.runs(line)) == 1
    assert len(chart.dots(line)) == 3


def test_what_the_address_says_wrongly_is_left_out() -> None:
    today = dt.date(2026, 11, 24)
    found = filters_from({"split": "shoe size", "days": "-1", "since": "soon", "person": " ada "}, today)
    assert found == Filters(person="ada", since=None, split="template", days=14)
    assert filters_from({}, today).since == dt.date(2026, 5, 26)
    assert filters_from({"days": "9999"}, today).days == 365
    assert filters_from(found.address(), today) == found


def test_saved_minutes_are_those_below_the_median_without_help() -> None:
    class Row:
        def __init__(self, order_id: str, work_ms: int) -> None:
            self.order_id, self.work_ms, self.travel_ms, self.template = order_id, work_ms, 0, "t"

    alone = [Row(str(n), 1000 * n) for n in range(1, 6)]
    rows = [*alone, Row("quick", 500), Row("slow", 9000)]
    assert savings(rows, {"quick": {"ada", "bo"}, "slow": {"ada"}}) == {"ada": 1250, "bo": 1250}
    assert savings(rows[1:], {"quick": {"ada"}, "slow": {"ada"}}) == {"ada": 0}


def shown(shop: Shop) -> int:
    """How many orders the page of rework must count: worked out anew."""
    with session_for(shop.database, shop.cast.sue) as session:
        return figures.figure(session, shop.cast.sue, "rework", Filters(), "en").total.n


def test_facts_are_read_by_whoever_looks_and_the_same_after_a_rebuild(shop: Shop, visit: Visit) -> None:
    sue = shop.cast.sue
    page = visit(sue).get("/insights/?since=")
    assert page.status_code == 200
    again = visit(sue).get("/insights/?since=")
    assert again.text.count("<article") == page.text.count("<article")
    with session_for(shop.database, sue) as session:
        keeping.read_all(session, sue)
        assert keeping.count_unread(session, sue) == 0
        kept = keeping.fact_bytes(session, sue)
        over = keeping.rebuild(session, sue)
        assert over == keeping.count_over(session, sue) > 2
        assert keeping.fact_bytes(session, sue) == kept
    assert f"{shown(shop)} orders" in visit(sue).get("/insights/rework?since=").text
    shop.play(random.Random(4), 4)
    with session_for(shop.database, sue) as session:
        assert keeping.count_unread(session, sue) > 0
        assert keeping.catch_up(session, sue, 20) == 0
        assert keeping.count_over(session, sue) == len(orders_matching(session, sue, Filters()))
    assert f"{shown(shop)} orders" in visit(sue).get("/insights/rework?since=").text


def test_every_figure_says_what_it_means(shop: Shop, visit: Visit) -> None:
    sue = visit(shop.cast.sue)
    for name, split in zip([*figures.KINDS, "knowledge"], SPLITS, strict=False):
        page = sue.get(f"/insights/{name}?since=&split={split}")
        assert page.status_code == 200
        assert "style=" not in page.text
        assert "<dt>How it is worked out</dt>" in page.text


def test_a_handful_of_orders_says_nobodys_mean_cost(shop: Shop, visit: Visit) -> None:
    sue = visit(shop.cast.sue)
    assert "CNY" in sue.get("/insights/planned?since=&split=template").text
    assert "CNY" not in sue.get("/insights/planned?since=&split=person").text


def test_a_figure_leads_to_its_orders(shop: Shop, visit: Visit) -> None:
    sue = visit(shop.cast.sue)
    page = sue.get("/insights/rework/orders?since=&split=template&line=shop.repair")
    assert page.status_code == 200
    assert "/orders/" in page.text
    assert sue.get("/insights/happiness").status_code == 404
    assert sue.get("/insights/happiness.csv").status_code == 404
    assert sue.get("/insights/facts/people.csv").status_code == 404


def test_others_figures_stay_theirs(shop: Shop, visit: Visit) -> None:
    assert "<h2>No orders</h2>" in visit(shop.cast.cy).get("/insights/?since=").text
    assert visit(shop.cast.ada).get("/insights/").status_code == 403
    assert visit(shop.cast.vera).get("/insights/planned").status_code == 200


def test_engineers_see_first_what_could_look_wrong_in_their_own_steps(shop: Shop, visit: Visit) -> None:
    shop.play(random.Random(6), 14)
    engineers = (shop.cast.ada, shop.cast.bo, shop.cast.ivy)
    with session_for(shop.database, shop.cast.sue) as session:
        keeping.read_all(session, shop.cast.sue)
    pages = [visit(engineer).get("/insights/mine") for engineer in engineers]
    assert [page.status_code for page in pages] == [200] * 3
    assert any("done impossibly quickly" in page.text for page in pages)
    assert visit(shop.cast.vera).get("/insights/mine").status_code == 403


def test_files_say_the_same_as_the_page_and_parquet_answers_sql(shop: Shop, visit: Visit, tmp_path: Path) -> None:
    sue = shop.cast.sue
    with session_for(shop.database, sue) as session:
        keeping.read_all(session, sue)
        found = figures.figure(session, sue, "repair_time", Filters(split="product"), "en")
    browser = visit(sue)
    text = browser.get("/insights/repair_time.csv?since=&split=product").text.lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(text)))
    shown = [[line.key, str(line.n)] for line in found.lines]
    assert [row[:2] for row in rows[1:]] == [*shown, ["all", str(found.total.n)]]
    book = load_workbook(io.BytesIO(browser.get("/insights/repair_time.xlsx?since=&split=product").data))
    assert book.active is not None
    assert book.active.max_row == len(rows)
    file = tmp_path / "orders.parquet"
    file.write_bytes(browser.get("/insights/facts/orders.parquet?since=").data)
    spent = "sum(work_ms + travel_ms + waiting_ms + idle_ms), sum(epoch_ms(ended_at) - epoch_ms(opened_at))"
    with duckdb.connect() as sql:
        told = sql.read_parquet(str(file)).filter("is_corrective").aggregate(f"product, count(*), {spent}").fetchall()
    assert {row[0]: row[1:3] for row in told} == {
        line.key: (line.n, sum(line.inputs)) for line in found.lines if line.n
    }
    assert all(row[2] == row[3] for row in told)


def test_no_cell_of_a_file_is_a_formula(shop: Shop, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random_histories, "CUSTOMERS", ("=1+1",))
    shop.play(random.Random(5), 6)
    with session_for(shop.database, shop.cast.sue) as session:
        keeping.read_all(session, shop.cast.sue)
    for address in ("facts/orders.csv?since=", "rework.csv?since=&split=customer"):
        text = visit(shop.cast.sue).get(f"/insights/{address}").text
        assert "'=1+1" in text
        assert ",=1+1" not in text
