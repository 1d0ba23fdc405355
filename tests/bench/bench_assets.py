"""Machines of 300 and of 3,000 positions: their pages, a search through all of one, replacing a part in it."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import structlog
from flask import Flask
from measure import fetch, interleave, processor
from mendloop.app import create_app
from mendloop.assets import services
from mendloop.assets.models import Asset
from mendloop.assets.services import AssetDetails, NewBom, Position, Subject
from mendloop.config import Config
from mendloop.database import Database, open_database, run_write, session_for
from mendloop.inventory import services as inventory
from mendloop.library.services import ProductDetails, add_product
from mendloop.testing.cast import Cast
from mendloop.testing.databases import prepare_database
from mendloop.testing.visitor import Visitor
from sqlalchemy.orm import Session

SIZES = (300, int(os.environ.get("MENDLOOP_BENCH_POSITIONS", "3000")))
GROUP, INSIDE_EACH = 14, 19
"""Assemblies of a group, and positions inside each of them."""
KINDS = 40
"""Of parts, whatever the size: as in real machines the same bearings and screws are everywhere."""
LIMIT_MS = 300.0


@dataclass
class Made:
    """An organisation with one machine."""

    database: Database
    cast: Cast
    app: Flask
    product: str
    asset: str
    positions: int


def main() -> None:
    """Print the times side by side, what of them is work of the processor, and which are too long."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        made = {size: _make(Path(folder) / str(size), size) for size in SIZES}
        acts = {size: _actions(one) for size, one in made.items()}
        every = {f"{name} {size}": act for size, found in acts.items() for name, act in found.items()}
        medians = interleave(every, seconds=20, least_rounds=10)
        busy = {name: processor(act) for name, act in every.items()}
        _report(made, list(acts[SIZES[0]]), medians, busy)
        for one in made.values():
            one.database.close()


def _report(made: dict[int, Made], names: list[str], medians: dict[str, float], busy: dict[str, float]) -> None:
    sizes = [f"{one.positions:,}" for one in made.values()]
    heads = [*(f"{size} wall" for size in sizes), "ratio", *(f"{size} cpu" for size in sizes), "ratio"]
    print(f"{'positions; median, ms':44} " + " ".join(f"{head:>11}" for head in heads))
    late = []
    for name in names:
        cells = []
        for found in (medians, busy):
            small, large = (found[f"{name} {size}"] * 1000 for size in SIZES)
            cells += [small, large, large / small]
        print(f"{name:44} " + " ".join(f"{cell:>11.2f}" for cell in cells))
        late += [name] if medians[f"{name} {SIZES[1]}"] * 1000 > LIMIT_MS else []
    print(f"over {LIMIT_MS:.0f} ms: " + ", ".join(late) if late else f"all under {LIMIT_MS:.0f} ms")


def _actions(made: Made) -> dict[str, Callable[[], object]]:
    sue, asset, bom = Visitor(made.app, made.cast.sue), f"/assets/{made.asset}", f"/bom?product={made.product}"
    replaced = {"act": "replace", "position": "g0/g0a2/k5", "part": "B-07"}

    def replace_a_part() -> None:
        """Another bearing in the same place: what was there before becomes history."""
        answer = sue.send("POST", f"/api/v1{asset}/acts", json=replaced)
        if answer.status_code != 200 or (answer.json or {})["conflicts"]:
            raise RuntimeError(answer.text)

    return {
        "the page of the asset": partial(fetch, sue, asset),
        "opened at an assembly": partial(fetch, sue, f"{asset}?at=g0/g0a1"),
        "what a script fetches when one opens it": partial(fetch, sue, f"{asset}/inside?at=g0/g0a1"),
        "one position with its history": partial(fetch, sue, f"{asset}/position?at=g0/g0a1/k3"),
        "searched for what is there once": partial(fetch, sue, f"{asset}?find=g0a1/k3"),
        "searched for what is everywhere": partial(fetch, sue, f"{asset}?find=bearing"),
        "searched for what is not there": partial(fetch, sue, f"{asset}?find=nothing"),
        "all of it over the API": partial(fetch, sue, f"/api/v1{asset}"),
        "the page of its bill of materials": partial(fetch, sue, bom),
        "a part is replaced, committed": replace_a_part,
    }


def _make(folder: Path, size: int) -> Made:
    """A workshop with one machine: groups of assemblies, each with a bill of materials of its own."""
    folder.mkdir()
    url = f"sqlite:///{folder}/mendloop.db"
    cast = prepare_database(url)
    database = open_database(url)
    with session_for(database, cast.sue) as session:
        product, asset = run_write(session, partial(_deliver, session, cast, size))
        positions = sum(1 for top in services.tree_of(session, cast.sue, asset) for _ in top.walk())
    app = create_app(Config(folder, url, "a secret for measuring, long enough", testing=True), database)
    return Made(database, cast, app, product, asset.id, positions)


def _deliver(session: Session, cast: Cast, size: int) -> tuple[str, Asset]:
    for number in range(KINDS):
        inventory.create_part(
            session, cast.sue, f"B-{number:02}", {"en": f"Bearing {number}", "zh-CN": f"轴承{number}"}
        )
    product = add_product(session, cast.sue, ProductDetails("lift/big", {"en": "Lift", "zh-CN": "电梯"}))
    groups = max(1, round(size / (1 + GROUP * (1 + INSIDE_EACH))))
    for each in range(GROUP):
        own = [Position(f"k{at}", part=f"B-{(each + at) % KINDS:02}") for at in range(INSIDE_EACH)]
        inventory.create_part(session, cast.sue, f"A-{each}", {"en": f"Assembly {each}", "zh-CN": f"总成{each}"})
        services.save_bom(session, cast.sue, NewBom(Subject(part=f"A-{each}"), own))
    tops = [Position(f"g{group}", label={"en": f"Group {group}"}) for group in range(groups)]
    assemblies = [
        Position(f"g{group}a{each}", f"g{group}", part=f"A-{each}", serial=True)
        for group in range(groups)
        for each in range(GROUP)
    ]
    services.save_bom(session, cast.sue, NewBom(Subject(product_id=product.id), [*tops, *assemblies]))
    return product.id, services.create_asset(session, cast.sue, AssetDetails("L-1", product.id))


if __name__ == "__main__":
    main()
