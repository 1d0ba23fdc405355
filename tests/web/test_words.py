"""Both languages say everything."""

import re
from collections.abc import Iterator
from pathlib import Path

import mendloop
import pytest
from mendloop.accounts.actor import ROLES
from mendloop.accounts.demo_accounts import ACCOUNTS
from mendloop.pages.navigation import PLACES
from mendloop.words import LANGUAGES, MissingWords, best_language, catalogue, local, places, translate
from mendloop_engine.problems import CATALOGUE

PACKAGE = Path(mendloop.__file__).parent
IN_PAGES = re.compile(r"""\bt\(\s*["']([a-z_.]+)["']""")
LABELS = re.compile(r'(?:Field|Form)\(\s*"([a-z_]+\.[a-z_.]+)"')
PROBLEMS = re.compile(r'Problem\(\s*"([a-z_.0-9]+)"')
PLURALS = (".one", ".other")


def keys_used() -> Iterator[tuple[str, str]]:
    """Every key that a page or a form names, with the file that names it."""
    for file in PACKAGE.rglob("*.html"):
        yield from ((key, str(file)) for key in IN_PAGES.findall(file.read_text(encoding="utf-8")))
    for file in PACKAGE.rglob("*.py"):
        yield from ((key, str(file)) for key in LABELS.findall(file.read_text(encoding="utf-8")))
    yield from ((f"role.{role}", "roles") for role in ROLES)
    yield from ((place.key, "navigation") for place in PLACES)
    yield from ((account.does, "demo accounts") for account in ACCOUNTS)


def is_known(key: str, language: str) -> bool:
    words = catalogue(language)
    return key in words or key.endswith(".") or all(key + plural in words for plural in PLURALS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_pages_is_there(language: str) -> None:
    missing = sorted({f"{key} in {file}" for key, file in keys_used() if not is_known(key, language)})
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_of_the_host_has_words(language: str) -> None:
    codes = {code for file in PACKAGE.rglob("*.py") for code in PROBLEMS.findall(file.read_text(encoding="utf-8"))}
    missing = sorted(c for c in codes if f"problem.{c}" not in catalogue(language) and c not in CATALOGUE)
    assert missing == []


def base(key: str) -> str:
    return key.rsplit(".", 1)[0] if key.endswith(PLURALS) else key


def test_both_languages_have_the_same_keys() -> None:
    chinese, english = ({base(key) for key in catalogue(language)} for language in LANGUAGES)
    assert chinese == english


def test_both_languages_fill_the_same_places() -> None:
    chinese, english = (
        {base(key): places(text) for key, text in catalogue(language).items() if not key.endswith(".one")}
        for language in LANGUAGES
    )
    assert {key: found for key, found in chinese.items() if found != english[key]} == {}


def test_a_missing_key_is_an_error() -> None:
    with pytest.raises(MissingWords):
        translate("en", "no.such.words")


def test_one_is_not_many() -> None:
    assert translate("en", "templates.steps", count=1) == "1 step"
    assert translate("en", "templates.steps", count=4) == "4 steps"
    assert translate("zh-CN", "templates.steps", count=4) == "4 个步骤"


def test_a_text_in_one_language_is_better_than_none() -> None:
    assert local({"en": "Pump"}, "zh-CN") == "Pump"
    assert local({"zh-CN": "泵", "en": "Pump"}, "zh-CN") == "泵"
    assert local(None, "en") == ""


@pytest.mark.parametrize(
    ("wanted", "best"), [("zh-Hans-CN", "zh-CN"), ("zh", "zh-CN"), ("en-GB", "en"), ("de", "en"), (None, "zh-CN")]
)
def test_a_browser_gets_the_nearest_language(wanted: str | None, best: str) -> None:
    assert best_language(wanted) == best
