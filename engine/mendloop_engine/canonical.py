"""Canonical JSON (RFC 8785): one value, one sequence of bytes, in every language."""

from collections.abc import Mapping
from hashlib import sha256
from json.encoder import encode_basestring
from math import isfinite

from .json_values import SAFE_INTEGER, Json


class NotCanonical(ValueError):
    """The value has no canonical JSON: a lone surrogate, NaN, an infinity, an integer beyond 2^53, not JSON at all."""


def canonical(value: Json) -> bytes:
    """UTF-8 of the canonical JSON of `value`; raises `NotCanonical`."""
    try:
        return canonical_text(value).encode()
    except UnicodeEncodeError as problem:
        raise NotCanonical("lone surrogate") from problem


def canonical_hash(value: Json) -> str:
    """SHA-256 in hex over the canonical JSON of `value`."""
    return sha256(canonical(value)).hexdigest()


def canonical_text(value: Json) -> str:
    """The canonical JSON of `value` as text; lone surrogates are found only when it is encoded."""
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None or isinstance(value, bool):
        return _LITERALS[value]
    if isinstance(value, int | float):
        return _numeral(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(_members(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join([canonical_text(item) for item in value]) + "]"
    raise NotCanonical(f"not JSON: {type(value).__name__}")


_LITERALS: Mapping[bool | None, str] = {None: "null", True: "true", False: "false"}


def by_code_units(text: str) -> bytes:
    """The key that sorts texts as RFC 8785 and JavaScript do: by UTF-16 code units."""
    return text.encode("utf-16-be", "surrogatepass")


def _members(value: Mapping[str, Json]) -> list[str]:
    if not all(isinstance(key, str) for key in value):
        raise NotCanonical("a key that is no text")
    keys = sorted(value) if all(map(str.isascii, value)) else sorted(value, key=by_code_units)
    return [f"{encode_basestring(key)}:{canonical_text(value[key])}" for key in keys]


def _numeral(value: float) -> str:
    """A number as ECMAScript writes it: shortest digits, no exponent between 1e-6 and 1e21."""
    if isinstance(value, int):
        if abs(value) > SAFE_INTEGER:
            raise NotCanonical("an integer beyond 2^53")
        return str(value)
    if not isfinite(value):
        raise NotCanonical("not a finite number")
    if value == 0:
        return "0"
    sign, digits, exponent = _shortest(value)
    return sign + _placed(digits, exponent)


def _shortest(value: float) -> tuple[str, str, int]:
    """Sign, digits and the place of the decimal point, counted from the first digit: 12.5 is ("", "125", 2)."""
    sign = "-" if value < 0 else ""
    mantissa, _, power = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    exponent = len(whole) + int(power or 0) - (len(whole + fraction) - len(digits))
    return sign, digits.rstrip("0"), exponent


_LARGEST_PLAIN = 21
_SMALLEST_PLAIN = -6


def _placed(digits: str, exponent: int) -> str:
    if len(digits) <= exponent <= _LARGEST_PLAIN:
        return digits + "0" * (exponent - len(digits))
    if 0 < exponent <= _LARGEST_PLAIN:
        return f"{digits[:exponent]}.{digits[exponent:]}"
    if _SMALLEST_PLAIN < exponent <= 0:
        return "0." + "0" * -exponent + digits
    mantissa = digits[0] + (f".{digits[1:]}" if len(digits) > 1 else "")
    return f"{mantissa}e{'+' if exponent > 0 else '-'}{abs(exponent - 1)}"
