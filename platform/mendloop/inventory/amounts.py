"""What people write and read: quantities in a part's units, money in the organisation's currency. Never a float."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from mendloop_engine.json_values import JsonObject
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing.book import book_of
from mendloop.costing.money import parse_amount, plain_amount, write_amount
from mendloop.inventory.counted import whole_faults
from mendloop.inventory.models import Part
from mendloop.inventory.spelling import unit_twice
from mendloop.numerals import has_decimal_comma, plain_number
from mendloop.problems import Problem, Refusal

MILLI = 1000
MOST_MILLI = 10**12
LONGEST_NUMBER = 40
_DIGITS = "mendloop_stock_digits"


def as_number(text: str) -> Decimal | None:
    """What a person wrote, full-width digits and thousands separators included; None when it is no number."""
    plain = plain_number(text) if len(text) <= LONGEST_NUMBER else None
    return Decimal(plain) if plain is not None else None


def unreadable(quantity: str, at: str = "/quantity") -> Problem:
    """Why it is no quantity: because of its comma, or altogether."""
    if has_decimal_comma(quantity):
        return Problem("number.decimal_comma", at=at, params={"number": quantity.strip()[:40]})
    return Problem("stock.quantity_unreadable", at=at, params={"quantity": quantity[:40]})


def milli_written(quantity: str, at: str = "/quantity", most: int = MOST_MILLI) -> int:
    """Thousandths of what is written, which may be nothing; refused when it is no quantity."""
    number = as_number(quantity)
    milli = number * MILLI if number is not None else None
    if milli is None or milli != milli.to_integral_value() or not 0 <= milli <= most:
        raise Refusal(unreadable(quantity, at))
    return int(milli)


def units_of(part: Part) -> dict[str, Decimal]:
    """All units a part comes in, its own first, each with how many of its own that is."""
    return {part.unit: Decimal(1)} | {unit: Decimal(str(many)) for unit, many in part.packs.items()}


def milli_in(part: Part, quantity: str, unit: str = "", at: str = "/quantity") -> int:
    """Thousandths of the part's own unit, exactly; refused when it is no quantity, or the part has no such unit."""
    number, units = as_number(quantity), units_of(part)
    if number is None:
        raise Refusal(unreadable(quantity, at))
    if unit and unit not in units:
        raise Refusal(Problem("stock.unit_unknown", at=at, params={"unit": unit[:40], "part": part.number}))
    milli = number * units[unit or part.unit] * MILLI
    if milli <= 0:
        raise Refusal(Problem("stock.quantity_not_positive", at=at))
    if milli != milli.to_integral_value() or milli > MOST_MILLI:
        limits: JsonObject = {"quantity": quantity[:40], "least": quantity_of(1), "most": quantity_of(MOST_MILLI)}
        raise Refusal(Problem("stock.quantity_too_fine", at=at, params=limits))
    if faults := whole_faults(part, int(milli), at):
        raise Refusal(faults)
    return int(milli)


def quantity_of(milli: int) -> str:
    """A quantity as people write it: 2, 0.5, -3."""
    return f"{Decimal(milli) / MILLI:f}".rstrip("0").rstrip(".") if milli % MILLI else str(milli // MILLI)


def digits_of(session: Session, actor: Actor) -> int:
    """How many digits the minor unit of the organisation's currency has; asked for once a session."""
    if _DIGITS not in session.info:
        session.info[_DIGITS] = book_of(session, actor).settings.exponent
    return int(session.info[_DIGITS])


def value_in(text: str, digits: int, at: str = "/cost") -> int:
    """Minor units of an amount, exactly; nothing written is nothing paid."""
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("¥$€£").strip()
    if not plain:
        return 0
    found = parse_amount(plain, digits)
    if found is None and has_decimal_comma(plain):
        raise Refusal(Problem("number.decimal_comma", at=at, params={"number": text.strip()[:40]}))
    if found is None:
        raise Refusal(Problem("stock.amount_unreadable", at=at, params={"amount": text[:40], "digits": digits}))
    if found < 0:
        raise Refusal(Problem("stock.value_negative", at=at))
    return found


def packs_in(text: str) -> dict[str, int | float]:
    """Packs as they are written, one a line: `box = 10`. Refused where a line cannot be read."""
    found: dict[str, int | float] = {}
    named = list[str]()
    for line in filter(None, (line.strip() for line in unicodedata.normalize("NFKC", text).splitlines())):
        name, _, many = line.partition("=")
        number = as_number(many)
        if not name.strip() or len(name.strip()) > 20 or not _is_pack(number):
            raise Refusal(Problem("part.pack_unreadable", at="/packs", params={"line": line[:60]}))
        assert number is not None  # noqa: S101 - _is_pack has said so
        found[name.strip()] = int(number) if number == number.to_integral_value() else float(number)
        named.append(name.strip())
    if (twice := unit_twice(named)) is not None:
        raise Refusal(pack_twice(twice))
    return found


def pack_twice(unit: str) -> Problem:
    """Nobody can tell which of the two is meant."""
    return Problem("part.pack_twice", at="/packs", params={"unit": unit[:40]})


def _is_pack(number: Decimal | None) -> bool:
    if number is None or not 0 < number <= 1_000_000:
        return False
    return number * MILLI == (number * MILLI).to_integral_value()


def packs_as_text(packs: Mapping[str, Any]) -> str:
    """As they are written in the form."""
    return "\n".join(f"{unit} = {Decimal(str(many)):f}" for unit, many in packs.items())


__all__ = [
    "as_number",
    "digits_of",
    "milli_in",
    "milli_written",
    "pack_twice",
    "packs_as_text",
    "packs_in",
    "plain_amount",
    "quantity_of",
    "units_of",
    "unreadable",
    "value_in",
    "write_amount",
]
