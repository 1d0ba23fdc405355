"""Reading XES (IEEE 1849), of strangers: piece by piece, within limits, and with the line where something is wrong.

No document type is taken, and with it no entity of any kind. Attributes inside attributes, lists and containers say
nothing that is used here: they are left out, and counted.
"""

import datetime as dt
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from mendloop_engine.json_values import Json

from mendloop.insights.flow.log import COMPLETE, Attributes, Log, LogEvent, Trace, Value
from mendloop.insights.flow.xes import NAME, RESOURCE, TIME, TRANSITION
from mendloop.insights.flow.xes_values import READERS, read_instant
from mendloop.problems import Problem, Refusal

MOST_FILE_BYTES = 20_000_000
MOST_BYTES = 150_000_000
MOST_RATIO = 300
"""How many times larger what is unpacked may be; logs repeat themselves, and shrink to a fiftieth."""
MOST_EVENTS = 300_000
MOST_TEXT = 20_000
MOST_DEPTH = 20
PIECE = 64 * 1024
_GZIP = b"\x1f\x8b"
_SCOPES = ("log", "trace", "event")
_SILENT = frozenset({"extension", "global", "classifier"})


@dataclass(frozen=True, slots=True)
class Read:
    """The log of a file, and how many attributes of it are not in the log."""

    log: Log
    left_out: int


def read_xes(file: IO[bytes]) -> Read:
    """The log in a file, packed with gzip or not; `Refusal` with the line for what is none."""
    reader = _Reader()
    for piece in _unpacked(file):
        reader.feed(piece)
    return reader.close()


def _unpacked(file: IO[bytes]) -> Iterator[bytes]:
    first = file.read(PIECE)
    pieces = _gunzipped(first, file) if first[:2] == _GZIP else _plain(first, file)
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > MOST_BYTES:
            raise _refused("too_large", limit=MOST_BYTES // 1_000_000)
        yield piece


def _plain(first: bytes, file: IO[bytes]) -> Iterator[bytes]:
    while first:
        yield first
        first = file.read(PIECE)


def _gunzipped(first: bytes, file: IO[bytes]) -> Iterator[bytes]:
    packer, packed, unpacked = zlib.decompressobj(zlib.MAX_WBITS | 16), 0, 0
    while first:
        packed += len(first)
        while first:
            try:
                piece = packer.decompress(first, PIECE)
            except zlib.error as error:
                raise _refused("damaged") from error
            first, unpacked = packer.unconsumed_tail, unpacked + len(piece)
            if unpacked > MOST_RATIO * packed + PIECE:
                raise _refused("too_packed")
            yield piece
        first = b"" if packer.eof else file.read(PIECE)
    if not packer.eof:
        raise _refused("damaged")


@dataclass(slots=True)
class _Open:
    """A log, a case or an event that is being read."""

    kind: str
    attributes: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class _Reader:
    """Takes what the parser finds. `_inside`: how deep in something that is no case and no event; `_counts`: whether
    what is in it is left out, or belongs to the log's own description."""

    _open: list[_Open] = field(default_factory=list)
    _traces: list[Trace] = field(default_factory=list)
    _events: list[LogEvent] = field(default_factory=list)
    _log: Attributes | None = None
    _count: int = 0
    _inside: int = 0
    _counts: bool = False
    _depth: int = 0
    _left_out: int = 0
    _parser: expat.XMLParserType = field(init=False)

    def __post_init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, piece: bytes) -> None:
        """One more piece of the file."""
        self._parse(piece, last=False)

    def close(self) -> Read:
        """The log; nothing comes any more."""
        self._parse(b"", last=True)
        if self._log is None or not self._traces:
            raise _refused("empty")
        name, rest = _taken(self._log, NAME)
        return Read(Log(name[0], tuple(self._traces), rest), self._left_out)

    def _parse(self, piece: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as error:
            why = expat.ErrorString(error.code)
            raise _refused("not_xml", line=error.lineno, why=why) from error

    def _doctype(self, *_: object) -> None:
        raise self._here("doctype")

    def _start(self, tag: str, given: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise self._here("too_deep")
        kind = tag.rpartition("}")[2]
        if self._inside:
            self._inside += 1
            self._left_out += self._counts and "key" in given
        elif kind in _SCOPES:
            self._enter(kind)
        elif not self._open:
            raise self._here("not_a_log", element=kind[:50])
        else:
            self._inside, self._counts = 1, kind not in _SILENT
            if self._counts:
                self._take(kind, given)

    def _enter(self, kind: str) -> None:
        if [each.kind for each in self._open] != list(_SCOPES[: _SCOPES.index(kind)]):
            raise self._here("misplaced", element=kind)
        self._open.append(_Open(kind))

    def _take(self, kind: str, given: dict[str, str]) -> None:
        read, key, value = READERS.get(kind), given.get("key"), given.get("value")
        if read is None or key is None or value is None:
            self._left_out += 1
        elif len(value) > MOST_TEXT or len(key) > MOST_TEXT:
            raise self._here("text_too_long", limit=f"{MOST_TEXT:,}")
        else:
            try:
                self._open[-1].attributes[key] = read(value)
            except ValueError as error:
                raise self._here("bad_value", key=key[:50], value=value[:50]) from error

    def _end(self, _tag: str) -> None:
        self._depth -= 1
        if self._inside:
            self._inside -= 1
            return
        closed = self._open.pop()
        if closed.kind == "event":
            self._events.append(self._event(closed.attributes))
        elif closed.kind == "trace":
            self._traces.append(self._trace(closed.attributes))
            self._events = []
        else:
            self._log = closed.attributes

    def _event(self, given: Attributes) -> LogEvent:
        self._count += 1
        if self._count > MOST_EVENTS:
            raise _refused("too_many_events", limit=f"{MOST_EVENTS:,}")
        (activity, transition, resource), rest = _taken(given, NAME, TRANSITION, RESOURCE)
        if not activity.strip():
            raise self._here("no_name")
        at = rest.pop(TIME, None)
        if at is None:
            raise self._here("no_time", activity=activity[:50])
        return LogEvent(activity, transition.lower() or COMPLETE, self._instant(at), resource, rest)

    def _instant(self, at: Value) -> dt.datetime:
        try:
            return at if isinstance(at, dt.datetime) else read_instant(str(at))
        except ValueError as error:
            raise self._here("bad_value", key=TIME, value=str(at)[:50]) from error

    def _trace(self, given: Attributes) -> Trace:
        (case,), rest = _taken(given, NAME)
        return Trace(case or str(len(self._traces) + 1), tuple(self._events), rest)

    def _here(self, code: str, **params: Json) -> Refusal:
        return _refused(code, line=self._parser.CurrentLineNumber, **params)


def _taken(given: Attributes, *keys: str) -> tuple[list[str], dict[str, Value]]:
    """The texts under these keys, and what is left."""
    rest = dict(given)
    return [str(rest.pop(key, "")) for key in keys], rest


def _refused(code: str, **params: Json) -> Refusal:
    return Refusal(Problem(f"xes.{code}", "/file", params=params))
