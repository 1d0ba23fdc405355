"""An installation whose stock was kept without movements, costs and serial numbers goes on with all that happened."""

import datetime as dt
import random
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from mendloop.accounts.actor import OWNER, Actor
from mendloop.database import Database, open_database, session_for, write_transaction
from mendloop.database.schema import migrate
from mendloop.inventory import desk, services
from mendloop.inventory.desk import Portion
from mendloop.inventory.services import PartFact
from mendloop.testing.ledger_audit import audit
from sqlalchemy import create_engine, text

ORGANISATIONS = ("01900000-0000-7000-8000-00000000000a", "01900000-0000-7000-8000-00000000000b")
WHO = "01900000-0000-7000-8000-0000000000ff"
NOW = dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC)
OUTSIDE = ("supplier", "customer", "discrepancy")
VAN, SHELF, ORDERS = f"van:{WHO}", "warehouse", ("order:o1", "order:o2")
ORGANISATION = """INSERT INTO organisations (id, name, language, time_zone, is_demo, created_at)
VALUES (:organisation_id, 'Old', 'en', 'UTC', false, :at)"""
PART = """INSERT INTO parts (organisation_id, id, number, name, unit, known)
VALUES (:organisation_id, :part_id, :part_id, '{"en": "Part"}', 'pcs', true)"""
ENTRY = """INSERT INTO stock_entries (organisation_id, id, part_id, from_location, to_location, milli, at, by, action,
order_id, visit, serial, lot) VALUES (:organisation_id, :id, :part_id, :from_location, :to_location, :milli, :at, :by,
:action, :order_id, :visit, :serial, :lot)"""
BALANCE = """INSERT INTO stock_balances (organisation_id, part_id, location, milli)
VALUES (:organisation_id, :part_id, :location, :milli)"""


@dataclass
class OldStock:
    """Stock as the release before kept it: entries between two places, and a number for each place."""

    organisation: str
    chance: random.Random
    entries: list[dict[str, Any]] = field(default_factory=list)
    there: Counter[tuple[str, str]] = field(default_factory=Counter)
    millisecond: int = 1_760_000_000_000

    def live(self, steps: int) -> None:
        for _ in range(steps):
            part, milli = self.chance.choice(["P1", "P2", "P3"]), self.chance.choice([1000, 1000, 2000, 500])
            serial = self.chance.choice([None, None, "S1", "S2", "S3"])
            order = self.chance.choice(ORDERS)
            self.chance.choice([self.receive, self.move, self.use, self.use, self.give_back, self.take_out])(
                part, milli, serial, order
            )
            self.millisecond += self.chance.choice([0, 0, 1])

    def receive(self, part: str, milli: int, serial: str | None, _: str) -> None:
        self.book(part, "supplier", self.chance.choice([SHELF, VAN]), milli, "received", None)

    def move(self, part: str, milli: int, _serial: str | None, _: str) -> None:
        if self.there[part, SHELF] >= milli:
            self.book(part, SHELF, VAN, milli, "moved", None)

    def use(self, part: str, milli: int, serial: str | None, order: str) -> None:
        for place in (VAN, SHELF):
            taken = min(self.there[part, place], milli)
            self.book(part, place, order, taken, "used", order, serial)
            milli -= taken
        self.book(part, "discrepancy", order, milli, "used", order, serial)

    def give_back(self, part: str, milli: int, serial: str | None, order: str) -> None:
        taken = min(self.there[part, order], milli)
        self.book(part, order, VAN, taken, "returned", order, serial)
        self.book(part, "discrepancy", VAN, milli - taken, "returned", order, serial)

    def take_out(self, part: str, milli: int, serial: str | None, order: str) -> None:
        self.book(part, "customer", self.chance.choice(["removed", "recycling"]), milli, "removed", order, serial)

    def book(
        self, part: str, source: str, target: str, milli: int, action: str, order: str | None, serial: str | None = None
    ) -> None:
        if not milli:
            return
        self.there[part, source] -= milli
        self.there[part, target] += milli
        tail = self.chance.getrandbits(62)
        identity = uuid.UUID(
            int=self.millisecond << 80 | 0x7 << 76 | self.chance.getrandbits(12) << 64 | 0x2 << 62 | tail
        )
        entry = {"id": str(identity), "part_id": part, "from_location": source, "to_location": target, "milli": milli}
        entry |= {"action": action, "order_id": order and order.removeprefix("order:"), "visit": order and "repair#1"}
        own = {"organisation_id": self.organisation, "at": NOW, "by": WHO}
        self.entries.append(entry | own | {"serial": serial, "lot": None})


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'old.db'}"
    found: str = request.getfixturevalue("postgresql_url")
    return found


@pytest.fixture
def old() -> dict[str, OldStock]:
    """Two organisations that have worked for a while, often several times in the same millisecond."""
    found = {organisation: OldStock(organisation, random.Random(organisation)) for organisation in ORGANISATIONS}
    for stock in found.values():
        stock.live(150)
    return found


@pytest.fixture
def upgraded(url: str, old: dict[str, OldStock]) -> Iterator[Database]:
    migrate(url, "0005")
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as connection:
        for organisation, stock in old.items():
            connection.execute(text(ORGANISATION), {"organisation_id": organisation, "at": NOW})
            for part in ("P1", "P2", "P3"):
                connection.execute(text(PART), {"organisation_id": organisation, "part_id": part})
            connection.execute(text(ENTRY), stock.entries)
            own = {"organisation_id": organisation}
            rows = [
                own | {"part_id": part, "location": place, "milli": milli}
                for (part, place), milli in stock.there.items()
            ]
            connection.execute(text(BALANCE), rows)
    engine.dispose()
    migrate(url)
    database = open_database(url)
    yield database
    database.close()


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_all_that_happened_is_there_and_adds_up(
    upgraded: Database, old: dict[str, OldStock], organisation: str
) -> None:
    """What lay at orders was built in, so it is the customers' now; every other place holds what it held."""
    olga = Actor(WHO, organisation, "Olga", frozenset({OWNER}), "en")
    expected: Counter[tuple[str, str]] = Counter()
    for (part, place), milli in old[organisation].there.items():
        expected[part, "customer" if place in ORDERS else place] += milli
    with session_for(upgraded, olga) as session:
        assert audit(session, olga) == []
        lines = services.stock_lines(session, olga)
        assert {(line.part.id, line.location): line.milli for line in lines} == {
            place: milli for place, milli in expected.items() if milli
        }
        assert {line.value for line in lines} == {0}
        known = {entry["id"] for entry in old[organisation].entries}
        booked = {
            movement.id for order in ("o1", "o2") for _, movement, _ in services.order_entries(session, olga, order)
        }
        assert booked == {entry["id"] for entry in old[organisation].entries if entry["order_id"]} <= known


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_work_goes_on_with_what_was_there(upgraded: Database, organisation: str) -> None:
    olga = Actor(WHO, organisation, "Olga", frozenset({OWNER}), "en")
    with session_for(upgraded, olga) as session:
        with write_transaction(session):
            for part in services.list_parts(session, olga):
                desk.receive(session, olga, Portion(part, 3000), 1000)
            facts = [
                PartFact(number, 1000, action, serial)
                for number in ("P1", "P2", "P3")
                for serial in ("S1", "S2", None)
                for action in ("used", "returned", "removed")
            ]
            services.book_parts(session, olga, WHO, "o1", "repair#2", NOW, facts)
        assert audit(session, olga) == []
