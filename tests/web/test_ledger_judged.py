"""What parts cost, judged from outside: beancount books the same histories, and both agree to the cent.

The judge is told what was done and what suppliers asked for their deliveries; every other amount it works out by
itself, with its own arithmetic: FIFO by its booking method, a moving average by its `Inventory.average`.

Money exists in whole cents, so two things are agreed on, and nothing else:

* What is left of a lot (of the pool, for an average) is worth the judge's exact cost of it, rounded half to even to
  the cent. What leaves is worth what the lot was worth before less what is left after.
* What arrives is entered at the worth that left: a lot that goes to another place, and a pool that more is added to,
  begin from whole cents again.

The judge divides with 60 digits; a trace of a division that does not come out even is cut off at 40 places, so that
half a cent is half a cent. There is no tolerance.
"""

import datetime as dt
import os
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

import pytest
from beancount.core.data import Booking
from beancount.core.inventory import Inventory
from beancount.core.position import Position
from beancount.parser import booking, parser
from mendloop.accounts.actor import Actor
from mendloop.database import Database, open_database, session_for, write_transaction
from mendloop.inventory import desk, services
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.layers import share
from mendloop.inventory.models import Part
from mendloop.inventory.rows import BALANCES, PartKey, layers_at
from mendloop.testing.databases import prepare_database
from sqlalchemy import select
from sqlalchemy.orm import Session

HISTORIES = int(os.environ.get("MENDLOOP_LEDGER_HISTORIES", "200"))
DIGITS, TRACE, CENT = 60, Decimal(1).scaleb(-40), Decimal("0.01")
SHELVES = ("warehouse", "warehouse:north", "van:ada", "person:bo")
ORDERS = ("order:one", "order:two")
WORLD = ("supplier", "customer", "scrapped", "adjustment")
FIRST_DAY = dt.date(2000, 1, 1)


def in_cents(exact: Decimal) -> int:
    """Half to even, once; what division left behind beyond forty places is no part of an amount."""
    return int(exact.quantize(TRACE).quantize(CENT, ROUND_HALF_EVEN).scaleb(2))


def account(place: str) -> str:
    """The judge's name for a place."""
    return "Assets:" + ":".join(word.title() for word in place.split(":"))


@dataclass
class Judge:
    """One part's lots at each place, kept by beancount. Whole cents in, whole cents out."""

    costing: str
    books: dict[str, Inventory] = field(default_factory=lambda: defaultdict(Inventory))
    lots: int = 0
    last: tuple[int, int] = (0, 0)

    def pools(self, place: str) -> bool:
        """Whether everything there costs the same. At an order every part keeps its own cost."""
        return self.costing == "average" and not place.startswith("order:")

    def worth(self, place: str) -> int:
        return sum(self.lots_at(place).values())

    def lots_at(self, place: str) -> dict[str, int]:
        """What is left of each lot there is worth, by the lot's label."""
        return {lot.cost.label: in_cents(lot.units.number * lot.cost.number) for lot in self.books[account(place)]}

    def has(self, place: str) -> int:
        return int(sum((lot.units.number for lot in self.books[account(place)]), Decimal()) * 1000)

    def receive(self, place: str, milli: int, cents: int) -> None:
        self.last = (milli, cents)
        self._enter(place, milli, cents, None)

    def find(self, place: str, milli: int) -> None:
        """What counting finds costs what the part cost when it last came in."""
        bought, cents = self.last
        self._enter(place, milli, in_cents(Decimal(cents) / 100 * milli / bought), None)

    def take(self, place: str, milli: int) -> list[tuple[int, int, dt.date]]:
        """Book it out; answers how much left each lot, what that was worth, and how old it is."""
        before = list(self.books[account(place)])
        self._book(f"  {account(place)}  -{Decimal(milli) / 1000} PART {{}}\n  Expenses:Out\n")
        after = {lot.cost.label: lot for lot in self.books[account(place)]}
        return list(self._left(before, after))

    def _left(self, before: list[Position], after: dict[str, Position]) -> Iterator[tuple[int, int, dt.date]]:
        for lot in sorted(before, key=lambda lot: lot.cost.date):
            rest = after[lot.cost.label].units.number if lot.cost.label in after else Decimal()
            left = lot.units.number - rest
            if left:
                worth = in_cents(lot.units.number * lot.cost.number) - in_cents(rest * lot.cost.number)
                yield int(left * 1000), worth, lot.cost.date

    def carry(self, source: str, target: str, milli: int) -> int:
        """From one place to another; answers what it was worth."""
        pieces = self.take(source, milli)
        for piece, worth, day in pieces:
            if target not in WORLD:
                self._enter(target, piece, worth, None if self.pools(source) else day)
        return sum(worth for _, worth, _ in pieces)

    def _enter(self, place: str, milli: int, cents: int, day: dt.date | None) -> None:
        """A lot of its own, as old as what it came from; in a pool one lot with what is there."""
        self.lots += 1
        if self.pools(place):
            self._settle(place)
        day = FIRST_DAY if self.pools(place) else day or FIRST_DAY + dt.timedelta(days=self.lots)
        cost = f'{{{{{Decimal(cents) / 100} CNY, {day}, "{self.lots}"}}}}'
        self._book(f"  {account(place)}  {Decimal(milli) / 1000} PART {cost}\n  Income:In\n")
        if self.pools(place):
            self._mix(place)

    def _settle(self, place: str) -> None:
        """What is in the pool is worth whole cents before more is added."""
        if pool := self.books[account(place)].get_only_position():
            exact = Decimal(self.worth(place)) / 100
            settled = pool.cost._replace(number=exact / pool.units.number)
            self.books[account(place)] = Inventory([Position(pool.units, settled)])

    def _mix(self, place: str) -> None:
        (lot,) = self.books[account(place)].average()
        self.books[account(place)] = Inventory([Position(lot.units, lot.cost._replace(label="pool"))])

    def _book(self, postings: str) -> None:
        entries, problems, options = parser.parse_string(f'2030-01-01 * "moved"\n{postings}')
        assert not problems
        booked, problems = booking.book(entries, options | {"booking_method": Booking.FIFO}, self.books)
        assert not problems
        assert len(booked) == 1


@dataclass
class History:
    """One part's life at the desk, and the same before the judge."""

    session: Session
    actor: Actor
    part: Part
    judge: Judge
    chance: random.Random

    def live(self, steps: int) -> None:
        for _ in range(steps):
            acts = (self.receive, self.receive, self.move, self.move, self.issue, self.issue, self.settle, self.settle)
            self.chance.choice([*acts, self.count])()
            self.check()

    def quantity(self, most: int) -> int:
        """Pieces, halves, and what is measured in thousandths."""
        return min(most, self.chance.choice([1000, 2000, 3000, 500, 1500, self.chance.randint(1, 5000), most]))

    def receive(self) -> None:
        place, milli = self.chance.choice(SHELVES), self.quantity(7000)
        cents = self.chance.choice([0, 1, 5, 10_000, self.chance.randint(0, 999_999)])
        desk.receive(self.session, self.actor, Portion(self.part, milli), cents, place)
        self.judge.receive(place, milli, cents)

    def move(self) -> None:
        source, target = self.chance.sample([*SHELVES, "transit:t1"], 2)
        if most := self.judge.has(source):
            portion = Portion(self.part, self.quantity(most))
            desk.move(self.session, self.actor, [portion], source, target)
            self.judge.carry(source, target, portion.milli)

    def issue(self) -> None:
        source, order = self.chance.choice(SHELVES), self.chance.choice(ORDERS)
        if most := self.judge.has(source):
            portion = Portion(self.part, self.quantity(most))
            desk.issue(self.session, self.actor, order.removeprefix("order:"), [portion], source)
            self.judge.carry(source, order, portion.milli)

    def settle(self) -> None:
        """What was issued is used, given back or written off."""
        order = self.chance.choice(ORDERS)
        most = self.judge.has(order)
        if not most:
            return
        portion, order_id = Portion(self.part, self.quantity(most)), order.removeprefix("order:")
        cost = services.order_cost(self.session, self.actor, order_id)
        became = self.chance.choice(["customer", "scrapped", *SHELVES])
        if became == "customer":
            desk.use(self.session, self.actor, order_id, [portion])
        elif became == "scrapped":
            desk.write_off(self.session, self.actor, order_id, [portion], Slip(reason="broken"))
        else:
            desk.give_back(self.session, self.actor, order_id, [portion], became)
        worth = self.judge.carry(order, became, portion.milli)
        borne = services.order_cost(self.session, self.actor, order_id) - cost
        assert borne == (worth if became in WORLD else 0)

    def count(self) -> None:
        place, slip = self.chance.choice(SHELVES), Slip(reason="counted")
        there, milli = self.judge.has(place), self.chance.randint(1, 4000)
        if self.chance.random() < 0.5 and self.judge.last[0]:
            desk.adjust(self.session, self.actor, Portion(self.part, milli), place, True, slip)
            self.judge.find(place, milli)
        elif there:
            desk.adjust(self.session, self.actor, Portion(self.part, min(there, milli)), place, False, slip)
            self.judge.carry(place, "adjustment", min(there, milli))

    def check(self) -> None:
        """Every place holds as much and is worth as much; lot by lot where lots are kept apart."""
        mine = (BALANCES.c.organisation_id == self.actor.organisation_id, BALANCES.c.part_id == self.part.id)
        kept = self.session.execute(select(BALANCES.c.location, BALANCES.c.milli, BALANCES.c.value).where(*mine))
        ours = {place: (milli, value) for place, milli, value in kept}
        for place in (*SHELVES, *ORDERS, "transit:t1"):
            assert ours.get(place, (0, 0)) == (self.judge.has(place), self.judge.worth(place))
            found = layers_at(self.session, PartKey(self.actor.organisation_id, self.part.id), place)
            worths = sorted(share(layer.opened_value, layer.milli, layer.opened_milli) for layer in found)
            assert worths == sorted(self.judge.lots_at(place).values())


@pytest.fixture(scope="module")
def bookkeeper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Actor]]:
    """A database for all histories, each of a part of its own."""
    url = f"sqlite:///{tmp_path_factory.mktemp('judged') / 'mendloop.db'}"
    cast = prepare_database(url)
    database = open_database(url)
    yield database, cast.stan
    database.close()


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("costing", ["fifo", "average"])
def test_what_parts_cost_is_what_beancount_says(bookkeeper: tuple[Database, Actor], costing: str) -> None:
    database, actor = bookkeeper
    acts = 0
    with session_for(database, actor) as session, localcontext() as context:
        context.prec = DIGITS
        for seed in range(HISTORIES // 2):
            chance = random.Random(f"{costing} {seed}")
            steps = chance.randint(8, 24)
            acts += steps
            with write_transaction(session):
                part = services.create_part(session, actor, f"{costing}-{seed}", {"en": "Part"}, costing=costing)
                History(session, actor, part, Judge(costing), chance).live(steps)
    print(f"\n{HISTORIES // 2} histories of a part costed by {costing}, {acts} acts: the same to the cent")


def test_the_judge_itself_is_no_tool_of_ours() -> None:
    """Rounding is told it; the lots and their costs are its own."""
    with localcontext() as context:
        context.prec = DIGITS
        judge = Judge("fifo")
        judge.receive("warehouse", 3000, 10_000)
        judge.receive("warehouse", 1000, 5_000)
        assert [cents for _, cents, _ in judge.take("warehouse", 1000)] == [3_333]
        assert [cents for _, cents, _ in judge.take("warehouse", 2500)] == [6_667, 2_500]
        pool: Any = Judge("average")
        pool.receive("warehouse", 3000, 10_000)
        pool.receive("warehouse", 1000, 5_000)
        assert [cents for _, cents, _ in pool.take("warehouse", 1000)] == [3_750]
