"""The demonstration: an organisation with people, products, templates, stock and orders, each feature bringing its own.

Every feature's `demo.py` has `load_demo(demo)`. All run in one write transaction, in the order below, and each may
find its part there already: loading the demonstration twice changes nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.demo import gather_people
from mendloop.database import Database, open_session, write_transaction
from mendloop.library.demo import builtin_templates_folder, read_demo_data

FEATURES = ("library", "drafts", "inventory", "costing", "assets", "work_orders", "knowledge")


@dataclass(frozen=True, slots=True)
class Demo:
    """What every feature's `load_demo` is given: the session, the people by sign-in name, and the data.

    `data` is builtin_templates/demo.json; `supervisor` is the person who does what nobody else is named for;
    `has_past` when half a year of orders that are over is wanted, too.
    """

    session: Session
    people: Mapping[str, Actor]
    data: Mapping[str, Any]
    templates: Path
    has_past: bool = False

    @property
    def supervisor(self) -> Actor:
        return self.people["lin"]


def load_demo(database: Database, has_past: bool = False) -> Iterator[str]:
    """Load everything; names each feature when it is done."""
    with open_session(database) as session, write_transaction(session):
        people = gather_people(session)
        yield "accounts"
        demo = Demo(session, people, read_demo_data(), builtin_templates_folder(), has_past)
        for feature in FEATURES:
            _loader(feature)(demo)
            session.flush()
            yield feature


def _loader(feature: str) -> Callable[[Demo], None]:
    loader: Callable[[Demo], None] = import_module(f"mendloop.{feature}.demo").load_demo
    return loader
