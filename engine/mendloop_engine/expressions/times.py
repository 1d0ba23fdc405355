"""Moments and spans of time: reading, writing, adding, and their parts in a time zone."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from .values import Duration, Failed, Timestamp
from .zones import OFFSET, zone

SECOND = 1_000_000_000
_DAY = 86_400
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_FIRST = (1 - _EPOCH_DAY) * _DAY * SECOND
_LAST = (date(9999, 12, 31).toordinal() + 1 - _EPOCH_DAY) * _DAY * SECOND - 1
_LONGEST = 2**63
_LONGEST_SPAN = 100
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))", re.ASCII
)
_SPAN = re.compile(r"([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:h|ms|m|s|us|µs|μs|ns))+|0)", re.ASCII)
_SPAN_PART = re.compile(r"(\d*)\.?(\d*)(h|ms|m|s|us|µs|μs|ns)", re.ASCII)
_UNITS = {
    "h": 3600 * SECOND,
    "m": 60 * SECOND,
    "s": SECOND,
    "ms": 1_000_000,
    "us": 1000,
    "µs": 1000,
    "μs": 1000,
    "ns": 1,
}


def timestamp(ns: int) -> Timestamp:
    """That moment; fails outside the years 1 to 9999."""
    if not _FIRST <= ns <= _LAST:
        raise Failed("overflow")
    return Timestamp(ns)


def duration(ns: int) -> Duration:
    """That span; fails outside 64 bits."""
    if not -_LONGEST <= ns < _LONGEST:
        raise Failed("overflow")
    return Duration(ns)


def read_timestamp(text: str) -> Timestamp:
    """RFC 3339, up to nine decimals."""
    match = _MOMENT.fullmatch(text)
    if not match:
        raise Failed("conversion")
    hour, minute, second = int(match[4]), int(match[5]), int(match[6])
    ahead_h, ahead_m = int(match[9] or 0), int(match[10] or 0)
    if hour > 23 or minute > 59 or second > 59 or ahead_h > 23 or ahead_m > 59:
        raise Failed("conversion")
    seconds = _days(match[1], match[2], match[3]) * _DAY + hour * 3600 + minute * 60 + second
    ahead = (ahead_h * 60 + ahead_m) * (-60 if match[8] == "-" else 60)
    return timestamp((seconds - ahead) * SECOND + int((match[7] or "").ljust(9, "0")))


def _days(year: str, month: str, day: str) -> int:
    try:
        return date(int(year), int(month), int(day)).toordinal() - _EPOCH_DAY
    except ValueError:
        raise Failed("conversion") from None


def write_timestamp(moment: Timestamp) -> str:
    """RFC 3339 in UTC, with as many decimals as it needs."""
    seconds, ns = divmod(moment.ns, SECOND)
    day, rest = divmod(seconds, _DAY)
    on = date.fromordinal(day + _EPOCH_DAY).isoformat()
    return f"{on}T{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}{_decimals(ns)}Z"


def read_duration(text: str) -> Duration:
    """`1h30m`, `-2.5s`, `10ms`: decimal numbers with the units h, m, s, ms, us, ns."""
    match = _SPAN.fullmatch(text) if len(text) <= _LONGEST_SPAN else None
    if not match:
        raise Failed("conversion")
    total = 0
    for whole, decimals, unit in _SPAN_PART.findall(match[2]):
        size = _UNITS[unit]
        total += int(whole or 0) * size + int(decimals or 0) * size // 10 ** len(decimals)
    return duration(-total if match[1] == "-" else total)


def write_duration(span: Duration) -> str:
    """Seconds with as many decimals as they need: `90s`, `-0.5s`."""
    seconds, ns = divmod(abs(span.ns), SECOND)
    return f"{'-' if span.ns < 0 else ''}{seconds}{_decimals(ns)}s"


def _decimals(ns: int) -> str:
    return f".{ns:09}".rstrip("0") if ns else ""


def _civil(day: int) -> tuple[int, int, int]:
    """Year, month and day of a day counted from 1970; also just outside the years Python's own dates know."""
    era, of_era = divmod(day + 719_468, 146_097)
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return year + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1


def _day_of_year(day: int) -> int:
    year = _civil(day)[0]
    before = year - 1
    return day - (before * 365 + before // 4 - before // 100 + before // 400 + 1 - _EPOCH_DAY)


_DAY_PARTS: Mapping[str, Callable[[int], int]] = {
    "getFullYear": lambda day: _civil(day)[0],
    "getMonth": lambda day: _civil(day)[1] - 1,
    "getDate": lambda day: _civil(day)[2],
    "getDayOfMonth": lambda day: _civil(day)[2] - 1,
    "getDayOfWeek": lambda day: (day + 4) % 7,
    "getDayOfYear": _day_of_year,
}
_CLOCK_PARTS: Mapping[str, tuple[int, int]] = {
    "getHours": (3600, 24),
    "getMinutes": (60, 60),
    "getSeconds": (1, 60),
}


def part_of_time(name: str, value: Timestamp | Duration, zone_name: str = "UTC") -> int:
    """What `getMonth`, `getHours` … give: of a moment in a zone, or of a whole span."""
    if isinstance(value, Duration):
        return _part_of_span(name, value.ns)
    seconds, ns = divmod(value.ns, SECOND)
    if name == "getMilliseconds":
        _ahead(seconds, zone_name)
        return ns // 1_000_000
    day, rest = divmod(seconds + _ahead(seconds, zone_name), _DAY)
    if name in _DAY_PARTS:
        return _DAY_PARTS[name](day)
    unit, cycle = _CLOCK_PARTS[name]
    return rest // unit % cycle


def _part_of_span(name: str, ns: int) -> int:
    """The whole span in hours, minutes or seconds, towards zero; of milliseconds only those below a second."""
    size = abs(ns) % SECOND // 1_000_000 if name == "getMilliseconds" else abs(ns) // SECOND // _CLOCK_PARTS[name][0]
    return -size if ns < 0 else size


def _ahead(seconds: int, name: str) -> int:
    """Seconds by which the zone's clocks are ahead of UTC at that moment."""
    if name == "UTC":
        return 0
    if match := OFFSET.fullmatch(name):
        return (int(match[2]) * 60 + int(match[3])) * (-60 if match[1] == "-" else 60)
    found = zone(name)
    if found is None:
        raise Failed("bad_zone")
    inside = min(max(seconds, _FIRST // SECOND + 2 * _DAY), _LAST // SECOND - 2 * _DAY)
    ahead = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=inside)).astimezone(found).utcoffset()
    return ahead.days * _DAY + ahead.seconds if ahead else 0
