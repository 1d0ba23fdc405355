"""How Chinese sounds: who types by sound often picks another character of the same syllable."""

import os
import unicodedata
from functools import cache

_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"))


@cache
def syllable(character: str) -> str:
    """The usual reading without its tone; what many cannot tell apart (zh and z, ing and in) is written alike."""
    reading = _readings().get(ord(character), character).split(",")[0]
    plain = "".join(each for each in unicodedata.normalize("NFD", reading) if not unicodedata.combining(each))
    for long, short in _ALIKE:
        if plain.startswith(long):
            plain = short + plain.removeprefix(long)
    return plain.removesuffix("g") if plain.endswith("ng") and plain[-3:-2] in "aei" else plain


@cache
def _readings() -> dict[int, str]:
    # Phrases would tell two readings of one character apart, for 45 MB more in each process.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - after the line above, and only where Chinese is read

    return PINYIN_DICT
