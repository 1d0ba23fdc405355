"""An order may be a part of another one. That holds for good, and the other one does not end before it."""

import json
from collections.abc import Iterator
from functools import partial

import pytest
from mendloop.accounts.actor import Actor
from mendloop.assets import services as assets
from mendloop.assets.services import AssetDetails
from mendloop.database import Database, run_write, session_for
from mendloop.library.services import product_by_key
from mendloop.problems import Missing, Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.overhaul import give_pump_a_bom, open_sub
from mendloop.testing.pump_shop import PUMP, Workshop, put_up
from mendloop.work_orders import services as orders
from mendloop.work_orders.models import SubOrderLink
from mendloop.work_orders.rebuilding import read_model_bytes
from mendloop.work_orders.sub_order_places import places_in
from mendloop.work_orders.sub_orders import orders_above
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def main(workshop: Workshop, cast: Cast) -> str:
    return workshop.open_order(cast.ada)


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.sue) as opened:
        yield opened


def cancel(session: Session, sue: Actor, order_id: str) -> None:
    run_write(session, lambda: orders.cancel_work_order(session, sue, order_id, "not needed"))


def codes(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_sub_orders_are_found_below_their_order_as_they_were_opened(
    workshop: Workshop, main: str, session: Session, cast: Cast
) -> None:
    made = [open_sub(session, cast.sue, workshop, main, asset=asset) for asset in ("rotor", "seal")]
    found = orders.sub_orders(session, cast.sue, main)
    assert [(each.id, each.number, each.asset, each.status) for each in found] == [
        (order.id, order.number, order.asset, "open") for order in made
    ]
    assert found[0].title["en"] == "Pump quick repair"
    above = orders.parent_of(session, cast.sue, made[0].id)
    assert above is not None
    assert above.id == main
    assert orders.parent_of(session, cast.sue, main) is None


def test_levels_are_told_from_the_main_order_down(workshop: Workshop, main: str, session: Session, cast: Cast) -> None:
    middle = open_sub(session, cast.sue, workshop, main)
    lowest = open_sub(session, cast.sue, workshop, middle.id)
    assert [order.id for order in orders_above(session, cast.sue, lowest.id)] == [main, middle.id]
    assert [each.id for each in orders.sub_orders(session, cast.sue, main)] == [middle.id]


def test_what_it_is_a_part_of_stands_in_its_record_and_an_order_by_itself_says_nothing_of_it(
    workshop: Workshop, main: str, session: Session, cast: Cast
) -> None:
    sub = open_sub(session, cast.sue, workshop, main)
    opened, alone = (orders.events_of(session, cast.sue, each)[0].event["order"] for each in (sub.id, main))
    number = orders.access_work_order(session, cast.sue, main).number
    assert {name: opened.get(name) for name in ("parent", "parent_number")} == {"parent": main, "parent_number": number}
    assert not {"parent", "parent_number", "position"} & alone.keys()
    assert json.loads(sub.state)["order"] == opened
    assert orders.verify_record(session, cast.sue, sub).is_whole
    before = read_model_bytes(session, cast.sue, sub)
    run_write(session, lambda: orders.rebuild_read_models(session, cast.sue, sub))
    assert read_model_bytes(session, cast.sue, sub) == before


def test_a_sub_order_is_for_a_position_of_the_asset_or_else_of_the_product(
    workshop: Workshop, main: str, session: Session, cast: Cast
) -> None:
    run_write(session, lambda: give_pump_a_bom(session, cast.sue))
    by_product = places_in(session, cast.sue, orders.access_work_order(session, cast.sue, main))
    assert [(each.address, each.part, each.product) for each in by_product] == [
        ("motor", "NS-MOTOR", "motor/ns-motor"),
        ("motor/fan", "NS-FAN", ""),
    ]
    sub = open_sub(session, cast.sue, workshop, main, position="motor/fan")
    assert orders.sub_orders(session, cast.sue, main)[0].position == "motor/fan"
    assert orders.events_of(session, cast.sue, sub.id)[0].event["order"]["position"] == "motor/fan"
    with pytest.raises(Refusal) as refused:
        open_sub(session, cast.sue, workshop, main, position="gearbox")
    assert codes(refused) == ["order.position_unknown"]
    with pytest.raises(Refusal) as refused:
        open_sub(session, cast.sue, workshop, None, position="motor")
    assert codes(refused) == ["order.position_without_parent"]
    pump = product_by_key(session, cast.sue, PUMP)
    assert pump is not None
    details = AssetDetails("P-8", pump.id)
    run_write(session, lambda: assets.create_asset(session, cast.sue, details))
    known = workshop.open_order(asset="P-8")
    by_asset = places_in(session, cast.sue, orders.access_work_order(session, cast.sue, known))
    assert [each.address for each in by_asset] == ["motor", "motor/fan"]


def test_a_closed_order_gets_no_sub_order(workshop: Workshop, main: str, session: Session, cast: Cast) -> None:
    cancel(session, cast.sue, main)
    with pytest.raises(Refusal) as refused:
        open_sub(session, cast.sue, workshop, main, asset="x" * 300)
    assert codes(refused) == ["order.parent_closed", "order.text_too_long"]
    assert orders.sub_orders(session, cast.sue, main) == []


def test_nobody_opens_or_sees_sub_orders_of_another_organisation(
    database: Database, workshop: Workshop, main: str, session: Session, cast: Cast
) -> None:
    sub = open_sub(session, cast.sue, workshop, main)
    with session_for(database, cast.cy) as abroad:
        with pytest.raises(Missing):
            orders.sub_orders(abroad, cast.cy, main)
        with pytest.raises(Missing):
            orders.parent_of(abroad, cast.cy, sub.id)
        new = orders.NewOrder(product=PUMP, template_version=workshop.version_id, parent=main)
        with pytest.raises(Refusal) as refused:
            run_write(abroad, lambda: orders.open_work_order(abroad, cast.cy, new))
        assert "order.parent_unknown" in codes(refused)
    with pytest.raises(Refusal) as refused:
        open_sub(session, cast.sue, workshop, "no such order")
    assert codes(refused) == ["order.parent_unknown"]


def test_what_is_a_part_of_what_never_changes(workshop: Workshop, main: str, session: Session, cast: Cast) -> None:
    sub = open_sub(session, cast.sue, workshop, main)
    mine = (SubOrderLink.organisation_id == cast.sue.organisation_id, SubOrderLink.order_id == sub.id)
    for change in (update(SubOrderLink).values(position="x"), delete(SubOrderLink)):
        with pytest.raises(DBAPIError, match="immutable"):
            run_write(session, partial(session.execute, change.where(*mine)))


def test_sub_orders_are_not_nested_without_end(
    workshop: Workshop, main: str, session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mendloop.work_orders.sub_orders.DEEPEST", 3)
    lowest = open_sub(session, cast.sue, workshop, open_sub(session, cast.sue, workshop, main).id)
    with pytest.raises(Refusal) as refused:
        open_sub(session, cast.sue, workshop, lowest.id)
    assert codes(refused) == ["order.too_deep"]


def test_an_order_with_an_open_sub_order_is_not_cancelled(
    workshop: Workshop, main: str, session: Session, cast: Cast
) -> None:
    made = [open_sub(session, cast.sue, workshop, main) for _ in range(2)]
    with pytest.raises(Refusal) as refused:
        cancel(session, cast.sue, main)
    [problem] = refused.value.problems
    assert (problem.code, problem.params["numbers"]) == ("order.sub_orders_open", [each.number for each in made])
    assert orders.access_work_order(session, cast.sue, main).status == "open"
    for each in made:
        cancel(session, cast.sue, each.id)
    cancel(session, cast.sue, main)
    assert orders.access_work_order(session, cast.sue, main).status == "cancelled"
