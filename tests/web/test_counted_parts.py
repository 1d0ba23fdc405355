"""What is counted comes in whole pieces, and what has serial numbers by them: at desks, in files, on orders."""

from collections.abc import Callable, Iterator

import pytest
from mendloop.clock import utc_now
from mendloop.database import Database, new_id, session_for, write_transaction
from mendloop.inventory import connecting, counts, desk, services
from mendloop.inventory.connecting import STOCK, Report, Snapshot, StockTold
from mendloop.inventory.counted import is_counted
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import WAREHOUSE, order_location, removed_by
from mendloop.inventory.models import Part, StockDiscrepancy
from mendloop.inventory.services import PartFact
from mendloop.problems import Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, Workshop, put_up
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from sqlalchemy import select
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]
WHOLE, SCAN = "comes in whole pieces", "Scan the serial number of each"


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def battery(session: Session, cast: Cast) -> Part:
    """Two of it lie in the warehouse."""
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "BAT-A5", {"en": "Battery"}, serial_tracked=True)
        for serial in ("B-1", "B-2"):
            desk.receive(session, cast.stan, Portion(part, 1000, serial), 50_00)
    return part


@pytest.fixture
def cable(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "CABLE-1", {"en": "Cable"}, "m")
        desk.receive(session, cast.stan, Portion(part, 10_000), 10_00)
    return part


def slip(part: Part, quantity: str, **more: str) -> dict[str, str]:
    line = {"part": part.id, "quantity": quantity, "unit": "", "cost": "0", "lot": "", "serials": ""}
    return {"key": new_id(), "source": WAREHOUSE, "target": WAREHOUSE, "book": "y", **line, **more}


def there(session: Session, cast: Cast, part: Part) -> dict[str, int]:
    session.rollback()
    return {line.location: line.milli for line in services.stock_of_part(session, cast.stan, part.id)}


@pytest.mark.parametrize("unit", ["pcs", "Set", "box", "件", "套", "箱"])
def test_pieces_sets_and_boxes_are_counted(unit: str) -> None:
    assert is_counted(Part(number="X", name={}, unit=unit, serial_tracked=False))


@pytest.mark.parametrize("unit", ["L", "kg", "m", "bottle", "卷", "米"])
def test_what_is_measured_or_used_up_in_parts_is_not(unit: str) -> None:
    assert not is_counted(Part(number="X", name={}, unit=unit, serial_tracked=False))
    assert is_counted(Part(number="X", name={}, unit=unit, serial_tracked=True))


def test_the_desk_the_api_and_files_take_whole_pieces_only(
    session: Session, visit: Visit, cast: Cast, battery: Part, cable: Part, workshop: Workshop
) -> None:
    stan, bearing = visit(cast.stan), services.parts_by_number(session, cast.stan, [BEARING])[BEARING]
    before = there(session, cast, bearing)
    for act, part in (("receive", bearing), ("scrap", bearing), ("receive", battery)):
        answer = stan.submit(f"/stock/desk/{act}", slip(part, "1.5", reason="broken"))
        assert (answer.status_code, WHOLE in answer.text) == (422, True)
    sent = {
        "key": new_id(),
        "act": "receive",
        "target": WAREHOUSE,
        "lines": [{"part": BEARING, "milli": 1500, "value": 0}],
    }
    told = stan.send("POST", "/api/v1/stock/movements", json=sent)
    assert (told.status_code, (told.json or {})["problems"][0]["code"]) == (422, "stock.quantity_not_whole")
    assert WHOLE in stan.submit("/stock/import/stock", {"cells": f"number\tqty\n{BEARING}\t0.5"}).text
    limit = {"number": BEARING, "minimum": "0.5", "maximum": "2"}
    assert WHOLE in stan.submit(f"/stock/vans/{cast.ada.person_id}", limit).text
    assert there(session, cast, bearing) == before
    assert stan.submit("/stock/desk/scrap", slip(cable, "1.5", reason="broken")).status_code == 302
    assert there(session, cast, cable)[WAREHOUSE] == 8_500


def test_half_a_numbered_part_is_not_issued_and_a_whole_one_by_its_number(
    session: Session, visit: Visit, cast: Cast, battery: Part, workshop: Workshop
) -> None:
    order, stan, sue = workshop.open_order(cast.ada), visit(cast.stan), visit(cast.sue)
    number = orders.access_work_order(session, cast.stan, order).number
    for quantity, words in (("0.5", WHOLE), ("1", SCAN)):
        answer = stan.submit("/stock/desk/issue", slip(battery, quantity, order=number))
        assert (answer.status_code, words in answer.text) == (422, True), quantity
        form = {"key": new_id(), "number": "BAT-A5", "quantity": quantity, "extra": "y"}
        answer = sue.submit(f"/orders/{order}/parts/issue", form)
        assert (answer.status_code, words in answer.text) == (422, True), quantity
    plan = {"key": new_id(), "number": "BAT-A5", "quantity": "0.5"}
    assert WHOLE in sue.submit(f"/orders/{order}/parts/plan", plan).text
    assert there(session, cast, battery)[WAREHOUSE] == 2_000
    named = {"key": new_id(), "number": "bat-a5", "serial": "b-2", "extra": "y"}
    assert sue.submit(f"/orders/{order}/parts/issue", named).status_code == 302
    session.rollback()
    assert services.serial_place(session, cast.stan, battery.id, "b-2") == order_location(order)


def test_counts_and_other_systems_know_no_halves(
    session: Session, cast: Cast, battery: Part, workshop: Workshop
) -> None:
    bearing = services.parts_by_number(session, cast.stan, [BEARING])[BEARING]
    with write_transaction(session):
        count = counts.open_count(session, cast.stan, WAREHOUSE).id
    for part, milli, code in ((bearing, 1_500, "stock.quantity_not_whole"), (battery, 1_000, "stock.count_serials")):
        with pytest.raises(Refusal) as refused, write_transaction(session):
            counts.set_counted(session, cast.stan, count, part.id, milli)
        assert refused.value.problems[0].code == code

    class Erp:
        name = "erp"
        masters = frozenset({STOCK})

        def stock(self) -> Snapshot:
            return Snapshot(0, (StockTold(BEARING.lower(), WAREHOUSE, 2_500),))

        def costs(self) -> tuple[()]:
            return ()

        def tell(self, events: object) -> None:
            """Nothing."""

    report = connecting.exchange(session, cast.stan, Erp(), Report())
    assert (report.adjusted, len(report.left_out)) == (0, 1)


def test_what_the_field_says_is_kept_and_somebody_looks(
    session: Session, cast: Cast, battery: Part, workshop: Workshop
) -> None:
    """Half a bearing was used, says a phone that was offline for a day; and a battery whose number nobody scanned."""
    order = workshop.open_order(cast.ada)
    with write_transaction(session):
        desk.receive(session, cast.stan, Portion(battery, 1_000), 0)  # as older releases took it in, by no number
    facts = [PartFact(BEARING, 500, "used"), PartFact("bat-a5", 1_000, "used"), PartFact("BAT-A5", 1_000, "removed")]
    with write_transaction(session):
        services.book_parts(session, cast.stan, cast.ada.person_id, order, "visit", utc_now(), facts)
    used = {each.part.number: each.used for each in services.order_parts(session, cast.stan, order)}
    assert used == {BEARING: 500, "BAT-A5": 1_000}
    assert there(session, cast, battery)[removed_by(cast.ada.person_id)] == 1_000
    found = session.execute(select(StockDiscrepancy.action, StockDiscrepancy.milli)).all()
    assert sorted(map(tuple, found)) == [("used", 500), ("used", 1_000)]
