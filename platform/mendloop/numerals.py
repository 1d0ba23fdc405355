"""Numbers as people write them, read in one way everywhere. Decimals have a point; a comma or a space parts thousands.

`1,000` is a thousand. `1,5` is refused: read without its comma it would be ten times what was meant.
"""

import re
import unicodedata

_THOUSANDS = r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)"
_NUMBER = re.compile(rf"(-?)(?:({_THOUSANDS}|[0-9]+)(?:\.([0-9]*))?|\.([0-9]+))")
_LIKE_A_NUMBER = re.compile(r"-?[0-9][0-9., ]*")


def plain_number(text: str) -> str | None:
    """What a person wrote, full-width digits too, as `-1234.50`; None when it is no number."""
    found = _NUMBER.fullmatch(_plain(text))
    if found is None:
        return None
    whole = re.sub("[, ]", "", found[2] or "0")
    decimals = found[3] or found[4] or ""
    return f"{found[1]}{whole}" + (f".{decimals}" if decimals else "")


def has_decimal_comma(text: str) -> bool:
    """Whether it would be a number but for a comma that parts no thousands."""
    plain = _plain(text)
    return "," in plain and plain_number(text) is None and _LIKE_A_NUMBER.fullmatch(plain) is not None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
