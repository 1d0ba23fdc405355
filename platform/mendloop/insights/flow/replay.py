"""Replaying what was done on a template's net: the best explanation there is, with as few deviations as can be.

An explanation goes through the work that was done and through the flow side by side. Work that the flow does not allow
there is *extra*; a step that the flow wants before it goes on and that nobody did is *missing*. Of all explanations the
one with the fewest such moves is found (an alignment, as process mining calls it). Where the search would be too long,
it is only told how far the flow can be followed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Literal, TypeAlias

from mendloop.insights.flow.template_net import Firing, TemplateNet

MOST_LOOKED_AT = 20_000
"""Places in work and flow that are looked at for one explanation."""
Kind: TypeAlias = Literal["done", "extra", "missing", "passed"]


@dataclass(frozen=True, slots=True)
class Work:
    """Something that was done: the step of the template that it is, if any, and the route by which it was left where
    that is known. `name` is what the log calls it."""

    name: str
    step: str = ""
    route: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One move of an explanation: `work` is the number of what was done, `firing` what the flow did."""

    kind: Kind
    work: int | None = None
    firing: Firing | None = None

    @property
    def is_deviation(self) -> bool:
        """Whether work and flow differ here."""
        return self.kind in ("extra", "missing")


@dataclass(frozen=True, slots=True)
class Replayed:
    """An explanation. `marking` is where the flow stands then, `is_ended` whether it is over; `is_cut`: no explanation
    of the whole was found, and what follows the last move is not looked at."""

    moves: tuple[Move, ...]
    marking: int
    is_ended: bool
    is_cut: bool = False

    @property
    def deviations(self) -> list[Move]:
        """Where work and flow differ."""
        return [move for move in self.moves if move.is_deviation]

    @property
    def fits(self) -> bool:
        """Whether the flow allows all of it."""
        return not self.is_cut and not self.deviations


_Place: TypeAlias = tuple[int, int]
_Came: TypeAlias = dict[_Place, tuple[_Place, Move] | None]


def replay(net: TemplateNet, works: Sequence[Work], *, end: int = 0) -> Replayed:
    """The best explanation of the works. `end`, a marking: the case is over and came to one of these ends; steps on
    the way to it are missing if nobody did them."""
    begin = (0, net.start)
    came: _Came = {}
    waiting: list[tuple[int, int, int, _Place, tuple[_Place, Move] | None]] = [(0, len(works), 0, begin, None)]
    furthest, number = begin, 0
    while waiting and len(came) < MOST_LOOKED_AT:
        cost, _, _, place, how = heappop(waiting)
        if place in came:
            continue
        came[place] = how
        if cost == 0 and place[0] > furthest[0]:
            furthest = place
        if place[0] == len(works) and (not end or place[1] & end):
            return _told(net, came, place, is_cut=False)
        for price, after, move in _moves(net, works, place):
            number += 1
            heappush(waiting, (cost + price, len(works) - after[0], number, after, (place, move)))
    return _told(net, came, furthest, is_cut=True)


def _moves(net: TemplateNet, works: Sequence[Work], place: _Place) -> list[tuple[int, _Place, Move]]:
    position, marking = place
    work = works[position] if position < len(works) else None
    found: list[tuple[int, _Place, Move]] = []
    for firing in net.enabled(marking):
        after = firing.transition.after(marking)
        if not firing.step:
            found.append((0, (position, after), Move("passed", None, firing)))
            continue
        if work is not None and _is_that(firing, work):
            found.append((0, (position + 1, after), Move("done", position, firing)))
        found.append((1, (position, after), Move("missing", None, firing)))
    if work is not None:
        found.append((1, (position + 1, marking), Move("extra", position)))
    return found


def _is_that(firing: Firing, work: Work) -> bool:
    return firing.step == work.step and (not work.route or firing.route == work.route)


def _told(net: TemplateNet, came: _Came, place: _Place, *, is_cut: bool) -> Replayed:
    moves, here = list[Move](), came[place]
    while here is not None:
        moves.append(here[1])
        here = came[here[0]]
    return Replayed(tuple(reversed(moves)), place[1], _can_end(net, place[1]), is_cut)


def _can_end(net: TemplateNet, marking: int) -> bool:
    """Whether an end is reached without another step."""
    seen, waiting = {marking}, [marking]
    while waiting:
        here = waiting.pop()
        if net.is_ended(here):
            return True
        following = {each.transition.after(here) for each in net.enabled(here) if not each.step} - seen
        seen |= following
        waiting += following
    return False
