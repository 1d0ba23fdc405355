"""Money is whole minor units (fen, cents). Shares and rates are exact fractions, rounded once: half to even."""

import re
from fractions import Fraction
from typing import Final

from mendloop.numerals import plain_number

CURRENCIES: Final = {
    "CNY": 2, "USD": 2, "EUR": 2, "GBP": 2, "HKD": 2, "TWD": 2, "MOP": 2, "SGD": 2, "MYR": 2, "THB": 2, "PHP": 2,
    "IDR": 2, "INR": 2, "AUD": 2, "NZD": 2, "CAD": 2, "CHF": 2, "SEK": 2, "NOK": 2, "DKK": 2, "PLN": 2, "CZK": 2,
    "HUF": 2, "TRY": 2, "RUB": 2, "ZAR": 2, "BRL": 2, "MXN": 2, "AED": 2, "SAR": 2, "ILS": 2, "EGP": 2, "PKR": 2,
    "JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3, "TND": 3,
}  # fmt: skip
"""Currencies by their ISO 4217 code, with how many digits their minor unit has."""
MOST = 10**15
_AMOUNT = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,9}))?")
_FACTOR = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,6}))?(?:/([1-9][0-9]{0,5}))?")


def half_even(amount: Fraction) -> int:
    """The nearest whole number; exactly between two, the even one."""
    return round(amount)


def share(amount: int, points: int) -> int:
    """So many hundredths of a percent of an amount, rounded once."""
    return half_even(Fraction(amount * points, 10_000))


def parse_amount(text: str, exponent: int) -> int | None:
    """Minor units of what a person wrote (`12.50`, `1,250`); None when it is no amount of this currency."""
    found = _AMOUNT.fullmatch(plain_number(text) or "")
    if found is None:
        return None
    sign, whole, digits = found[1], found[2], (found[3] or "").rstrip("0")
    if len(digits) > exponent:
        return None
    minor = int(whole) * int(10**exponent) + int(digits.ljust(exponent, "0") or 0)
    return None if minor > MOST else -minor if sign else minor


def write_amount(minor: int, exponent: int) -> str:
    """Minor units as people write them: `-1,234.50`."""
    whole, rest = divmod(abs(minor), int(10**exponent))
    return f"{'-' if minor < 0 else ''}{whole:,}" + (f".{rest:0{exponent}d}" if exponent else "")


def plain_amount(minor: int, exponent: int) -> str:
    """The same without separators, for forms and files."""
    return write_amount(minor, exponent).replace(",", "")


def parse_factor(text: str) -> Fraction | None:
    """`1.5`, `3`, `4/3` as the exact fraction; None when it is none, or nothing."""
    found = _FACTOR.fullmatch(text.strip())
    if found is None:
        return None
    whole = Fraction(f"{found[1]}.{found[2] or 0}")
    factor = whole / int(found[3] or 1)
    return factor if 0 < factor <= 100 else None


def parse_percent(text: str) -> int | None:
    """`12.5` percent as 1250 hundredths; None when it is no percentage from 0 to 1000."""
    points = parse_amount(text.strip().removesuffix("%"), 2)
    return points if points is not None and 0 <= points <= 100_000 else None
