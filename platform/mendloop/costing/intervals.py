"""Clocked time without overlaps, cut where its price changes. Pure: instants are milliseconds since 1970.

A person is paid once for an instant, however many clocks run. Who bears it, inside one order: work before travel before
waiting; among equals the visit that began first; then by name. The rule looks at whole visits, never at how an interval
happens to be cut, so that two halves cost what the whole did.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["work", "travel", "waiting"]
TimeClass: TypeAlias = Literal["regular", "overtime", "rest_day", "holiday"]
DayKind: TypeAlias = Literal["workday", "rest_day", "holiday"]
CLASSES: tuple[TimeClass, ...] = ("regular", "overtime", "rest_day", "holiday")
RANK = {"work": 0, "travel": 1, "waiting": 2}
LATEST = 7_258_118_400_000
"""The year 2200: no clock shows more."""
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """One person's time on one visit, `end` excluded. `sources` name the facts it follows from."""

    person: str
    kind: Kind
    visit: str
    start: int
    end: int
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Piece:
    """A span, or a part of one, that has one price: of one day and one class of time."""

    span: Span
    time_class: TimeClass
    day: dt.date

    @property
    def ms(self) -> int:
        """How long it took."""
        return self.span.end - self.span.start


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When work is regular: by weekday (Monday 0) from minute to minute of the day, in `zone`; special days by date.

    A weekday without hours is a rest day. A special workday has the hours of the first weekday that has some.
    """

    zone: dt.tzinfo
    hours: Mapping[int, tuple[tuple[int, int], ...]]
    days: Mapping[dt.date, DayKind]

    def day_kind(self, day: dt.date) -> DayKind:
        """What kind of day it is."""
        return self.days.get(day) or ("workday" if self.hours.get(day.weekday()) else "rest_day")

    def hours_of(self, day: dt.date) -> tuple[tuple[int, int], ...]:
        """Its regular hours; none unless it is a workday."""
        if self.day_kind(day) != "workday":
            return ()
        usual = (self.hours[number] for number in range(7) if self.hours.get(number))
        return self.hours.get(day.weekday()) or next(usual, ())

    def class_at(self, instant: int) -> tuple[TimeClass, dt.date]:
        """What the clock on the wall says of this instant."""
        local = _utc(instant).astimezone(self.zone)
        kind = self.day_kind(local.date())
        if kind != "workday":
            return kind, local.date()
        minute = local.hour * 60 + local.minute
        is_regular = any(start <= minute < end for start, end in self.hours_of(local.date()))
        return ("regular" if is_regular else "overtime"), local.date()


def once(spans: Iterable[Span]) -> list[Span]:
    """The same time with every instant of a person borne by one span; in order of person and time."""
    by_person: dict[str, list[Span]] = {}
    for span in spans:
        if span.end > span.start:
            by_person.setdefault(span.person, []).append(span)
    return [span for person in sorted(by_person) for span in _merged(_borne(by_person[person]))]


def pieces(spans: Iterable[Span], time: WorkingTime) -> list[Piece]:
    """Spans cut at midnight, at the borders of regular hours, and where the clock is put forward or back."""
    borders: dict[dt.date, tuple[int, ...]] = {}
    return [piece for span in spans for piece in _cut(span, time, borders)]


def day_of(instant: int, zone: dt.tzinfo) -> dt.date:
    """Which day it was there."""
    return _utc(instant).astimezone(zone).date()


def _borne(spans: list[Span]) -> Iterator[Span]:
    began: dict[str, int] = {}
    for span in spans:
        began[span.visit] = min(span.start, began.get(span.visit, span.start))
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    waiting = sorted(spans, key=lambda span: span.start, reverse=True)
    running: list[Span] = []
    for start, end in pairwise(edges):
        while waiting and waiting[-1].start <= start:
            running.append(waiting.pop())
        running = [span for span in running if span.end > start]
        if running:
            least = min((RANK[span.kind], began[span.visit], span.visit) for span in running)
            same = [span for span in running if (RANK[span.kind], began[span.visit], span.visit) == least]
            sources = frozenset[str]().union(*(span.sources for span in same))
            yield Span(same[0].person, same[0].kind, same[0].visit, start, end, sources)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in spans:
        if last is not None and last.end == span.start and (last.kind, last.visit) == (span.kind, span.visit):
            last = Span(span.person, span.kind, span.visit, last.start, span.end, last.sources | span.sources)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _cut(span: Span, time: WorkingTime, borders: dict[dt.date, tuple[int, ...]]) -> Iterator[Piece]:
    inner = {cut for cut in _borders(span.start, span.end, time, borders) if span.start < cut < span.end}
    cuts = [span.start, *sorted(inner), span.end]
    for start, end in pairwise(cuts):
        time_class, day = time.class_at(start)
        yield Piece(Span(span.person, span.kind, span.visit, start, end, span.sources), time_class, day)


def _borders(start: int, end: int, time: WorkingTime, known: dict[dt.date, tuple[int, ...]]) -> Iterator[int]:
    day, last = (_utc(instant).astimezone(time.zone).date() for instant in (start, end))
    while day <= last:
        if day not in known:
            known[day] = tuple(_borders_of(day, time))
        yield from known[day]
        day += _DAY


def _borders_of(day: dt.date, time: WorkingTime) -> Iterator[int]:
    for minute in {0, *(minute for hours in time.hours_of(day) for minute in hours)}:
        yield from _instants(day, minute, time.zone)
    yield from _clock_change(day, time.zone)


def _instants(day: dt.date, minute: int, zone: dt.tzinfo) -> Iterator[int]:
    """When the clock shows it: twice in the hour when it is put back, never in the one that is left out."""
    wall = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minute)
    for fold in (0, 1):
        instant = _ms(wall.replace(tzinfo=zone, fold=fold))
        if _utc(instant).astimezone(zone).replace(tzinfo=None) == wall:
            yield instant


def _clock_change(day: dt.date, zone: dt.tzinfo) -> Iterator[int]:
    """The instant when the clock is put forward or back on this day, if it is: to the millisecond."""
    low, high = (_ms(dt.datetime.combine(each, dt.time(), tzinfo=zone)) for each in (day, day + _DAY))
    before = _offset(low, zone)
    if before == _offset(high, zone):
        return
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    yield high


def _offset(instant: int, zone: dt.tzinfo) -> dt.timedelta | None:
    return _utc(instant).astimezone(zone).utcoffset()


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MS = dt.timedelta(milliseconds=1)


def _utc(instant: int) -> dt.datetime:
    return _EPOCH + instant * _MS


def _ms(moment: dt.datetime) -> int:
    return (moment.astimezone(dt.UTC) - _EPOCH) // _MS
