"""Words that stand for values."""

import math

from .problems import refuse
from .syntax import Literal
from .tokens import Token

LITERALS = frozenset(("int", "uint", "double", "string", "bytes"))
_INT_LIMIT = 2**63
_UINT_LIMIT = 2**64


def read_literal(word: Token, minus: Token | None) -> Literal:
    """The literal that a word, perhaps with a minus before it, stands for."""
    if word.kind in ("string", "bytes"):
        return Literal(word.start, word.end, 1, word.kind, word.value)
    start = minus.start if minus else word.start
    return Literal(start, word.end, 1, word.kind, _number(word, -1 if minus else 1, start))


def _number(word: Token, sign: int, start: int) -> int | float:
    if word.kind == "double":
        value = sign * float(word.text)
        if math.isinf(value):
            raise refuse("syntax", "number_range", start, word.end, text=word.text)
        return value
    digits = word.text.rstrip("uU")
    number = sign * int(digits, 16 if digits[:2] in ("0x", "0X") else 10)
    low, high = (0, _UINT_LIMIT) if word.kind == "uint" else (-_INT_LIMIT, _INT_LIMIT)
    if not low <= number < high:
        raise refuse("syntax", "number_range", start, word.end, text=word.text)
    return number
