"""The office's page of recommendations: proposals with their reasons, the orders behind them, parts lists of faults."""

import re
from collections.abc import Callable, Iterable

import pytest
from mendloop.database import Database, run_write, session_for
from mendloop.inventory import services as inventory
from mendloop.library import services as library
from mendloop.recommending import services
from mendloop.recommending.fault_parts import MOST_LISTED, list_part, listed_parts
from mendloop.recommending.learned import what_was_learned
from mendloop.recommending.rebuilding import rebuild_counts
from mendloop.recommending.services import Recommender, Repair
from mendloop.recommending.telling import tell_parts
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, PUMP, Phone, Workshop, finish_repair, inspect, put_up, work_to_repair
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
PAGE = f"/stock/recommendations?product={PUMP}&fault_codes=P-11"
LISTS = PAGE.replace("?", "/lists?")


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    made = put_up(database, cast)
    with session_for(database, cast.stan) as session:
        run_write(
            session, lambda: inventory.create_part(session, cast.stan, "SEAL-1", {"en": "Shaft seal", "zh-CN": "机封"})
        )
        for code, above in (("P", ""), ("P-12", "P")):
            details = library.FaultCodeDetails(code, "problem", {"en": f"Fault {code}"}, above)
            run_write(session, lambda details=details: library.add_fault_code(session, cast.sue, details))  # type: ignore[misc]
    return made


def learn(workshop: Workshop, *parts: Iterable[str], faults: tuple[str, ...] = ("P-11",)) -> None:
    with session_for(workshop.database, workshop.cast.sue) as session:
        for number, used in enumerate(parts, start=1):
            at = f"2026-10-{number:02}T08:00:00.000Z"
            repair = Repair(f"2025-{number:05}", at, "pump.quick", PUMP, faults, {"repair": frozenset(used)})
            run_write(session, lambda repair=repair: services.count_repair(session, workshop.cast.sue, repair))  # type: ignore[misc]


def mend(workshop: Workshop, visit: Visit) -> str:
    order = workshop.open_order(workshop.cast.ada)
    ada = Phone(visit(workshop.cast.ada))
    work_to_repair(ada, order)
    finish_repair(ada, order)
    inspect(Phone(visit(workshop.cast.ivy)), order, "inspect#1", "accepted")
    return order


def chances(page: str) -> dict[str, int]:
    found = re.findall(r'<meter [^>]*value="(\d+)" aria-label="How probable ([^ ]+) is"', page)
    return {part: int(percent) for percent, part in found}


def test_a_proposal_says_how_probable_why_and_where_from(workshop: Workshop, visit: Visit, cast: Cast) -> None:
    learn(workshop, *(["SEAL-1"] for _ in range(9)), [BEARING])
    for reader in (cast.sue, cast.stan):
        page = visit(reader).get(PAGE).text
        assert chances(page)["SEAL-1"] > 60 > chances(page)[BEARING]
        assert "Used in 9 of 10 such repairs, most recently on 2026-10-09 (order 2025-00009)." in page
        assert "Planned by the template." in page
        assert [page.count(f">{each}</span>") for each in ("own orders", "template")] == [2, 1]
        assert "<strong>10</strong> orders that ended count" in page


def test_what_was_counted_leads_to_the_orders_it_was_counted_from(workshop: Workshop, visit: Visit, cast: Cast) -> None:
    order = mend(workshop, visit)
    sue = visit(cast.sue)
    page = sue.get(PAGE).text
    assert f"/orders/{order}" in page
    (those,) = re.findall(r'href="(/stock/recommendations/orders[^"]+)"', page)
    listed = sue.get(those.replace("&amp;", "&")).text
    assert f"/orders/{order}" in listed
    other = those.replace("&amp;", "&").replace(f"part={BEARING}", "part=SEAL-1")
    assert f"/orders/{order}" not in sue.get(other).text
    assert f"/orders/{order}" not in visit(cast.cy).get(those.replace("&amp;", "&")).text


def test_what_was_learned_in_all_is_counted_and_counted_again(workshop: Workshop, visit: Visit, cast: Cast) -> None:
    mend(workshop, visit)
    workshop.open_order(cast.ada)
    with session_for(workshop.database, cast.sue) as session:
        assert what_was_learned(session, cast.sue).orders == 1
        assert "never been counted again" in visit(cast.sue).get(PAGE).text
        assert run_write(session, lambda: rebuild_counts(session, cast.sue)) == 1
        again = what_was_learned(session, cast.sue)
        assert again.orders == 1
        assert again.rebuilt_at
    assert "last counted again on 20" in visit(cast.sue).get(PAGE).text
    with session_for(workshop.database, cast.cy) as session:
        assert what_was_learned(session, cast.cy).orders == 0


def test_a_listed_part_is_proposed_before_anything_was_learned_and_also_below_its_code(
    workshop: Workshop, visit: Visit, cast: Cast
) -> None:
    stan = visit(cast.stan)
    assert "SEAL-1" not in chances(stan.get(PAGE).text)
    assert stan.submit(LISTS, {"fault": "P-11", "part": " SEAL-1 "}).status_code == 302
    page = stan.get(PAGE).text
    assert chances(page)["SEAL-1"] == 40
    assert "On the parts list of fault P-11." in page
    stan.submit(LISTS, {"fault": "P-11", "part": "SEAL-1", "remove": "1"})
    assert "SEAL-1" not in chances(stan.get(PAGE).text)
    stan.submit(LISTS, {"fault": "P", "part": "SEAL-1"})
    below = f"/stock/recommendations?product={PUMP}&fault_codes=P-12&template=pump.quick"
    with session_for(workshop.database, cast.sue) as session:
        version = library.access_version(session, cast.sue, workshop.version_id)
        plan = library.load_plan(session, cast.sue, version.plan_hash)
        (step,) = tell_parts(session, cast.sue, plan, PUMP, ["P-12"])
    assert [(told.number, told.sources) for told in step.parts] == [
        (BEARING, ("template",)),
        ("SEAL-1", ("fault_list",)),
    ]
    assert "On the parts list of fault P." in visit(cast.sue).get(below).text


def test_what_orders_say_outweighs_a_list_and_what_others_need_does_not(workshop: Workshop, cast: Cast) -> None:
    def said() -> float:
        with session_for(workshop.database, cast.sue) as session:
            version = library.access_version(session, cast.sue, workshop.version_id)
            plan = library.load_plan(session, cast.sue, version.plan_hash)
            found = Recommender(session, cast.sue).recommend(plan, PUMP, ["P-11"])["repair"]
        return next(each.probability for each in found if each.part == "SEAL-1")

    with session_for(workshop.database, cast.sue) as session:
        run_write(session, lambda: list_part(session, cast.sue, "P-11", "SEAL-1"))
    assert said() == 0.4
    learn(workshop, *([BEARING] for _ in range(20)), faults=("P-12",))
    assert said() == 0.4
    learn(workshop, *([BEARING] for _ in range(20)))
    assert said() < 0.1


def test_a_list_is_refused_what_is_unknown_and_too_much(workshop: Workshop, visit: Visit, cast: Cast) -> None:
    stan = visit(cast.stan)
    for form, words in (
        ({"fault": "P-11", "part": "NEVER"}, "There is no part NEVER."),
        ({"fault": "X-1", "part": "SEAL-1"}, "There is no fault code X-1."),
        ({}, "There is no part ."),
    ):
        answer = stan.submit(LISTS, form)
        assert (answer.status_code, words in answer.text) == (422, True)

    def fill() -> None:
        for number in range(MOST_LISTED):
            inventory.create_part(session, cast.stan, f"N-{number}", {"en": "N"})
            list_part(session, cast.stan, "P-11", f"N-{number}")

    with session_for(workshop.database, cast.stan) as session:
        run_write(session, fill)
    assert "at most 30 parts" in stan.submit(LISTS, {"fault": "P-11", "part": "SEAL-1"}).text
    assert stan.submit(LISTS, {"fault": "P-11", "part": "N-1"}).status_code == 302
    assert visit(cast.ada).submit(LISTS, {"fault": "P-11", "part": "SEAL-1"}).status_code == 403


def test_a_list_follows_its_fault_code_when_that_gets_another_name(workshop: Workshop, cast: Cast) -> None:
    with session_for(workshop.database, cast.sue) as session:
        run_write(session, lambda: list_part(session, cast.sue, "P-11", "SEAL-1"))
        known = library.fault_code_by_code(session, cast.sue, "P-11")
        assert known
        details = library.FaultCodeDetails("P-99", "problem", {"en": "Noise"})
        run_write(session, lambda: library.change_fault_code(session, cast.sue, known.id, details))
        assert listed_parts(session, cast.sue, ["P-11", "P-99"]) == {"P-99": {"SEAL-1"}}


def test_the_form_of_a_new_order_tells_the_likely_parts_of_the_process_that_is_chosen(
    workshop: Workshop, visit: Visit, cast: Cast
) -> None:
    learn(workshop, *(["SEAL-1"] for _ in range(9)))
    sue = visit(cast.sue)
    fitting = sue.get(f"/orders/new/fitting?product={PUMP}&fault_codes=P-11").text
    assert "Parts it will probably need (2)" in fitting
    assert "Used in 9 of 9 such repairs" in fitting
    assert "Shaft seal" in fitting
    assert "Parts it will probably need" not in sue.get("/orders/new").text


def test_lists_and_pages_are_each_organisations_own(workshop: Workshop, visit: Visit, cast: Cast) -> None:
    learn(workshop, ["SEAL-1"])
    with session_for(workshop.database, cast.sue) as session:
        run_write(session, lambda: list_part(session, cast.sue, "P-11", "SEAL-1"))
    page = visit(cast.cy).get(PAGE).text
    assert "SEAL-1" not in page
    assert "<strong>0</strong>" in page
    with session_for(workshop.database, cast.cy) as session:
        assert listed_parts(session, cast.cy, ["P-11"]) == {}
    assert visit(cast.ada).get(PAGE).status_code == 403


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Choose a product first"),
        ("?product=unknown/thing", "Choose a product first"),
        (f"?product={PUMP}&fault_codes=P-12", "Planned by the template."),
        (f"?product={PUMP}&fault_codes=P-11&fault_codes=nonsense&template=none&node=none", "Planned by the template."),
    ],
)
def test_an_address_that_names_what_is_not_there_still_answers(
    query: str, words: str, workshop: Workshop, visit: Visit, cast: Cast
) -> None:
    answer = visit(workshop.cast.sue).get(f"/stock/recommendations{query}")
    assert answer.status_code == 200
    assert words in answer.text
