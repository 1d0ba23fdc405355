"""Time zones: names of the IANA database, or fixed offsets such as `+08:00`."""

import re
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

OFFSET = re.compile(r"([+-]?)(\d\d):(\d\d)", re.ASCII)


@lru_cache(1)
def _known() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if name not in ("localtime", "Factory"))


def is_zone(name: str) -> bool:
    """Whether `name` may be written as a time zone."""
    match = OFFSET.fullmatch(name)
    if match:
        return int(match[2]) <= 23 and int(match[3]) <= 59
    return name in _known()


@lru_cache(64)
def zone(name: str) -> ZoneInfo | None:
    """The zone of that name, None when nobody knows it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
