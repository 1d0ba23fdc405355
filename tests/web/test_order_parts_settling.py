"""Issued parts are used, back, or explained before an order ends; until then nothing of the end is written."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from mendloop.accounts.actor import Actor
from mendloop.database import Database, new_id, run_write, session_for
from mendloop.inventory import desk
from mendloop.inventory import services as inventory
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import SCRAP, WAREHOUSE, removed_by, van_of
from mendloop.order_parts import services as parts
from mendloop.order_parts.acts import Asked
from mendloop.problems import Conflict, Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import (
    BEARING,
    Phone,
    Workshop,
    finish_repair,
    inspect,
    photo_bytes,
    put_up,
    shot,
    work_to_repair,
)
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def order(workshop: Workshop, cast: Cast) -> str:
    return workshop.open_order(cast.ada)


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.sue) as opened:
        yield opened


@pytest.fixture
def ada(visit: Visit, cast: Cast) -> Phone:
    return Phone(visit(cast.ada))


@pytest.fixture
def ivy(visit: Visit, cast: Cast) -> Phone:
    return Phone(visit(cast.ivy))


def issue(session: Session, actor: Actor, order: str, quantity: float, number: str = BEARING, **more: Any) -> None:
    asked, key = [Asked(number, round(quantity * 1000))], more.pop("key", new_id())
    run_write(session, lambda: parts.issue_parts(session, actor, order, asked, key, **more))


def give_back(session: Session, actor: Actor, order: str, quantity: float | None = None, **more: Any) -> None:
    asked = [Asked(BEARING, None if quantity is None else round(quantity * 1000))]
    run_write(session, lambda: parts.give_back_parts(session, actor, order, asked, new_id(), **more))


def explain(session: Session, actor: Actor, order: str, reason: str = "lost") -> str:
    asked = Asked(BEARING, 1000)
    run_write(session, lambda: parts.explain_part(session, actor, order, asked, reason, "", new_id()))
    return parts.explanations_of(session, actor, order)[-1].id


def codes(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def lying(session: Session, actor: Actor) -> dict[str, int]:
    session.rollback()
    return {line.location: line.milli for line in inventory.stock_lines(session, actor) if line.milli > 0}


def status_of(session: Session, actor: Actor, order: str) -> tuple[str, int]:
    session.rollback()
    found = orders.access_work_order(session, actor, order)
    return found.status, found.revision


def to_the_last_step(ada: Phone, order: str) -> None:
    work_to_repair(ada, order)
    finish_repair(ada, order)


def test_an_order_with_an_unsettled_part_does_not_end_and_nothing_of_it_is_written(
    order: str, ada: Phone, ivy: Phone, session: Session, cast: Cast
) -> None:
    to_the_last_step(ada, order)
    issue(session, cast.stan, order, 2, extra=True)
    before = status_of(session, cast.sue, order)
    ivy.do("StartStep", order, visit="inspect#1")
    answer = ivy.send(ivy.make("CompleteStep", order, visit="inspect#1", answers={"verdict": "accepted"}))[-1]
    assert answer["status"] == "rejected"
    [problem] = answer["problems"]
    assert (problem["code"], problem["params"]["part"], problem["params"]["quantity"]) == (
        "parts.unsettled",
        BEARING,
        2,
    )
    assert status_of(session, cast.sue, order) == ("open", before[1] + 1)
    give_back(session, cast.ada, order)
    assert ivy.do("CompleteStep", order, visit="inspect#1", answers={"verdict": "accepted"})["status"] == "applied"
    assert status_of(session, cast.sue, order)[0] == "ended"


def test_an_order_with_an_unsettled_part_is_not_cancelled(order: str, session: Session, cast: Cast) -> None:
    issue(session, cast.stan, order, 1)
    with pytest.raises(Refusal) as refused:
        run_write(session, lambda: orders.cancel_work_order(session, cast.sue, order, "not needed"))
    assert codes(refused) == ["parts.unsettled"]
    assert status_of(session, cast.sue, order)[0] == "open"


def test_what_a_step_has_used_does_not_stand_in_the_way_of_the_end(
    order: str, ada: Phone, ivy: Phone, session: Session, cast: Cast
) -> None:
    issue(session, cast.stan, order, 1)
    to_the_last_step(ada, order)
    inspect(ivy, order, "inspect#1", "accepted")
    assert status_of(session, cast.sue, order)[0] == "ended"


def test_an_unused_part_goes_back_to_the_van_it_came_from(order: str, session: Session, cast: Cast) -> None:
    bearing = inventory.parts_by_number(session, cast.sue, [BEARING])[BEARING]
    van = van_of(cast.ada.person_id)
    run_write(session, lambda: inventory.move_stock(session, cast.stan, bearing, 1, WAREHOUSE, van))
    issue(session, cast.ada, order, 2, extra=True)
    give_back(session, cast.ada, order)
    assert lying(session, cast.sue) == {WAREHOUSE: 9_000, van: 1_000}


def test_a_wrong_part_is_refused_with_what_was_expected(order: str, session: Session, cast: Cast) -> None:
    run_write(session, lambda: inventory.create_part(session, cast.sue, "SEAL", {"en": "Seal"}))
    with pytest.raises(Refusal) as refused:
        issue(session, cast.stan, order, 1, "SEAL")
    [problem] = refused.value.problems
    assert (problem.code, dict(problem.params)) == ("order_parts.wrong_part", {"part": "SEAL", "expected": [BEARING]})


def test_more_than_planned_is_refused_unless_it_is_asked_for(order: str, session: Session, cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        issue(session, cast.stan, order, 2)
    assert codes(refused) == ["order_parts.more_than_planned"]
    issue(session, cast.stan, order, 2, extra=True)
    assert [need.line.milli for need in parts.needs_of(session, cast.sue, order)] == [2_000]


def test_what_is_not_there_is_refused_with_what_is(order: str, session: Session, cast: Cast) -> None:
    with pytest.raises(Conflict) as refused:
        issue(session, cast.stan, order, 11, extra=True)
    assert refused.value.problems[0].params["available"] == 10


def test_an_engineer_does_not_take_from_a_colleagues_van(order: str, session: Session, cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        issue(session, cast.ada, order, 1, source=van_of(cast.bo.person_id))
    assert codes(refused) == ["order_parts.not_your_van"]


def test_a_serial_number_does_not_lead_into_a_colleagues_van(order: str, session: Session, cast: Cast) -> None:
    bearing = inventory.parts_by_number(session, cast.sue, [BEARING])[BEARING]
    portion = Portion(bearing, 1000, "SN-9")
    van = van_of(cast.bo.person_id)
    run_write(session, lambda: desk.move(session, cast.stan, [portion], WAREHOUSE, van))
    asked = [Asked(BEARING, None, "SN-9")]
    with pytest.raises(Refusal) as refused:
        run_write(session, lambda: parts.issue_parts(session, cast.ada, order, asked, new_id()))
    assert codes(refused) == ["order_parts.not_your_van"]


def test_the_only_piece_near_by_is_meant_when_no_serial_number_is_told(
    order: str, session: Session, cast: Cast
) -> None:
    run_write(session, lambda: inventory.create_part(session, cast.sue, "MOTOR", {"en": "Motor"}, serial_tracked=True))
    motor = inventory.parts_by_number(session, cast.sue, ["MOTOR"])["MOTOR"]
    van = van_of(cast.ada.person_id)
    for serial, place in (("M-1", van), ("M-2", WAREHOUSE), ("M-3", WAREHOUSE)):
        coming = Portion(motor, 1000, serial), 500, place
        run_write(session, partial(desk.receive, session, cast.stan, *coming))
    issue(session, cast.ada, order, 1, "MOTOR", extra=True)
    assert inventory.serial_place(session, cast.ada, motor.id, "M-1") == f"order:{order}"
    with pytest.raises(Refusal) as refused:
        issue(session, cast.ada, order, 1, "MOTOR", extra=True)
    assert codes(refused) == ["stock.serials_needed"]
    issue(session, cast.ada, order, 2, "MOTOR", extra=True)
    assert inventory.serial_place(session, cast.ada, motor.id, "M-3") == f"order:{order}"


def test_the_same_key_issues_once(order: str, session: Session, cast: Cast) -> None:
    issue(session, cast.stan, order, 1, key="once")
    issue(session, cast.stan, order, 1, key="once")
    assert [each.issued for each in inventory.order_parts(session, cast.sue, order)] == [1_000]
    with pytest.raises(Conflict) as refused:
        issue(session, cast.stan, order, 2, key="once")
    assert codes(refused) == ["stock.key_taken"]


def test_an_explanation_counts_once_somebody_else_has_accepted_it(order: str, session: Session, cast: Cast) -> None:
    issue(session, cast.stan, order, 1)
    said = explain(session, cast.sue, order)
    with pytest.raises(Refusal) as refused:
        run_write(session, lambda: parts.decide_explanation(session, cast.sue, order, said, accept=True))
    assert codes(refused) == ["order_parts.own_explanation"]
    run_write(session, lambda: parts.decide_explanation(session, cast.olive, order, said, accept=True))
    assert parts.unsettled_problems(session, cast.sue, order) == []
    assert lying(session, cast.sue)[SCRAP] == 1_000


def test_what_is_explained_waits_for_a_word_and_says_so(order: str, session: Session, cast: Cast) -> None:
    issue(session, cast.stan, order, 2, extra=True)
    explain(session, cast.ada, order)
    assert [problem.code for problem in parts.unsettled_problems(session, cast.sue, order)] == ["parts.unsettled"]
    explain(session, cast.ada, order)
    assert [problem.code for problem in parts.unsettled_problems(session, cast.sue, order)] == ["parts.unaccepted"]


def test_what_the_customer_kept_is_with_the_customer(order: str, session: Session, cast: Cast) -> None:
    issue(session, cast.stan, order, 1)
    said = explain(session, cast.ada, order, "kept_by_customer")
    run_write(session, lambda: parts.decide_explanation(session, cast.sue, order, said, accept=True))
    [part] = inventory.order_parts(session, cast.sue, order)
    assert (part.issued, part.used, part.explained, part.open) == (1_000, 1_000, 0, 0)
    assert SCRAP not in lying(session, cast.sue)


def test_an_explanation_that_was_taken_back_says_so_to_who_would_decide_it(
    order: str, session: Session, cast: Cast
) -> None:
    issue(session, cast.stan, order, 1)
    said = explain(session, cast.ada, order)
    give_back(session, cast.ada, order)
    with pytest.raises(Conflict) as refused:
        run_write(session, lambda: parts.decide_explanation(session, cast.sue, order, said, accept=True))
    assert codes(refused) == ["order_parts.withdrawn_already"]


def test_a_refused_explanation_settles_nothing(order: str, session: Session, cast: Cast) -> None:
    issue(session, cast.stan, order, 1)
    said = explain(session, cast.ada, order)
    why = "look again"
    run_write(session, lambda: parts.decide_explanation(session, cast.sue, order, said, accept=False, answer=why))
    assert [problem.code for problem in parts.unsettled_problems(session, cast.sue, order)] == ["parts.unsettled"]
    with pytest.raises(Conflict) as refused:
        run_write(session, lambda: parts.decide_explanation(session, cast.olive, order, said, accept=True))
    assert codes(refused) == ["order_parts.decided_already"]


def test_a_part_that_is_found_again_needs_no_explanation(order: str, session: Session, cast: Cast) -> None:
    issue(session, cast.stan, order, 1)
    explain(session, cast.ada, order)
    give_back(session, cast.ada, order)
    assert [each.state for each in parts.explanations_of(session, cast.sue, order)] == ["withdrawn"]


def test_no_more_is_explained_than_is_open(order: str, session: Session, cast: Cast) -> None:
    issue(session, cast.stan, order, 1)
    explain(session, cast.ada, order)
    with pytest.raises(Conflict) as refused:
        explain(session, cast.ada, order)
    assert codes(refused) == ["order_parts.not_that_much_open"]


def test_a_defective_part_goes_back_under_a_tag_and_costs_the_order_nothing(
    order: str, session: Session, cast: Cast
) -> None:
    issue(session, cast.ada, order, 1)
    give_back(session, cast.ada, order, 1, defective=True)
    [old] = parts.old_parts_of(session, cast.sue, order)
    assert (old.location, old.defective) == (removed_by(cast.ada.person_id), True)
    run_write(session, lambda: parts.receive_old_part(session, cast.stan, old.tag.lower(), "quarantine"))
    assert lying(session, cast.sue) == {WAREHOUSE: 9_000, "quarantine": 1_000}
    assert inventory.order_cost(session, cast.sue, order) == 0
    with pytest.raises(Conflict):
        run_write(session, lambda: parts.receive_old_part(session, cast.stan, old.tag, SCRAP))


def test_an_old_part_that_was_taken_out_has_a_tag(order: str, ada: Phone, session: Session, cast: Cast) -> None:
    work_to_repair(ada, order)
    taken = [{"part": BEARING, "quantity": 1, "action": "removed"}, {"part": BEARING, "quantity": 1, "action": "used"}]
    answers = {"used": taken, "after": shot(ada.upload(photo_bytes())), "checks": {"greased": {"result": "ok"}}}
    ada.do("CompleteStep", order, visit="repair#1", answers=answers)
    assert [each.milli for each in parts.waiting_old_parts(session, cast.sue)] == [1_000]


def test_a_serial_number_goes_back_with_its_part(order: str, session: Session, cast: Cast) -> None:
    asked = [Asked(BEARING, None, "SN-1")]
    run_write(session, lambda: parts.issue_parts(session, cast.stan, order, asked, new_id()))
    give_back(session, cast.ada, order)
    bearing = inventory.parts_by_number(session, cast.sue, [BEARING])[BEARING]
    assert inventory.serial_place(session, cast.sue, bearing.id, "SN-1") == WAREHOUSE


def test_an_ended_order_takes_no_parts(order: str, session: Session, cast: Cast) -> None:
    run_write(session, lambda: orders.cancel_work_order(session, cast.sue, order, "not needed"))
    with pytest.raises(Conflict) as refused:
        issue(session, cast.stan, order, 1)
    assert codes(refused) == ["order_parts.order_over"]


def test_an_order_never_ends_while_somebody_issues_a_part_to_it(
    database: Database, workshop: Workshop, cast: Cast, session: Session
) -> None:
    for _ in range(3):
        order = workshop.open_order(cast.ada)
        at_once = threading.Barrier(2)

        def cancel(order: str = order, at_once: threading.Barrier = at_once) -> None:
            with session_for(database, cast.sue) as mine, contextlib.suppress(Refusal):
                at_once.wait()
                run_write(mine, lambda: orders.cancel_work_order(mine, cast.sue, order, "not needed"))

        def take(order: str = order, at_once: threading.Barrier = at_once) -> None:
            with session_for(database, cast.stan) as mine, contextlib.suppress(Refusal):
                at_once.wait()
                issue(mine, cast.stan, order, 1)

        threads = [threading.Thread(target=work) for work in (cancel, take)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        is_open = status_of(session, cast.sue, order)[0] == "open"
        assert is_open == bool(parts.unsettled_problems(session, cast.sue, order))


def test_an_order_that_ends_while_parts_come_in_holds_none(
    database: Database, workshop: Workshop, cast: Cast, session: Session
) -> None:
    bearing = inventory.parts_by_number(session, cast.sue, [BEARING])[BEARING]
    run_write(session, lambda: inventory.move_stock(session, cast.stan, bearing, 10, WAREHOUSE, SCRAP))
    for _ in range(3):
        order, at_once = workshop.open_order(cast.ada), threading.Barrier(2)

        def end(order: str = order, at_once: threading.Barrier = at_once) -> None:
            with session_for(database, cast.sue) as mine:
                at_once.wait()
                run_write(mine, lambda: orders.cancel_work_order(mine, cast.sue, order, "not needed"))

        def come(at_once: threading.Barrier = at_once) -> None:
            with session_for(database, cast.stan) as mine:
                at_once.wait()
                run_write(mine, lambda: inventory.receive_stock(mine, cast.stan, bearing, 1))

        threads = [threading.Thread(target=work) for work in (end, come)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        session.rollback()
        assert inventory.held_for_orders(session, cast.sue, [order]) == []


def test_what_was_taken_before_the_order_ended_is_taken_when_it_is_asked_for_once_more(
    order: str, session: Session, cast: Cast
) -> None:
    key, asked = new_id(), [Asked(BEARING, 1_000)]
    run_write(session, lambda: parts.issue_parts(session, cast.stan, order, asked, key))
    give_back(session, cast.ada, order)
    run_write(session, lambda: orders.cancel_work_order(session, cast.sue, order, "not needed"))
    before = len(inventory.order_acts(session, cast.sue, order))
    run_write(session, lambda: parts.issue_parts(session, cast.stan, order, asked, key))
    assert len(inventory.order_acts(session, cast.sue, order)) == before
