"""Source text to tokens."""

import re

from .problems import refuse
from .quoted import read_text
from .tokens import Token

_TOKENS = re.compile(
    r"""
    (?P<space>[\ \t\n\f\r]+|//[^\n]*)
  | (?P<bytes>[bB][rR]?(?:\"\"\"|'''|"|')|[rR][bB](?:\"\"\"|'''|"|'))
  | (?P<string>[rR]?(?:\"\"\"|'''|"|'))
  | (?P<double>(?:[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+))
  | (?P<uint>(?:0[xX][0-9a-fA-F]+|[0-9]+)[uU])
  | (?P<int>0[xX][0-9a-fA-F]+|[0-9]+)
  | (?P<name>[_a-zA-Z][_a-zA-Z0-9]*)
  | (?P<quoted>`[a-zA-Z0-9_.\-/ ]+`)
  | (?P<symbol>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,(){}\[\]])
    """,
    re.VERBOSE,
)


def tokens(source: str) -> list[Token]:
    """All tokens and a final one of kind "end"; raises `Refused` at the first character that starts none."""
    found: list[Token] = []
    at = 0
    while at < len(source):
        match = _TOKENS.match(source, at)
        if match is None:
            raise refuse("syntax", "unexpected_character", at, at + 1, text=source[at])
        kind = match.lastgroup or ""
        if kind in ("string", "bytes"):
            found.append(read_text(source, kind, at, match.group()))
            at = found[-1].end
            continue
        if kind != "space":
            found.append(Token(kind, match.group(), at, match.end()))
        at = match.end()
    return [*found, Token("end", "", at, at)]
