"""The ledger against plain dictionaries: whatever people do with parts, in whatever order, both say the same."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from mendloop.accounts.actor import STOREKEEPER, Actor
from mendloop.accounts.models import Organisation
from mendloop.clock import utc_now
from mendloop.database import Database, new_id, open_database, open_session, session_for, write_transaction
from mendloop.inventory import desk, services
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.ledger import Posted
from mendloop.inventory.models import Part
from mendloop.inventory.rebuilding import as_bytes, live
from mendloop.inventory.services import PartFact
from mendloop.problems import Conflict
from mendloop.testing.databases import prepare_database
from mendloop.testing.ledger_audit import audit, rows_of
from mendloop.testing.plain_stock import FieldStock, PlainStock
from sqlalchemy import event, text

EXAMPLES = int(os.environ.get("MENDLOOP_LEDGER_EXAMPLES", "100"))
STEPS = int(os.environ.get("MENDLOOP_LEDGER_STEPS", "50"))
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
COSTINGS = {"FIFO": "fifo", "AVERAGE": "average", "SERIAL": "fifo"}
ADA, BO = "ada", "bo"

numbers = st.sampled_from([*COSTINGS, "SERIAL"])
shelves = st.sampled_from(["warehouse", "warehouse", "van:ada", "van:ada", "van:bo", "warehouse:north", "person:ada"])
orders = st.sampled_from(["one", "two", "three"])
people = st.sampled_from([ADA, ADA, BO])
transfers = st.sampled_from(["t1", "t2"])
quantities = st.one_of(st.integers(1, 4).map(lambda whole: whole * 1000), st.integers(1, 4000), st.integers(1, 20_000))
serials = st.sampled_from([None, "S1", "S2", "S3", "S4"])
portions = st.tuples(numbers, quantities, serials)
values = st.integers(0, 10_000)
moments = st.integers(-10_000, 10_000).map(lambda minutes: NOW + dt.timedelta(minutes=minutes))

Asked = tuple[str, int, str | None]
Said = Callable[[Portion, Slip], Posted]


class Stockroom(RuleBasedStateMachine):
    """People at desks, in vans and in the field. `database` is set by the test."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.actor = _organisation(self.database)
        self.session = session_for(self.database, self.actor)
        self.plain = PlainStock()
        self.slips: list[tuple[str, Portion, Said]] = []
        self.raised = 0
        self.moved = True
        self.known: tuple[bytes, object, object] = (b"", None, None)
        self.touched: set[str] = set()
        with write_transaction(self.session):
            self.parts = {number: self._part(number, costing) for number, costing in COSTINGS.items()}

    def _part(self, number: str, costing: str) -> Part:
        return services.create_part(self.session, self.actor, number, {"en": number}, "m", costing=costing)

    def teardown(self) -> None:
        self.session.close()

    @initialize(costs=st.lists(values, min_size=3, max_size=3))
    def open_with_something(self, costs: list[int]) -> None:
        for number, value in zip(COSTINGS, costs, strict=True):
            self.receive((number, 5000, None), "warehouse", value, NOW)

    @rule(asked=portions, place=shelves, value=values, at=moments)
    def receive(self, asked: Asked, place: str, value: int, at: dt.datetime) -> None:
        self._act(
            asked,
            ("supplier", place, None),
            lambda it, slip: desk.receive(self.session, self.actor, it, value, place, slip),
            at,
        )

    @rule(asked=portions, source=shelves, goal=shelves, at=moments)
    def move(self, asked: Asked, source: str, goal: str, at: dt.datetime) -> None:
        if source != goal:
            self._move(asked, source, goal, at)

    @rule(
        asked=portions,
        source=st.sampled_from(["warehouse", "van:ada", "removed:ada", "quarantine"]),
        goal=st.sampled_from(["scrap", "recycling", "quarantine"]),
    )
    def throw_away(self, asked: Asked, source: str, goal: str) -> None:
        if source != goal:
            self._move(asked, source, goal, NOW)

    def _move(self, asked: Asked, source: str, goal: str, at: dt.datetime) -> None:
        self._act(
            asked,
            (source, goal, None),
            lambda it, slip: desk.move(self.session, self.actor, [it], source, goal, slip),
            at,
        )

    @rule(asked=portions, source=shelves, transfer=transfers)
    def send(self, asked: Asked, source: str, transfer: str) -> None:
        self._act(
            asked,
            (source, f"transit:{transfer}", None),
            lambda it, slip: desk.send(self.session, self.actor, [it], source, transfer, slip),
        )

    @rule(asked=portions, goal=shelves, transfer=transfers)
    def arrive(self, asked: Asked, goal: str, transfer: str) -> None:
        self._act(
            asked,
            (f"transit:{transfer}", goal, None),
            lambda it, slip: desk.arrive(self.session, self.actor, [it], transfer, goal, slip),
        )

    @rule(asked=portions, transfer=transfers)
    def lose_on_the_way(self, asked: Asked, transfer: str) -> None:
        self._act(
            asked,
            (f"transit:{transfer}", "discrepancy", None),
            lambda it, slip: desk.lost_on_the_way(self.session, self.actor, [it], transfer, slip),
        )

    @rule(number=numbers, place=shelves, counted=st.integers(0, 6000))
    def count(self, number: str, place: str, counted: int) -> None:
        differs = counted - self.plain.there[number, place]
        if not differs:
            return
        way = ("adjustment", place, None) if differs > 0 else (place, "adjustment", None)
        self._act(
            (number, abs(differs), None),
            way,
            lambda it, slip: desk.adjust(self.session, self.actor, it, place, differs > 0, slip),
        )

    @rule(number=numbers, milli=quantities, order=orders, places=st.lists(shelves, min_size=1, max_size=3, unique=True))
    def reserve(self, number: str, milli: int, order: str, places: list[str]) -> None:
        wanted = dict.fromkeys(places, 0)
        missing = milli
        for place in places:
            wanted[place] = self.plain.hold(order, number, place, missing)
            missing -= wanted[place]
        with write_transaction(self.session):
            held = services.reserve_part(self.session, self.actor, order, self.parts[number].id, milli, places)
        self.moved = True
        assert {each.location: each.milli for each in held} == {place: n for place, n in wanted.items() if n}

    @rule(number=numbers, milli=quantities, order=orders)
    def release(self, number: str, milli: int, order: str) -> None:
        with write_transaction(self.session):
            left = services.release_part(self.session, self.actor, order, self.parts[number].id, milli)
        for key in sorted(key for key in self.plain.held if key[:2] == (order, number)):
            fewer = min(milli, self.plain.held[key])
            if fewer:
                self.plain.let_go(*key, fewer)
                milli -= fewer
        self.moved = True
        assert left == milli

    @rule(asked=portions, source=shelves, order=orders, at=moments)
    def issue(self, asked: Asked, source: str, order: str, at: dt.datetime) -> None:
        self._act(
            asked,
            (source, f"order:{order}", order),
            lambda it, slip: desk.issue(self.session, self.actor, order, [it], source, slip),
            at,
        )

    @rule(asked=portions, order=orders, at=moments, visit=st.sampled_from([None, "repair#1"]))
    def use(self, asked: Asked, order: str, at: dt.datetime, visit: str | None) -> None:
        """As a step says, or the order's sheet: what the sheet said a step may say again."""
        self._act(
            asked,
            (f"order:{order}", "customer", order),
            lambda it, slip: desk.use(self.session, self.actor, order, [it], visit, slip),
            at,
            visit,
        )

    @rule(asked=portions, order=orders, goal=shelves)
    def give_back(self, asked: Asked, order: str, goal: str) -> None:
        self._act(
            asked,
            (f"order:{order}", goal, order),
            lambda it, slip: desk.give_back(self.session, self.actor, order, [it], goal, slip),
        )

    @rule(asked=portions, order=orders)
    def explain(self, asked: Asked, order: str) -> None:
        self._act(
            asked,
            (f"order:{order}", "scrap", order),
            lambda it, slip: desk.write_off(self.session, self.actor, order, [it], slip),
        )

    @rule(order=orders)
    def cancel(self, order: str) -> None:
        """Nothing is held any more, and what was issued goes back; an order may go on after that."""
        with write_transaction(self.session):
            services.release_order(self.session, self.actor, order)
        for key in [key for key in self.plain.held if key[0] == order]:
            del self.plain.held[key]
        self.moved = True
        here = f"order:{order}"
        for number in COSTINGS:
            for (of, serial), place in list(self.plain.serials.items()):
                if of == number and place == here:
                    self.give_back((number, 1000, serial), order, "van:ada")
            if left := self.plain.there[number, here]:
                self.give_back((number, left, None), order, "van:ada")
        assert services.unsettled(self.session, self.actor, order) == []

    @rule(
        asked=portions,
        order=orders,
        by=people,
        action=st.sampled_from(["used", "used", "used", "returned", "removed", "recycled"]),
        at=moments,
    )
    def tell(self, asked: Asked, order: str, by: str, action: str, at: dt.datetime) -> None:
        """The field is believed: from the wrong van, with serial numbers that are elsewhere, more than there is."""
        number, milli, serial = asked
        milli = 1000 if serial else milli
        said = FieldStock(self.plain, number, order, by, milli, serial)
        ways: dict[str, Callable[[], int]] = {
            "used": said.used,
            "returned": said.returned,
            "removed": lambda: said.taken_out(f"removed:{by}"),
            "recycled": lambda: said.taken_out("recycling"),
        }
        denied = ways[action]()
        fact = PartFact(number, milli, action, serial)
        with write_transaction(self.session):
            shortages = services.book_parts(self.session, self.actor, by, order, "repair#1", at, [fact])
        assert [shortage.milli for shortage in shortages] == ([denied] if denied else [])
        self.moved = True
        self.raised += bool(denied)
        self.touched.update(order for order, _ in self.plain.orders)

    @rule(chosen=st.integers(0, 1000))
    def ask_again(self, chosen: int) -> None:
        """What was asked before is asked again: it is the same movement, and nothing moves."""
        if self.slips:
            key, portion, said = self.slips[chosen % len(self.slips)]
            with write_transaction(self.session):
                assert said(portion, Slip(key, utc_now(), "count")).again

    @rule(chosen=st.integers(0, 1000))
    def ask_something_else_by_the_same_key(self, chosen: int) -> None:
        if not self.slips:
            return
        key, portion, said = self.slips[chosen % len(self.slips)]
        other = Portion(portion.part, portion.milli + 1000, portion.serial)
        with pytest.raises(Conflict, match=r"stock\.key_taken"), write_transaction(self.session):
            said(other, Slip(key, NOW, "count"))

    @invariant()
    def the_ledger_is_sound_and_both_say_the_same(self) -> None:
        """All of it after what was granted; after what was refused or asked again, that nothing has changed at all."""
        now = self._fingerprint()
        if not self.moved:
            assert now == self.known
        else:
            assert audit(self.session, self.actor) == []
            self._same_stock()
        self.known, self.moved = now, False
        self.session.rollback()

    def _fingerprint(self) -> tuple[bytes, object, object]:
        held = rows_of(self.session, self.actor, "stock_reservations", "order_id, part_id, location")
        kept = as_bytes(live(self.session, self.actor))
        movements = text("SELECT count(*) FROM stock_movements WHERE organisation_id = :own")
        count = self.session.connection().execute(movements, {"own": self.actor.organisation_id}).scalar()
        return kept, held, count

    def _same_stock(self) -> None:
        lines = services.stock_lines(self.session, self.actor)
        assert {(line.part.number, line.location): line.milli for line in lines} == _nonzero(self.plain.there)
        ids = {part.id: number for number, part in self.parts.items()}
        serials = rows_of(self.session, self.actor, "stock_serials")
        assert {(ids[row["part_id"]], row["serial"]): row["location"] for row in serials} == self.plain.serials
        held = rows_of(self.session, self.actor, "stock_reservations")
        found = {(row["order_id"], ids[row["part_id"]], row["location"]): row["milli"] for row in held}
        assert found == self.plain.held
        for order in self.touched:
            self._same_order(order)
        self.touched.clear()
        assert len(services.open_discrepancies(self.session, self.actor)) == self.raised

    def _same_order(self, order: str) -> None:
        for line in services.order_parts(self.session, self.actor, order):
            tally = self.plain.orders[order, line.part.number]
            assert (line.issued, line.used, line.returned, line.explained, line.open) == (
                tally.issued,
                tally.used,
                tally.returned,
                tally.explained,
                tally.open,
            )

    def _act(
        self,
        asked: Asked,
        way: tuple[str, str, str | None],
        said: Said,
        at: dt.datetime = NOW,
        visit: str | None = None,
    ) -> None:
        """Somebody asks at a desk: granted exactly when plain stock has it, and then both have moved."""
        number, milli, serial = asked
        source, goal, order = way
        serial = serial if number == "SERIAL" else None
        milli = 1000 if serial else milli
        milli = self._likely(number, source, milli)
        portion, slip = Portion(self.parts[number], milli, serial), Slip(new_id(), at, "count")
        may = self.plain.may_move(number, source, milli, serial, order)
        try:
            with write_transaction(self.session):
                assert not said(portion, slip).again
        except Conflict:
            assert not may
            return
        assert may
        self.moved = True
        self.plain.move(number, source, goal, milli, serial, order, visit)
        self.touched.update([order] if order else [])
        self.slips.append((slip.key, portion, said))

    def _likely(self, number: str, source: str, milli: int) -> int:
        """What is there, where somebody asks for more; but sometimes more all the same."""
        there = self.plain.unnamed(number, source)
        return there if 0 < there < milli and milli % 4 and source != "supplier" else milli


def _nonzero(there: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    return {place: milli for place, milli in there.items() if milli}


def _organisation(database: Database) -> Actor:
    organisation = Organisation(
        id=new_id(), name="Random", language="en", time_zone="UTC", is_demo=False, created_at=utc_now()
    )
    with open_session(database) as session, write_transaction(session):
        session.add(organisation)
    return Actor(new_id(), organisation.id, "Stan", frozenset({STOREKEEPER}), "en")


@pytest.fixture(scope="module")
def one_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One for all examples, each in an organisation of its own; that nothing reaches the disk makes it quick."""
    file: Path = tmp_path_factory.mktemp("model") / "mendloop.db"
    prepare_database(f"sqlite:///{file}")
    database = open_database(f"sqlite:///{file}")
    event.listen(database.engine, "connect", _do_not_wait_for_the_disk)
    yield database
    database.close()


def _do_not_wait_for_the_disk(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF").close()


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_whatever_is_done_with_parts_the_ledger_says_what_happened(one_database: Database) -> None:
    Stockroom.database = one_database
    run_state_machine_as_test(
        Stockroom,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize="MENDLOOP_LEDGER_EXAMPLES" not in os.environ,
            database=None,
            phases=[Phase.generate],
        ),
    )
