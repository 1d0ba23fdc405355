"""The TypeScript engine in one long-lived Node process that speaks JSON lines."""

import json
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[3]
ENTRY = ROOT / "tests" / "conformance" / "peer.ts"
ONE_FILE = ("--format", "esm", "--platform", "node", "--no-codeSplitting")


class PeerCrashed(AssertionError):
    """The browser engine threw where it must answer."""


def node() -> str:
    """The Node that runs the browser engine."""
    found = shutil.which("node")
    if found is None:
        raise FileNotFoundError("node is needed for the conformance tests; `make test` puts one on the path")
    return found


def bundle(folder: Path) -> Path:
    """One JavaScript file of the engine and its pipe, made by the workspace's own bundler."""
    target = folder / "peer.mjs"
    rolldown = ROOT / "node_modules" / "rolldown" / "bin" / "cli.mjs"
    command = [node(), str(rolldown), str(ENTRY), "--file", str(target), *ONE_FILE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"bundling the browser engine failed:\n{done.stdout}{done.stderr}")
    return target


class Peer:
    """Asks the browser engine; every answer is canonical JSON text."""

    def __init__(self, script: Path, *options: str) -> None:
        self._process = subprocess.Popen(
            [node(), str(script), *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()

    def ask(self, operation: str, **members: Any) -> str:
        """The engine's answer to one request; raises `PeerCrashed` when it threw."""
        answer = self.answer(operation, **members)
        if "crash" in answer:
            raise PeerCrashed(answer["crash"])
        return str(answer["result"])

    def answer(self, operation: str, **members: Any) -> dict[str, str]:
        """`{"result": canonical text}` or `{"crash": what was thrown}`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(as_line({"op": operation, **members}))
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise PeerCrashed("the Node process ended")
        found: dict[str, str] = json.loads(line)
        return found


def as_line(value: Any) -> str:
    """JSON on one line in ASCII, in which halves of surrogate pairs arrive; 1e999 stands for infinity."""
    return json.dumps(value).replace("Infinity", "1e999").replace("NaN", "null") + "\n"
