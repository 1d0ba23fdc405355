"""What waits in stock, with customers, in machines and in knowledge: told to who can do it, gone once it is done."""

from collections.abc import Callable, Iterator

import pytest
from mendloop.accounts.actor import Actor
from mendloop.assets import services as assets
from mendloop.clock import utc_now
from mendloop.costing import quotes
from mendloop.database import Database, new_id, run_write, session_for, write_transaction
from mendloop.inventory import counts, desk, limits, services, transfers
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.services import PartFact
from mendloop.inventory.transfers import Arrival
from mendloop.knowledge import services as knowledge
from mendloop.notices.services import everything_waiting
from mendloop.order_parts import services as parts
from mendloop.order_parts.acts import Asked
from mendloop.testing.cast import Cast
from mendloop.testing.cost_shop import put_up_costs
from mendloop.testing.motor_shop import new_pump, scene, stock_motor_shop
from mendloop.testing.pump_shop import BEARING, Phone, finish_repair, inspect, put_up, work_to_repair
from mendloop.testing.visitor import Visitor
from mendloop.work_orders.services import assign_work_order
from sqlalchemy.orm import Session


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def seal(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "SEAL-1", {"en": "Seal"})
        desk.receive(session, cast.stan, Portion(part, 10_000), 10_00)
    return part


def kinds(database: Database, *people: Actor) -> list[list[str]]:
    """What waits for each of them."""
    found = []
    for actor in people:
        with session_for(database, actor) as session:
            found.append([each.kind for each in everything_waiting(session, actor)])
    return found


def test_who_keeps_stock_sends_and_whoever_has_the_van_takes_in(
    database: Database, session: Session, seal: Part, cast: Cast
) -> None:
    van = van_of(cast.ada.person_id)
    with write_transaction(session):
        asked = transfers.ask(session, cast.stan, WAREHOUSE, van, {seal.id: 2_000}).id
    assert kinds(database, cast.stan, cast.ada, cast.bo) == [["transfer_to_send"], [], []]
    run_write(session, lambda: transfers.send_what_was_asked(session, cast.stan, asked))
    assert kinds(database, cast.stan, cast.ada, cast.bo) == [[], ["van_to_take_in"], []]
    run_write(session, lambda: transfers.arrive(session, cast.ada, asked, [Arrival(2_000)]))
    assert kinds(database, cast.stan, cast.ada, cast.bo) == [[], [], []]


def test_what_is_asked_for_from_a_van_waits_for_whoever_has_it_and_comes_back_to_the_store(
    database: Database, session: Session, seal: Part, cast: Cast
) -> None:
    van = van_of(cast.ada.person_id)
    with write_transaction(session):
        desk.move(session, cast.stan, [Portion(seal, 3_000)], WAREHOUSE, van)
        asked = transfers.ask(session, cast.stan, van, WAREHOUSE, {seal.id: 1_000}).id
    assert kinds(database, cast.stan, cast.ada, cast.bo) == [[], ["van_to_send"], []]
    run_write(session, lambda: transfers.send_what_was_asked(session, cast.ada, asked))
    assert kinds(database, cast.stan, cast.ada) == [["transfer_to_take_in"], []]


def test_a_place_below_its_minimum_is_one_line_until_it_is_asked_for(
    database: Database, session: Session, seal: Part, cast: Cast
) -> None:
    van = van_of(cast.ada.person_id)
    run_write(session, lambda: limits.set_limit(session, cast.stan, van, seal.id, 2_000, 4_000))
    assert kinds(database, cast.stan, cast.sue, cast.ada) == [["stock_low"], ["stock_low"], []]
    run_write(session, lambda: transfers.ask(session, cast.stan, WAREHOUSE, van, {seal.id: 4_000}))
    assert kinds(database, cast.stan) == [["transfer_to_send"]]


def test_a_count_waits_until_it_is_dropped_or_booked(database: Database, session: Session, cast: Cast) -> None:
    count = run_write(session, lambda: counts.open_count(session, cast.stan, WAREHOUSE))
    assert kinds(database, cast.stan, cast.ada) == [["count_open"], []]
    run_write(session, lambda: counts.drop(session, cast.stan, count.id))
    assert kinds(database, cast.stan) == [[]]


def test_nobody_is_asked_to_judge_a_difference_of_his_own(database: Database, session: Session, cast: Cast) -> None:
    fact = PartFact("GHOST-1", 2_000, "used")
    with write_transaction(session):
        services.book_parts(session, cast.stan, cast.sue.person_id, "order-1", "repair#1", utc_now(), [fact])
    assert kinds(database, cast.olive, cast.sue, cast.stan) == [["discrepancy"], [], []]
    ((task, _),) = services.open_discrepancies(session, cast.olive)
    session.rollback()
    run_write(session, lambda: services.settle_discrepancy(session, cast.olive, task.id, "accepted", "seen"))
    assert kinds(database, cast.olive) == [[]]


def test_an_explanation_waits_for_somebody_else_than_who_gave_it(
    database: Database, session: Session, cast: Cast
) -> None:
    order = put_up(database, cast).open_order(cast.ada)
    key = new_id()
    run_write(session, lambda: parts.issue_parts(session, cast.stan, order, [Asked(BEARING, 1000)], key))
    said = (Asked(BEARING, None), "lost", "")
    run_write(session, lambda: parts.explain_part(session, cast.sue, order, *said, new_id()))
    assert "explanation" in kinds(database, cast.olive)[0]
    assert "explanation" not in kinds(database, cast.sue)[0]
    (explanation,) = parts.waiting_explanations(session, cast.olive)
    session.rollback()
    run_write(session, lambda: parts.decide_explanation(session, cast.olive, order, explanation.id, accept=True))
    assert "explanation" not in kinds(database, cast.olive)[0]


def test_orders_that_lack_parts_are_one_line_for_who_hands_parts_out(
    database: Database, session: Session, cast: Cast
) -> None:
    shop = put_up(database, cast)
    for _ in range(11):
        shop.open_order(cast.bo)
    assert kinds(database, cast.stan, cast.vera) == [["parts_missing"], []]


@pytest.mark.parametrize(("decision", "kind"), [("approved", "quote_accepted"), ("refused", "quote_refused")])
def test_a_customers_answer_waits_until_something_comes_of_it(
    database: Database, cast: Cast, decision: str, kind: str
) -> None:
    shop = put_up_costs(database, cast)
    order, sue = shop.open_order(), cast.sue
    with session_for(database, sue) as session:
        quote = run_write(session, lambda: quotes.make_quote(session, sue, order, "14", ""))
        holder = quotes.QuoteHolder(sue.organisation_id, quote.id)
        answer = quotes.Answer(decision, "Mr Miller", "", "en")
        run_write(session, lambda: quotes.answer_quote(session, holder, answer))
        assert kind in kinds(database, sue)[0]
        assert kind not in kinds(database, cast.stan)[0]
        run_write(session, lambda: quotes.make_quote(session, sue, order, "14", "another"))
    assert kind not in kinds(database, sue)[0]


def test_a_yes_waits_until_somebody_works_and_a_no_still_does_then(
    database: Database, visit: Callable[..., Visitor], cast: Cast
) -> None:
    shop, sue, ada = put_up_costs(database, cast), cast.sue, Phone(visit(cast.ada))
    found = []
    for decision in ("approved", "refused"):
        order = shop.open_order()
        with session_for(database, sue) as session:
            answered(session, sue, order, decision)
            found.append(quotes_waiting(database, sue))
            run_write(session, lambda: assign_work_order(session, sue, order, cast.ada.person_id))  # noqa: B023
        found.append(quotes_waiting(database, sue))
        ada.do("StartStep", order, visit="travel_out#1")
        found.append(quotes_waiting(database, sue))
    assert found == [["quote_accepted"], ["quote_accepted"], [], *[["quote_refused"]] * 3]


def test_a_yes_that_comes_while_the_step_is_paused_waits_until_it_goes_on(
    database: Database, visit: Callable[..., Visitor], cast: Cast
) -> None:
    order, ada = put_up_costs(database, cast).open_order(), Phone(visit(cast.ada))
    ada.do("StartStep", order, visit="travel_out#1")
    ada.do("PauseStep", order, visit="travel_out#1", reason="waiting_customer")
    with session_for(database, cast.sue) as session:
        answered(session, cast.sue, order, "approved")
    assert quotes_waiting(database, cast.sue) == ["quote_accepted"]
    ada.do("ResumeStep", order, visit="travel_out#1")
    assert quotes_waiting(database, cast.sue) == []


def answered(session: Session, actor: Actor, order: str, decision: str) -> None:
    """The customer's word on a quote of the order."""
    quote = run_write(session, lambda: quotes.make_quote(session, actor, order, "14", ""))
    holder = quotes.QuoteHolder(actor.organisation_id, quote.id)
    answer = quotes.Answer(decision, "Mr Miller", "", "en")
    run_write(session, lambda: quotes.answer_quote(session, holder, answer))


def quotes_waiting(database: Database, actor: Actor) -> list[str]:
    """What waits of quotes."""
    return [each for each in kinds(database, actor)[0] if each.startswith("quote")]


def test_a_contradiction_about_a_machine_waits_until_it_is_settled(
    database: Database, session: Session, cast: Cast
) -> None:
    with write_transaction(session):
        pump = new_pump(session, cast.stan, stock_motor_shop(session, cast.stan), "P-1")
        place, there, other = assets.Target("motor", pump.id), *_motors("M-1", "M-77")
        assets.install_part(session, cast.stan, scene(cast.stan, 1), place, there)
        assets.remove_part(session, cast.stan, scene(cast.stan, 2), place, other)
    with session_for(database, cast.stan) as looking:
        tasks = [task.id for task in assets.open_conflicts(looking, cast.stan)]
    assert tasks
    assert kinds(database, cast.stan, cast.ada) == [["bom_conflict"] * len(tasks), []]
    with write_transaction(session):
        for task in tasks:
            assets.settle_conflict(session, cast.stan, task, "seen")
    assert kinds(database, cast.stan) == [[]]


def _motors(*serials: str) -> list[assets.Thing]:
    return [assets.Thing("MOTOR", 1000, serial) for serial in serials]


def test_a_draft_waits_for_its_author_and_a_case_for_its_reviewers(
    database: Database, visit: Callable[..., Visitor], cast: Cast
) -> None:
    order, ada = put_up(database, cast).open_order(cast.ada), Phone(visit(cast.ada))
    work_to_repair(ada, order)
    finish_repair(ada, order)
    inspect(Phone(visit(cast.ivy)), order, "inspect#1", "accepted")
    assert kinds(database, cast.ada, cast.bo, cast.sue) == [["case_draft"], [], []]
    with session_for(database, cast.ada) as session:
        (case,) = knowledge.cases_of_order(session, cast.ada, order)
        session.rollback()
        told = knowledge.CaseEdits({"en": "Noise"}, {"en": "rattles"}, {"en": "worn"}, {"en": "new bearing"})
        case = run_write(session, lambda: knowledge.edit_case(session, cast.ada, case.id, case.revision, told))
        run_write(session, lambda: knowledge.submit_case(session, cast.ada, case.id, case.revision))
    assert kinds(database, cast.ada, cast.sue, cast.dee, cast.vera) == [[], ["case_to_review"], ["case_to_review"], []]
    with session_for(database, cast.sue) as session:
        (waiting,) = everything_waiting(session, cast.sue)
    assert visit(cast.sue).get(waiting.path).status_code == 200
