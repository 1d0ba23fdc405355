"""The real product in a process of its own, and devices that talk to it over HTTP as the engineer's app does."""

import contextlib
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

from mendloop.clock import utc_now
from mendloop.database import new_id

START_SECONDS = 60
QUIET_PORTS = (20_000, 32_000)


class LiveServer:
    """`mendloop serve` on a free port of 127.0.0.1 over one data folder; it can be killed and started again."""

    def __init__(self, data_folder: Path, database_url: str | None = None) -> None:
        self.port = free_port()
        self.data_folder = data_folder
        self._environment = {**os.environ, "MENDLOOP_DATA": str(data_folder)}
        if database_url:
            self._environment["MENDLOOP_DATABASE_URL"] = database_url
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str) -> str:
        """One `mendloop` command over the same data; its output."""
        command = [sys.executable, "-m", "mendloop", *arguments]
        done = subprocess.run(  # noqa: S603 - our own command
            command, env=self._environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"mendloop {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def start(self) -> "LiveServer":
        """Start it, and come back once it answers."""
        self.data_folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "mendloop", "serve", "--port", str(self.port)]
        with (self.data_folder / "serve.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                command, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        self._wait_until_healthy()
        return self

    def kill(self) -> None:
        """End it and its workers in the middle of whatever they do (`kill -9`)."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end."""
        self._signal(signal.SIGTERM)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)
        self._process.wait(timeout=30)
        self._process = None

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process is not None and self._process.poll() is not None:
                break
            with Browser(self.port) as browser:
                try:
                    if browser.get("/healthz")[0] == 200:
                        return
                except OSError:
                    time.sleep(0.1)
        raise RuntimeError(f"the server did not start:\n{(self.data_folder / 'serve.log').read_text()[-4000:]}")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on, of those that no system gives to outgoing connections.

    A server is started seconds after its port was chosen, and again on the same one: meanwhile a browser's connection
    must not get it."""
    chance = random.SystemRandom()
    while True:
        port = chance.randrange(*QUIET_PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Browser:
    """One kept connection with cookies."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}
        self.csrf_token = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def again(self) -> "Browser":
        """Another connection of the same browser: signed in as this one is."""
        other = Browser(int(self._connection.port))
        other._cookies = dict(self._cookies)
        other.csrf_token = self.csrf_token
        return other

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body."""
        return self.request("GET", path, None, {})

    def sign_in(self, name: str, password: str) -> "Browser":
        """Through the page a person would use."""
        page = self.get("/sign-in")[1].decode()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        form = {"csrf_token": token.group(1) if token else "", "sign_in_name": name, "password": password}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        status, _ = self.request("POST", "/sign-in", urlencode(form).encode(), headers)
        if status != 302:
            raise RuntimeError(f"{name} could not sign in: {status}")
        self.csrf_token = self.get_json("/api/v1/session")["csrf_token"]
        return self

    def get_json(self, path: str) -> Any:
        """The answer's JSON; anything but 200 raises."""
        status, body = self.get(path)
        if status != 200:
            raise RuntimeError(f"GET {path}: {status} {body[:500]!r}")
        return json.loads(body)

    def post_json(self, path: str, value: Any) -> tuple[int, Any]:
        """Status and JSON of the answer."""
        headers = {"Content-Type": "application/json", "X-CSRF-Token": self.csrf_token}
        status, body = self.request("POST", path, json.dumps(value).encode(), headers)
        return status, json.loads(body)

    def request(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
        """Status and body of one exchange."""
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._connection.request(method, path, body, {**headers, "Cookie": cookie} if cookie else headers)
        answer = self._connection.getresponse()
        content = answer.read()
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = header.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, content


class Device:
    """A phone's half of the sync protocol: ids of its own and a gap-free sequence."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.device = {"id": f"device-{uuid.uuid4().hex[:12]}", "incarnation": "1"}
        self.sequence = 0

    def command(self, kind: str, order: str, **payload: Any) -> dict[str, Any]:
        """The next command, not yet sent."""
        self.sequence += 1
        at = utc_now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {"id": new_id(), "order": order, "type": kind, "at": at, "sequence": self.sequence, "payload": payload}

    def send(self, *commands: dict[str, Any]) -> list[dict[str, Any]]:
        """The answers, one each; a failure of the exchange raises."""
        status, answer = self.browser.post_json("/api/v1/commands", {"device": self.device, "commands": list(commands)})
        if status != 200:
            raise RuntimeError(f"POST /api/v1/commands: {status} {answer}")
        return list(answer["answers"])
