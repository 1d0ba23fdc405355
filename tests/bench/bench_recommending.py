"""Recommended parts: how good they are on organisations with known probabilities, and what asking for them costs."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from statistics import mean, median
from typing import Any

from measure import Action, interleave
from mendloop.app import create_app
from mendloop.config import Config
from mendloop.database import Database, open_database, run_write, session_for
from mendloop.library import services as library
from mendloop.recommending import rows
from mendloop.recommending.for_orders import recommend_for_order
from mendloop.recommending.repairs import Repair, Tally
from mendloop.testing.cast import Cast
from mendloop.testing.databases import prepare_database
from mendloop.testing.judging import Verdict, all_knowing, judge, learned, most_used, tally_of
from mendloop.testing.known_repairs import STEPS, TEMPLATE, KnownOrganisation
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders

SEEDS = (1, 2, 3)
EARLIER, HELD_OUT = 5000, 300
CURVE = (0, 10, 30, 100, 300, 1000, EARLIER)
SIZES = (10_000, 100_000)


def main() -> None:
    """Print both tables."""
    _print_learning()
    with tempfile.TemporaryDirectory() as folder:
        shops = {size: _Shop(Path(folder), size) for size in SIZES}
        actions = {f"{name} {size}": act for size, shop in shops.items() for name, act in shop.actions.items()}
        with redirect_stdout(StringIO()):  # the server's log
            found = interleave(actions, seconds=10, least_rounds=30)
        print("\nParts recommended for an order with two steps that ask for parts (median, ms)")
        print(f"{'counts':>8} {'proposals':>10} {'work in it':>11} {'whole answer':>13} {'one order ends':>15}")
        for size, shop in shops.items():
            proposals, answer, ends = (found[f"{name} {size}"] * 1e3 for name in shop.actions)
            work = median(_work(shop.actions["proposals"]) for _ in range(200)) * 1e3
            print(f"{shop.counts:>8} {proposals:>10.2f} {work:>11.2f} {answer:>13.2f} {ends:>15.2f}")
            shop.close()


def _work(action: Action) -> float:
    """Seconds of a processor: what others do beside it is not in it."""
    start = time.process_time()
    action()
    return time.process_time() - start


def _print_learning() -> None:
    print(f"Held-out orders: {HELD_OUT} of each of {len(SEEDS)} organisations; Brier score, hit@3, calibration error")
    organisations = [KnownOrganisation(seed) for seed in SEEDS]
    known = [list(each.repairs(EARLIER + HELD_OUT)) for each in organisations]
    print(f"{'orders':>6} | {'recommended':^22} | {'most used parts':^22}")
    for count in CURVE:
        ours, theirs = [], []
        for organisation, repairs in zip(organisations, known, strict=True):
            tally = tally_of(repairs[EARLIER - count : EARLIER])
            ours.append(judge(repairs[EARLIER:], learned(organisation, tally)))
            theirs.append(judge(repairs[EARLIER:], most_used(tally)))
        print(f"{count:>6} | {_figures(ours)} | {_figures(theirs)}")
    print(f"  best | {_figures([judge(repairs[EARLIER:], all_knowing) for repairs in known])} | nobody can do better")


def _figures(verdicts: list[Verdict]) -> str:
    brier, hits = mean(each.brier for each in verdicts), mean(each.hits for each in verdicts)
    return f"{brier:.4f}  {hits:.3f}  {mean(each.calibration_error for each in verdicts):.4f}"


class _Shop:
    """An organisation in a database with about so many counts, and one open order."""

    def __init__(self, folder: Path, size: int) -> None:
        url = f"sqlite:///{folder / f'{size}.db'}"
        self.cast: Cast = prepare_database(url)
        self.database: Database = open_database(url)
        self.known = KnownOrganisation(7, families=8, models=5, groups=6, codes=6)
        sue = self.cast.sue
        with session_for(self.database, sue) as session:
            version = run_write(session, lambda: self._stock_library(session))
            tally = self._counted(size)
            self.counts = len(tally.uses)
            run_write(session, lambda: rows.add_counts(session, sue.organisation_id, tally))
            fault = sorted(self.known.above)[0]
            new = orders.NewOrder(
                self.known.products[0], version, fault_codes=(fault,), assignee=self.cast.ada.person_id
            )
            self.order = run_write(session, lambda: orders.open_work_order(session, sue, new)).id
        config = Config(folder, url, "a secret of the bench, long enough for anybody", testing=True)
        self.visitor = Visitor(create_app(config, self.database), self.cast.ada)
        self._numbers = iter(range(10**6))

    def close(self) -> None:
        self.database.close()

    @property
    def actions(self) -> dict[str, Action]:
        return {"proposals": self._propose, "answer": self._answer, "ends": self._end}

    def _propose(self) -> None:
        with session_for(self.database, self.cast.ada) as session:
            recommend_for_order(session, self.cast.ada, self.order)

    def _answer(self) -> None:
        answer = self.visitor.get(f"/api/v1/orders/{self.order}/recommended-parts")
        assert answer.status_code == 200

    def _end(self) -> None:
        """What an order that ends adds: the whole write transaction with its commit."""
        repair = next(iter(self.known.repairs(1))).repair
        tally = Tally()
        tally.add(Repair(f"9-{next(self._numbers)}", *_rest(repair)))
        with session_for(self.database, self.cast.ada) as session:
            run_write(session, lambda: rows.add_counts(session, self.cast.ada.organisation_id, tally))

    def _counted(self, size: int) -> Tally:
        """Eight templates, until there are so many counts."""
        tally = Tally()
        for number, known in enumerate(self.known.repairs(10**6)):
            if len(tally.uses) >= size:
                break
            template = TEMPLATE if number % 8 == 0 else f"{TEMPLATE}.{number % 8}"
            rest = _rest(known.repair)
            tally.add(Repair(known.repair.number, rest[0], template, *rest[2:]))
        return tally

    def _stock_library(self, session: Any) -> str:
        sue = self.cast.sue
        for product in self.known.products:
            library.add_product(session, sue, library.ProductDetails(product, {"en": product}))
        for group in sorted({above[0] for above in self.known.above.values()}):
            library.add_fault_code(session, sue, library.FaultCodeDetails(group, "problem", {"en": group}))
        for code, above in sorted(self.known.above.items()):
            details = library.FaultCodeDetails(code, "problem", {"en": code}, above[-1])
            library.add_fault_code(session, sue, details)
        return str(library.publish_template(session, sue, dict(self._document())).id)

    def _document(self) -> Iterator[tuple[str, Any]]:
        title = {"en": "Known", "zh-CN": "已知"}
        yield from (("format", 1), ("key", TEMPLATE), ("title", title), ("applies_to", [{"product": "*"}]))
        yield from (("roles", {"engineer": {"title": title}}), ("start", STEPS[0]))
        nodes: dict[str, Any] = {"done": {"kind": "end", "outcome": "repaired", "title": title}}
        for step, following in zip(STEPS, (*STEPS[1:], "done"), strict=True):
            planned = [
                {"part": line.part, "label": title, "faults": [*line.faults], "products": [*line.products]}
                for line in self.known.lines[step][:200]
            ]
            fields = [{"id": "used", "type": "parts", "label": title, "lines": planned}]
            nodes[step] = {
                "kind": "step",
                "title": title,
                "role": "engineer",
                "fields": fields,
                "next": [{"to": following}],
            }
        yield "nodes", nodes


def _rest(repair: Repair) -> tuple[Any, ...]:
    return repair.ended_at, repair.template, repair.product, repair.faults, repair.used


if __name__ == "__main__":
    main()
