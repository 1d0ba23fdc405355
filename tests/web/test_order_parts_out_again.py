"""What was built in and came out again costs the order nothing; which of several parts is meant is not guessed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from mendloop.database import Database, new_id, run_write, session_for
from mendloop.inventory import services as inventory
from mendloop.inventory.locations import WAREHOUSE, removed_by, van_of
from mendloop.inventory.rebuilding import as_bytes, live, rebuilt
from mendloop.order_parts import services as parts
from mendloop.order_parts.acts import Asked
from mendloop.order_parts.services import Used
from mendloop.problems import Conflict
from mendloop.testing.cast import Cast
from mendloop.testing.ledger_audit import audit
from mendloop.testing.pump_shop import BEARING, Phone, photo_bytes, put_up, shot, work_to_repair
from mendloop.testing.visitor import Visitor
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]
PRICE = 9_100


@pytest.fixture
def order(database: Database, cast: Cast) -> str:
    return put_up(database, cast).open_order(cast.ada)


@pytest.fixture
def ada(visit: Visit, cast: Cast, order: str) -> Phone:
    phone = Phone(visit(cast.ada))
    work_to_repair(phone, order)
    return phone


@pytest.fixture
def session(database: Database, cast: Cast, order: str) -> Iterator[Session]:
    with session_for(database, cast.sue) as opened:
        bearing = inventory.parts_by_number(opened, cast.sue, [BEARING])[BEARING]
        run_write(opened, lambda: inventory.receive_stock(opened, cast.stan, bearing, 10, value=20 * PRICE))
        yield opened
        opened.rollback()
        assert audit(opened, cast.sue) == []
        assert as_bytes(live(opened, cast.sue)) == as_bytes(rebuilt(opened, cast.sue))


def issue(session: Session, cast: Cast, order: str, *asked: Asked, source: str = "") -> None:
    act = parts.issue_parts
    run_write(session, lambda: act(session, cast.stan, order, list(asked), new_id(), extra=True, source=source))


def use(session: Session, cast: Cast, order: str, *used: Used) -> None:
    run_write(session, lambda: parts.use_parts(session, cast.ada, order, list(used), new_id()))


def give_back(
    session: Session, cast: Cast, order: str, *asked: Asked, defective: bool = False, used: bool = False
) -> None:
    back, key = list(asked), new_id()
    act = parts.give_back_parts
    run_write(session, lambda: act(session, cast.ada, order, back, key, defective=defective, used=used))


def step_says(ada: Phone, order: str, *told: dict[str, Any]) -> None:
    answers = {
        "used": [{"part": BEARING, "quantity": 1, **each} for each in told],
        "after": shot(ada.upload(photo_bytes("seagreen"))),
        "checks": {"greased": {"result": "ok"}},
    }
    ada.do("CompleteStep", order, visit="repair#1", answers=answers)


def lies(session: Session, cast: Cast) -> dict[str, tuple[int, int]]:
    """What lies where, and what it is worth."""
    session.rollback()
    return {
        line.location: (line.milli, line.value) for line in inventory.stock_lines(session, cast.sue) if line.milli > 0
    }


def cost(session: Session, cast: Cast, order: str) -> int:
    session.rollback()
    return inventory.order_cost(session, cast.sue, order)


ONE = Asked(BEARING, 1_000)


def test_what_a_step_gives_back_after_it_was_used_costs_the_order_nothing(
    order: str, ada: Phone, session: Session, cast: Cast
) -> None:
    issue(session, cast, order, ONE)
    use(session, cast, order, Used(BEARING, 1_000))
    step_says(ada, order, {"action": "returned"})
    assert cost(session, cast, order) == 0
    assert lies(session, cast)[van_of(cast.ada.person_id)] == (1_000, PRICE)
    assert inventory.open_discrepancies(session, cast.sue) == []


def test_more_than_was_ever_used_is_still_denied(order: str, ada: Phone, session: Session, cast: Cast) -> None:
    issue(session, cast, order, ONE)
    use(session, cast, order, Used(BEARING, 1_000))
    step_says(ada, order, {"action": "returned", "quantity": 3})
    [(denied, _)] = inventory.open_discrepancies(session, cast.sue)
    assert (denied.action, denied.milli) == ("returned", 2_000)


def test_a_new_part_that_a_step_takes_out_again_is_an_old_part_that_the_order_does_not_bear(
    order: str, ada: Phone, session: Session, cast: Cast
) -> None:
    issue(session, cast, order, Asked(BEARING, None, "SN-1"))
    use(session, cast, order, Used(BEARING, None, "SN-1"))
    step_says(ada, order, {"action": "removed", "serial": "SN-1"}, {"action": "removed"})
    assert cost(session, cast, order) == 0
    assert lies(session, cast)[removed_by(cast.ada.person_id)] == (2_000, PRICE)
    assert [old.defective for old in parts.old_parts_of(session, cast.sue, order)] == [True, False]
    assert [need.wanted for need in parts.needs_of(session, cast.sue, order)] == [1_000]


def test_an_old_part_without_a_serial_number_is_not_the_new_one(
    order: str, ada: Phone, session: Session, cast: Cast
) -> None:
    issue(session, cast, order, ONE)
    step_says(ada, order, {"action": "used"}, {"action": "removed"})
    assert cost(session, cast, order) == PRICE


def test_on_the_sheet_a_used_part_goes_back_to_the_van_it_came_from(order: str, session: Session, cast: Cast) -> None:
    bearing = inventory.parts_by_number(session, cast.sue, [BEARING])[BEARING]
    van = van_of(cast.bo.person_id)
    run_write(session, lambda: inventory.move_stock(session, cast.stan, bearing, 1, WAREHOUSE, van))
    issue(session, cast, order, ONE, source=van)
    use(session, cast, order, Used(BEARING, 1_000))
    give_back(session, cast, order, ONE, used=True)
    assert (cost(session, cast, order), lies(session, cast)[van]) == (0, (1_000, PRICE))
    with pytest.raises(Conflict) as refused:
        give_back(session, cast, order, ONE, used=True)
    assert [problem.code for problem in refused.value.problems] == ["order_parts.not_that_much_used"]


def test_what_comes_back_is_as_old_as_it_was(order: str, session: Session, cast: Cast) -> None:
    """First in is first out, also after it was in and out again."""
    create = inventory.create_part
    seal = run_write(session, lambda: create(session, cast.sue, "SEAL", {"en": "Seal"}, costing="fifo"))
    for value in (1_000, 7_000):
        run_write(session, lambda value=value: inventory.receive_stock(session, cast.stan, seal, 1, value=value))  # type: ignore[misc]
    issue(session, cast, order, Asked("SEAL", 1_000))
    use(session, cast, order, Used("SEAL", 1_000))
    give_back(session, cast, order, Asked("SEAL", 1_000), used=True)
    issue(session, cast, order, Asked("SEAL", 1_000))
    use(session, cast, order, Used("SEAL", 1_000))
    assert cost(session, cast, order) == 1_000


def test_a_defective_part_is_missing_again_whichever_way_it_came_back(order: str, session: Session, cast: Cast) -> None:
    bearing = inventory.parts_by_number(session, cast.sue, [BEARING])[BEARING]
    for was_used in (False, True):
        issue(session, cast, order, ONE)
        if was_used:
            use(session, cast, order, Used(BEARING, 1_000))
        left = free(session, cast)
        run_write(session, lambda: inventory.move_stock(session, cast.stan, bearing, left, WAREHOUSE, "scrap"))  # noqa: B023
        give_back(session, cast, order, ONE, defective=True, used=was_used)
        [short] = parts.missing_parts(session, cast.sue, order)
        assert (short.number, short.milli, short.buy) == (BEARING, 1_000, 1_000)
        run_write(session, lambda: inventory.receive_stock(session, cast.stan, bearing, 5))
        assert parts.missing_parts(session, cast.sue, order) == []


def free(session: Session, cast: Cast) -> float:
    return (
        sum(
            line.milli - line.reserved
            for line in inventory.stock_lines(session, cast.sue)
            if line.location == WAREHOUSE
        )
        / 1000
    )


def test_what_the_desk_takes_back_into_quarantine_is_wanted_again(
    order: str, session: Session, cast: Cast, visit: Visit
) -> None:
    issue(session, cast, order, ONE)
    number = visit(cast.ada).get(f"/api/v1/orders/{order}").json["number"]  # type: ignore[index]
    line = {"part": BEARING, "milli": 1_000}
    slip = {"key": new_id(), "act": "return", "order": number, "target": "quarantine", "lines": [line]}
    assert visit(cast.stan).send("POST", "/api/v1/stock/movements", json=slip).status_code == 200
    session.rollback()
    assert [need.line.wanted for need in parts.needs_of(session, cast.sue, order)] == [1_000]
    assert [each.milli for each in inventory.held_for_orders(session, cast.sue, [order])] == [1_000]


def test_an_old_part_that_was_put_elsewhere_without_its_tag_waits_no_longer(
    order: str, session: Session, cast: Cast
) -> None:
    bearing = inventory.parts_by_number(session, cast.sue, [BEARING])[BEARING]
    issue(session, cast, order, Asked(BEARING, 2_000))
    for _ in range(2):
        give_back(session, cast, order, ONE, defective=True)
    place, [_, second] = removed_by(cast.ada.person_id), parts.waiting_old_parts(session, cast.sue)
    run_write(session, lambda: inventory.move_stock(session, cast.stan, bearing, 1, place, "quarantine"))
    assert parts.waiting_old_parts(session, cast.sue) == [second]


SN = [Asked(BEARING, None, "SN-1"), Asked(BEARING, None, "SN-2")]


def test_one_part_with_a_serial_number_needs_no_naming(order: str, ada: Phone, session: Session, cast: Cast) -> None:
    issue(session, cast, order, SN[0])
    step_says(ada, order, {"action": "used"})
    assert [each.open for each in inventory.order_parts(session, cast.sue, order)] == [0]
    bearing = inventory.parts_by_number(session, cast.sue, [BEARING])[BEARING]
    assert inventory.serial_place(session, cast.sue, bearing.id, "SN-1") == "customer"
    assert inventory.open_discrepancies(session, cast.sue) == []


@pytest.mark.parametrize("verb", ["use", "give_back", "explain"])
def test_one_of_two_with_serial_numbers_must_be_named(verb: str, order: str, session: Session, cast: Cast) -> None:
    issue(session, cast, order, *SN)
    ways: dict[str, Callable[[Asked], None]] = {
        "use": lambda each: use(session, cast, order, Used(each.number, each.milli, each.serial)),
        "give_back": lambda each: give_back(session, cast, order, each),
        "explain": lambda each: run_write(
            session, lambda: parts.explain_part(session, cast.ada, order, each, "lost", "", new_id())
        ),
    }
    with pytest.raises(Conflict) as refused:
        ways[verb](ONE)
    [problem] = refused.value.problems
    assert (problem.code, problem.params["serials"]) == ("order_parts.which_serial", ["SN-1", "SN-2"])
    ways[verb](SN[1])


def test_a_step_that_names_neither_of_two_is_believed_and_somebody_must_look(
    order: str, ada: Phone, session: Session, cast: Cast
) -> None:
    issue(session, cast, order, *SN)
    step_says(ada, order, {"action": "used"})
    session.rollback()
    [line] = inventory.order_parts(session, cast.sue, order)
    assert (line.used, line.open, line.unplanned) == (1_000, 1_000, 0)
    [(raised, _)] = inventory.open_discrepancies(session, cast.sue)
    assert (raised.milli, raised.serial, raised.found_at) == (1_000, None, f"order:{order}")


def test_an_explained_part_with_a_serial_number_is_written_off_under_it(
    order: str, session: Session, cast: Cast
) -> None:
    issue(session, cast, order, SN[0])
    run_write(session, lambda: parts.explain_part(session, cast.ada, order, ONE, "lost", "", new_id()))
    [said] = parts.explanations_of(session, cast.sue, order)
    assert said.serial == "SN-1"
    run_write(session, lambda: parts.decide_explanation(session, cast.olive, order, said.id, accept=True))
    assert parts.unsettled_problems(session, cast.sue, order) == []
