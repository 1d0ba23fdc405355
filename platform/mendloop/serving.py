"""Running the production server: granian, one process with threads, for SQLite's writers stand in one queue."""

import errno
import gc
import os
import signal
import socket
import threading
import time
from collections.abc import Callable

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from mendloop.app import create_app
from mendloop.board.views import end_streams
from mendloop.board.watching import MOST_STREAMS
from mendloop.config import Config
from mendloop.logs import configure_logs
from mendloop.notices.sending import keep_telling

THREADS = 64 + MOST_STREAMS
"""So many answer at once, and each open live board holds one more. Waiting threads cost next to nothing."""


def build_app() -> Flask:
    """What the serving process runs; settings come from the environment."""
    configure_logs()
    _end_with_parent()
    config = Config.from_environment()
    app = create_app(config)
    keep_telling(app.extensions["mendloop_database"], config)
    _when_told_to_end(lambda: end_streams(app))
    gc.collect()
    gc.freeze()  # what stays for good is not looked through again and again: 150 ms each time, in the middle of a page
    return app


def is_taken(host: str, port: int) -> bool:
    """Whether somebody listens there already. Granian shares ports between its workers, and so would not notice."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as failure:
            return failure.errno == errno.EADDRINUSE
    return False


def serve(host: str, port: int, when_ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT; requests being answered are finished first."""
    server = Granian(
        "mendloop.serving:build_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=1,
        blocking_threads=THREADS,
        backlog=1024,
        backpressure=512,
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=10,
    )
    server.on_startup(when_ready)
    server.serve()


def _when_told_to_end(act: Callable[[], None]) -> None:
    """Do it at SIGTERM or SIGINT, besides what granian does: it sets its own handlers after this, and they stay."""
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    signal.set_wakeup_fd(tell, warn_on_full_buffer=False)

    def wait() -> None:
        while not {signal.SIGTERM, signal.SIGINT} & set(os.read(told, 64)):
            pass
        act()

    threading.Thread(target=wait, name="told-to-end", daemon=True).start()


def _end_with_parent() -> None:
    """When the parent is killed outright, nobody would end this process: it would keep the port for ever."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()
