"""What each `make` command does, once the machine is ready."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from house.chromium import NAMED_BY, prepare_chromium
from house.node_room import prepare_bundles, prepare_node
from house.places import PROGRAMS, PYTHON, REQUIREMENTS, ROOT
from house.postgresql import prepare_postgresql
from house.python_room import prepare_python
from house.say import progress
from house.shell import Command, become, run, run_all

TYPED = ("engine/mendloop_engine", "platform/mendloop", "platform/migrations", "build_backend", "tools/house")
WORKERS = str(min(6, (os.cpu_count() or 2) + 1))
"""One more than there are processors: tests in a browser wait half of their time."""
LINT_IMPORTS = PROGRAMS / "lint-imports"
UV_LOCK: tuple[str | Path, ...] = (
    *(PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--upgrade"),
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--custom-compile-command", "make lock"),
)


def product(port: str) -> NoReturn:
    """Set up, load the demo data, and serve until told to stop."""
    prepare_python(with_tests=False)
    prepare_bundles(prepare_node())
    progress("Preparing the database and the demo data in var/")
    run([PROGRAMS / "mendloop", "demo", "--past"])
    progress("Starting the server")
    become([PROGRAMS / "mendloop", "serve", "--port", port])


def test() -> None:
    environment = ready_for_tests()
    run_all(
        {
            "tests in TypeScript": ["npm", "test", "--silent"],
            "tests in Python and the browser": [
                PYTHON,
                "-m",
                "pytest",
                "-m",
                "not long",
                "-n",
                WORKERS,
                "--dist",
                "worksteal",
            ],
        },
        environment,
    )


def check() -> None:
    prepare_python(with_tests=True)
    run_all(checks(), prepare_node())


def checks() -> Mapping[str, Command]:
    typed = [folder for folder in TYPED if any((ROOT / folder).rglob("*.py"))]
    return {
        "ruff check": [PYTHON, "-m", "ruff", "check", "."],
        "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "."],
        "mypy strict": [PYTHON, "-m", "mypy", *typed],
        **{f"mypy strict, tests/{room.name}": _typed_tests(room) for room in rooms_of_tests()},
        "import contracts": [LINT_IMPORTS],
        "TypeScript strict": ["npm", "run", "typecheck", "--silent"],
        "ESLint": ["npm", "run", "lint", "--silent"],
    }


def rooms_of_tests() -> list[Path]:
    """The folders of tests, each with parts of its own that only it imports: mypy takes them one by one."""
    return sorted(folder for folder in (ROOT / "tests").iterdir() if any(folder.rglob("*.py")))


def _typed_tests(room: Path) -> Command:
    return ["env", f"MYPYPATH={room}", PYTHON, "-m", "mypy", room]


def fmt() -> None:
    prepare_python(with_tests=True)
    environment = prepare_node()
    run([PYTHON, "-m", "ruff", "check", "--fix", "--exit-zero", "."])
    run([PYTHON, "-m", "ruff", "format", "."])
    run(["npm", "run", "format", "--silent"], environment)


def bench() -> None:
    """Run every tests/bench/bench_*.py, one after the other: benchmarks side by side would measure each other."""
    environment = ready_for_tests()
    files = sorted((ROOT / "tests" / "bench").glob("bench_*.py"))
    run_all({path.stem: [PYTHON, path] for path in files}, environment)


def pytest(arguments: list[str]) -> None:
    """Chosen tests, with all that any may need: they try what stands here now, not what was built before."""
    run([PYTHON, "-m", "pytest", *arguments], ready_for_tests())


def lock() -> None:
    """Lock again, to the newest versions that setup.cfg and requirements/*.in allow."""
    prepare_python(with_tests=True)
    run([PYTHON, "-m", "pip", "--quiet", "install", "uv"])
    product_too: list[str | Path] = ["setup.cfg", REQUIREMENTS / "run.in"]
    for name, sources in {"run": product_too, "dev": product_too, "node": []}.items():
        own = REQUIREMENTS / f"{name}.in"
        wanted = sources if own in sources else [*sources, own]
        run([*UV_LOCK, *wanted, "-o", REQUIREMENTS / f"{name}.txt"])


def ready_for_tests() -> dict[str, str]:
    """Everything the tests need; answers the environment that says where it is."""
    prepare_python(with_tests=True)
    environment = prepare_node()
    prepare_bundles(environment)
    prepare_postgresql()
    return {**environment, NAMED_BY: str(prepare_chromium())}
