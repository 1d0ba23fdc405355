"""The TypeScript evaluator in one long-lived Node process that speaks JSON lines."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cel.tagged import tagged
from differential.peer import ONE_FILE, ROOT, node
from mendloop_engine.expressions import Type, Value

ENTRY = Path(__file__).with_name("phone.ts")
JUDGE = Path(__file__).with_name("judge.mjs")


def bundle(folder: Path) -> Path:
    """One JavaScript file of the evaluator and its pipe, made by the workspace's own bundler."""
    target = folder / "phone.mjs"
    bundler = ROOT / "node_modules" / "rolldown" / "bin" / "cli.mjs"
    command = [node(), str(bundler), str(ENTRY), "--file", str(target), *ONE_FILE]
    subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return target


class NodeProcess:
    """A script that answers each line of JSON with one."""

    def __init__(self, script: Path) -> None:
        self._process = subprocess.Popen(
            [node(), str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
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

    def ask(self, **question: Any) -> Any:
        """The answer to one question."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the Node process ended: its error is on standard error"
        return json.loads(line)


class Phone:
    """What the TypeScript half makes of trees, JSON and patterns; values are tagged."""

    def __init__(self, process: NodeProcess) -> None:
        self._process = process

    def evaluate(self, tree: Any, environment: Mapping[str, Value]) -> Any:
        """The value of the tree."""
        return self._process.ask(tree=tree, env=_tagged_names(environment))

    def microseconds(self, tree: Any, environment: Mapping[str, Value], times: int) -> float:
        """How long one evaluation takes on average, once warm."""
        return float(self._process.ask(tree=tree, env=_tagged_names(environment), times=times))

    def read(self, type_: Type, json_value: Any) -> tuple[Any, Any]:
        """`fromJson` of the value, and `toJson` of that."""
        answer = self._process.ask(type=type_.to_json(), json=json_value)
        return answer["value"], answer["json"]

    def search(self, program: Any, texts: list[str]) -> list[bool]:
        """In which of the texts the pattern is found."""
        return list(self._process.ask(program=program, texts=texts))


def _tagged_names(environment: Mapping[str, Value]) -> dict[str, Any]:
    return {name: tagged(value) for name, value in environment.items()}
