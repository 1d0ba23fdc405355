"""The wheel holds what the tree holds: a folder that is not packaged is missed only by those who install."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# where a folder of the checkout is found in the wheel
PLACES = {
    "engine/mendloop_engine": "mendloop_engine",
    "platform/mendloop": "mendloop",
    "platform/migrations": "mendloop/_migrations",
    "builtin_templates": "mendloop/_builtin_templates",
}
PACK = "import sys, mendloop_build; mendloop_build.pack_wheel(sys.argv[1])"


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in the wheel; the browser bundles are taken as `make test` has built them."""
    folder = tmp_path_factory.mktemp("wheel")
    _, told = packing(checkout, folder).communicate()
    return names_in(folder, told)


def packing(checkout: Path, folder: Path) -> subprocess.Popen[str]:
    """A wheel that is being made in a process of its own."""
    environment = {"PYTHONPATH": str(checkout / "build_backend"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", PACK, str(folder)]
    return subprocess.Popen(
        command, cwd=checkout, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def names_in(folder: Path, told: str) -> set[str]:
    """What is in the wheel that was made there."""
    wheels = list(folder.glob("mendloop-*.whl"))
    assert len(wheels) == 1, told
    with zipfile.ZipFile(wheels[0]) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def in_tree(checkout: Path) -> Iterator[str]:
    for source, target in PLACES.items():
        for path in (checkout / source).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
                yield f"{target}/{path.relative_to(checkout / source).as_posix()}"


def test_wheel_holds_every_file_of_the_tree_and_no_other(checkout: Path, wheel: set[str]) -> None:
    tree = set(in_tree(checkout))
    assert wheel - tree == set()
    assert tree - wheel == set()


def test_two_wheels_are_made_at_the_same_time(checkout: Path, tmp_path: Path, wheel: set[str]) -> None:
    """Tests of one file run side by side, and each process packs for itself."""
    folders = [tmp_path / "one", tmp_path / "other"]
    both = [packing(checkout, folder) for folder in folders]
    told = [each.communicate()[1] for each in both]
    assert [names_in(folder, words) for folder, words in zip(folders, told, strict=True)] == [wheel, wheel]


def test_making_a_wheel_leaves_nothing_in_the_checkout(checkout: Path, tmp_path: Path) -> None:
    places = [checkout / "build" / "lib", checkout / "mendloop.egg-info" / "SOURCES.txt"]
    before = [place.stat().st_mtime_ns if place.exists() else None for place in places]
    packing(checkout, tmp_path).communicate()
    assert [place.stat().st_mtime_ns if place.exists() else None for place in places] == before


def test_wheel_holds_bundles_and_fonts(wheel: set[str]) -> None:
    for bundle in ("runner", "designer"):
        assert any(name.startswith(f"mendloop/static/{bundle}/") and name.endswith(".js") for name in wheel)
    assert "mendloop/_fonts/NotoSansSC-Regular.ttf" in wheel


def test_every_folder_with_python_is_a_package(checkout: Path) -> None:
    folders = {
        path.parent
        for source in ("engine/mendloop_engine", "platform/mendloop")
        for path in (checkout / source).rglob("*.py")
    }
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
