"""What an order needs is planned and held when it is opened, held anew when it changes hands, and free when it ends."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from mendloop.clock import utc_now
from mendloop.database import Database, new_id, run_write, session_for
from mendloop.inventory import services as inventory
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.parts import PartDetails, put_part
from mendloop.library.services import load_plan
from mendloop.order_parts import following
from mendloop.order_parts import services as parts
from mendloop.order_parts.acts import Asked
from mendloop.order_parts.planned import parts_of_plan
from mendloop.problems import Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, Workshop, put_up
from mendloop.work_orders import services as orders
from mendloop.work_orders.consequences import parts_in
from mendloop_engine.events import StepCompleted
from sqlalchemy.orm import Session


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.sue) as opened:
        yield opened


def held(session: Session, cast: Cast, order: str) -> dict[str, int]:
    session.rollback()
    return {each.location: each.milli for each in inventory.held_for_orders(session, cast.sue, [order])}


def into_van(session: Session, cast: Cast, person: str, quantity: float) -> None:
    bearing = inventory.parts_by_number(session, cast.sue, [BEARING])[BEARING]
    run_write(session, lambda: inventory.move_stock(session, cast.stan, bearing, quantity, WAREHOUSE, van_of(person)))


def change(session: Session, cast: Cast, order: str, number: str, quantity: int, **more: str) -> None:
    actor = getattr(cast, more.pop("by", "sue"))
    run_write(session, lambda: parts.plan_part(session, actor, order, number, quantity * 1000, new_id(), **more))


def test_a_new_order_holds_its_parts_in_the_warehouse(workshop: Workshop, session: Session, cast: Cast) -> None:
    assert held(session, cast, workshop.open_order()) == {WAREHOUSE: 1_000}


def test_the_van_of_whoever_has_the_order_comes_before_the_warehouse(
    workshop: Workshop, session: Session, cast: Cast
) -> None:
    into_van(session, cast, cast.ada.person_id, 1)
    order = workshop.open_order(cast.ada)
    assert held(session, cast, order) == {van_of(cast.ada.person_id): 1_000}


def test_an_order_that_changes_hands_holds_its_parts_anew(workshop: Workshop, session: Session, cast: Cast) -> None:
    into_van(session, cast, cast.ada.person_id, 1)
    order = workshop.open_order(cast.ada)
    run_write(session, lambda: orders.assign_work_order(session, cast.sue, order, cast.bo.person_id))
    assert held(session, cast, order) == {WAREHOUSE: 1_000}


def test_a_cancelled_order_holds_nothing_and_wants_nothing(workshop: Workshop, session: Session, cast: Cast) -> None:
    order = workshop.open_order(cast.ada)
    run_write(session, lambda: orders.cancel_work_order(session, cast.sue, order, "not needed"))
    assert held(session, cast, order) == {}
    assert [need.line.wanted for need in parts.needs_of(session, cast.sue, order)] == [0]


def test_what_is_there_for_nobody_is_missing_and_held_once_it_comes(
    workshop: Workshop, session: Session, cast: Cast
) -> None:
    order = workshop.open_order(cast.ada)
    change(session, cast, order, BEARING, 12)
    [short] = parts.missing_parts(session, cast.sue)
    assert (short.number, short.milli, short.buy) == (BEARING, 2_000, 2_000)
    bearing = inventory.parts_by_number(session, cast.sue, [BEARING])[BEARING]
    run_write(session, lambda: inventory.receive_stock(session, cast.stan, bearing, 5))
    run_write(session, lambda: parts.reserve_waiting(session, cast.stan))
    assert parts.missing_parts(session, cast.sue) == []
    assert held(session, cast, order) == {WAREHOUSE: 12_000}


def test_what_is_missing_is_proposed_from_where_it_lies(workshop: Workshop, session: Session, cast: Cast) -> None:
    into_van(session, cast, cast.bo.person_id, 4)
    order = workshop.open_order(cast.ada)
    change(session, cast, order, BEARING, 11)
    [short] = parts.missing_parts(session, cast.sue)
    assert [(move.source, move.milli) for move in short.moves] == [(van_of(cast.bo.person_id), 4_000)]
    assert (short.milli, short.buy) == (5_000, 1_000)


def test_the_same_pieces_are_proposed_to_one_order_only(workshop: Workshop, session: Session, cast: Cast) -> None:
    into_van(session, cast, cast.bo.person_id, 4)
    first, second = workshop.open_order(cast.ada), workshop.open_order(cast.ada)
    for order in (first, second):
        change(session, cast, order, BEARING, 8)
    shorts = {short.order_id: short for short in parts.missing_parts(session, cast.sue)}
    told = [(sum(move.milli for move in shorts[each].moves), shorts[each].buy) for each in (first, second)]
    assert told == [(3_000, 0), (1_000, 6_000)]


def test_an_engineer_may_ask_for_more_and_never_for_less(workshop: Workshop, session: Session, cast: Cast) -> None:
    order = workshop.open_order(cast.ada)
    change(session, cast, order, BEARING, 2, by="ada")
    with pytest.raises(Refusal) as refused:
        change(session, cast, order, BEARING, 1, by="ada")
    assert [problem.code for problem in refused.value.problems] == ["order_parts.fewer_by_supervisors"]
    assert held(session, cast, order) == {WAREHOUSE: 2_000}


def test_a_crossed_out_line_holds_nothing(workshop: Workshop, session: Session, cast: Cast) -> None:
    order = workshop.open_order(cast.ada)
    change(session, cast, order, BEARING, 0)
    assert held(session, cast, order) == {}


def test_a_part_that_nobody_has_entered_can_be_planned(workshop: Workshop, session: Session, cast: Cast) -> None:
    order = workshop.open_order(cast.ada)
    change(session, cast, order, "SEAL-9", 1)
    assert [(short.number, short.buy) for short in parts.missing_parts(session, cast.sue)] == [("SEAL-9", 1_000)]


LINES: list[Any] = [
    {"part": BEARING, "quantity": 1, "unit": "pcs"},
    {"part": "SEAL", "quantity": 2, "faults": ["P-2*"]},
    {"part": "RING", "quantity": 0.5, "products": ["pump/*"]},
]


def test_lines_hold_for_their_products_and_faults_and_a_part_in_two_steps_is_one_line(
    workshop: Workshop, session: Session, cast: Cast
) -> None:
    order = orders.access_work_order(session, cast.sue, workshop.open_order())
    plan = load_plan(session, cast.sue, order.plan_hash)
    repair = plan.step("repair")
    with_more = replace(repair, fields=(replace(repair.fields[0], settings={"lines": LINES}),))
    plan = replace(plan, nodes={"repair": with_more, "again": with_more})
    found = parts_of_plan(plan, {"product": "pump/centrifugal/ns-40", "fault_codes": ["P-11"]})
    assert [(each.number, each.quantity, each.nodes) for each in found] == [
        (BEARING, 2, ("repair", "again")),
        ("RING", 1.0, ("repair", "again")),
    ]


def test_what_a_step_says_it_used_is_told_in_the_unit_it_was_planned_in(
    workshop: Workshop, session: Session, cast: Cast
) -> None:
    order = orders.access_work_order(session, cast.sue, workshop.open_order())
    plan = load_plan(session, cast.sue, order.plan_hash)
    repair = plan.step("repair")
    field = replace(repair.fields[0], settings={"lines": [{"part": BEARING, "quantity": 1, "unit": "box"}]})
    plan = replace(plan, nodes={"repair": replace(repair, fields=(field,))})
    used: list[Any] = [{"part": number, "quantity": 2, "action": "used"} for number in (BEARING, "OTHER")]
    event = StepCompleted("2026-11-23T08:00:00.000Z", "ada", "repair#1", {field.id: used}, {}, 0, "")
    assert [(fact.number, fact.milli, fact.unit) for fact in parts_in(plan, event)] == [
        (BEARING, 2_000, "box"),
        ("OTHER", 2_000, None),
    ]


IN_BOXES: list[Any] = [
    {"part": BEARING, "quantity": 1, "unit": "box", "position": "drive"},
    {"part": BEARING, "quantity": 3, "unit": "pcs", "position": "fan"},
]


def test_a_box_and_three_pieces_of_a_part_add_up_in_its_own_unit(
    workshop: Workshop, session: Session, cast: Cast
) -> None:
    in_fours = PartDetails(BEARING, {"en": "Bearing 6205"}, packs={"box": 4})
    run_write(session, lambda: put_part(session, cast.stan, in_fours))
    order = orders.access_work_order(session, cast.sue, workshop.open_order())
    plan = load_plan(session, cast.sue, order.plan_hash)
    repair = plan.step("repair")
    field = replace(repair.fields[0], settings={"lines": IN_BOXES, "allow_other": True})
    plan = replace(plan, nodes={"repair": replace(repair, fields=(field,))})
    facts = {"product": "pump/centrifugal/ns-40", "fault_codes": ["P-11"]}

    def open_again() -> None:
        for need in parts.needs_of(session, cast.sue, order.id):
            session.delete(need.line)
        following.order_opened(session, cast.sue, order.id, plan, facts)

    run_write(session, open_again)
    [need] = parts.needs_of(session, cast.sue, order.id)
    assert (need.line.milli, need.wanted, held(session, cast, order.id)) == (7_000, 7_000, {WAREHOUSE: 7_000})
    used: list[Any] = [
        {"part": BEARING, "quantity": quantity, "action": "used", **at}
        for quantity, at in ((1, {"position": "drive"}), (3, {"position": "fan"}), (2, {}))
    ]
    event = StepCompleted("2026-11-23T08:00:00.000Z", "ada", "repair#1", {field.id: used}, {}, 0, "")
    told = list(parts_in(plan, event))
    assert [(fact.milli, fact.unit) for fact in told] == [(1_000, "box"), (3_000, "pcs"), (2_000, None)]
    by, at = cast.ada.person_id, utc_now()
    run_write(session, lambda: inventory.book_parts(session, cast.ada, by, order.id, "repair#1", at, told))
    [moved] = inventory.order_parts(session, cast.sue, order.id)
    assert (moved.used, moved.open) == (4_000 + 3_000 + 2_000, 0)


def test_a_part_that_stands_in_counts_for_the_one_that_is_meant(
    workshop: Workshop, session: Session, cast: Cast
) -> None:
    sealed = {"en": "Sealed bearing"}
    other = run_write(session, lambda: inventory.create_part(session, cast.sue, "BRG-6205-2RS", sealed))
    run_write(session, lambda: inventory.receive_stock(session, cast.stan, other, 3))
    run_write(session, lambda: parts.change_stand_ins(session, cast.sue, BEARING, ["BRG-6205-2RS"]))
    order = workshop.open_order(cast.ada)
    asked = [Asked("BRG-6205-2RS", 1_000)]
    run_write(session, lambda: parts.issue_parts(session, cast.stan, order, asked, "k1"))
    assert held(session, cast, order) == {}
    assert [need.wanted for need in parts.needs_of(session, cast.sue, order)] == [0]


def test_what_was_given_back_unused_is_not_missed_and_a_defective_part_is(
    workshop: Workshop, session: Session, cast: Cast
) -> None:
    order = workshop.open_order(cast.ada)
    asked = [Asked(BEARING, 1_000)]
    run_write(session, lambda: parts.issue_parts(session, cast.stan, order, asked, "k1"))
    run_write(session, lambda: parts.give_back_parts(session, cast.stan, order, asked, "k2"))
    assert [need.wanted for need in parts.needs_of(session, cast.sue, order)] == [0]
    run_write(session, lambda: parts.issue_parts(session, cast.stan, order, asked, "k3"))
    run_write(session, lambda: parts.give_back_parts(session, cast.stan, order, asked, "k4", defective=True))
    assert [need.may_come for need in parts.needs_of(session, cast.sue, order)] == [1_000]


def test_planning_none_of_what_nobody_planned_adds_no_line(workshop: Workshop, session: Session, cast: Cast) -> None:
    order = workshop.open_order()
    change(session, cast, order, "SEAL-9", 0)
    assert [need.line.number for need in parts.needs_of(session, cast.sue, order)] == [BEARING]
