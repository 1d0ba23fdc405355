"""Bringing a database to the schema of this release."""

from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import create_engine, event, make_url

from mendloop.database.engine import prepare_sqlite, with_psycopg

FEATURES = (
    "accounts",
    "library",
    "drafts",
    "work_orders",
    "board",
    "sync",
    "photos",
    "inventory",
    "recommending",
    "costing",
    "order_parts",
    "assets",
    "knowledge",
    "knowledge.push",
    "insights",
    "insights.flow",
    "notices",
)
PACKAGE = Path(__file__).parent.parent


def import_all_models() -> None:
    """Make every feature's tables known to the metadata."""
    for feature in FEATURES:
        import_module(f"mendloop.{feature}.models")


def migrations_folder() -> Path:
    """Beside the package in a checkout, inside it in a wheel."""
    inside = PACKAGE / "_migrations"
    return inside if inside.is_dir() else PACKAGE.parent / "migrations"


def migrate(url: str, revision: str = "head") -> None:
    """Upgrade the database at `url`; an empty one gets all tables."""
    engine = create_engine(with_psycopg(url))
    if engine.dialect.name == "sqlite":
        _make_folder(url)
        event.listen(engine, "connect", prepare_sqlite)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), revision)
    engine.dispose()


def alembic_config(connection: object) -> AlembicConfig:
    """Alembic's settings, none of them in a file."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(migrations_folder()))
    config.attributes["connection"] = connection
    return config


def _make_folder(url: str) -> None:
    file = make_url(url).database
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
