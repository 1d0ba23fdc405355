"""The designer's words: both languages hold the same keys with the same places, and every key that is said exists."""

import json
import re
from pathlib import Path

import pytest

PLACES = re.compile(r"\{(\w+)\}")
SAID = re.compile(r"""\b(?:say|t)\(\s*["']([a-z_]+\.[\w.<>=!]+)["']""")
ROOMS = sorted(
    path.name.removesuffix(".en.json") for path in (Path(__file__).parents[2] / "designer/src/words").glob("*.en.json")
)


@pytest.fixture
def words(checkout: Path) -> Path:
    return checkout / "designer" / "src" / "words"


def catalogue(words: Path, room: str, language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((words / f"{room}.{language}.json").read_text(encoding="utf-8"))
    return found


def same_places(english: str, chinese: str) -> bool:
    """English has a singular of its own, "one step", where Chinese gives the count."""
    return set(PLACES.findall(chinese)) - {"count"} == set(PLACES.findall(english)) - {"count"}


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_say_the_same(words: Path, room: str) -> None:
    english, chinese = catalogue(words, room, "en"), catalogue(words, room, "zh-CN")
    assert set(english) == set(chinese)
    assert [key for key in english if not same_places(english[key], chinese[key])] == []
    assert [key for key in (*english, *chinese) if not english[key].strip() or not chinese[key].strip()] == []


def test_every_key_that_is_said_exists(words: Path, checkout: Path) -> None:
    known = {key for room in ROOMS for key in catalogue(words, room, "en")}
    sources = [path for path in (checkout / "designer/src").rglob("*.ts*") if "words" not in path.parts]
    said = {key for path in sources for key in SAID.findall(path.read_text(encoding="utf-8"))}
    assert said
    assert said - known == set()


def test_every_key_is_said_somewhere(words: Path, checkout: Path) -> None:
    """Keys that are put together, as `canvas.kind_${kind}`, count by what stands before the place."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (checkout / "designer/src").rglob("*.ts*"))
    begun = {found for found in re.findall(r"`([a-z_]+\.[\w.]*)\$\{", sources) if len(found) > len("x.")}
    for room in ROOMS:
        unsaid = [
            key
            for key in catalogue(words, room, "en")
            if f'"{key}"' not in sources and not any(key.startswith(prefix) for prefix in begun)
        ]
        assert unsaid == [], room
