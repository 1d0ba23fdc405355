"""The nearest solved cases of an order, at a check that has just failed, and what people say of them."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import Database, run_write, session_for
from mendloop.knowledge.article_content import ArticleContent
from mendloop.knowledge.articles import publish_article, write_new_article
from mendloop.knowledge.content import CaseContent
from mendloop.knowledge.push.services import Votes, Word, times_helped, vote_on_case
from mendloop.knowledge.services import votes_of
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import PUMP, Phone, Workshop, put_up, work_to_repair
from mendloop.testing.solved import sign, solve
from mendloop.testing.visitor import Visitor
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]
ABOVE = "measure.runout+"


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def order(workshop: Workshop, cast: Cast) -> str:
    return workshop.open_order(cast.ada)


def case(cause: str, *, off: str = ABOVE, product: str = PUMP, faults: tuple[str, ...] = ("P-11",)) -> CaseContent:
    """A repair in which a check was off."""
    return CaseContent(
        title={"en": cause},
        symptom={"en": "rattles at full load", "zh-CN": "满负荷异响"},
        cause={"en": cause},
        remedy={"en": "replaced the part"},
        product=product,
        faults=faults,
        path=(sign(off, "Shaft runout"),) if off else (),
        minutes=40,
        template="pump.quick",
        closed_at="2026-11-01T08:00:00.000+00:00",
    )


def near(visitor: Visitor, order: str, at: str = "") -> list[dict[str, Any]]:
    answer = visitor.get(f"/api/v1/orders/{order}/cases?at={at.replace('+', '%2B')}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = (answer.json or {})["cases"]
    return found


def vote(visitor: Visitor, order: str, case_id: str, helped: bool | None, at: dt.datetime | None = None) -> int:
    body = {"helped": helped, "at": (at or utc_now()).isoformat(), "place": ABOVE}
    return visitor.send("POST", f"/api/v1/orders/{order}/cases/{case_id}/vote", json=body).status_code


def test_a_check_that_failed_brings_the_case_that_failed_there_and_says_why(
    visit: Visit, cast: Cast, database: Database, order: str
) -> None:
    solve(database, cast.sue, case("Loose foot", off="isolate.before", faults=()))
    bent = solve(database, cast.sue, case("Bent shaft"))
    work_to_repair(Phone(visit(cast.ada)), order)
    first = near(visit(cast.ada), order, "measure.runout")[0]
    assert (first["id"], first["checks"], first["mine"]) == (bent, [ABOVE], None)
    assert "Shaft runout also above the limit" in first["why"]["en"]
    assert "Shaft runout同样偏高" in first["why"]["zh-CN"]
    assert "same product" in first["why"]["en"]


def test_who_says_that_it_helped_changes_what_the_next_engineer_sees_first(
    visit: Visit, cast: Cast, database: Database, workshop: Workshop
) -> None:
    ids = [solve(database, cast.sue, case(cause)) for cause in ("Bent shaft", "Worn bearing", "Loose nut")]
    mine, theirs = workshop.open_order(cast.ada), workshop.open_order(cast.bo)
    before = [each["id"] for each in near(visit(cast.bo), theirs, ABOVE)]
    assert set(before) == set(ids)
    last = before[-1]
    assert vote(visit(cast.ada), mine, last, helped=True) == 204
    after = near(visit(cast.bo), theirs, ABOVE)
    assert (after[0]["id"], after[0]["helped"], after[0]["mine"]) == (last, 1, None)
    assert "helped 1 of 1" in after[0]["why"]["en"]
    for _ in range(2):
        assert vote(visit(cast.ada), mine, last, helped=False) == 204
    shown = near(visit(cast.bo), theirs, ABOVE)[-1]
    assert shown["id"] == last
    assert "did not help 1 of 1" in shown["why"]["en"]


def test_one_person_says_one_thing_of_a_case_in_an_order_and_may_take_it_back(
    visit: Visit, cast: Cast, database: Database, workshop: Workshop
) -> None:
    case_id = solve(database, cast.sue, case("Bent shaft"))
    order, other = workshop.open_order(cast.ada), workshop.open_order(cast.ada)

    def votes() -> Votes:
        with session_for(database, cast.sue) as session:
            return times_helped(session, cast.sue, [case_id]).get(case_id, Votes())

    ada, now = visit(cast.ada), utc_now()
    for place, helped in ((order, True), (order, True), (other, True), (order, False)):
        vote(ada, place, case_id, helped)
    assert votes() == Votes(1, 1)
    vote(visit(cast.bo), order, case_id, helped=True)
    assert votes() == Votes(2, 1)
    vote(ada, order, case_id, helped=True, at=now - dt.timedelta(hours=1))  # said before, sent late
    assert votes() == Votes(2, 1)
    vote(ada, order, case_id, helped=None)
    assert votes() == Votes(2, 0)
    [shown] = near(ada, other, ABOVE)
    assert (shown["helped"], shown["not_helped"], shown["mine"]) == (2, 0, True)


def test_votes_of_several_people_at_the_same_moment_are_all_counted(
    cast: Cast, database: Database, workshop: Workshop
) -> None:
    case_id, order = solve(database, cast.sue, case("Bent shaft")), workshop.open_order(cast.ada)
    people = (cast.ada, cast.ada, cast.bo, cast.ivy, cast.sue, cast.olive)

    def say(actor: Actor) -> None:
        with session_for(database, actor) as session:
            run_write(session, lambda: vote_on_case(session, actor, order, case_id, Word(helped=True, at=utc_now())))

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(say, people))
    with session_for(database, cast.sue) as session:
        assert votes_of(session, cast.sue, case_id) == (5, 0)


def test_votes_are_for_those_who_repair_on_orders_and_cases_of_their_own(
    visit: Visit, cast: Cast, database: Database, order: str
) -> None:
    case_id = solve(database, cast.sue, case("Bent shaft"))
    assert vote(visit(cast.vera), order, case_id, helped=True) == 403
    assert vote(visit(cast.cy), order, case_id, helped=True) == 404
    assert vote(visit(cast.ada), order, "nobody-s-case", helped=True) == 404
    assert visit(cast.cy).get(f"/api/v1/orders/{order}/cases").status_code == 404
    assert visit(cast.cy).get("/api/v1/knowledge/search?q=shaft").json == []


def test_a_bulletin_for_the_product_comes_along(visit: Visit, cast: Cast, database: Database, order: str) -> None:
    said = ArticleContent(
        {"en": "Runout: measure cold"}, {"en": "Shaft runout is to be measured cold."}, (PUMP,), ("P-11",)
    )

    def publish(session: Session) -> str:
        article = write_new_article(session, cast.sue, "bulletin", said)
        return publish_article(session, cast.sue, article.id, article.revision).id

    with session_for(database, cast.sue) as session:
        bulletin = run_write(session, lambda: publish(session))
    [shown] = near(visit(cast.ada), order)
    assert (shown["id"], shown["kind"], shown["more"]) == (bulletin, "bulletin", dict(said.body))
    assert [each["id"] for each in (visit(cast.ada).get("/api/v1/my/cases").json or {})["cases"]] == [bulletin]
    assert vote(visit(cast.ada), order, bulletin, helped=True) == 404


def test_a_phone_keeps_what_was_learned_of_the_products_in_its_list(
    visit: Visit, cast: Cast, database: Database, order: str
) -> None:
    own = solve(database, cast.sue, case("Bent shaft"))
    family = solve(database, cast.sue, case("Worn bearing", product="pump/centrifugal/ns-80"))
    solve(database, cast.sue, case("Rope slack", product="lift/rope"))
    vote(visit(cast.ada), order, own, helped=True)
    ada = visit(cast.ada)
    answer = ada.get("/api/v1/my/cases")
    table = answer.json or {}
    assert [each["id"] for each in table["cases"]] == [own, family]
    first = table["cases"][0]
    assert (first["checks"], first["products"], first["helped"]) == ([ABOVE], [PUMP], 1)
    assert table["votes"][0]["case"] == own
    assert table["checks"]["measure.runout"]["en"] == "Shaft runout"
    assert table["faults"]["P-11"]["zh-CN"] == "异响"
    again = ada.get("/api/v1/my/cases", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert (visit(cast.cy).get("/api/v1/my/cases").json or {})["cases"] == []
