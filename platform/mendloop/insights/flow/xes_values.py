"""Typed values as XES writes them, read; `ValueError` for what is none."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from mendloop.insights.flow.log import Value


def read_instant(text: str) -> dt.datetime:
    """An instant in UTC; one without a zone is taken for UTC, parts of a microsecond are dropped."""
    at = dt.datetime.fromisoformat(text.strip())
    try:
        return (at if at.tzinfo else at.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def _whole(text: str) -> int:
    value = int(text)
    if abs(value) >= 2**63:
        raise ValueError(text)
    return value


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text.strip())
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not value.is_finite():
        raise ValueError(text)
    return value


def _truth(text: str) -> bool:
    known = {"true": True, "1": True, "false": False, "0": False}
    try:
        return known[text.strip().lower()]
    except KeyError as error:
        raise ValueError(text) from error


READERS: Mapping[str, Callable[[str], Value]] = {
    "string": str,
    "id": str,
    "int": _whole,
    "float": _number,
    "boolean": _truth,
    "date": read_instant,
}
"""By the name of the element that carries the value."""
