"""Writing a log as XES, piece by piece, so that a log of any length needs no more memory than one of its cases."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from xml.sax.saxutils import quoteattr  # it writes; nothing is read here

from mendloop.insights.flow.log import Attributes, Log, LogEvent, Trace, Value
from mendloop.insights.flow.xes import EXTENSIONS, NAME, NAMESPACE, RESOURCE, TIME, TRANSITION, VERSION

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\ufffd"
_GLOBALS = (
    '<global scope="trace"><string key="concept:name" value=""/></global>\n'
    '<global scope="event"><string key="concept:name" value=""/>'
    '<string key="lifecycle:transition" value="complete"/>'
    '<date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/></global>\n'
    '<classifier name="Activity" keys="concept:name"/>\n'
    '<classifier name="Activity and lifecycle" keys="concept:name lifecycle:transition"/>\n'
)


def write_xes(log: Log) -> bytes:
    """The whole log."""
    return b"".join(stream_xes(log.name, log.traces, log.attributes))


def stream_xes(name: str, traces: Iterable[Trace], attributes: Attributes | None = None) -> Iterator[bytes]:
    """The log, a piece for each case. Characters that XML cannot hold become U+FFFD."""
    yield _head(name, attributes or {}).encode()
    for trace in traces:
        yield _trace(trace).encode()
    yield b"</log>\n"


def _head(name: str, attributes: Attributes) -> str:
    extensions = "".join(
        f'<extension name="{each}" prefix="{prefix}" uri="{uri}"/>\n' for each, prefix, uri in EXTENSIONS
    )
    opening = f'<log xes.version="{VERSION}" xes.features="" xmlns="{NAMESPACE}">\n'
    said = _line(NAME, name) + _lines(attributes)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}{extensions}{_GLOBALS}{said}'


def _trace(trace: Trace) -> str:
    events = "".join(_event(event) for event in trace.events)
    return f"<trace>\n{_line(NAME, trace.case)}{_lines(trace.attributes)}{events}</trace>\n"


def _event(event: LogEvent) -> str:
    said = _line(NAME, event.activity) + _line(TRANSITION, event.transition) + _line(TIME, event.at)
    who = _line(RESOURCE, event.resource) if event.resource else ""
    return f"<event>\n{said}{who}{_lines(event.attributes)}</event>\n"


def _lines(attributes: Attributes) -> str:
    return "".join(_line(key, value) for key, value in attributes.items())


def _line(key: str, value: Value) -> str:
    kind, text = _typed(value)
    return f"<{kind} key={_quoted(key)} value={_quoted(text)}/>\n"


def _typed(value: Value) -> tuple[str, str]:
    match value:
        case bool():
            return "boolean", "true" if value else "false"
        case int():
            return "int", str(value)
        case Decimal():
            return "float", str(value)
        case dt.datetime():
            return "date", value.astimezone(dt.UTC).isoformat()
        case _:
            return "string", value


def _quoted(text: str) -> str:
    return quoteattr(_NOT_IN_XML.sub(_REPLACEMENT, text))
