"""Rules of the house that no other tool checks."""

import re
import subprocess
from pathlib import Path

import pytest

LONGEST_FILE = 400
SOURCES = (".py", ".ts", ".tsx", ".js")
MIGRATIONS = ("platform", "migrations", "versions")  # one step of the database's history is one file, however long
WRITTEN_BY_MACHINES = (".generated.ts", ".generated.d.ts")


@pytest.fixture(scope="module")
def tracked(checkout: Path) -> list[Path]:
    """The files under version control, relative to the root, as far as they are still there."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=checkout, capture_output=True, text=True, check=True)
    return [Path(name) for name in answer.stdout.split("\0") if name and (checkout / name).is_file()]


def test_folder_platform_never_becomes_a_package(checkout: Path) -> None:
    assert not (checkout / "platform" / "__init__.py").exists(), "it would shadow Python's own module `platform`"


def test_tests_are_no_packages(checkout: Path) -> None:
    assert not list((checkout / "tests").rglob("__init__.py")), (
        "pytest imports by file: a package would name them twice"
    )


def test_no_source_file_grows_beyond_reading(checkout: Path, tracked: list[Path]) -> None:
    sources = [path for path in tracked if path.suffix in SOURCES and not path.name.endswith(WRITTEN_BY_MACHINES)]
    sources = [path for path in sources if path.parts[:3] != MIGRATIONS]
    lengths = {str(path): len((checkout / path).read_text().splitlines()) for path in sources}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_locks_name_no_host(checkout: Path) -> None:
    locks = [*(checkout / "requirements").glob("*.txt"), checkout / "package-lock.json"]
    hosts = re.compile(r'"resolved": "(?!engine/|platform/|designer|plugins/)|--(extra-)?index-url|--find-links')
    assert [str(lock) for lock in locks if hosts.search(lock.read_text())] == []


def test_every_locked_python_package_has_a_hash(checkout: Path) -> None:
    for lock in (checkout / "requirements").glob("*.txt"):
        entries = re.findall(r"^[a-z0-9][^\n]*(?:\n    --hash[^\n]*)*", lock.read_text(), re.MULTILINE)
        assert entries
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_nothing_is_left_for_later(checkout: Path, tracked: list[Path]) -> None:
    words = re.compile(r"\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b")
    sources = [path for path in tracked if path.suffix in SOURCES]
    assert [str(path) for path in sources if words.search((checkout / path).read_text())] == []
