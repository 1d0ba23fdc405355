"""A process that books what it is told and says so afterwards; it can be killed in the middle of that."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing import following  # noqa: F401 - as in a server, all is there before threads begin
from mendloop.database import new_id, open_database, run_write, session_for
from mendloop.inventory import desk, services
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.ledger import Posted
from mendloop.inventory.locations import WAREHOUSE
from mendloop.inventory.models import Part
from mendloop.problems import Conflict

VAN = "van:ada"
THREADS = 3
START_SECONDS = 60
ACTS = ("receive", "receive", "move", "issue", "issue", "use", "give_back", "write_off")


@dataclass(frozen=True)
class Wanted:
    """One movement: which, by which key, of which parts (their places in the list), for which order."""

    key: str
    act: str
    parts: tuple[int, ...]
    milli: int
    order: str


@dataclass(frozen=True)
class Answer:
    """What became of it: booked (`again` when it had been before), or refused."""

    key: str
    booked: bool
    again: bool = False


def any_movement(chance: random.Random, parts: int) -> Wanted:
    """Something to do with one part or with several."""
    some = tuple(chance.sample(range(parts), chance.randint(1, min(3, parts))))
    milli = chance.choice([500, 1000, 2000])
    return Wanted(new_id(), chance.choice(ACTS), some, milli, f"order-{chance.randint(1, 3)}")


@dataclass
class Clerk:
    """The process, seen from whoever tells it what to book. What it has acknowledged is remembered here, not there."""

    url: str
    actor: Actor
    acknowledged: dict[str, Wanted] = field(default_factory=dict)
    unanswered: dict[str, Wanted] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """Start it, with a line to each of its threads."""
        context = get_context("forkserver")
        context.set_forkserver_preload(["mendloop.testing.stock_clerk"])
        pairs = [context.Pipe() for _ in range(THREADS)]
        self._lines: list[Connection] = [ours for ours, _ in pairs]
        self._process: ForkServerProcess = context.Process(
            target=book_what_is_told, args=(self.url, self.actor, [theirs for _, theirs in pairs])
        )
        self._process.start()
        for _, theirs in pairs:
            theirs.close()

    def kill(self) -> None:
        """`kill -9`, whatever it is doing."""
        self._process.kill()
        self._process.join()

    def wait_for_answers(self) -> None:
        """Until it has answered once since it was started."""
        before = len(self.acknowledged) + len(self.refused)
        deadline = time.monotonic() + START_SECONDS
        while len(self.acknowledged) + len(self.refused) == before:
            if time.monotonic() > deadline:
                raise TimeoutError("the process answers nothing")
            time.sleep(0.005)

    def tell(self, number: int, wanted: Wanted) -> Answer:
        """Have it book something; EOFError or OSError when it is gone before it answers."""
        self.unanswered[wanted.key] = wanted
        self._lines[number].send(wanted)
        answer: Answer = self._lines[number].recv()
        del self.unanswered[wanted.key]
        if answer.booked:
            self.acknowledged[wanted.key] = wanted
        else:
            self.refused.add(wanted.key)
        return answer

    def keep_busy(self, parts: int, chance: random.Random) -> list[threading.Thread]:
        """Tell all its threads one thing after the other, until it is gone."""
        seeds = [chance.random() for _ in range(THREADS)]
        threads = [
            threading.Thread(target=self._keep_telling, args=(number, parts, seed)) for number, seed in enumerate(seeds)
        ]
        for thread in threads:
            thread.start()
        return threads

    def _keep_telling(self, number: int, parts: int, seed: float) -> None:
        chance = random.Random(seed)  # noqa: S311 - no secret
        try:
            while True:
                self.tell(number, any_movement(chance, parts))
        except (EOFError, OSError):
            return
        finally:
            self._lines[number].close()


def book_what_is_told(url: str, actor: Actor, lines: list[Connection]) -> None:
    """The process itself: a thread for each line. It answers when a movement is committed, and not before."""
    database = open_database(url)

    def serve(line: Connection) -> None:
        with session_for(database, actor) as session:
            parts = services.list_parts(session, actor)
            while True:
                wanted: Wanted = line.recv()
                line.send(_book(lambda work: run_write(session, work), wanted, _acts(session, actor, parts, wanted)))

    for line in lines:
        threading.Thread(target=_until_hung_up, args=(serve, line)).start()


def _until_hung_up(serve: Callable[[Connection], None], line: Connection) -> None:
    try:
        serve(line)
    except EOFError:
        line.close()


def _book(write: Callable[[Callable[[], Posted]], Posted], wanted: Wanted, act: Callable[[], Posted]) -> Answer:
    try:
        return Answer(wanted.key, booked=True, again=write(act).again)
    except Conflict:
        return Answer(wanted.key, booked=False)


def _acts(session: Session, actor: Actor, parts: list[Part], wanted: Wanted) -> Callable[[], Posted]:
    portions = [Portion(parts[number], wanted.milli) for number in wanted.parts]
    slip, order = Slip(wanted.key, reason="told"), wanted.order
    acts: dict[str, Callable[[], Posted]] = {
        "receive": lambda: desk.receive(session, actor, portions[0], 999, WAREHOUSE, slip),
        "move": lambda: desk.move(session, actor, portions, WAREHOUSE, VAN, slip),
        "issue": lambda: desk.issue(session, actor, order, portions, WAREHOUSE, slip),
        "use": lambda: desk.use(session, actor, order, portions, None, slip),
        "give_back": lambda: desk.give_back(session, actor, order, portions, VAN, slip),
        "write_off": lambda: desk.write_off(session, actor, order, portions, slip),
    }
    return acts[wanted.act]
