"""A real server over a database with the cast and straight orders in it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from mendloop.database import open_database
from mendloop.testing.cast import Cast
from mendloop.testing.databases import prepare_database
from mendloop.testing.live import LiveServer
from mendloop.testing.straight import open_straight_orders


@dataclass(frozen=True, slots=True)
class Workshop:
    """A server that is not started yet, the people and the orders in its database."""

    server: LiveServer
    cast: Cast
    orders: list[str]


OpenWorkshop: TypeAlias = Callable[[int, int], Workshop]


def open_workshop(folder: Path, steps: int, count: int) -> Workshop:
    """A workshop with `count` orders of `steps` steps each, on the embedded default database in `folder`."""
    url = f"sqlite:///{folder / 'mendloop.db'}"
    cast = prepare_database(url)
    database = open_database(url)
    orders = open_straight_orders(database, cast.sue, steps, count)
    database.close()
    return Workshop(LiveServer(folder), cast, orders)
