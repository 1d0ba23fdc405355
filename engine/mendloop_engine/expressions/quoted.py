"""String and bytes literals: quotes, prefixes, escapes."""

import re

from .problems import refuse
from .tokens import Token

_SIMPLE = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_SIMPLE |= {c: c for c in "\\?\"'`"}
_ESCAPE = re.compile(
    r"\\(?:([xX])([0-9a-fA-F]{2})|(u)([0-9a-fA-F]{4})|(U)([0-9a-fA-F]{8})|()([0-3][0-7]{2})|(.))", re.DOTALL
)
_LAST_CODE_POINT = 0x10FFFF


def read_text(source: str, kind: str, start: int, opening: str) -> Token:
    """The literal that begins at `start` with `opening` (prefix and quotes)."""
    quotes = opening.lstrip("bBrR")
    raw = "r" in opening.lower()
    begin = start + len(opening)
    close = _closing(source, begin, quotes, raw)
    body, end = source[begin:close], close + len(quotes)
    if kind == "bytes":
        return Token(kind, source[start:end], start, end, body.encode() if raw else _unescape_bytes(body, begin))
    return Token(kind, source[start:end], start, end, body if raw else _unescape(body, begin))


def _closing(source: str, begin: int, quotes: str, raw: bool) -> int:
    at = begin
    while at < len(source) and not source.startswith(quotes, at):
        if len(quotes) == 1 and source[at] in "\r\n":
            break
        at += 2 if source[at] == "\\" and not raw else 1
    if not source.startswith(quotes, at) or at >= len(source):
        raise refuse("syntax", "unclosed_text", begin - len(quotes), len(source))
    return at


def _code(match: re.Match[str], begin: int) -> tuple[str, int]:
    """The letter that introduced an escape (x, u, U, empty for octal) and the number it gives."""
    for group in (1, 3, 5, 7):
        if match[group] is not None:
            return match[group].replace("X", "x"), int(match[group + 1], 8 if group == 7 else 16)
    if match[9] not in _SIMPLE:
        raise refuse("syntax", "bad_escape", begin + match.start(), begin + match.end(), text=match[0])
    return "simple", ord(_SIMPLE[match[9]])


def _unescape(body: str, begin: int) -> str:
    def replace(match: re.Match[str]) -> str:
        code = _code(match, begin)[1]
        if code > _LAST_CODE_POINT or 0xD800 <= code < 0xE000:
            raise refuse("syntax", "bad_escape", begin + match.start(), begin + match.end(), text=match[0])
        return chr(code)

    return _ESCAPE.sub(replace, body)


def _unescape_bytes(body: str, begin: int) -> bytes:
    parts: list[bytes] = []
    at = 0
    for match in _ESCAPE.finditer(body):
        how, code = _code(match, begin)
        if how in ("u", "U"):
            raise refuse("syntax", "bad_escape", begin + match.start(), begin + match.end(), text=match[0])
        parts += [body[at : match.start()].encode(), bytes([code])]
        at = match.end()
    return b"".join([*parts, body[at:].encode()])
