"""Reading what people write into forms: everything that is wrong with it at once, each with its pointer."""

import datetime as dt
import re
from itertools import pairwise

from mendloop_engine.json_values import Json

from mendloop.costing.money import CURRENCIES, parse_amount, parse_factor, parse_percent
from mendloop.numerals import has_decimal_comma
from mendloop.problems import Problem, Refusal

LONGEST_TEXT = 200
_SPAN = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})\s*[-–—~至到]\s*([0-9]{1,2})[:：]([0-9]{2})")


class Reader:
    """Reads values one after the other and remembers what is wrong; `finish` refuses if anything was."""

    def __init__(self, exponent: int = 2) -> None:
        self.problems: list[Problem] = []
        self._exponent = exponent

    def wrong(self, code: str, at: str, **params: Json) -> None:
        """Something is wrong there."""
        self.problems.append(Problem(code, at=f"/{at}", params=params))

    def finish(self) -> None:
        """Refuse if anything was wrong."""
        if self.problems:
            raise Refusal(self.problems)

    def text(self, at: str, text: str, *, required: bool = False, longest: int = LONGEST_TEXT) -> str:
        """Words of a person."""
        found = text.strip()
        if required and not found:
            self.wrong("cost.text_missing", at)
        if len(found) > longest:
            self.wrong("cost.text_too_long", at, limit=longest)
        return found

    def one_of(self, at: str, text: str, known: tuple[str, ...]) -> str:
        """One of a few."""
        if text not in known:
            self.wrong("cost.choice_unknown", at)
        return text

    def amount(self, at: str, text: str, *, least: int = 0) -> int:
        """An amount of money in minor units; nothing written is 0."""
        found = parse_amount(text.strip() or "0", self._exponent)
        if found is None:
            self._no_number("cost.amount_invalid", at, text, digits=self._exponent)
        elif found < least:
            self.wrong("cost.amount_low", at)
        return found or 0

    def needed_amount(self, at: str, text: str) -> int:
        """An amount of money that must be there."""
        if not text.strip():
            self.wrong("cost.amount_missing", at)
        return self.amount(at, text)

    def percent(self, at: str, text: str, most: int = 100_000) -> int:
        """Hundredths of a percent; nothing written is 0."""
        found = parse_percent(text.strip() or "0")
        if found is None or found > most:
            self._no_number("cost.percent_invalid", at, text, most=most // 100)
        return found or 0

    def factor(self, at: str, text: str) -> str:
        """A factor as it was written, if it is one."""
        if parse_factor(text) is None:
            self._no_number("cost.factor_invalid", at, text)
        return text.strip()

    def _no_number(self, code: str, at: str, text: str, **params: Json) -> None:
        """Why it cannot be read: by its comma, if that is all that is wrong with it."""
        if has_decimal_comma(text.strip().removesuffix("%")):
            self.wrong("number.decimal_comma", at, number=text.strip()[:40])
        else:
            self.wrong(code, at, **params)

    def whole(self, at: str, text: str, most: int) -> int:
        """A number of something; nothing written is 0."""
        found = text.strip() or "0"
        if not (found.isascii() and found.isdigit() and int(found[:9]) <= most and len(found) < 9):
            self.wrong("cost.number_invalid", at, most=most)
            return 0
        return int(found)

    def currency(self, at: str, code: str) -> str:
        """A currency that is known."""
        if code not in CURRENCIES:
            self.wrong("cost.currency_unknown", at)
        return code

    def day(self, at: str, text: str, *, required: bool = True) -> dt.date | None:
        """A date as `2026-11-23`."""
        if not text.strip() and not required:
            return None
        try:
            return dt.date.fromisoformat(text.strip())
        except ValueError:
            self.wrong("cost.day_invalid", at)
            return None

    def validity(self, since: str, until: str) -> dict[str, str | None]:
        """From one day to another, both included."""
        first, last = self.day("since", since), self.day("until", until, required=False)
        if first is not None and last is not None and last < first:
            self.wrong("cost.until_before_since", "until")
        return {"since": first.isoformat() if first else "", "until": last.isoformat() if last else None}

    def hours(self, at: str, text: str) -> tuple[tuple[int, int], ...]:
        """`09:00-12:00, 13:00-18:00` as minutes of the day, in order and apart."""
        parts = [part.strip() for part in re.split(r"[,，;；、]", text) if part.strip()]
        found = [_span(part) for part in parts]
        spans = [span for span in found if span is not None]
        ordered = all(one[1] <= other[0] for one, other in pairwise(spans))
        if len(spans) < len(parts) or not ordered:
            self.wrong("cost.hours_invalid", at)
            return ()
        return tuple(spans)


def write_hours(spans: tuple[tuple[int, int], ...]) -> str:
    """What `Reader.hours` reads."""
    return ", ".join("-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in span) for span in spans)


def _span(text: str) -> tuple[int, int] | None:
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    first, last = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    return (first, last) if first < last <= 1440 and int(found[2]) < 60 and int(found[4]) < 60 else None
