"""Another system that is master of stock or of costs, by the connector of files."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory import desk, services
from mendloop.inventory.connecting import CONNECTORS, Connectors, Report, exchange
from mendloop.inventory.desk import Portion
from mendloop.inventory.file_connector import FileConnector
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.rebuilding import as_bytes, live, rebuilt
from mendloop.testing.cast import Cast
from sqlalchemy.orm import Session


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "erp"
    made.mkdir()
    return made


@pytest.fixture
def seal(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "SEAL-1", {"en": "Seal"})
        desk.receive(session, cast.stan, Portion(part, 10_000), 10_00)
    return part


def run(session: Session, cast: Cast, folder: Path) -> Report:
    report = exchange(session, cast.stan, CONNECTORS.open("files", {"folder": str(folder)}))
    assert as_bytes(live(session, cast.stan)) == as_bytes(rebuilt(session, cast.stan))
    return report


def events(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]


def say(folder: Path, as_of: int, **places: int) -> None:
    lines = [{"part": "SEAL-1", "place": place, "milli": milli} for place, milli in places.items()]
    (folder / "stock.json").write_text(json.dumps({"as_of": as_of, "lines": lines}))


def balance(session: Session, cast: Cast, place: str = WAREHOUSE) -> tuple[int, int]:
    session.rollback()
    lines = {line.location: (line.milli, line.value) for line in services.stock_lines(session, cast.stan)}
    return lines.get(place, (0, 0))


def test_every_movement_is_told_once(session: Session, cast: Cast, folder: Path, seal: Part) -> None:
    assert run(session, cast, folder).told == 1
    assert run(session, cast, folder).told == 0
    with write_transaction(session):
        desk.move(session, cast.stan, [Portion(seal, 1_000)], WAREHOUSE, van_of(cast.ada.person_id))
    assert run(session, cast, folder).told == 1
    assert [(each["number"], each["movement"]["action"]) for each in events(folder)] == [(1, "received"), (2, "moved")]


def test_what_was_cut_off_while_it_was_told_is_told_again_and_nothing_twice(
    session: Session, cast: Cast, folder: Path, seal: Part
) -> None:
    class Failing(FileConnector):
        def tell(self, events: Any) -> None:
            super().tell(events)
            with (folder / "events.jsonl").open("ab") as out:
                out.write(b'{"number": 2, "mov')
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - it has no words
        exchange(session, cast.stan, Failing(folder))
    session.rollback()
    assert run(session, cast, folder).told == 1
    assert [each["number"] for each in events(folder)] == [1]


def test_the_master_of_stock_is_right_about_what_it_has_seen(
    session: Session, cast: Cast, folder: Path, seal: Part
) -> None:
    run(session, cast, folder)
    say(folder, 1, warehouse=12_000)
    with write_transaction(session):
        desk.move(session, cast.stan, [Portion(seal, 4_000)], WAREHOUSE, van_of(cast.ada.person_id))
    assert run(session, cast, folder).adjusted == 1
    assert balance(session, cast)[0] == 8_000
    for _ in range(2):
        assert run(session, cast, folder).adjusted == 0
        assert balance(session, cast)[0] == 8_000
    say(folder, 2, warehouse=8_000)
    assert run(session, cast, folder).adjusted == 0
    say(folder, 3, warehouse=7_000)
    assert run(session, cast, folder).adjusted == 1
    assert balance(session, cast)[0] == 7_000


def test_what_the_master_cannot_be_right_about_is_left_to_people(
    session: Session, cast: Cast, folder: Path, seal: Part
) -> None:
    with write_transaction(session):
        board = services.create_part(session, cast.stan, "MB-1", {"en": "Board"}, serial_tracked=True)
        desk.receive(session, cast.stan, Portion(board, 1_000, "A"), 1_00)
    told = [("MB-1", "warehouse", 2_000), ("NONE", "warehouse", 1), ("SEAL-1", "customer", 1), ("SEAL-1", "van:x", -1)]
    lines = [{"part": part, "place": place, "milli": milli} for part, place, milli in told]
    (folder / "stock.json").write_text(json.dumps({"as_of": 99, "lines": lines}))
    report = run(session, cast, folder)
    assert (report.adjusted, len(report.left_out)) == (0, 4)


def test_the_master_of_costs_gives_what_lies_on_shelves_its_worth(
    session: Session, cast: Cast, folder: Path, seal: Part
) -> None:
    van = van_of(cast.ada.person_id)
    with write_transaction(session):
        desk.move(session, cast.stan, [Portion(seal, 3_000)], WAREHOUSE, van)
        desk.issue(session, cast.stan, "order-1", [Portion(seal, 2_000)], WAREHOUSE)
        services.reserve_part(session, cast.stan, "order-2", seal.id, 1_000, [WAREHOUSE])
    lines = [{"part": "SEAL-1", "milli": 3_000, "value": 10_00}]
    (folder / "costs.json").write_text(json.dumps({"lines": lines}))
    assert run(session, cast, folder).revalued == 1
    assert balance(session, cast) == (5_000, 16_67)
    assert balance(session, cast, van) == (3_000, 10_00)
    assert balance(session, cast, "order:order-1") == (2_000, 2_00)
    assert run(session, cast, folder).revalued == 0


def test_a_kind_of_connector_has_one_name() -> None:
    kinds = Connectors()
    kinds.register("x", lambda settings: FileConnector(Path(settings["folder"])))
    with pytest.raises(ValueError, match="registered already"):
        kinds.register("x", lambda settings: FileConnector(Path(settings["folder"])))
    assert kinds.names() == ["x"]
