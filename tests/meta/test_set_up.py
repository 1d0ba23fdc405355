"""What `make` and `pip install` decide before they do anything slow."""

import sys
from pathlib import Path

import mendloop_node
import pytest
from house.stamps import fingerprint, is_fresh, press


def program(folder: Path, name: str, says: str) -> None:
    path = folder / name
    path.write_text(f"#!{sys.executable}\nprint({says!r})\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("version", "usable"),
    [("v18.20.4", False), ("v20.18.3", False), ("v20.19.0", True), ("v24.1.0", True), ("?", False)],
)
def test_a_node_on_the_path_is_used_when_new_enough(
    version: str, usable: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "node", version)
    program(tmp_path, "npm", "10.0.0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bool(mendloop_node.system_node()) is usable


def test_a_node_without_npm_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "node", "v24.1.0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert mendloop_node.system_node() is None


def test_work_is_done_again_only_when_its_sources_change(tmp_path: Path) -> None:
    sources, stamp = tmp_path / "src", tmp_path / "out" / "stamp"
    sources.mkdir()
    (sources / "a.ts").write_text("1")
    assert not is_fresh(stamp, fingerprint([sources]))
    press(stamp, fingerprint([sources]))
    assert is_fresh(stamp, fingerprint([sources]))

    (sources / "a.ts").write_text("2")
    assert not is_fresh(stamp, fingerprint([sources]))


def test_a_renamed_source_is_a_changed_source(tmp_path: Path) -> None:
    (tmp_path / "a.ts").write_text("1")
    before = fingerprint([tmp_path])
    (tmp_path / "a.ts").rename(tmp_path / "b.ts")
    assert fingerprint([tmp_path]) != before
