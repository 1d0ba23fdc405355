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
    environment = {"PYTHONPATH": str(checkout / "build_backend")}
    subprocess.run([sys.executable, "-c", PACK, folder], cwd=checkout, env=environment, check=True, capture_output=True)
    (path,) = folder.glob("mendloop-*.whl")
    with zipfile.ZipFile(path) as archive:
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
