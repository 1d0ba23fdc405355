"""What stands in an order's record, and what of it a customer is given."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from mendloop.assets import services as assets
from mendloop.costing import quotes
from mendloop.costing import services as costing
from mendloop.database import Database, run_write, session_for
from mendloop.testing.cast import Cast
from mendloop.testing.long_repair import UNSAID, camera, publish_long_repair, work_through
from mendloop.testing.paper import pages_of
from mendloop.testing.pump_shop import PUMP, Phone, Workshop, finish_repair, inspect, put_up, shot
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from mendloop.work_orders.record import costs, links
from mendloop.work_orders.record.composing import compose_record
from mendloop.work_orders.record.copies import CUSTOMERS, Copy
from mendloop.work_orders.record.gauges import gauge, is_within
from mendloop.work_orders.record.sections import Record
from sqlalchemy import event

Visit = Callable[..., Visitor]
on_sqlite = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
"""Which database it is says nothing more here."""
RUNOUTS = (0.02, 0.06)


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def repairs(workshop: Workshop, visit: Visit, cast: Cast) -> list[str]:
    """Two repairs of the same pump: measured and passed, then repaired with rework, a pause and a finding."""
    ada, ivy = Phone(visit(cast.ada)), Phone(visit(cast.ivy))
    first, second = (begin(workshop, ada, runout, "Mill") for runout in RUNOUTS)
    inspect(ivy, first, "inspect#1", "accepted")
    ada.do("StartStep", second, visit="repair#1")
    ada.do("PauseStep", second, visit="repair#1", reason="waiting_parts", note="the van broke down")
    ada.do("ResumeStep", second, visit="repair#1")
    ada.do("ReportFinding", second, visit="repair#1", text="Owner never greased it", severity="minor")
    finish_repair(ada, second)
    inspect(ivy, second, "inspect#1", "rejected")
    ada.do("StartStep", second, visit="repair#2")
    ada.do("CompleteStep", second, visit="repair#2", answers=again(ada))
    inspect(ivy, second, "inspect#2", "accepted")
    return [first, second]


def begin(workshop: Workshop, phone: Phone, runout: float, customer: str = "Hall") -> str:
    """An order of the pump P-7, which is kept as an asset, as far as the measuring."""
    order = workshop.open_order(workshop.cast.ada, customer=customer)
    keep_asset(workshop, order, "P-7")
    photo = phone.upload(camera(1, (320, 240)))
    phone.do("StartStep", order, visit="isolate#1")
    phone.do("CompleteStep", order, visit="isolate#1", answers={"before": shot(photo)})
    phone.do("StartStep", order, visit="measure#1")
    phone.do("CompleteStep", order, visit="measure#1", answers={"runout": {"value": runout}})
    return order


def keep_asset(workshop: Workshop, order: str, serial: str) -> None:
    sue = workshop.cast.sue
    with session_for(workshop.database, sue) as session:
        run_write(session, lambda: assets.link_named_order(session, sue, order, PUMP, (serial, ""), create=True))


def again(phone: Phone) -> dict[str, object]:
    """The second attempt: one bearing out, one in, each with its number."""
    used = [
        {"part": "BRG-6205", "quantity": 1, "action": action, "serial": serial}
        for action, serial in (("used", "NEW-2"), ("removed", "OLD-1"))
    ]
    after = phone.upload(camera(1, (320, 240)))
    return {"used": used, "after": shot(after), "checks": {"greased": {"result": "ok"}}}


def record_of(database: Database, cast: Cast, order: str, copy: Copy | None = None) -> Record:
    with session_for(database, cast.sue) as session:
        found = orders.access_work_order(session, cast.sue, order)
        return compose_record(session, cast.sue, found, "en", copy)


def link_to(visit: Visit, cast: Cast, order: str) -> str:
    """The customer's address as the page shows it, without the host."""
    page = visit(cast.sue).get(f"/orders/{order}/customer").text
    found = re.search(r'value="http://[^/"]+(/record/[^"]+)"', page)
    assert found is not None, page
    return found[1]


def test_the_record_tells_the_assets_past_its_parts_and_how_its_reading_went(
    database: Database, cast: Cast, repairs: list[str]
) -> None:
    first, second = (record_of(database, cast, order) for order in repairs)
    assert first.asset is not None
    assert second.asset is not None
    assert first.asset.earlier == ()
    assert [each.number for each in second.asset.earlier] == [first.number]
    assert second.asset.earlier[0].outcome == "Repaired"
    reading = second.steps[1].visits[0].lines[0]
    assert reading.trend is not None
    assert [(dot.text, dot.inside, dot.order) for dot in reading.trend.dots] == [
        ("0.02 mm", True, first.number),
        ("0.06 mm", False, ""),
    ]
    parts = {group.kind: [line.serial for line in group.lines] for group in second.parts}
    assert parts == {"fitted": ["", "NEW-2"], "removed": ["OLD-1"]}
    assert reading.trend.dots[1].y < reading.trend.band_top < reading.trend.dots[0].y < reading.trend.band_bottom


@on_sqlite
def test_costs_stand_only_in_the_record_of_who_may_see_them(
    database: Database, visit: Visit, cast: Cast, repairs: list[str]
) -> None:
    with session_for(database, cast.sue) as session:
        costing.revise(session, cast.sue, repairs[1])
    page = visit(cast.sue).get(f"/orders/{repairs[1]}").text
    assert 'id="cost"' in page
    assert "Total cost" in page
    for person in (cast.vera, cast.stan):
        assert 'id="cost"' not in visit(person).get(f"/orders/{repairs[1]}").text
        assert visit(person).get(f"/orders/{repairs[1]}/customer").status_code == 403


@on_sqlite
def test_a_long_past_costs_no_more_statements_and_a_customer_sees_their_own_part_of_it(
    database: Database, workshop: Workshop, visit: Visit, cast: Cast, repairs: list[str]
) -> None:
    before = statements_for(database, cast, repairs[1])
    ada = Phone(visit(cast.ada))
    newest = [begin(workshop, ada, 0.03) for _ in range(3)][-1]
    assert statements_for(database, cast, newest) <= before
    seen = [record_of(database, cast, newest, copy).asset for copy in (None, CUSTOMERS)]
    assert [len(asset.earlier) for asset in seen if asset] == [4, 2], "the mill's repairs are not the hall's to see"


def statements_for(database: Database, cast: Cast, order: str) -> int:
    record_of(database, cast, order)  # plans are read
    with session_for(database, cast.sue) as session, counted(session.get_bind()) as count:
        found = orders.access_work_order(session, cast.sue, order)
        compose_record(session, cast.sue, found, "en", Copy(has_costs=True))
    return int(count.statements)


@contextmanager
def counted(engine: object) -> Iterator[SimpleNamespace]:
    count = SimpleNamespace(statements=0)

    def note(*_: object) -> None:
        count.statements += 1

    event.listen(engine, "before_cursor_execute", note)
    yield count
    event.remove(engine, "before_cursor_execute", note)


@on_sqlite
def test_a_customer_reads_their_copy_by_a_link_and_nothing_that_is_ours(
    visit: Visit, cast: Cast, repairs: list[str]
) -> None:
    ours = visit(cast.sue).get(f"/orders/{repairs[1]}").text
    page = visit().get(link_to(visit, cast, repairs[1])).text
    for unsaid in (
        "Owner never greased it",
        "the van broke down",
        "Sent back",
        "(pass 2)",
        "standard",
        "Priority",
        "Assigned",
    ):
        assert unsaid in ours
        assert unsaid not in page
    for said in ("NEW-2", "OLD-1", "0.06 mm", "Replace bearing", "all 2", 'class="trend"'):
        assert said in page
    assert page.count('class="attempt"') == 4
    printed = "".join(each.words for each in pages_of(visit(cast.sue).get(f"/orders/{repairs[1]}/record.pdf").data))
    for said in ("Earlier repairs", "Earlier visits: 0.02 mm → 0.06 mm", "pass 1", "pass 2", "Sent back", "Findings"):
        assert said in re.sub(r"\s+", " ", printed)
    photo = re.search(r'src="(/record-photo/[^"]+)"', page)
    assert photo is not None
    answer = visit().get(photo[1].replace("&amp;", "&"))
    assert (answer.status_code, answer.content_type) == (200, "image/jpeg")
    answer.close()
    address = link_to(visit, cast, repairs[1]).partition("?")[0]
    assert "更换轴承" in visit().get(f"{address}?language=zh-CN").text
    assert "Replace bearing" in visit().get(f"{address}?language=en").text
    assert "更换轴承" in visit(cast.sue).get(f"/orders/{repairs[1]}/customer?language=zh-CN").text


@on_sqlite
def test_internal_fields_and_columns_stay_ours(
    workshop: Workshop, database: Database, visit: Visit, cast: Cast
) -> None:
    shop = publish_long_repair(workshop, steps=2, shots=1)
    order = shop.open_order(cast.ada, asset="P-9")
    work_through(Phone(visit(cast.ada)), order, 2, lambda _: camera(1, (320, 240)), shots=1)
    whole, given = (str(record_of(database, cast, order, copy)) for copy in (None, CUSTOMERS))
    for ours in (UNSAID, "supplier at fault", "For ourselves", "Whose fault"):
        assert ours in whole
        assert ours not in given
    assert "王建国" in given
    assert "Point 1H; Vibration 1.3" in given


@on_sqlite
def test_a_link_that_is_old_or_not_ours_or_to_work_under_way_opens_nothing(
    database: Database, workshop: Workshop, visit: Visit, cast: Cast, repairs: list[str]
) -> None:
    secret, today = "a secret of the tests, long enough for anybody", dt.datetime.now(dt.UTC).date()
    under_way = workshop.open_order(cast.ada)
    assert 'value="http' not in visit(cast.sue).get(f"/orders/{under_way}/customer").text
    with session_for(database, cast.sue) as session:
        over, running = (orders.access_work_order(session, cast.sue, each) for each in (repairs[1], under_way))
        good = links.link_of(secret, over, today)
        old = links.link_of(secret, over, today - dt.timedelta(days=1))
        early = links.link_of(secret, running, today)
        forged = links.link_of("another secret", over, today)
    answers = [visit().get(f"/record/{token}").status_code for token in (good, old, early, forged)]
    assert answers == [200, 404, 404, 404]


@on_sqlite
def test_the_only_price_on_a_customers_copy_is_the_quote_they_accepted(
    database: Database, cast: Cast, repairs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = {"totals": {"net": 50000, "tax": 6500, "total": 56500}, "exponent": 2, "currency": "CNY"}
    decided = SimpleNamespace(decided_at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC), name="Li")
    given = SimpleNamespace(state="open", document=document, decision=decided, row=SimpleNamespace(number=3))
    monkeypatch.setattr(quotes, "quotes_of", lambda *_: [given])
    assert record_of(database, cast, repairs[1], CUSTOMERS).cost is None
    given.state = "approved"
    found = record_of(database, cast, repairs[1], CUSTOMERS).cost
    assert found is not None
    assert [row.text for row in (*found.rows, found.last)] == ["500.00 CNY", "65.00 CNY", "565.00 CNY"]
    assert costs.KINDS[0] not in str(found)


def test_a_tolerance_may_be_open_at_one_end() -> None:
    drawn = gauge({"tolerance": [None, 0.05]}, 0.02, inside=True)
    assert drawn is not None
    assert (drawn.band_from, drawn.low, drawn.high) == (0, "", "0.05")
    assert is_within({"tolerance": [None, 0.05]}, -4)
    assert not is_within({"tolerance": [1, None]}, 0.5)
    assert gauge({"tolerance": [None, None]}, 1, inside=True) is None
