"""Running other programs, in the checkout and with its tools on the path."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from house.places import ROOT
from house.say import CannotGoOn, complain, progress

Command = Sequence[str | Path]


def run(command: Command, environment: Mapping[str, str] | None = None) -> None:
    """Run to the end with its output in sight; anything but success is CannotGoOn."""
    result = subprocess.run([str(word) for word in command], cwd=ROOT, env=_with_ours(environment), check=False)
    if result.returncode != 0:
        raise CannotGoOn(f"{' '.join(str(word) for word in command)} ended with {result.returncode}")


def become(command: Command) -> NoReturn:
    """Give this process to the command: it gets the terminal's Ctrl C itself and ends in its own way."""
    os.chdir(ROOT)
    os.execv(command[0], [str(word) for word in command])


def succeeds(command: Command) -> bool:
    """Whether the command runs and ends well; its output is dropped."""
    try:
        return subprocess.run([str(word) for word in command], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def run_all(commands: Mapping[str, Command], environment: Mapping[str, str]) -> None:
    """Run every command, also after one has failed, and say at the end how each went and how long it took."""
    verdicts = {name: _timed(name, command, environment) for name, command in commands.items()}
    print()
    for name, (ended_well, seconds) in verdicts.items():
        print(f"  {'✓' if ended_well else '✗'} {name:<34} {seconds:7.1f} s", flush=True)
    failed = [name for name, (ended_well, _) in verdicts.items() if not ended_well]
    if failed:
        raise CannotGoOn(f"failed: {', '.join(failed)}")


def _timed(name: str, command: Command, environment: Mapping[str, str]) -> tuple[bool, float]:
    progress(name)
    started = time.monotonic()
    try:
        run(command, environment)
    except CannotGoOn as failure:
        complain(str(failure))
        return False, time.monotonic() - started
    return True, time.monotonic() - started


def _with_ours(environment: Mapping[str, str] | None) -> dict[str, str]:
    return {**os.environ, **(environment or {})}
