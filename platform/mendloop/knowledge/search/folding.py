"""Text as the search compares it: without capitals, accents and full-width forms, in runs of one script."""

import re
import unicodedata
from collections.abc import Iterator

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_NUMBER = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z./_-]*\d)[A-Za-z0-9]+(?:[-./_][A-Za-z0-9]+)*")
_FIRST_HAN = "\u3040"


def fold(text: str) -> str:
    """`Überhitzt` and `uberhitzt` become one, as do `Ｗｉ－Ｆｉ` and `wi-fi`."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKC", "".join(each for each in apart if not unicodedata.combining(each)))


def runs(folded: str) -> Iterator[str]:
    """Words of letters and digits, and stretches of Chinese (or Japanese, Korean), which has no spaces."""
    return (found.group() for found in _RUN.finditer(folded))


def placed_runs(text: str) -> Iterator[tuple[int, str]]:
    """The runs of a text that is not folded, each with where it begins."""
    return ((found.start(), found.group()) for found in _RUN.finditer(text))


def numbers_in(text: str) -> Iterator[tuple[int, str]]:
    """Numbers of parts and orders as they are written (`DP-700`), each with where it begins."""
    return ((found.start(), found.group()) for found in _NUMBER.finditer(text))


def is_han(run: str) -> bool:
    """Whether it is a stretch without spaces: all characters of a run are of one kind."""
    return run[0] >= _FIRST_HAN
