"""Looking for a part over the API."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory.services import create_part
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, put_up
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def ada(visit: Visit, cast: Cast, database: Database) -> Visitor:
    put_up(database, cast)
    return visit(cast.ada)


def test_a_piece_of_the_number_finds_the_part(ada: Visitor) -> None:
    found = ada.get("/api/v1/parts?query=6205").json
    assert found is not None
    assert [part["number"] for part in found["parts"]] == [BEARING]


@pytest.mark.parametrize("query", ["x" * 200, "轴" * 200])
def test_two_hundred_characters_may_be_searched_for(ada: Visitor, query: str) -> None:
    assert ada.get(f"/api/v1/parts?query={quote(query)}").json == {"parts": []}


@pytest.mark.parametrize(("language", "words"), [("en", "Search for at most 200"), ("zh-CN", "搜索内容最多 200")])
def test_a_longer_query_is_refused_in_words(ada: Visitor, language: str, words: str) -> None:
    ada.submit("/language", {"language": language, "next": "/"})
    answer = ada.get(f"/api/v1/parts?query={quote('轴' * 201)}")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    (problem,) = answer.json["problems"]  # type: ignore[index]
    assert (problem["code"], problem["at"]) == ("part.query_too_long", "/query")
    assert words in problem["message"]


def test_the_limit_is_in_the_description(ada: Visitor) -> None:
    described = ada.get("/api/v1/openapi.json").json
    assert described is not None
    (query,) = described["paths"]["/api/v1/parts"]["get"]["parameters"]
    assert query["schema"]["maxLength"] == 200


def test_a_part_says_for_which_products_it_is_made(ada: Visitor, database: Database, cast: Cast) -> None:
    with session_for(database, cast.stan) as session, write_transaction(session):
        create_part(session, cast.stan, "SCR-15", {"en": "Screen"}, fits=["phone/15*"], serial_tracked=True)
    (found,) = ada.get("/api/v1/parts?query=SCR-15").json["parts"]  # type: ignore[index]
    assert (found["fits"], found["serial_tracked"]) == (["phone/15*"], True)
