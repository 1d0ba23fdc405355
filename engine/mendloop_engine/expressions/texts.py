"""Functions on texts. Positions and lengths count code points."""

from .limits import MAX_LIST, MAX_TEXT
from .values import Failed, Value

_SPACE = " \t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_SPACE += "\u2028\u2029\u202f\u205f\u3000"
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_UPPER = {lower: upper for upper, lower in _LOWER.items()}


def char_at(text: str, at: int) -> str:
    """The character there; an empty text just after the last one."""
    if not 0 <= at <= len(text):
        raise Failed("bad_index")
    return text[at : at + 1]


def index_of(text: str, part: str, start: int = 0) -> int:
    """Where `part` first begins at or after `start`, or -1."""
    if not 0 <= start <= len(text):
        raise Failed("bad_index")
    return text.find(part, start)


def last_index_of(text: str, part: str, start: int | None = None) -> int:
    """Where `part` last begins at or before `start`, or -1."""
    if start is None:
        return text.rfind(part)
    if not 0 <= start <= len(text):
        raise Failed("bad_index")
    return text.rfind(part, 0, start + len(part))


def lower_ascii(text: str) -> str:
    """`text` with A–Z made a–z."""
    return text.translate(_LOWER)


def upper_ascii(text: str) -> str:
    """`text` with a–z made A–Z."""
    return text.translate(_UPPER)


def trim(text: str) -> str:
    """`text` without Unicode white space at its ends."""
    return text.strip(_SPACE)


def reverse(text: str) -> str:
    """The code points of `text` from last to first."""
    return text[::-1]


def replace(text: str, old: str, new: str, most: int = -1) -> str:
    """`text` with the first `most` (negative: all) places of `old` made `new`."""
    places = text.count(old)
    if 0 <= most < places:
        places = most
    if len(text) + places * (len(new) - len(old)) > MAX_TEXT:
        raise Failed("too_long")
    return text.replace(old, new, places)


def split(text: str, separator: str, most: int = -1) -> Value:
    """The pieces between separators, at most `most` (negative: any number); an empty separator gives characters."""
    if most == 0:
        return []
    pieces = _characters(text, most) if separator == "" else text.split(separator, most - 1 if most > 0 else -1)
    if len(pieces) > MAX_LIST:
        raise Failed("too_long")
    return list[Value](pieces)


def _characters(text: str, most: int) -> list[str]:
    if not 0 < most < len(text):
        return list(text)
    return [*text[: most - 1], text[most - 1 :]]


def substring(text: str, start: int, end: int | None = None) -> str:
    """The characters from `start` up to, not including, `end`."""
    end = len(text) if end is None else end
    if not 0 <= start <= end <= len(text):
        raise Failed("bad_index")
    return text[start:end]


def join(pieces: list[Value], separator: str = "") -> str:
    """All pieces, which must be texts, with the separator between them."""
    texts = [piece for piece in pieces if isinstance(piece, str)]
    if len(texts) != len(pieces):
        raise Failed("type")
    if sum(map(len, texts)) + len(separator) * max(len(texts) - 1, 0) > MAX_TEXT:
        raise Failed("too_long")
    return separator.join(texts)
