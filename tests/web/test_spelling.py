"""FAN-1 and fan-1 are one part, sn-2 and SN-2 one piece of it: at desks, on orders, in files, from the field."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mendloop.accounts.actor import OWNER, Actor
from mendloop.clock import utc_now
from mendloop.database import Database, new_id, open_database, session_for, write_transaction
from mendloop.database.schema import migrate
from mendloop.inventory import count_scans, counts, desk, services
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import CUSTOMER, WAREHOUSE
from mendloop.inventory.models import Part, StockDiscrepancy
from mendloop.inventory.parts import PartDetails, add_part, change_part, part_by_number, put_part
from mendloop.inventory.rebuilding import as_bytes, live, rebuilt
from mendloop.inventory.services import PartFact
from mendloop.problems import Conflict, Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, Workshop, put_up
from mendloop.testing.visitor import Visitor
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def fan(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "FAN-1", {"en": "Fan"}, serial_tracked=True)
        for serial in ("SN-1", "SN-2"):
            desk.receive(session, cast.stan, Portion(part, 1000, serial), 50_00)
    return part


def test_no_two_parts_differ_by_capitals_alone(session: Session, cast: Cast, fan: Part) -> None:
    actor = cast.stan
    with pytest.raises(Conflict, match="number_taken"), write_transaction(session):
        add_part(session, actor, PartDetails("fan-1", {"en": "Another"}))
    with write_transaction(session):
        other = services.create_part(session, actor, "FAN-2", {"en": "Other"})
    with pytest.raises(Refusal, match="number_taken"), write_transaction(session):
        change_part(session, actor, other.id, PartDetails("Fan-1", {"en": "Other"}))
    with pytest.raises(IntegrityError), write_transaction(session):
        _insert(session, actor)
    with write_transaction(session):
        change_part(session, actor, other.id, PartDetails("fan-2", {"en": "Spelled anew"}))
        put_part(session, actor, PartDetails("FAN-2", {"en": "From a file"}))
    found = part_by_number(session, actor, " Fan-2 ")
    assert found is not None
    assert (found.id, found.number, found.name["en"]) == (other.id, "fan-2", "From a file")


def _insert(session: Session, actor: Actor) -> None:
    """As somebody does at the same moment, past every question."""
    session.add(Part(organisation_id=actor.organisation_id, id=new_id(), number="fAN-1", name={"en": "At once"}))
    session.flush()


def _receive(session: Session, cast: Cast, part: Part, *serials: str) -> None:
    for serial in serials:
        desk.receive(session, cast.stan, Portion(part, 1000, serial), 0)


def test_no_serial_number_comes_twice_and_each_keeps_its_spelling(session: Session, cast: Cast, fan: Part) -> None:
    with pytest.raises(Conflict), write_transaction(session):
        desk.receive(session, cast.stan, Portion(fan, 1000, "sn-2"), 0)
    with pytest.raises(Conflict), write_transaction(session):
        _receive(session, cast, fan, "new-1", "NEW-1")
    with write_transaction(session):
        desk.move(session, cast.stan, [Portion(fan, 1000, "sn-2")], WAREHOUSE, "quarantine")
    assert services.serial_place(session, cast.stan, fan.id, "Sn-2") == "quarantine"
    assert services.spelled_serial(session, cast.stan, fan.id, "sn-2") == "SN-2"
    assert [part.number for part in services.parts_with_serial(session, cast.stan, "sn-1")] == ["FAN-1"]
    assert as_bytes(live(session, cast.stan)) == as_bytes(rebuilt(session, cast.stan))


def test_an_order_plans_takes_uses_and_gives_back_what_is_meant(
    session: Session, visit: Visit, cast: Cast, fan: Part, workshop: Workshop
) -> None:
    order, sue = workshop.open_order(cast.ada), visit(cast.sue)

    def act(verb: str, **body: object) -> dict[str, dict[str, object]]:
        answer = sue.send("POST", f"/api/v1/orders/{order}/parts/{verb}", json={"key": new_id(), **body})
        assert answer.status_code == 200, answer.text
        return {line["number"]: line for line in (answer.json or {})["parts"]}

    sheet = act("plan", number="fan-1", quantity=2)
    assert sorted(sheet) == [BEARING, "FAN-1"]
    assert (sheet["FAN-1"]["known"], sheet["FAN-1"]["missing"]) == (True, 0)
    act("issue", lines=[{"number": "fan-1", "serial": "sn-1"}, {"number": "Fan-1", "serial": "sn-2"}])
    act("use", lines=[{"number": "fan-1", "serial": "sn-1"}])
    sheet = act("give-back", lines=[{"number": "fan-1", "serial": "Sn-2"}])
    assert (sheet["FAN-1"]["used"], sheet["FAN-1"]["returned"], sheet["FAN-1"]["serials_used"]) == (1, 1, ["SN-1"])
    refused = sue.send("POST", "/api/v1/parts/stand-ins", json={"part": "FAN-1", "stand_ins": ["fan-1"]})
    assert refused.status_code in (404, 405, 422)


def test_the_field_says_it_in_its_own_letters(session: Session, cast: Cast, fan: Part, workshop: Workshop) -> None:
    order = workshop.open_order(cast.ada)
    facts = [PartFact("fan-1", 1000, "used", serial="sn-1"), PartFact("Unheard-1", 1000, "removed")]
    again = [PartFact("UNHEARD-1", 1000, "removed")]
    for said in (facts, again):
        with write_transaction(session):
            services.book_parts(session, cast.stan, cast.ada.person_id, order, "visit", utc_now(), said)
    assert services.serial_place(session, cast.stan, fan.id, "SN-1") == CUSTOMER
    assert session.execute(select(StockDiscrepancy.id)).all() == []
    numbers = [part.number for part in services.list_parts(session, cast.stan)]
    assert [each for each in numbers if each.casefold() == "unheard-1"] == ["Unheard-1"]


def test_a_number_counts_nothing_each_serial_number_one(session: Session, cast: Cast, visit: Visit, fan: Part) -> None:
    with write_transaction(session):
        count = counts.open_count(session, cast.stan, WAREHOUSE).id
    page = visit(cast.stan).submit(f"/stock/counts/{count}", {"scan": "fan-1"}).text
    assert "counted by its serial numbers" in page
    assert "Lies there" not in page
    for code in ("sn-1", "SN-2", "SN-3"):
        assert visit(cast.stan).submit(f"/stock/counts/{count}", {"scan": code}).status_code == 200
    assert visit(cast.stan).submit(f"/stock/counts/{count}", {"scan": "sn-3"}).status_code == 422
    session.rollback()
    (line,) = counts.lines_of(session, cast.stan, counts.access_count(session, cast.stan, count))
    assert (line.line.counted, line.line.expected, line.line.serials) == (3_000, 2_000, ["SN-1", "SN-2", "SN-3"])
    with write_transaction(session):
        assert isinstance(count_scans.scan(session, cast.stan, count, "FAN-1"), Part)


OLD = "01900000-0000-7000-8000-00000000000a"


def test_parts_that_were_two_by_their_capitals_stay_two(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/old.db"
    migrate(address, "0018")
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO organisations (id, name, language, time_zone, is_demo, created_at) "
                "VALUES (:id, 'Old', 'en', 'UTC', false, '2026-11-01 00:00:00')"
            ),
            {"id": OLD},
        )
        before = (("avg-1", False), ("AVG-1", True), ("Avg-1", True), ("ONE-1", True))
        for place, (number, known) in enumerate(before):
            connection.execute(
                text(
                    "INSERT INTO parts (organisation_id, id, number, name, unit, known) "
                    "VALUES (:own, :id, :number, '{\"en\": \"Part\"}', 'pcs', :known)"
                ),
                {"own": OLD, "id": f"{OLD[:-1]}{place}", "number": number, "known": known},
            )
        for serial in ("S-2", "s-2"):
            connection.execute(
                text(
                    "INSERT INTO stock_serials (organisation_id, part_id, serial, location, sequence) "
                    "SELECT organisation_id, id, :serial, 'warehouse', 1 FROM parts WHERE number = 'ONE-1'"
                ),
                {"serial": serial},
            )
    engine.dispose()
    migrate(address)
    database = open_database(address)
    olga = Actor(new_id(), OLD, "Olga", frozenset({OWNER}), "en")
    with session_for(database, olga) as session:
        asked = ["AVG-1", "Avg-1", "avg-1", "aVG-1", "one-1"]
        found = services.parts_by_number(session, olga, asked)
        assert [found[each].number for each in asked] == ["AVG-1", "Avg-1", "avg-1", "AVG-1", "ONE-1"]
        one = found["one-1"].id
        assert [services.spelled_serial(session, olga, one, each) for each in ("S-2", "s-2")] == ["S-2", "s-2"]
        with pytest.raises(Conflict), write_transaction(session):
            services.create_part(session, olga, "avG-1", {"en": "A fourth"})
        with write_transaction(session):
            change_part(session, olga, found["avg-1"].id, PartDetails("avg-1", {"en": "Renamed only"}))
            change_part(session, olga, found["Avg-1"].id, PartDetails("AVG-2", {"en": "Told apart"}))
        assert part_by_number(session, olga, "avg-2") is not None
    database.close()
