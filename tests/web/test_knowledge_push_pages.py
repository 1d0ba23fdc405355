"""Searching knowledge as one types, and the nearest cases on the pages where an order is opened and looked at."""

from collections.abc import Callable

import pytest
from mendloop.database import Database
from mendloop.knowledge.content import CaseContent
from mendloop.knowledge.push.marking import excerpt, marked
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import PUMP, Workshop, put_up
from mendloop.testing.solved import sign, solve
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def solved(workshop: Workshop, database: Database, cast: Cast) -> str:
    return solve(
        database,
        cast.sue,
        CaseContent(
            title={"en": "Bearing rattles <under> load", "zh-CN": "满负荷轴承异响"},
            symptom={"en": "rattles at full load", "zh-CN": "满负荷时轴承异响"},
            cause={"en": "Bearing 6205 was worn", "zh-CN": "轴承磨损"},
            remedy={"en": "Renewed the bearing", "zh-CN": "更换轴承"},
            product=PUMP,
            faults=("P-11",),
            path=(sign("measure.runout+", "Shaft runout"),),
            template="pump.quick",
        ),
    )


@pytest.mark.parametrize("words", ["bearing rattles", "轴承异响", "bearnig", "异响"])
def test_a_case_is_found_by_words_of_either_language_and_by_misspelt_ones(
    visit: Visit, cast: Cast, solved: str, words: str
) -> None:
    found = visit(cast.ada).get("/api/v1/knowledge/search", query_string={"q": words}).json
    assert [each["id"] for each in found or []] == [solved]


def test_the_page_shows_what_was_found_marked_and_escaped_without_any_script(
    visit: Visit, cast: Cast, solved: str
) -> None:
    stan = visit(cast.stan)
    page = stan.get("/knowledge/search?q=bearing").text
    assert "<mark>Bearing</mark> rattles &lt;under&gt; load" in page
    assert f"/knowledge/cases/{solved}" in page
    part = stan.get("/knowledge/search/results?q=bearing").text
    assert part.strip() in page
    assert "<html" not in part
    assert "<mark>轴承</mark>磨损" in stan.get("/knowledge/search?q=轴承").text
    assert "Nothing found" in stan.get("/knowledge/search?q=zzzzqqqq").text
    assert f"/knowledge/cases/{solved}" not in stan.get("/knowledge/search?q=bearing&kind=article").text


def test_other_organisations_find_nothing(visit: Visit, cast: Cast, solved: str) -> None:
    assert solved not in visit(cast.cy).get("/knowledge/search?q=bearing").text


@pytest.mark.parametrize("known", [{"fault_codes": "P-11"}, {"fault_text": "rattles at full load"}])
def test_a_new_order_is_told_what_is_known_before_it_is_opened(
    visit: Visit, cast: Cast, solved: str, known: dict[str, str]
) -> None:
    sue = visit(cast.sue)
    page = sue.submit("/orders/new", {"product": PUMP, "show": "1", **known}).text
    assert solved in page
    assert "Because:" in page
    assert solved in sue.get("/orders/new/fitting", query_string={"product": PUMP, **known}).text
    assert "near-cases" not in sue.submit("/orders/new", {"product": PUMP, "show": "1"}).text


def test_the_page_of_an_open_order_shows_similar_cases(
    visit: Visit, cast: Cast, workshop: Workshop, solved: str
) -> None:
    page = visit(cast.sue).get(f"/orders/{workshop.open_order(cast.ada)}").text
    assert f"/knowledge/cases/{solved}" in page
    assert "same fault: Noise" in page


def test_what_was_typed_is_marked_where_words_begin_and_in_chinese_anywhere() -> None:
    assert marked("Bearing worn, no bearings left", "bear worn") == [
        ("Bear", True), ("ing ", False), ("worn", True), (", no ", False), ("bear", True), ("ings left", False),
    ]  # fmt: skip
    assert marked("满负荷轴承异响", "轴承异响") == [("满负荷", False), ("轴承异响", True)]
    assert marked("outworn", "worn") == [("outworn", False)]
    assert marked("İstanbul bearing", "bearing") == [("İstanbul bearing", False)]
    assert "needle" in excerpt("hay " * 200 + "needle " + "hay " * 200, "needle")
    assert len(excerpt("hay " * 200, "")) <= 162
