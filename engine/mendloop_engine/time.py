"""Moments are strings `YYYY-MM-DDTHH:MM:SS.mmmZ`; between them only arithmetic, never a clock."""

import re
from datetime import date

_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})\.([0-9]{3})Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EPOCH = date(1970, 1, 1).toordinal()
DAY_MS = 86_400_000


def parse_moment(text: object) -> int | None:
    """Milliseconds since 1970 of a moment, or None when `text` is none. Years 0001 to 9999, no leap second."""
    found = _MOMENT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    day = parse_day(found[1])
    hour, minute, second = int(found[2]), int(found[3]), int(found[4])
    if day is None or hour > 23 or minute > 59 or second > 59:
        return None
    return day + ((hour * 60 + minute) * 60 + second) * 1000 + int(found[5])


def parse_day(text: object) -> int | None:
    """Milliseconds since 1970 of midnight UTC of `YYYY-MM-DD`, or None when `text` is no day."""
    if not isinstance(text, str) or _DAY.fullmatch(text) is None:
        return None
    try:
        return (date.fromisoformat(text).toordinal() - _EPOCH) * DAY_MS
    except ValueError:
        return None


def write_moment(milliseconds: int) -> str:
    """The moment so many milliseconds after 1970 began."""
    days, rest = divmod(milliseconds, DAY_MS)
    seconds, milli = divmod(rest, 1000)
    minutes, second = divmod(seconds, 60)
    day = date.fromordinal(days + _EPOCH).isoformat()
    return f"{day}T{minutes // 60:02}:{minutes % 60:02}:{second:02}.{milli:03}Z"


def elapsed_ms(since: str, at: str) -> int:
    """Milliseconds from `since` to `at`, both moments; 0 when the clock went backwards."""
    start, end = parse_moment(since), parse_moment(at)
    return max(0, end - start) if start is not None and end is not None else 0


def to_millisecond(text: str) -> str:
    """A moment as expressions write it, with any number of decimals or none, cut to three."""
    whole, _, fraction = text.removesuffix("Z").partition(".")
    return f"{whole}.{fraction[:3]:0<3}Z"
