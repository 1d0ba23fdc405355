"""What an hour costs, or is charged: the rate card that fits best, times the factor of its class of time. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from mendloop.costing.intervals import Piece, TimeClass
from mendloop.costing.money import half_even

Side: TypeAlias = Literal["cost", "price"]
HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class RateCard:
    """Minor units an hour, for whom it names; empty: for all. Valid from the day `since` to the day `until`."""

    id: str
    side: Side
    per_hour: int
    since: dt.date
    until: dt.date | None = None
    person: str = ""
    skill: str = ""
    customer: str = ""
    kind: str = ""

    def fits(self, case: "Case") -> bool:
        """Whether it is for this hour."""
        named = ((self.person, case.person), (self.skill, case.skill), (self.kind, case.kind))
        return (
            self.since <= case.day
            and (self.until is None or case.day <= self.until)
            and all(mine in ("", theirs) for mine, theirs in (*named, (self.customer, case.customer)))
        )

    @property
    def how_special(self) -> tuple[bool, bool, bool, bool, dt.date, str]:
        """The greatest wins: who names the person, then the customer, the skill, the kind; then the newest."""
        return (bool(self.person), bool(self.customer), bool(self.skill), bool(self.kind), self.since, self.id)


@dataclass(frozen=True, slots=True)
class Case:
    """Whose hour it is, for whom, doing what, when."""

    person: str
    skill: str
    customer: str
    kind: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class LabourLine:
    """One person's time of one kind and class on one visit: what it amounts to, rounded once; None without any rate.

    `rates` are its pieces in the order of time: how many milliseconds, at how much an hour."""

    visit: str
    person: str
    kind: str
    time_class: TimeClass
    ms: int
    amount: int | None
    sources: frozenset[str]
    rates: tuple[tuple[int, int | None], ...] = field(default=(), compare=False)


def find_card(cards: Iterable[RateCard], case: Case) -> RateCard | None:
    """The most special card for this hour."""
    return max((card for card in cards if card.fits(case)), key=lambda card: card.how_special, default=None)


def labour_lines(
    pieces: Iterable[Piece],
    cards: Iterable[RateCard],
    factors: Mapping[TimeClass, Fraction],
    skills: Mapping[str, str],
    customer: str = "",
) -> list[LabourLine]:
    """Lines by visit, person, kind and class; `skills` says which skill each visit asked for."""
    groups: dict[tuple[str, str, str, TimeClass], list[Piece]] = {}
    for piece in pieces:
        span = piece.span
        groups.setdefault((span.visit, span.person, span.kind, piece.time_class), []).append(piece)
    kept = tuple(cards)
    return [
        _line(key, groups[key], kept, factors.get(key[3], Fraction(1)), (skills.get(key[0], ""), customer))
        for key in sorted(groups)
    ]


def amount_of(ms: int, per_hour: int, factor: Fraction = Fraction(1)) -> Fraction:
    """The exact price of so many milliseconds."""
    return Fraction(ms * per_hour, HOUR) * factor


def _line(
    key: tuple[str, str, str, TimeClass],
    group: list[Piece],
    cards: tuple[RateCard, ...],
    factor: Fraction,
    about: tuple[str, str],
) -> LabourLine:
    visit, person, kind, time_class = key
    exact, sources, is_known = Fraction(0), frozenset[str](), True
    rates = list[tuple[int, int | None]]()
    for piece in group:
        card = find_card(cards, Case(person, about[0], about[1], kind, piece.day))
        is_known = is_known and card is not None
        rates.append((piece.ms, card.per_hour if card is not None else None))
        exact += amount_of(piece.ms, card.per_hour, factor) if card is not None else 0
        sources |= piece.span.sources | ({f"fact:{card.id}"} if card is not None else set())
    amount = half_even(exact) if is_known else None
    ms = sum(piece.ms for piece in group)
    return LabourLine(visit, person, kind, time_class, ms, amount, sources, tuple(rates))
