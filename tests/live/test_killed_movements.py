"""A process that books movements is killed (`kill -9`) while it does: what it acknowledged is there, and there once."""

import os
import random
import time
from pathlib import Path

import pytest
from mendloop.database import open_database, session_for, write_transaction
from mendloop.inventory import desk, services
from mendloop.inventory.desk import Portion
from mendloop.testing.databases import prepare_database
from mendloop.testing.ledger_audit import audit, rows_of
from mendloop.testing.stock_clerk import Clerk

KILLS = int(os.environ.get("MENDLOOP_LEDGER_KILLS", "10"))
PARTS = 4


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'mendloop.db'}"
    found: str = request.getfixturevalue("postgresql_url")
    return found


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_no_acknowledged_movement_is_lost_or_booked_twice_when_the_process_is_killed(url: str) -> None:
    stan = prepare_database(url).stan
    database, chance, clerk = open_database(url), random.Random(200), Clerk(url, stan)
    with session_for(database, stan) as session:
        with write_transaction(session):
            for number in range(PARTS):
                costing = ("fifo", "average")[number % 2]
                part = services.create_part(session, stan, f"P{number}", {"en": "Part"}, costing=costing)
                desk.receive(session, stan, Portion(part, 100_000), 33_333)
        for number in range(KILLS):
            clerk.begin()
            threads = clerk.keep_busy(PARTS, chance)
            clerk.wait_for_answers()
            time.sleep(chance.uniform(0.0, 0.3))
            clerk.kill()
            for thread in threads:
                thread.join()
            if number % max(1, KILLS // 20) == 0:
                assert audit(session, stan) == []
            session.rollback()
        _check(clerk, _ask_again(clerk), [row["key"] for row in rows_of(session, stan, "stock_movements")])
        assert audit(session, stan) == []
    database.close()
    print(f"\n{KILLS} kills on {url.partition(':')[0]}, {len(clerk.acknowledged)} movements acknowledged, ", end="")
    print("none lost, none twice, nothing unbalanced")
    assert len(clerk.acknowledged) > KILLS


def _ask_again(clerk: Clerk) -> dict[str, bool]:
    """Everything once more, after the last start: what was acknowledged, and what got no answer. Which were known?"""
    clerk.begin()
    known = {key: clerk.tell(0, wanted).again for key, wanted in list(clerk.acknowledged.items())}
    for wanted in list(clerk.unanswered.values()):
        clerk.tell(0, wanted)
    clerk.kill()
    return known


def _check(clerk: Clerk, known: dict[str, bool], booked: list[str]) -> None:
    assert all(known.values())
    assert len(booked) == len(set(booked))
    assert set(clerk.acknowledged) <= set(booked)
    assert not clerk.refused & set(booked)
    assert clerk.unanswered == {}
