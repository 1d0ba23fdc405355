"""Whoever writes a template finds the positions of the products it is for, and is told where one is not known."""

from collections.abc import Callable

import pytest
from mendloop.assets import services
from mendloop.assets.services import NewBom, Position, Subject
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory import services as inventory
from mendloop.library.services import ProductDetails, add_product
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def ada(database: Database, cast: Cast, visit: Visit) -> Visitor:
    """Two pumps: the large one has a drive with two bearings, which the small one has at its top."""
    with session_for(database, cast.sue) as session, write_transaction(session):
        inventory.create_part(session, cast.sue, "6205", {"en": "Deep groove bearing", "zh-CN": "深沟球轴承"})
        boms = {
            "pump/large": [
                Position("drive", label={"en": "Drive", "zh-CN": "传动"}),
                Position("bearing-de", "drive", part="6205"),
                Position("bearing-nde", "drive", {"en": "Other end"}, "6205"),
                Position("spare", part="6205"),
                Position("box", label={"en": "Box"}),
                Position("spare-2", "box", part="6205"),
            ],
            "pump/small": [Position("bearing-de", part="6205")],
            "fan": [Position("bearing-de", part="6205")],
        }
        for key, positions in boms.items():
            product = add_product(session, cast.sue, ProductDetails(key, {"en": key}))
            services.save_bom(session, cast.sue, NewBom(Subject(product_id=product.id), positions))
    return visit(cast.ada)


def asked(visitor: Visitor, **query: str) -> dict[str, list[dict[str, object]]]:
    answer = visitor.get("/api/v1/bom-positions", query_string=query)
    assert answer.status_code == 200
    found: dict[str, list[dict[str, object]]] = answer.get_json()
    return found


def addresses(visitor: Visitor, **query: str) -> list[object]:
    return [each["address"] for each in asked(visitor, **query)["positions"]]


def test_positions_are_found_by_address_label_part_and_the_parts_name(ada: Visitor) -> None:
    for text in ("other", "nde", "drive 6205 nde", "轴承 other", "OTHER END"):
        assert addresses(ada, products="pump/*", text=text) == ["drive/bearing-nde"]
    assert addresses(ada, products="pump/*", text="deep") == [
        "drive/bearing-de", "drive/bearing-nde", "spare", "box/spare-2", "bearing-de"
    ]  # fmt: skip


def test_only_products_of_the_template_are_looked_through_and_each_position_is_told_once(ada: Visitor) -> None:
    (found,) = [each for each in asked(ada, products="pump/small,fan")["positions"] if each["address"] == "bearing-de"]
    assert found["products"] == [{"en": "fan"}, {"en": "pump/small"}]
    assert found["label"] == {"en": "Deep groove bearing", "zh-CN": "深沟球轴承"}


@pytest.mark.parametrize(
    ("position", "lacking"),
    [
        ("bearing-de", []),
        ("drive/bearing-de", ["pump/small"]),
        ("bearing", ["pump/large", "pump/small"]),
        ("spare", ["pump/small"]),
    ],
)
def test_a_position_is_known_by_its_address_or_by_an_end_that_one_has(
    ada: Visitor, position: str, lacking: list[str]
) -> None:
    assert asked(ada, products="pump/*", position=position)["lacking"] == [{"en": each} for each in lacking]


def test_where_no_product_is_named_it_is_enough_that_one_has_the_position(ada: Visitor) -> None:
    assert asked(ada, position="drive/bearing-de")["lacking"] == []
    assert len(asked(ada, position="nowhere")["lacking"]) == 3


def test_another_organisation_finds_none_of_them(ada: Visitor, visit: Visit, cast: Cast) -> None:
    assert asked(visit(cast.cy), products="*") == {"positions": [], "lacking": []}
    assert addresses(ada, products="*")
