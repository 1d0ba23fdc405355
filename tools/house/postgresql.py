"""PostgreSQL for the tests: its programs found or installed, and a private server started from them."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from house import debian
from house.say import progress

NAMED_BY = "MENDLOOP_TEST_POSTGRESQL_URL"
OWNER = "mendloop"
FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def prepare_postgresql() -> None:
    """Find PostgreSQL's programs or install them; without them its tests say that they are skipped, and why."""
    if os.environ.get(NAMED_BY) or find_programs():
        return
    if not (debian.can_install() and debian.install("postgresql") and find_programs()):
        progress("No PostgreSQL here: the tests that need it will be skipped, those on SQLite run")


def find_programs() -> Path | None:
    """The folder with `initdb` and `postgres`, the newest where there are several."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    on_path = [Path(shutil.which("initdb") or "/none").resolve().parent]
    folders = [*on_path, *reversed(packaged)]
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


@contextmanager
def server_for_tests() -> Iterator[str | None]:
    """The URL of the server that was named, or of a private one; None where there is no PostgreSQL."""
    named, programs = os.environ.get(NAMED_BY), find_programs()
    if named or programs is None:
        yield named
        return
    with private_server(programs) as url:
        yield url


@contextmanager
def private_server(programs: Path) -> Iterator[str]:
    """A server of our own on 127.0.0.1, in a folder that goes when it goes; answers its URL."""
    with tempfile.TemporaryDirectory(prefix="mendloop-pg-", ignore_cleanup_errors=True) as folder:
        who = _unprivileged(Path(folder))
        data, port = Path(folder) / "data", _free_port()
        initdb: list[str | Path] = [
            programs / "initdb",
            "-D",
            data,
            "-U",
            OWNER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **who)
        address = ("-h", "127.0.0.1", "-p", str(port), "-k", folder)
        with (Path(folder) / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *address, *FAST], stdout=log, stderr=log, cwd=folder, **who
            )
            try:
                _wait_until_ready(data, server)
                yield f"postgresql+psycopg://{OWNER}@127.0.0.1:{port}/postgres"
            finally:
                server.send_signal(signal.SIGINT)  # "fast": it does not wait for clients to leave
                server.wait(timeout=30)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses root: as root, the folder and the server belong to somebody who may do nothing else."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    somebody = known.get("postgres") or known["nobody"]
    os.chown(folder, somebody.pw_uid, somebody.pw_gid)
    return {"user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(data: Path, server: subprocess.Popen[bytes], seconds: float = 120) -> None:
    """An open port is not enough: a busy machine answers "starting up" there. The server notes its state in a file."""
    note, until = data / "postmaster.pid", time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        if note.exists() and [line.strip() for line in note.read_text().splitlines()][-1:] == ["ready"]:
            return
        time.sleep(0.05)
    raise TimeoutError("PostgreSQL did not start")
