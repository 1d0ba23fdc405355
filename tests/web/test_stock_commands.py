"""`mendloop stock connect` and `mendloop stock verify` as an operator runs them, at night too."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mendloop.cli import main
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory import desk, services
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.one_run import only_run
from mendloop.testing.cast import Cast
from sqlalchemy.orm import Session

Run = Callable[..., Result]


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


@pytest.fixture
def environment(tmp_path: Path, database_url: str) -> dict[str, str]:
    """What an operator sets."""
    return {"MENDLOOP_DATABASE_URL": database_url, "MENDLOOP_DATA": str(tmp_path / "data")}


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    return lambda *words: CliRunner().invoke(main, ["stock", *words], env=environment, catch_exceptions=False)


@pytest.fixture
def exchange(run: Run, folder: Path, cast: Cast) -> Callable[[], Result]:
    words = ("connect", "files", "--organisation", cast.stan.organisation_id, "--set", f"folder={folder}")
    return lambda: run(*words)


def numbers(folder: Path) -> list[int]:
    return [json.loads(line)["number"] for line in (folder / "events.jsonl").read_text().splitlines()]


def say(folder: Path, *lines: tuple[str, str, object], as_of: object = 1) -> None:
    told = [{"part": part, "place": place, "milli": milli} for part, place, milli in lines]
    (folder / "stock.json").write_text(json.dumps({"as_of": as_of, "lines": told}))


def on_hand(session: Session, cast: Cast, place: str = WAREHOUSE) -> int:
    session.rollback()
    return {line.location: line.milli for line in services.stock_lines(session, cast.stan)}.get(place, 0)


def test_an_exchange_tells_and_takes_over_and_once_more_it_has_nothing_to_do(
    session: Session, cast: Cast, folder: Path, seal: Part, exchange: Callable[[], Result]
) -> None:
    say(folder, ("SEAL-1", WAREHOUSE, 12_000))
    (folder / "costs.json").write_text('{"lines": [{"part": "SEAL-1", "milli": 1000, "value": 200}]}')
    first, second, third = exchange(), exchange(), exchange()
    assert (first.exit_code, first.output) == (0, "told 1, adjusted 1, revalued 1\n")
    assert (second.exit_code, second.output) == (0, "told 2, adjusted 0, revalued 0\n")
    assert (third.exit_code, third.output) == (0, "told 0, adjusted 0, revalued 0\n")
    assert numbers(folder) == [1, 2, 3]
    assert on_hand(session, cast) == 12_000


def test_what_is_left_out_is_told_line_by_line_and_ends_with_two(
    session: Session, cast: Cast, folder: Path, seal: Part, exchange: Callable[[], Result]
) -> None:
    with write_transaction(session):
        desk.issue(session, cast.stan, "order-1", [Portion(seal, 1_000)], WAREHOUSE)
    wrong = [("NONE", WAREHOUSE), ("SEAL-1", "wharehouse"), ("SEAL-1", "order:order-1"), ("SEAL-1", "transit:x")]
    say(folder, *((part, place, 5_000) for part, place in wrong), ("SEAL-1", "quarantine", 10**13), as_of=2)
    told = exchange()
    assert told.exit_code == 2
    assert told.output.splitlines()[1:] == [
        "left out: NONE warehouse: no such part",
        "left out: SEAL-1 wharehouse: no place to count",
        "left out: SEAL-1 order:order-1: no place to count",
        "left out: SEAL-1 transit:x: no place to count",
        "left out: SEAL-1 quarantine: 10000000000000 cannot lie there",
    ]
    assert on_hand(session, cast, "order:order-1") == 1_000
    assert on_hand(session, cast, "wharehouse") == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "stock.json",
            '{"as_of": 1, "lines": [{"part": "SEAL-1", "pla',
            "stock.json cannot be read: json.syntax, line 1",
        ),
        ("stock.json", "", "stock.json cannot be read"),
        ("stock.json", "[]", "stock.json: there are no lines"),
        ("stock.json", '{"lines": []}', "stock.json: as_of must be the number of an event"),
        (
            "stock.json",
            '{"as_of": 1, "lines": [{"part": "X", "place": "", "milli": 1}, {"part": "X", "place": "", "milli": 2.5}]}',
            "stock.json, line 2: milli missing, or something else",
        ),
        ("costs.json", '{"lines": [{"part": "SEAL-1"}]}', "costs.json, line 1: milli, value missing"),
        ("costs.json", '{"lines": [7]}', "costs.json, line 1: part, milli, value missing"),
        ("events.jsonl", "hello\n", "events.jsonl: its last line is no event of ours"),
    ],
)
def test_of_a_broken_file_nothing_is_taken_and_the_words_say_where(
    session: Session,
    cast: Cast,
    folder: Path,
    seal: Part,
    exchange: Callable[[], Result],
    name: str,
    content: str,
    words: str,
) -> None:
    (folder / name).write_text(content)
    told = exchange()
    assert told.exit_code == 1
    assert words in told.output
    assert on_hand(session, cast) == 10_000
    (folder / name).unlink()
    assert exchange().exit_code == 0
    assert numbers(folder) == [1]


def test_what_an_operator_mistypes_is_told_in_a_sentence(run: Run, folder: Path, cast: Cast, tmp_path: Path) -> None:
    own = ("--organisation", cast.stan.organisation_id)
    wrong = {
        ("connect", "sap"): "No connector sap; there are: files.",
        ("connect", "files", "--set", f"folder={folder}"): "There are 2 organisations",
        ("connect", "files", "--set", f"folder={folder}", "--organisation", "x"): "There is no organisation x.",
        ("connect", "files", *own): "--set folder=FOLDER",
        ("connect", "files", *own, "--set", "folder"): "write NAME=VALUE",
        ("connect", "files", *own, "--set", f"folder={folder}/none"): "is no folder",
    }
    for words, said in wrong.items():
        told = run(*words)
        assert (told.exit_code, said in told.output) == (1, True), told.output
    nowhere = {"MENDLOOP_DATABASE_URL": f"sqlite:///{tmp_path}/empty.db", "MENDLOOP_DATA": str(tmp_path / "data")}
    told = CliRunner().invoke(main, ["stock", "verify"], env=nowhere, catch_exceptions=False)
    assert told.exit_code == 1
    assert "The database cannot be used" in told.output


def test_a_second_run_at_the_same_moment_does_nothing_and_says_so(
    database: Database, cast: Cast, folder: Path, seal: Part, exchange: Callable[[], Result]
) -> None:
    with only_run(database, f"files-{cast.stan.organisation_id}"):
        told = exchange()
        assert told.exit_code == 3
        assert "Another run with files is at work" in told.output
        assert not (folder / "events.jsonl").exists()
    assert exchange().exit_code == 0


def test_a_run_that_was_killed_holds_nobody_up_and_nothing_is_told_twice(
    session: Session,
    cast: Cast,
    folder: Path,
    seal: Part,
    environment: dict[str, str],
    exchange: Callable[[], Result],
) -> None:
    for _ in range(6):
        with write_transaction(session):
            for _ in range(50):
                desk.move(session, cast.stan, [Portion(seal, 1)], WAREHOUSE, van_of(cast.ada.person_id))
    words = ["stock", "connect", "files", "--organisation", cast.stan.organisation_id, "--set", f"folder={folder}"]
    killed = subprocess.Popen([sys.executable, "-m", "mendloop", *words], env={**os.environ, **environment})
    try:
        deadline = time.monotonic() + 60
        while killed.poll() is None and not (folder / "events.jsonl").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
    finally:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert exchange().exit_code == 0
    assert numbers(folder) == list(range(1, 302))


def test_verifying_says_that_all_is_well_or_what_differs_and_where(
    session: Session, database: Database, cast: Cast, seal: Part, run: Run
) -> None:
    told = run("verify")
    assert (told.exit_code, told.output) == (0, "Every balance is what the entries say.\n")
    if not database.is_sqlite:
        return
    with closing(sqlite3.connect(database.engine.url.database or "")) as raw:
        raw.execute("UPDATE stock_balances SET milli = 9000 WHERE location = 'warehouse'")
        raw.execute("DELETE FROM cost_layers")
        raw.commit()
    told = run("verify")
    assert told.exit_code == 1
    balance, layer = told.output.splitlines()
    assert balance.startswith(f"{cast.stan.organisation_id}: SEAL-1 warehouse: balance is milli 9000, value 1000")
    assert balance.endswith("the entries say milli 10000, value 1000, reserved 0")
    assert "SEAL-1 warehouse 0: cost layer is none, the entries say since 0, opened_milli 10000" in layer


def test_verifying_names_the_part_whose_entries_contradict_each_other(
    session: Session, database: Database, cast: Cast, seal: Part, run: Run
) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL lets nobody take the guards off so lightly")
    with write_transaction(session):
        desk.move(session, cast.stan, [Portion(seal, 1_000)], WAREHOUSE, "quarantine")
    with closing(sqlite3.connect(database.engine.url.database or "")) as raw:
        raw.execute("DROP TRIGGER stock_entries_no_delete")
        raw.execute("DELETE FROM stock_entries WHERE from_location = 'supplier'")
        raw.commit()
    told = run("verify")
    assert told.exit_code == 1
    assert "SEAL-1: its entries contradict each other" in told.output
