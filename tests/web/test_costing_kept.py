"""What changes later what a closed order cost, by whatever way: exactly one revision for it, which says what it was."""

import datetime as dt
import json
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from mendloop.accounts.services import change_organisation
from mendloop.costing import keeping, services
from mendloop.costing.changes import changes_between, says_the_same
from mendloop.costing.inputs import inputs_now, stand_of
from mendloop.costing.material import gather
from mendloop.costing.revisions import rebuilt, revisions
from mendloop.costing.sheet import make_sheet
from mendloop.database import Database, run_write, session_for
from mendloop.inventory.ledger import Act, Line, post
from mendloop.inventory.locations import CUSTOMER, WAREHOUSE, order_location
from mendloop.inventory.services import PartFact, book_parts, parts_by_number
from mendloop.library import services as library
from mendloop.problems import Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.cost_shop import HOURS, TEMPLATE, CostShop, friday, put_up_costs
from mendloop.testing.pump_shop import BEARING, PUMP
from mendloop_engine.canonical import canonical_text
from sqlalchemy.orm import Session

KINDS = {"add_rate": "rate", "add_price": "price", "add_coverage": "coverage", "set_days": "day"}
CLOSED_TOO = services.Reach(True, "Forgotten")


@pytest.fixture
def shop(database: Database, cast: Cast) -> CostShop:
    return put_up_costs(database, cast)


def finished(shop: CostShop, customer: str = "Mill Lane Farm") -> str:
    order = shop.open_order(customer=customer)
    shop.travel(order)
    shop.repair(order)
    return order


@dataclass
class Office:
    """Where people say and book things that concern orders which are over."""

    shop: CostShop
    chance: random.Random
    orders: list[str] = field(default_factory=list)
    reaches_closed: bool = True
    """Whether what was done last can change orders that are over."""

    def reach(self) -> services.Reach:
        """Orders that are open or come later; or closed ones, too."""
        self.reaches_closed = self.chance.random() < 0.6
        return CLOSED_TOO if self.reaches_closed else services.Reach()

    def session(self) -> Any:
        return session_for(self.shop.database, self.shop.cast.sue)

    def write(self, work: Callable[[Session], object]) -> None:
        with self.session() as session:
            run_write(session, lambda: work(session))

    def amount(self) -> str:
        return str(self.chance.randint(1, 400))

    def a_day(self) -> str:
        """That Friday, a day before, or one long after."""
        return self.chance.choice(("2026-11-20", "2026-11-01", "2027-03-01"))

    def add_extra(self, order: str) -> None:
        details = services.ExtraDetails("freight", "Freight", self.amount(), "2026-11-20", "Billed late")
        self.write(lambda session: services.add_extra(session, self.shop.cast.sue, order, details))

    def take_back_extra(self, order: str) -> None:
        with self.session() as session:
            lines = json.loads(services.revise(session, self.shop.cast.sue, order).document)["lines"]
        keys = [line["key"].partition(":")[2] for line in lines if line["kind"] == "extra"]
        if keys:
            self.write(lambda it: services.take_back_extra(it, self.shop.cast.sue, order, keys[0], "Not ours"))

    def agree_discount(self, order: str) -> None:
        given_ = (str(self.chance.randint(0, 20)), "0", "Old customer")
        self.write(lambda session: services.agree_discount(session, self.shop.cast.sue, order, *given_))

    def lay_down(self, _order: str) -> None:
        name = self.chance.choice(sorted(KINDS))
        skill = self.chance.choice(("engineer", "painter"))
        details: dict[str, Any] = {
            "add_rate": services.RateDetails("cost", self.amount(), self.a_day(), skill=skill),
            "add_price": services.PriceDetails(
                BEARING, self.amount(), self.a_day(), customer=self.chance.choice(("", "Old Mill"))
            ),
            "add_coverage": services.CoverageDetails("Rule", ("part",), "us", str(self.chance.randint(1, 100))),
            "set_days": services.DayDetails(self.a_day(), self.chance.choice(("holiday", "workday")), "A day"),
        }
        reach = self.reach()
        self.write(lambda session: getattr(services, name)(session, self.shop.cast.sue, details[name], reach=reach))

    def take_back(self, _order: str) -> None:
        kind = self.chance.choice(sorted(KINDS.values()))
        with self.session() as session:
            keys = [fact.key for fact in services.register_of(session, self.shop.cast.sue, kind)]
        if keys:
            key, reach = self.chance.choice(keys), self.reach()
            self.write(lambda session: services.take_back(session, self.shop.cast.sue, kind, key, reach))

    def change_settings(self, _order: str) -> None:
        overtime = self.chance.choice(("1.5", "4/3"))
        percents = {"overhead_percent": self.chance.choice(("10", "12.5")), "tax_percent": "13"}
        details = services.SettingsDetails("CNY", HOURS, overtime, "2", "3", "120", **percents)
        reach = self.reach()
        self.write(lambda session: services.change_settings(session, self.shop.cast.sue, details, reach))

    def move_the_clock(self, _order: str) -> None:
        """Closed orders keep the clock that they ended by."""
        zone = self.chance.choice(("Asia/Shanghai", "Europe/Berlin"))
        self.reaches_closed = False
        self.write(lambda session: change_organisation(session, self.shop.cast.sue, "House", "en", zone))

    def tell_a_part(self, order: str) -> None:
        """The field tells late what it has used."""
        told, ada = [PartFact(BEARING, 1_000, "used")], self.shop.cast.ada.person_id
        self.write(
            lambda session: book_parts(session, self.shop.cast.sue, ada, order, "repair#1", friday("19:00"), told)
        )

    def correct_a_part(self, order: str) -> None:
        """One that was told to be built in lies on the shelf."""

        def correct(session: Session) -> None:
            part = parts_by_number(session, self.shop.cast.sue, [BEARING])[BEARING]
            here = order_location(order)
            lines = [Line(part.id, 1_000, CUSTOMER, here, value=2_500), Line(part.id, 1_000, here, WAREHOUSE)]
            post(session, self.shop.cast.sue, Act("corrected", friday("20:00"), "", order, "repair#1"), lines)

        self.write(correct)


ACTS = (
    *("add_extra", "take_back_extra", "agree_discount", "lay_down", "take_back", "change_settings", "move_the_clock"),
    *("tell_a_part", "correct_a_part"),
)
EXAMPLES = int(os.environ.get("MENDLOOP_COST_EXAMPLES", "3"))
QUICK = (Phase.explicit, Phase.generate)
"""Every example is a repair of its own: making it smaller would take longer than reading it."""
Seen: TypeAlias = dict[str, tuple[int, str]]


@settings(
    max_examples=EXAMPLES, deadline=None, phases=QUICK, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(
    ["take_back_extra", "correct_a_part", "agree_discount", "correct_a_part", "tell_a_part", "take_back_extra"], 483
)
@given(st.lists(st.sampled_from(ACTS), min_size=4, max_size=8), st.integers(0, 10_000))
def test_the_newest_revision_is_what_a_sheet_from_scratch_says(shop: CostShop, names: list[str], seed: int) -> None:
    office = Office(shop, random.Random(seed))
    office.orders = [finished(shop), finished(shop, "Old Mill")]
    before = seen(office)
    for name in names:
        office.reaches_closed = True
        getattr(office, name)(office.chance.choice(office.orders))
        after = seen(office)
        assert office.reaches_closed or after == before
        for order in office.orders:
            one_revision_for_a_change(office, order, before[order], after[order])
        before = after


def one_revision_for_a_change(office: Office, order: str, before: tuple[int, str], after: tuple[int, str]) -> None:
    assert after[0] == before[0] + (before[1] != after[1])
    with office.session() as session:
        sue = office.shop.cast.sue
        newest = revisions(session, sue, order)[0]
        scratch = canonical_text(make_sheet(gather(session, sue, order, inputs_now(session, sue, order))))
        assert says_the_same(json.loads(after[1]), json.loads(scratch))
        assert after[1] == rebuilt(session, sue, newest)
        if after[0] > before[0]:
            changes = json.loads(newest.changes)
            causes = {source for change in changes for source in (*change["came"], *change["went"])}
            assert len(causes) == 1, changes


def seen(office: Office) -> Seen:
    """The newest revisions as they are kept: nothing is looked at for it."""
    with office.session() as session:
        found = {order: revisions(session, office.shop.cast.sue, order)[0] for order in office.orders}
    return {order: (sheet.revision, sheet.document) for order, sheet in found.items()}


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.sue) as opened:
        yield opened


def test_an_order_has_its_sheet_when_it_is_over(shop: CostShop, session: Session, cast: Cast) -> None:
    order = shop.open_order()
    shop.travel(order)
    assert revisions(session, cast.sue, order) == []
    session.rollback()  # what others have written since is to be seen
    shop.repair(order)
    (sheet,) = revisions(session, cast.sue, order)
    assert (sheet.status, sheet.cost) == ("ended", 40_150)


def test_what_cannot_concern_an_order_passes_it_over(shop: CostShop, session: Session, cast: Cast) -> None:
    order = finished(shop)
    facts = stand_of(session, cast.sue, order).facts  # type: ignore[union-attr]
    rate = services.RateDetails("cost", "150", "2026-11-21")
    run_write(session, lambda: services.add_rate(session, cast.sue, rate, reach=CLOSED_TOO))
    assert stand_of(session, cast.sue, order).facts == facts + 1  # type: ignore[union-attr]
    assert keeping.waiting(session, cast.sue) == 0


def test_what_is_laid_down_later_leaves_closed_orders_as_they_were(
    shop: CostShop, session: Session, cast: Cast
) -> None:
    """Even from a day long before; also where time or parts of the order are told after that."""
    order = finished(shop)
    office = Office(shop, random.Random(1))
    stand = stand_of(session, cast.sue, order)
    facts_ = stand.facts  # type: ignore[union-attr]
    session.rollback()
    office.write(lambda it: services.add_price(it, cast.sue, services.PriceDetails(BEARING, "90", "2026-01-02")))
    office.write(
        lambda it: services.add_rate(it, cast.sue, services.RateDetails("price", "400", "2026-01-02", kind="work"))
    )
    office.write(lambda it: services.set_days(it, cast.sue, services.DayDetails("2026-11-20", "holiday", "A day")))
    details = services.SettingsDetails("CNY", HOURS, "3", "3", "3", "0", "50", "99", "0", "6")
    office.write(lambda it: services.change_settings(it, cast.sue, details))
    office.write(lambda it: change_organisation(it, cast.sue, "House", "en", "Europe/Berlin"))
    assert keeping.waiting(session, cast.sue) == 0
    (sheet,) = revisions(session, cast.sue, order)
    assert (stand_of(session, cast.sue, order).facts, sheet.cost) == (facts_, 40_150)  # type: ignore[union-attr]
    session.rollback()
    office.tell_a_part(order)
    newest = revisions(session, cast.sue, order)[0]
    (part,) = (line for line in json.loads(newest.document)["lines"] if line["kind"] == "part")
    assert (newest.revision, part["about"]["milli"], part["price"]) == (2, 3_000, 3 * 4_500)
    session.rollback()
    later = finished(shop)
    assert json.loads(revisions(session, cast.sue, later)[0].document)["totals"]["cost_overhead"] != 3_650


def test_an_open_order_follows_what_is_said_until_it_ends(shop: CostShop, session: Session, cast: Cast) -> None:
    """One price for all that is open, then one for closed orders of other days: neither hides the other."""
    order, office = shop.open_order(), Office(shop, random.Random(1))
    shop.travel(order)
    with office.session() as it:
        services.revise(it, cast.sue, order)
    rate = services.RateDetails("cost", "90", "2026-01-02", skill="engineer", kind="travel")
    office.write(lambda it: services.add_rate(it, cast.sue, rate))
    other = services.RateDetails("cost", "95", "2027-01-02")
    office.write(lambda it: services.add_rate(it, cast.sue, other, reach=CLOSED_TOO))
    document = json.loads(services.revise(session, cast.sue, order).document)
    assert document["totals"]["cost_labour"] == 6_750


def test_orders_closed_under_an_earlier_release_keep_what_they_had(
    shop: CostShop, session: Session, cast: Cast
) -> None:
    """Their sheets do not say what held at their end: it is what they were last looked at with."""
    order, office = finished(shop), Office(shop, random.Random(1))

    def forget(it: Session) -> None:
        stand = stand_of(it, cast.sue, order)
        known = {name: each for name, each in json.loads(stand.inputs).items() if name != "over"}  # type: ignore[union-attr]
        stand.inputs = json.dumps(known)  # type: ignore[union-attr]

    office.write(forget)
    rate = services.RateDetails("cost", "150", "2026-11-02", skill="engineer")
    office.write(lambda it: services.add_rate(it, cast.sue, rate))
    office.write(lambda it: services.look_again(it, cast.sue))
    assert services.keep_up(session, cast.sue) == 0
    office.tell_a_part(order)
    session.rollback()
    found = revisions(session, cast.sue, order)
    labour = [json.loads(sheet.document)["totals"]["cost_labour"] for sheet in found]
    assert labour == [31_500, 31_500]
    assert all(rebuilt(session, cast.sue, sheet) == sheet.document for sheet in found)
    assert "over" in json.loads(stand_of(session, cast.sue, order).inputs)  # type: ignore[union-attr]


def test_the_same_can_be_said_again_for_closed_orders(shop: CostShop, session: Session, cast: Cast) -> None:
    order, office = finished(shop), Office(shop, random.Random(1))
    details = services.DayDetails("2026-11-20", "holiday", "Founders' day")
    for reach in (services.Reach(), CLOSED_TOO, CLOSED_TOO):
        office.write(lambda it, reach=reach: services.set_days(it, cast.sue, details, reach))  # type: ignore[misc]
    found = revisions(session, cast.sue, order)
    assert [sheet.revision for sheet in found] == [2, 1]
    labour = [json.loads(sheet.document)["totals"]["cost_labour"] for sheet in found]
    assert labour == [3 * (4_500 + 11_000 + 4_000 + 8_000), 31_500]


def test_many_orders_are_looked_at_piece_by_piece(
    shop: CostShop, session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = [finished(shop) for _ in range(3)]
    monkeypatch.setattr(keeping.look_at_some, "__defaults__", (1,))
    rates = [services.RateDetails("cost", amount, "2026-11-02", skill="engineer") for amount in ("150", "160")]
    for rate in rates:
        run_write(session, lambda rate=rate: services.add_rate(session, cast.sue, rate, reach=CLOSED_TOO))  # type: ignore[misc]
    assert keeping.waiting(session, cast.sue) == 2
    assert services.keep_up(session, cast.sue) == 0
    for order in orders:
        found = revisions(session, cast.sue, order)
        assert [sheet.revision for sheet in found] == [3, 2, 1]
        causes = [{each for change in json.loads(sheet.changes) for each in change["came"]} for sheet in found[:2]]
        assert [len(each) for each in causes] == [1, 1]
        assert causes[0] != causes[1]


def test_days_that_are_said_at_once_are_one_change(shop: CostShop, session: Session, cast: Cast) -> None:
    order = finished(shop)
    details = services.DayDetails("2026-11-19", "holiday", "Founders' days", "2026-11-21")
    run_write(session, lambda: services.set_days(session, cast.sue, details, CLOSED_TOO))
    assert [sheet.revision for sheet in revisions(session, cast.sue, order)] == [2, 1]


def test_nothing_is_kept_of_a_transaction_that_was_given_up(shop: CostShop, session: Session, cast: Cast) -> None:
    order = finished(shop)
    details = services.ExtraDetails("freight", "Freight", "30", "2026-11-20", "Billed late")

    def give_up() -> None:
        services.add_extra(session, cast.sue, order, details)
        raise LookupError

    with pytest.raises(LookupError):
        run_write(session, give_up)
    run_write(session, lambda: None)
    assert len(revisions(session, cast.sue, order)) == 1
    assert dt.date.fromisoformat(stand_of(session, cast.sue, order).last_day) == friday("18:40").date()  # type: ignore[union-attr]


def test_closed_orders_take_another_currency_only_when_it_is_said(database: Database, cast: Cast) -> None:
    """Nothing has an amount yet, so that it can be changed; but it is one for all orders."""
    with session_for(database, cast.sue) as session:
        shop = CostShop(database, cast, run_write(session, lambda: put_up_a_process(session, cast)))
    order, office = shop.open_order(), Office(shop, random.Random(1))
    shop.travel(order)
    shop.do(order, "16:45", "StartStep", "repair#1")
    shop.do(order, "18:40", "CompleteStep", "repair#1", answers={"used": []})
    details = services.SettingsDetails("JPY", HOURS, "1.5", "2", "3", "120")
    with pytest.raises(Refusal, match=r"cost\.currency_of_all"):
        office.write(lambda it: services.change_settings(it, cast.sue, details))
    office.write(lambda it: services.change_settings(it, cast.sue, details, CLOSED_TOO))
    with office.session() as session:
        found = [json.loads(sheet.document)["currency"] for sheet in revisions(session, cast.sue, order)]
    assert found == ["JPY", "CNY"]


def put_up_a_process(session: Session, cast: Cast) -> str:
    """A pump and how it is repaired, and nothing that is laid down about costs."""
    title = {"en": "Pump", "zh-CN": "泵"}
    library.add_product(session, cast.sue, library.ProductDetails(PUMP, title))
    library.add_fault_code(session, cast.sue, library.FaultCodeDetails("P-11", "problem", title))
    return library.publish_template(session, cast.sue, TEMPLATE).id


def test_what_comes_to_the_same_by_another_factor_says_by_whose_word() -> None:
    line = {"key": "labour:1", "kind": "labour.work", "visit": "repair#1", "about": {}, "cost": 0, "price": 0}
    terms = {"terms": {"sources": []}, "steps": [], "totals": {}}
    one, other, more = (
        terms | {"lines": [line | {"basis": {"factor": factor}, "sources": [source]}]}
        for factor, source in (("3/2", "fact:1"), ("4/3", "fact:2"), ("3/2 of an hour", "fact:1"))
    )
    [change] = changes_between(one, other)
    assert (change["amounts"], change["came"], change["went"]) == ({}, ["fact:2"], ["fact:1"])
    assert changes_between(one, more) == []
