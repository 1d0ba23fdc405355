"""Stock over the API: pages, slips with keys, and a feed that misses nothing."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory import desk, feed, services
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def seal(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        return services.create_part(session, cast.stan, "SEAL-1", {"en": "Seal"})


def book(visitor: Visitor, key: str, act: str = "receive", milli: int = 1_000, **more: Any) -> Any:
    line = {"part": "SEAL-1", "milli": milli} | ({"value": 2_50} if act == "receive" else {})
    body = {"key": key, "act": act, "target": WAREHOUSE, "lines": [line], **more}
    return visitor.send("POST", "/api/v1/stock/movements", json=body)


def test_a_slip_with_the_same_key_is_one_movement(visit: Visit, cast: Cast, seal: Part) -> None:
    stan = visit(cast.stan)
    first, second = book(stan, "key-00001"), book(stan, "key-00001")
    assert (first.status_code, first.json["again"], second.json["again"]) == (200, False, True)
    assert first.json["movement"] == second.json["movement"]
    assert book(stan, "key-00001", milli=2_000).status_code == 409
    balances = stan.get("/api/v1/stock/balances?place=warehouse").json
    assert balances is not None
    assert balances["balances"] == [
        {"part": "SEAL-1", "place": "warehouse", "milli": 1_000, "reserved": 0, "value": 2_50}
    ]


def test_what_is_wrong_is_answered_with_codes(visit: Visit, cast: Cast, seal: Part) -> None:
    stan = visit(cast.stan)
    missing = book(stan, "key-00002", "move", 5_000, source=WAREHOUSE, target=van_of(cast.ada.person_id))
    assert (missing.status_code, missing.json["problems"][0]["code"]) == (409, "stock.not_there")
    unknown = book(stan, "key-00003", lines=[{"part": "NONE", "milli": 1}])
    assert (unknown.status_code, unknown.json["problems"][0]["at"]) == (422, "/lines/0/part")
    assert book(stan, "key-00004", milli=0).status_code == 422
    assert book(visit(cast.ada), "key-00005").status_code == 403
    assert book(visit(cast.cy), "key-00006").status_code == 422


def test_a_receipt_says_what_it_cost_or_that_nobody_knows(visit: Visit, cast: Cast, seal: Part) -> None:
    stan = visit(cast.stan)
    silent = book(stan, "key-00007", lines=[{"part": "SEAL-1", "milli": 1_000}])
    assert (silent.status_code, silent.json["problems"][0]["at"]) == (422, "/lines/0/cost")
    told = [{"part": "SEAL-1", "milli": 1_000, "value": 0}, {"part": "SEAL-1", "milli": 1_000, "unknown": True}]
    assert book(stan, "key-00008", lines=told).status_code == 200


def test_a_part_is_put_by_its_number(visit: Visit, cast: Cast) -> None:
    stan = visit(cast.stan)
    body = {"number": "P/1", "name": {"en": "Pin"}, "packs": {"box": 10}, "fits": ["pump/*"]}
    for name in ("Pin", "Dowel"):
        answer = stan.send("PUT", "/api/v1/stock/parts", json={**body, "name": {"en": name}})
        assert answer.status_code == 200, answer.text
    (part,) = stan.get("/api/v1/stock/parts").json["parts"]  # type: ignore[index]
    assert (part["number"], part["name"], part["packs"]) == ("P/1", {"en": "Dowel"}, {"box": 10})
    assert stan.send("PUT", "/api/v1/stock/parts", json={**body, "fits": ["Not a key"]}).status_code == 422
    assert visit(cast.ada).get("/api/v1/stock/parts").status_code == 403


def test_balances_go_on_where_a_page_ends(session: Session, visit: Visit, cast: Cast, seal: Part) -> None:
    with write_transaction(session):
        for place in ("warehouse", "warehouse:a", "warehouse:b"):
            desk.receive(session, cast.stan, Portion(seal, 1_000), 0, place)
    places: list[str] = []
    after: Any = ""
    while after is not None:
        page: Any = visit(cast.vera).get("/api/v1/stock/balances", query_string={"limit": 2, "after": after}).json
        places += [each["place"] for each in page["balances"]]
        after = page["next"]
    assert places == ["supplier", "warehouse", "warehouse:a", "warehouse:b"]
    assert visit(cast.vera).get("/api/v1/stock/balances?after=x").status_code == 400


def test_events_come_once_in_an_order_that_stays(visit: Visit, cast: Cast, seal: Part) -> None:
    stan = visit(cast.stan)
    for number in range(5):
        book(stan, f"key-1000{number}")
    whole: Any = stan.get("/api/v1/stock/events").json
    assert [each["number"] for each in whole["events"]] == [1, 2, 3, 4, 5]
    entry = whole["events"][0]["movement"]["entries"][0]
    assert (entry["part"], entry["source"], entry["target"], entry["value"]) == ("SEAL-1", "supplier", WAREHOUSE, 2_50)
    seen, after = [], 0
    while page := stan.get(f"/api/v1/stock/events?after={after}&limit=2").json["events"]:  # type: ignore[index]
        seen += page
        after = page[-1]["number"]
    assert seen == whole["events"]
    book(stan, "key-20000")
    assert stan.get("/api/v1/stock/events?after=5").json["after"] == 6  # type: ignore[index]
    assert visit(cast.cy).get("/api/v1/stock/events").json == {"events": [], "after": 0}


def test_a_movement_that_is_committed_late_is_told_all_the_same(
    database: Database, session: Session, cast: Cast, seal: Part
) -> None:
    """Its id is older than that of one that was told already."""
    if database.is_sqlite:
        pytest.skip("SQLite has one writer at a time: ids are committed in the order they were made")
    with write_transaction(session):
        pin = services.create_part(session, cast.stan, "PIN-1", {"en": "Pin"})
        desk.receive(session, cast.stan, Portion(pin, 1_000), 0)
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with session_for(database, cast.stan) as late, write_transaction(late):
            desk.receive(late, cast.stan, Portion(pin, 1_000), 0, "warehouse:late")
            begun.set()
            go_on.wait(10)

    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(10)
    with write_transaction(session):
        desk.receive(session, cast.stan, Portion(seal, 1_000), 0, "warehouse:early")
    assert len(feed.events_after(session, cast.stan, 0)) == 2
    told = feed.events_after(session, cast.stan, 1)
    go_on.set()
    thread.join()
    session.rollback()
    told += feed.events_after(session, cast.stan, told[-1].number)
    targets = [entry.to_location for event in told for entry, _ in event.entries]
    assert targets == ["warehouse:early", "warehouse:late"]
    assert told[0].movement.id > told[1].movement.id
