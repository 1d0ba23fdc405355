"""Many hands at one stock: processes with threads, each with a connection of its own, that all begin at once."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import Database, new_id, open_database, run_write, session_for, write_transaction
from mendloop.database.transactions import DatabaseBusy
from mendloop.inventory import desk, services
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.services import PartFact
from mendloop.problems import Conflict, Problem

PROCESSES = 2
GET_READY = 0.5
Write = Callable[[Session, Callable[[], object]], object]


@dataclass
class Outcome:
    """How often something was granted and how often refused; what failed for another reason is an error."""

    granted: int = 0
    refused: int = 0
    failures: list[str] = field(default_factory=list)

    def __add__(self, other: "Outcome") -> "Outcome":
        failures = self.failures + other.failures
        return Outcome(self.granted + other.granted, self.refused + other.refused, failures)


@dataclass(frozen=True)
class Rush:
    """`attempts` people each want one of a part, each for an order of his own: to hold it, or to have it issued."""

    url: str
    actor: Actor
    part_id: str
    attempts: int
    what: str
    begin_at: float = 0.0


def hands() -> ProcessPoolExecutor:
    """Processes that were never this one, and are ready: nothing is shared but the database."""
    pool = ProcessPoolExecutor(PROCESSES, mp_context=get_context("forkserver"))
    list(pool.map(_settle_in, range(PROCESSES)))
    return pool


def _settle_in(_: int) -> None:
    time.sleep(GET_READY)


def rush(pool: ProcessPoolExecutor, url: str, actor: Actor, part_id: str, attempts: int, what: str) -> Outcome:
    """All at once, from several processes."""
    begin_at = time.time() + GET_READY
    each = Rush(url, actor, part_id, attempts // PROCESSES, what, begin_at)
    return sum(pool.map(rush_here, [each] * PROCESSES), Outcome())


def rush_here(wanted: Rush) -> Outcome:
    """This process's share of them."""
    tries = {"reserve": _reserve, "issue": _issue}

    def attempt(database: Database, outcome: Outcome) -> None:
        with session_for(database, wanted.actor) as session:
            part = session.get_one(Part, (wanted.actor.organisation_id, wanted.part_id))
            time.sleep(max(0.0, wanted.begin_at - time.time()))
            _try(outcome, session, lambda: tries[wanted.what](session, wanted.actor, part), run_write)

    return _in_threads(wanted.url, [attempt] * wanted.attempts)


def _reserve(session: Session, actor: Actor, part: Part) -> None:
    if not services.reserve_part(session, actor, new_id(), part.id, 1000, [WAREHOUSE]):
        raise Conflict(Problem("stock.not_there"))


def _issue(session: Session, actor: Actor, part: Part) -> None:
    desk.issue(session, actor, new_id(), [Portion(part, 1000)], WAREHOUSE)


@dataclass(frozen=True)
class Bustle:
    """People who do anything with many parts at once, in any order, until the time is up."""

    url: str
    actor: Actor
    part_ids: tuple[str, ...]
    people: int
    seconds: float
    seed: int


def bustle(pool: ProcessPoolExecutor, url: str, actor: Actor, part_ids: Sequence[str], seconds: float) -> Outcome:
    """From several processes. Nothing is tried again: what the database refuses is a failure."""
    each = [Bustle(url, actor, tuple(part_ids), 6, seconds, seed) for seed in range(PROCESSES)]
    return sum(pool.map(bustle_here, each), Outcome())


def bustle_here(wanted: Bustle) -> Outcome:
    """This process's people."""
    until = time.time() + wanted.seconds

    def person(number: int) -> Callable[[Database, Outcome], None]:
        def work(database: Database, outcome: Outcome) -> None:
            chance = random.Random(f"{wanted.seed} {number}")  # noqa: S311 - no secret
            with session_for(database, wanted.actor) as session:
                found = {part.id: part for part in services.list_parts(session, wanted.actor)}
                mine = Somebody(session, wanted.actor, [found[part_id] for part_id in wanted.part_ids], chance)
                while time.time() < until:
                    _try(outcome, session, mine.something(), _once)

        return work

    return _in_threads(wanted.url, [person(number) for number in range(wanted.people)])


def _once(session: Session, work: Callable[[], object]) -> object:
    with write_transaction(session):
        return work()


@dataclass(frozen=True)
class Somebody:
    """Does one thing after the other, each with several parts in any order."""

    session: Session
    actor: Actor
    parts: list[Part]
    chance: random.Random

    def something(self) -> Callable[[], object]:
        """The next thing to do."""
        order = f"order-{self.chance.randint(1, 6)}"
        own = van_of(f"person-{self.chance.randint(1, 3)}")
        some = self.chance.sample(self.parts, self.chance.randint(1, len(self.parts)))
        portions = [Portion(part, self.chance.choice([500, 1000, 2000])) for part in some]
        source, target = self.chance.sample([WAREHOUSE, own, "warehouse:north"], 2)
        session, actor = self.session, self.actor
        return self.chance.choice(
            [
                lambda: [desk.receive(session, actor, portion, 999, source) for portion in sorted(portions, key=_id)],
                lambda: desk.move(session, actor, portions, source, target),
                lambda: desk.issue(session, actor, order, portions, source),
                lambda: desk.use(session, actor, order, portions),
                lambda: desk.give_back(session, actor, order, portions, target),
                lambda: desk.write_off(session, actor, order, portions, Slip(reason="broken")),
                lambda: self._reserve(order, portions, source),
                lambda: services.release_order(session, actor, order),
                lambda: self._tell(order, own.partition(":")[2], portions),
            ]
        )

    def _reserve(self, order: str, portions: list[Portion], place: str) -> None:
        services.lock_parts(self.session, self.actor, [portion.part.id for portion in portions])
        for portion in portions:
            services.reserve_part(self.session, self.actor, order, portion.part.id, portion.milli, [place, WAREHOUSE])

    def _tell(self, order: str, by: str, portions: list[Portion]) -> None:
        actions = ("used", "used", "returned", "removed")
        facts = [PartFact(portion.part.number, portion.milli, self.chance.choice(actions)) for portion in portions]
        services.book_parts(self.session, self.actor, by, order, "repair#1", utc_now(), facts)


def _id(portion: Portion) -> str:
    return portion.part.id


def _try(outcome: Outcome, session: Session, work: Callable[[], object], write: Write) -> None:
    try:
        write(session, work)
        outcome.granted += 1
    except Conflict:
        outcome.refused += 1
    except (SQLAlchemyError, DatabaseBusy) as error:
        outcome.failures.append(f"{type(error).__name__}: {str(error)[:900]}")


def _in_threads(url: str, works: Sequence[Callable[[Database, Outcome], None]]) -> Outcome:
    database = open_database(url)
    outcomes = [Outcome() for _ in works]
    threads = [
        threading.Thread(target=work, args=(database, outcome)) for work, outcome in zip(works, outcomes, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.close()
    return sum(outcomes, Outcome())
