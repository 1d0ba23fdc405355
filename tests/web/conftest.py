"""What every test of the host starts from: both databases, with the cast inside, and visitors with browsers."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from mendloop.app import create_app
from mendloop.config import Config
from mendloop.database import Database, open_database
from mendloop.testing.cast import Cast
from mendloop.testing.databases import prepare_database
from mendloop.testing.visitor import Visitor

Prepared = tuple[str, Cast]

ON_BOTH = frozenset(
    {
        *("test_drafts_migration", "test_inventory_ledger", "test_ledger_migration", "test_ledger_parallel"),
        *(
            "test_stock_transfers",
            "test_sub_orders_together",
            "test_sync_commands",
            "test_tenancy",
            "test_transactions",
        ),
    }
)
"""Where it matters which database keeps it. Everything else is tried on PostgreSQL by `make test-postgresql`."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What only `make test-postgresql` tries is `long`."""
    for item in items:
        if item.get_closest_marker("postgresql") and item.path.parent.name == "web" and item.path.stem not in ON_BOTH:
            item.add_marker(pytest.mark.long)


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """An SQLite file with the cast; tests work on copies."""
    file = tmp_path_factory.mktemp("prepared") / "mendloop.db"
    return str(file), prepare_database(f"sqlite:///{file}")


@pytest.fixture(scope="session")
def prepared_postgresql(postgresql_server: str) -> Iterator[Prepared]:
    """A PostgreSQL database with the cast; tests work on copies."""
    server, name = plain(postgresql_server), f"prepared_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield name, prepare_database(sibling(server, name))
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def prepared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Prepared]:
    """The URL of this test's own database, and the cast inside it; once on SQLite, once on PostgreSQL."""
    if request.param == "sqlite":
        file, cast = request.getfixturevalue("prepared_sqlite")
        yield f"sqlite:///{shutil.copy(file, tmp_path / 'mendloop.db')}", cast
        return
    original, cast = request.getfixturevalue("prepared_postgresql")
    server, name = plain(request.getfixturevalue("postgresql_server")), f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {original}")
        yield sibling(server, name), cast
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(prepared: Prepared) -> str:
    """This test's own database."""
    return prepared[0]


@pytest.fixture
def cast(prepared: Prepared) -> Cast:
    """The people in it."""
    return prepared[1]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The same, open."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    """Settings for a test."""
    return Config(tmp_path, database_url, "a secret of the tests, long enough for anybody", testing=True)


@pytest.fixture
def app(config: Config, database: Database) -> Flask:
    """The whole application."""
    return create_app(config, database)


@pytest.fixture
def visit(app: Flask) -> Callable[..., Visitor]:
    """A browser: `visit(cast.ada)` is Ada's, signed in; `visit()` a stranger's."""
    return lambda actor=None: Visitor(app, actor)


def plain(url: str) -> str:
    """The URL as psycopg itself reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://")


def sibling(server: str, name: str) -> str:
    """Another database on the same server."""
    return f"{server.rpartition('/')[0]}/{name}"
