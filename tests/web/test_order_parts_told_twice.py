"""A part that is told as built in on the order's sheet and by a step is built in once, whoever says it first."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from mendloop.database import Database, new_id, run_write, session_for
from mendloop.inventory import services as inventory
from mendloop.order_parts import services as parts
from mendloop.order_parts.acts import Asked
from mendloop.order_parts.services import Used
from mendloop.problems import Conflict
from mendloop.testing.cast import Cast
from mendloop.testing.ledger_audit import audit
from mendloop.testing.pump_shop import BEARING, Phone, finish_repair, inspect, photo_bytes, put_up, shot, work_to_repair
from mendloop.testing.visitor import Visitor
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]


@pytest.fixture
def order(database: Database, cast: Cast) -> str:
    return put_up(database, cast).open_order(cast.ada)


@pytest.fixture
def ada(visit: Visit, cast: Cast) -> Phone:
    return Phone(visit(cast.ada))


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.sue) as opened:
        yield opened
        opened.rollback()
        assert audit(opened, cast.sue) == []


def issue(session: Session, cast: Cast, order: str, *asked: Asked) -> None:
    run_write(session, lambda: parts.issue_parts(session, cast.stan, order, list(asked), new_id(), extra=True))


def use(session: Session, cast: Cast, order: str, *used: Used) -> None:
    run_write(session, lambda: parts.use_parts(session, cast.ada, order, list(used), new_id()))


def step_says(ada: Phone, order: str, *told: dict[str, Any]) -> None:
    answers = {
        "used": [{"part": BEARING, "quantity": 1, "action": "used", **each} for each in told],
        "after": shot(ada.upload(photo_bytes("seagreen"))),
        "checks": {"greased": {"result": "ok"}},
    }
    ada.do("CompleteStep", order, visit="repair#1", answers=answers)


def became(session: Session, cast: Cast, order: str) -> tuple[int, int]:
    """What was used, and what is open."""
    session.rollback()
    [line] = inventory.order_parts(session, cast.sue, order)
    return line.used, line.open


ONE = Asked(BEARING, 1_000)
TWO = Asked(BEARING, 2_000)


def test_what_the_sheet_says_and_then_the_step_is_one_use_and_the_steps(
    order: str, ada: Phone, session: Session, cast: Cast
) -> None:
    work_to_repair(ada, order)
    issue(session, cast, order, TWO)
    use(session, cast, order, Used(BEARING, 1_000))
    finish_repair(ada, order)
    assert became(session, cast, order) == (1_000, 1_000)
    acts = [
        (act.movement.action, act.milli, act.movement.visit) for act in inventory.order_acts(session, cast.sue, order)
    ]
    assert acts == [("issued", 2_000, None), ("used", 1_000, "repair#1")]
    assert inventory.open_discrepancies(session, cast.sue) == []


def test_only_what_the_step_says_beyond_the_sheet_is_new(order: str, ada: Phone, session: Session, cast: Cast) -> None:
    work_to_repair(ada, order)
    issue(session, cast, order, Asked(BEARING, 3_000))
    use(session, cast, order, Used(BEARING, 1_000))
    finish_repair(ada, order, quantity=2)
    assert became(session, cast, order) == (2_000, 1_000)


def test_what_a_step_has_said_and_the_sheet_says_later_without_knowing_is_one_use(
    order: str, ada: Phone, session: Session, cast: Cast
) -> None:
    work_to_repair(ada, order)
    issue(session, cast, order, TWO)
    finish_repair(ada, order)
    use(session, cast, order, Used(BEARING, 1_000, None, seen=0))
    assert became(session, cast, order) == (1_000, 1_000)


def test_one_more_that_the_sheet_says_with_the_steps_word_before_its_eyes_is_another(
    order: str, ada: Phone, session: Session, cast: Cast
) -> None:
    work_to_repair(ada, order)
    issue(session, cast, order, TWO)
    finish_repair(ada, order)
    use(session, cast, order, Used(BEARING, 1_000, None, seen=1_000))
    assert became(session, cast, order) == (2_000, 0)


def test_a_late_press_of_which_nothing_is_open_is_what_the_step_said(
    order: str, ada: Phone, session: Session, cast: Cast
) -> None:
    work_to_repair(ada, order)
    issue(session, cast, order, ONE)
    finish_repair(ada, order)
    use(session, cast, order, Used(BEARING, 1_000))
    assert became(session, cast, order) == (1_000, 0)
    with pytest.raises(Conflict):
        use(session, cast, order, Used(BEARING, 2_000))


def test_a_second_visit_uses_anew(order: str, ada: Phone, visit: Visit, session: Session, cast: Cast) -> None:
    work_to_repair(ada, order)
    issue(session, cast, order, TWO)
    use(session, cast, order, Used(BEARING, 1_000))
    finish_repair(ada, order)
    inspect(Phone(visit(cast.ivy)), order, "inspect#1", "rejected")
    ada.do("StartStep", order, visit="repair#2")
    finish_repair(ada, order, "repair#2")
    assert became(session, cast, order) == (2_000, 0)


def test_what_the_sheet_says_between_two_visits_is_the_second_ones(
    order: str, ada: Phone, visit: Visit, session: Session, cast: Cast
) -> None:
    work_to_repair(ada, order)
    issue(session, cast, order, Asked(BEARING, 3_000))
    finish_repair(ada, order)
    inspect(Phone(visit(cast.ivy)), order, "inspect#1", "rejected")
    use(session, cast, order, Used(BEARING, 1_000, None, seen=1_000))
    ada.do("StartStep", order, visit="repair#2")
    finish_repair(ada, order, "repair#2")
    assert became(session, cast, order) == (2_000, 1_000)


def test_serial_numbers_tell_whether_it_is_the_same_part(order: str, ada: Phone, session: Session, cast: Cast) -> None:
    work_to_repair(ada, order)
    issue(session, cast, order, Asked(BEARING, None, "SN-1"), Asked(BEARING, None, "SN-2"), ONE)
    use(session, cast, order, Used(BEARING, None, "sn-1"), Used(BEARING, None, "SN-2"))
    step_says(ada, order, {"serial": "sn-2"}, {})
    assert became(session, cast, order) == (2_000, 1_000)
    bearing = inventory.parts_by_number(session, cast.sue, [BEARING])[BEARING]
    assert [inventory.serial_place(session, cast.sue, bearing.id, each) for each in ("SN-1", "SN-2")] == [
        "customer"
    ] * 2


def test_another_serial_number_is_another_part(order: str, ada: Phone, session: Session, cast: Cast) -> None:
    work_to_repair(ada, order)
    issue(session, cast, order, Asked(BEARING, None, "SN-1"), Asked(BEARING, None, "SN-2"))
    use(session, cast, order, Used(BEARING, None, "SN-1"))
    step_says(ada, order, {"serial": "SN-2"})
    assert became(session, cast, order) == (2_000, 0)


def test_what_is_told_twice_costs_what_it_costs_told_once(
    order: str, ada: Phone, session: Session, cast: Cast, database: Database
) -> None:
    """The oldest of two that cost different amounts leaves first, and is the oldest still when it is told again."""
    fifo = run_write(session, lambda: inventory.create_part(session, cast.sue, "SEAL", {"en": "Seal"}, costing="fifo"))
    for value in (1_000, 7_000):
        run_write(session, lambda value=value: inventory.receive_stock(session, cast.stan, fifo, 1, value=value))  # type: ignore[misc]
    work_to_repair(ada, order)
    issue(session, cast, order, Asked("SEAL", 2_000))
    use(session, cast, order, Used("SEAL", 1_000))
    step_says(ada, order, {"part": "SEAL"})
    session.rollback()
    assert inventory.order_cost(session, cast.sue, order) == 1_000


def test_an_order_of_which_all_was_told_twice_ends(
    order: str, ada: Phone, visit: Visit, session: Session, cast: Cast
) -> None:
    work_to_repair(ada, order)
    issue(session, cast, order, ONE)
    use(session, cast, order, Used(BEARING, 1_000))
    finish_repair(ada, order)
    inspect(Phone(visit(cast.ivy)), order, "inspect#1", "accepted")
    assert became(session, cast, order) == (1_000, 0)
