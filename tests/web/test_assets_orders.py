"""A work order is about an asset: what its steps say about parts with a position is built in there, or taken out."""

from collections.abc import Callable
from typing import Any

import pytest
from mendloop.assets import services
from mendloop.database import Database, run_write, session_for
from mendloop.inventory import services as inventory
from mendloop.library.services import publish_template
from mendloop.testing.cast import Cast
from mendloop.testing.motor_shop import PRODUCT, stock_motor_shop
from mendloop.testing.pump_shop import Phone
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from mendloop_engine.check import check_template
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]


def words(text: str) -> dict[str, str]:
    return {"en": text, "zh-CN": text}


def template(**step: str) -> dict[str, Any]:
    lines = [{"part": "MOTOR", "position": "motor", "serial": True, "label": words("Motor")}]
    used = {"id": "used", "type": "parts", "label": words("Parts"), "lines": lines}
    swap = {"kind": "step", "role": "engineer", "title": words("Swap"), "fields": [used], "next": [{"to": "done"}]}
    return {
        "format": 1,
        "key": "pump.swap",
        "title": words("Swap the motor"),
        "applies_to": [{"product": "pump/*"}],
        "roles": {"engineer": {"title": words("Engineer")}},
        "start": "swap",
        "nodes": {"swap": {**swap, **step}, "done": {"kind": "end", "outcome": "repaired"}},
    }


class Yard:
    def __init__(self, database: Database, cast: Cast, document: dict[str, Any]) -> None:
        self.database, self.cast = database, cast
        with self.session() as session:
            run_write(session, lambda: stock_motor_shop(session, cast.sue))
            self.version = run_write(session, lambda: publish_template(session, cast.sue, document)).id

    def session(self) -> Session:
        return session_for(self.database, self.cast.sue)

    def open_order(self, asset: str, *, keep: bool = True) -> str:
        told = orders.NewOrder(PRODUCT, self.version, asset, "Hotel", assignee=self.cast.ada.person_id, keep_asset=keep)
        with self.session() as session:
            return run_write(session, lambda: orders.open_work_order(session, self.cast.sue, told)).id

    def place_of(self, part: str, serial: str) -> str | None:
        with self.session() as session:
            unit = services.unit_by_serial(session, self.cast.sue, part, serial)
            return services.address_of(session, self.cast.sue, unit.place) if unit else None


@pytest.fixture
def yard(database: Database, cast: Cast) -> Yard:
    return Yard(database, cast, template(position="motor/de"))


def swap(visit: Visit, cast: Cast, order: str, *lines: tuple[str, str, str | None]) -> None:
    ada = Phone(visit(cast.ada))
    ada.do("StartStep", order, visit="swap#1")
    used = [
        {"part": part, "quantity": 1, "action": action, **({"serial": serial} if serial else {})}
        for part, action, serial in lines
    ]
    ada.do("CompleteStep", order, visit="swap#1", answers={"used": used})


def test_parts_go_to_their_own_position_else_to_the_steps(yard: Yard, visit: Visit, cast: Cast) -> None:
    order = yard.open_order("P-1")
    swap(visit, cast, order, ("MOTOR", "used", "M-2"), ("MOTOR", "removed", "M-1"), ("BEARING", "used", "B-1"))
    assert yard.place_of("MOTOR", "M-2") == "motor"
    assert yard.place_of("MOTOR", "M-1") is None
    assert yard.place_of("BEARING", "B-1") == "motor/de"
    with yard.session() as session:
        asset = services.asset_of_order(session, cast.sue, order)
        assert asset
        stays = services.history_of_position(session, cast.sue, asset.id, "motor")
        assert [(stay.first.serial, stay.first.order_id, stay.first.by) for stay in stays if stay.last is None] == [
            ("M-2", order, cast.ada.person_id)
        ]


def test_a_part_that_is_planned_for_two_positions_goes_where_the_field_says(
    database: Database, visit: Visit, cast: Cast
) -> None:
    document = template()
    document["nodes"]["swap"]["fields"][0]["lines"] = [
        {"part": "BEARING", "position": position, "required": True, "label": words("Bearing")}
        for position in ("motor/de", "wet-end/bearing")
    ]
    yard = Yard(database, cast, document)
    order, ada = yard.open_order("P-1"), Phone(visit(cast.ada))
    ada.do("StartStep", order, visit="swap#1")
    used = [
        {"part": "BEARING", "quantity": 1, "action": "used", "serial": serial, "position": position}
        for serial, position in (("B-1", "wet-end/bearing"), ("B-2", "motor/de"))
    ]
    ada.do("CompleteStep", order, visit="swap#1", answers={"used": used})
    assert [yard.place_of("BEARING", serial) for serial in ("B-1", "B-2")] == ["wet-end/bearing", "motor/de"]


def test_a_box_that_is_built_in_is_as_many_pieces_as_it_holds(database: Database, visit: Visit, cast: Cast) -> None:
    document = template()
    document["nodes"]["swap"]["fields"][0]["lines"] = [
        {"part": "SCREW", "position": "motor/screws", "unit": "box", "label": words("Screws")}
    ]
    yard = Yard(database, cast, document)
    with yard.session() as session:
        screw = words("Screw")
        run_write(session, lambda: inventory.create_part(session, cast.sue, "SCREW", screw, packs={"box": 8}))
    swap(visit, cast, yard.open_order("P-1"), ("SCREW", "used", None))
    with yard.session() as session:
        asset = services.find_assets(session, cast.sue, services.AssetFilters(text="P-1"))[0]
        assert [unit.milli for unit in services.units_in(session, cast.sue, asset.id) if unit.part == "SCREW"] == [
            8_000
        ]


def test_a_serial_number_the_field_found_elsewhere_is_believed_and_becomes_a_task(
    yard: Yard, visit: Visit, cast: Cast
) -> None:
    swap(visit, cast, yard.open_order("P-1"), ("MOTOR", "used", "M-2"))
    swap(visit, cast, yard.open_order("P-2"), ("MOTOR", "used", "M-2"))
    with yard.session() as session:
        kinds = [task.kind for task in services.open_conflicts(session, cast.sue)]
        two = services.find_assets(session, cast.sue, services.AssetFilters(text="P-2"))[0]
        unit = services.unit_by_serial(session, cast.sue, "MOTOR", "M-2")
        assert unit
        assert unit.asset_id == two.id
    assert kinds.count("elsewhere") == 1


def test_a_name_that_is_no_known_asset_stays_a_text(yard: Yard, visit: Visit, cast: Cast) -> None:
    order = yard.open_order("the green one by the door", keep=False)
    swap(visit, cast, order, ("MOTOR", "used", "M-2"))
    with yard.session() as session:
        assert services.asset_of_order(session, cast.sue, order) is None
        assert services.count_assets(session, cast.sue) == 0
        assert inventory.order_parts(session, cast.sue, order)


def test_a_known_number_is_linked_without_being_asked(yard: Yard, cast: Cast) -> None:
    first, second = yard.open_order("P-1"), yard.open_order("P-1", keep=False)
    with yard.session() as session:
        asset = services.asset_of_order(session, cast.sue, second)
        assert asset
        assert services.orders_of_asset(session, cast.sue, asset.id) == [second, first]


def test_a_plan_without_positions_is_what_it_was_before() -> None:
    plain, placed = (check_template(template(**more)).plan for more in ({}, {"position": "motor/de"}))
    assert plain
    assert placed
    assert "position" not in plain.to_json()["nodes"]["swap"]  # type: ignore[operator, index, call-overload]
    assert placed.step("swap").position == "motor/de"
    assert type(placed).from_json(placed.to_json()) == placed


@pytest.mark.parametrize("position", ["", "a//b", "/a", "two words", "a" * 201])
def test_a_position_is_keys_with_strokes_between_them(position: str) -> None:
    assert [problem.at for problem in check_template(template(position=position)).problems] == ["/nodes/swap/position"]
