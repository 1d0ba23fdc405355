"""Products: list, add, change."""

from collections.abc import Callable

import pytest
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
PUMP = {"key": "pump/centrifugal/ns-40", "title_zh": "离心泵", "title_en": "Centrifugal pump", "active": "y"}


def add(visit: Visit, cast: Cast) -> str:
    """The address of the product that was added."""
    assert visit(cast.sue).submit("/products/new", PUMP).status_code == 302
    products = visit(cast.sue).get("/api/v1/products").json
    assert products
    return f"/products/{products['products'][0]['id']}"


def test_a_supervisor_adds_a_product_and_everybody_sees_it(visit: Visit, cast: Cast) -> None:
    add(visit, cast)
    for actor in (cast.ada, cast.vera, cast.stan):
        assert "Centrifugal pump" in visit(actor).get("/products/").text
    assert "Centrifugal pump" not in visit(cast.cy).get("/products/").text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"key": "Pump NS 40"}, "A key has lower-case letters"),
        ({"key": "/pump"}, "A key has lower-case letters"),
        ({"key": "pump//ns"}, "A key has lower-case letters"),
        ({"title_zh": "", "title_en": " "}, "Enter a name in at least one language."),
        ({"title_en": "x" * 201}, "A name has at most 200 characters."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(visit: Visit, cast: Cast, wrong: dict[str, str], words: str) -> None:
    answer = visit(cast.sue).submit("/products/new", {**PUMP, **wrong})
    assert answer.status_code == 422
    assert words in answer.text


def test_a_key_is_given_once(visit: Visit, cast: Cast) -> None:
    add(visit, cast)
    answer = visit(cast.sue).submit("/products/new", PUMP)
    assert answer.status_code == 422
    assert "There is a product with this key." in answer.text


def test_another_organisation_may_use_the_same_key(visit: Visit, cast: Cast) -> None:
    add(visit, cast)
    assert visit(cast.cy).submit("/products/new", PUMP).status_code == 302


def test_a_product_can_be_taken_out_of_use(visit: Visit, cast: Cast) -> None:
    path = add(visit, cast)
    unused = {name: value for name, value in PUMP.items() if name != "active"}
    assert visit(cast.sue).submit(path, unused).status_code == 302
    assert visit(cast.sue).get("/api/v1/products").json == {"products": []}
    assert "Not in use" in visit(cast.sue).get("/products/").text


def test_engineers_read_and_do_not_write(visit: Visit, cast: Cast) -> None:
    path = add(visit, cast)
    assert visit(cast.ada).get("/products/").status_code == 200
    for each in (path, "/products/new"):
        assert visit(cast.ada).get(each).status_code == 403
        assert visit(cast.ada).submit(each, PUMP).status_code == 403


def test_the_ritual_cases(visit: Visit, cast: Cast) -> None:
    path = add(visit, cast)
    assert visit().get(path).status_code == 302
    assert visit().submit(path, PUMP).status_code == 401
    assert visit(cast.cy).get(path).status_code == 404
    assert visit(cast.cy).submit(path, PUMP).status_code == 404
    assert visit(cast.sue).get("/products/none-such").status_code == 404
    assert visit(cast.sue).client.post(path, data=PUMP).status_code == 400
