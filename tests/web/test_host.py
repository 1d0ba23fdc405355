"""The host around the features: description of the API, health, logs, migrations, the server."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from mendloop.accounts.sign_in import LONGEST_WAIT, seconds_after
from mendloop.config import Config
from mendloop.database import Base, Database
from mendloop.database.revise import guarded_tables
from mendloop.edge.access import public
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from sqlalchemy import inspect, text

Visit = Callable[..., Visitor]


def test_the_api_describes_every_route_it_has(app: Flask, visit: Visit) -> None:
    document = visit().get("/api/v1/openapi.json").json
    assert document
    described = {(path, method.upper()) for path, methods in document["paths"].items() for method in methods}
    routed = {
        (rule.rule.replace("<", "{").replace(">", "}"), method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.endpoint != "api.openapi"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(path.replace("{path:", "{"), method) for path, method in routed} == described


def test_every_operation_says_what_it_does_and_who_may(visit: Visit) -> None:
    document = visit().get("/api/v1/openapi.json").json
    assert document
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    assert all(operation["summary"] and "x-roles" in operation for operation in operations)
    assert len({operation["operationId"] for operation in operations}) == len(operations)


def test_every_reference_of_the_description_leads_somewhere(visit: Visit) -> None:
    page = visit().get("/api/v1/openapi.json").text
    schemas = json.loads(page)["components"]["schemas"]
    names = {part.split('"')[0] for part in page.split("#/components/schemas/")[1:]}
    assert names
    assert names <= schemas.keys()


def test_health_is_answered_to_anybody(visit: Visit) -> None:
    assert visit().get("/healthz").json == {"status": "ok", "version": "0.1.0"}


def test_a_failure_is_told_without_its_details(app: Flask, visit: Visit, cast: Cast) -> None:
    @public
    def fail() -> str:
        raise ZeroDivisionError("the secret of the division")

    app.add_url_rule("/fail", "fail", fail)
    answer = visit(cast.ada).get("/fail")
    assert answer.status_code == 500
    assert "division" not in answer.text


def test_the_migrations_make_exactly_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_every_tenant_table_is_separated_by_postgresql(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("row-level security is PostgreSQL's own")
    query = "SELECT tablename FROM pg_policies WHERE qual LIKE '%mendloop.organisation%'"
    with database.engine.connect() as connection:
        assert set(connection.execute(text(query)).scalars()) == set(guarded_tables()[1])


def test_every_immutable_table_has_its_triggers(database: Database) -> None:
    query = (
        "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if database.is_sqlite
        else "SELECT DISTINCT event_object_table FROM information_schema.triggers"
    )
    with database.engine.connect() as connection:
        assert set(connection.execute(text(query)).scalars()) == set(guarded_tables()[0])


def test_every_tenant_table_leads_with_its_organisation(database: Database) -> None:
    reader = inspect(database.engine)
    assert {reader.get_pk_constraint(table)["constrained_columns"][0] for table in guarded_tables()[1]} == {
        "organisation_id"
    }


def test_delays_grow_and_end_at_a_minute() -> None:
    assert [seconds_after(failures) for failures in (1, 4, 5, 6, 8, 40)] == [0, 0, 2, 4, 16, LONGEST_WAIT]


def test_the_secret_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    first = Config.from_environment({"MENDLOOP_DATA": str(tmp_path / "var")})
    second = Config.from_environment({"MENDLOOP_DATA": str(tmp_path / "var")})
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) > 40
    assert (tmp_path / "var" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["secret.key"]


@pytest.fixture
def port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "mendloop", "serve", "--port", str(port)]
    environment = {**os.environ, "MENDLOOP_DATA": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    environment.pop("MENDLOOP_DATABASE_URL", None)
    with (
        (tmp_path / "log").open("w", encoding="utf-8") as log,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        yield process
        process.kill()


def is_answering(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(300):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen within thirty seconds")


def test_the_server_ends_cleanly_when_asked(server: subprocess.Popen[str], port: int) -> None:
    wait_until(lambda: is_answering(port))
    server.send_signal(signal.SIGTERM)
    assert server.wait(20) == 0
    assert f"http://localhost:{port}" in (server.stdout.read() if server.stdout else "")
    assert not is_answering(port)


def test_logs_are_json_lines_that_carry_the_requests_id(
    server: subprocess.Popen[str], port: int, tmp_path: Path
) -> None:
    wait_until(lambda: is_answering(port))
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/sign-in", headers={"X-Request-Id": "abcdef-123456"})
    with urllib.request.urlopen(asked) as answer:
        assert answer.headers["X-Request-Id"] == "abcdef-123456"
    server.send_signal(signal.SIGTERM)
    server.wait(20)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert {"request_id": "abcdef-123456", "path": "/sign-in", "status": 200}.items() <= lines[-1].items()


def test_nothing_keeps_the_port_when_the_server_is_killed(server: subprocess.Popen[str], port: int) -> None:
    wait_until(lambda: is_answering(port))
    server.kill()
    server.wait(20)
    wait_until(lambda: not is_answering(port))
