"""Handing parts out to an order. What nobody expected there is refused with what was; more, where it is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mendloop_engine.json_values import Json
from sqlalchemy.orm import Session

from mendloop.accounts.actor import ENGINEER, Actor
from mendloop.inventory import desk
from mendloop.inventory import services as inventory
from mendloop.inventory.counted import named_faults
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.ledger import Posted
from mendloop.inventory.locations import VAN, kind_of, van_of
from mendloop.inventory.services import Held, Part, StockLine
from mendloop.order_parts.acts import Asked, as_known, begin_act, known_parts, said
from mendloop.order_parts.changing import want_as_much
from mendloop.order_parts.holding import hold_no_more_than_wanted, places_for
from mendloop.order_parts.needs import Need, expected_numbers, needs_of
from mendloop.order_parts.only_ones import with_only_ones
from mendloop.order_parts.roles import DESKS
from mendloop.problems import Conflict, Problem, Refusal
from mendloop.work_orders.access import WorkOrder

WHOLE = 1000


def issue_parts(
    session: Session,
    actor: Actor,
    order_id: str,
    asked: Sequence[Asked],
    key: str,
    *,
    source: str = "",
    extra: bool = False,
) -> None:
    """Hand parts out, from `source`, or from the van of the engineer who takes, from where they are held, from the
    warehouses. `extra`: planned or not."""
    order = begin_act(session, actor, order_id, key, "issue", order_id, said(asked), source, extra)
    if order is None:
        return
    asked = as_known(session, actor, asked)
    parts = known_parts(session, actor, asked)
    _check_vans(actor, order, {source})
    shelves = _shelves(session, actor, order, parts, source)
    asked = with_only_ones(
        session, actor, asked, parts, {number: shelves.places_for(parts[number]) for number in parts}
    )
    _check_named(session, actor, asked, parts)
    amounts = _amounts(asked)
    needs = needs_of(session, actor, order_id)
    if extra:
        want_as_much(session, actor, order_id, needs, amounts)
    else:
        _check_expected(needs, amounts, asked)
    portions = _portions(session, actor, asked, parts, shelves)
    _check_vans(actor, order, {place for place, _ in portions})
    for number, place in enumerate(dict.fromkeys(place for place, _ in portions)):
        own = [portion for each, portion in portions if each == place]
        desk.issue(session, actor, order_id, own, place, Slip(key=f"issue:{key}:{number}"))
    hold_no_more_than_wanted(session, actor, order_id)


def issue_slip(
    session: Session,
    actor: Actor,
    order_id: str,
    portions: Sequence[Portion],
    source: str,
    slip: Slip,
    *,
    extra: bool = False,
) -> Posted:
    """Hand out what is on a slip of the desk: only what is meant for the order, as far as anything is. `extra`: more
    than is planned of it, too."""
    asked = [Asked(each.part.number, each.milli, each.serial) for each in portions]
    if begin_act(session, actor, order_id, slip.key, "slip", order_id, said(asked), source) is None:
        return desk.issue(session, actor, order_id, portions, source, slip)
    needs, amounts = needs_of(session, actor, order_id), _amounts(asked)
    if any(need.line.milli for need in needs):
        _check_slip(needs, amounts, asked, extra)
    want_as_much(session, actor, order_id, needs, amounts)
    posted = desk.issue(session, actor, order_id, portions, source, slip)
    hold_no_more_than_wanted(session, actor, order_id)
    return posted


def _check_slip(needs: list[Need], amounts: Mapping[str, int], asked: Sequence[Asked], extra: bool) -> None:
    """A line of a slip may be several pieces: what is wrong is told of the part, once."""
    found = [*_wrong_parts(needs, asked), *([] if extra else _too_much(needs, amounts, asked))]
    problems = {(each.code, str(each.params["part"])): replace(each, at="") for each in found}
    if problems:
        raise Refusal(problems.values())


def _shelves(session: Session, actor: Actor, order: WorkOrder, parts: Mapping[str, Part], source: str) -> "_Shelves":
    near = places_for(session, actor, order.assigned_to)
    held = inventory.held_for_orders(session, actor, [order.id])
    lines = inventory.shelves_of(session, actor, [part.id for part in parts.values()])
    own = van_of(actor.person_id) if actor.has_any(frozenset({ENGINEER})) else ""
    helps = bool(own) and actor.person_id != order.assigned_to and not actor.has_any(frozenset(DESKS))
    return _Shelves(source, near, held, lines, own, helps=helps)


def near_places(session: Session, actor: Actor, order: WorkOrder, parts: Sequence[Part]) -> dict[str, list[str]]:
    """By part number: where this person may take it from for the order, nearest first."""
    shelves = _shelves(session, actor, order, {part.number: part for part in parts}, "")
    return {
        part.number: [place for place in shelves.places_for(part) if not _is_others_van(actor, order, place)]
        for part in parts
    }


def _portions(
    session: Session, actor: Actor, asked: Sequence[Asked], parts: Mapping[str, Part], shelves: "_Shelves"
) -> list[tuple[str, Portion]]:
    """From where, and what."""
    found: list[tuple[str, Portion]] = []
    for each in asked:
        part = parts[each.number]
        if each.serial:
            known = inventory.serial_place(session, actor, part.id, each.serial)
            named = inventory.serials_by_place(session, actor, [part.id], shelves.places_for(part))
            found += shelves.find_named(part, each.serial, known, named)
        else:
            found += shelves.find(part, each.milli or WHOLE)
    return found


def _amounts(asked: Sequence[Asked]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in asked:
        found[each.number] = found.get(each.number, 0) + (each.milli or WHOLE)
    return found


def _check_named(session: Session, actor: Actor, asked: Sequence[Asked], parts: Mapping[str, Part]) -> None:
    faults = list[Problem]()
    for place, each in enumerate(asked):
        part, at = parts[each.number], f"/lines/{place}/serial"
        faults += named_faults(part, each.serial, at) or _of_another(session, actor, part, each.serial, at)
    if faults:
        raise Refusal(faults)


def _of_another(session: Session, actor: Actor, part: Part, serial: str | None, at: str) -> list[Problem]:
    """A number that is read off a piece, and says that it is something else: the wrong label was scanned."""
    if not serial or inventory.serial_place(session, actor, part.id, serial) is not None:
        return []
    others = [*inventory.parts_by_number(session, actor, [serial]).values()]
    others += [other for other, _ in inventory.stocked_with_serial(session, actor, serial)]
    told: dict[str, Json] = {"part": part.number, "serial": serial, "other": others[0].number if others else ""}
    return [Problem("order_parts.serial_of_another", at=at, params=told)] if others else []


def _is_others_van(actor: Actor, order: WorkOrder, place: str) -> bool:
    """Who works in the field takes from the own van, or that of whoever has the order; others give what is theirs."""
    near = {van_of(person) for person in (actor.person_id, order.assigned_to) if person}
    return not actor.has_any(frozenset(DESKS)) and kind_of(place) == VAN and place not in near


def _check_vans(actor: Actor, order: WorkOrder, places: set[str]) -> None:
    if any(_is_others_van(actor, order, place) for place in places):
        raise Refusal(Problem("order_parts.not_your_van", at="/source"))


def _check_expected(needs: list[Need], amounts: Mapping[str, int], asked: Sequence[Asked]) -> None:
    problems = [*_wrong_parts(needs, asked), *_too_much(needs, amounts, asked)]
    if problems:
        raise Refusal(problems)


def _too_much(needs: list[Need], amounts: Mapping[str, int], asked: Sequence[Asked]) -> Iterator[Problem]:
    """What is meant for the order, but not so much of it."""
    expected = expected_numbers(needs)
    for place, each in enumerate(asked):
        left = may_come(needs, each.number) if each.number in expected else amounts[each.number]
        if amounts[each.number] > left:
            params: dict[str, Json] = {"part": each.number, "quantity": inventory.quantity_of(left)}
            yield Problem("order_parts.more_than_planned", at=f"/lines/{place}/quantity", params=params)


def _wrong_parts(needs: Sequence[Need], asked: Sequence[Asked]) -> Iterator[Problem]:
    """What nobody expected at the order, each with what was."""
    expected = expected_numbers(needs)
    for place, each in enumerate(asked):
        if each.number not in expected:
            params: dict[str, Json] = {"part": each.number, "expected": [*expected_still(needs)]}
            yield Problem("order_parts.wrong_part", at=f"/lines/{place}/number", params=params)


def expected_still(needs: Sequence[Need]) -> list[str]:
    """The numbers of what has still to come; everything planned, once all of it has."""
    return [need.line.number for need in needs if need.may_come] or [
        need.line.number for need in needs if need.line.milli
    ]


def may_come(needs: Sequence[Need], number: str) -> int:
    """How much of this part may still come: for its own line, or in the place of others."""
    own = sum(need.may_come for need in needs if need.line.number == number)
    return own + sum(need.may_come for need in needs if any(part.number == number for part in need.stand_ins))


class _Shelves:
    """Where each part is taken from, nearest first; what is found is not found twice. `held` is the order's own.

    `own` is the van of an engineer who takes: it comes before what is held elsewhere, as a phone believes what it was
    told last. Who `helps` at another's order does not empty another's van unawares.
    """

    def __init__(
        self,
        source: str,
        places: Sequence[str],
        held: Sequence[Held],
        lines: Sequence[StockLine],
        own: str = "",
        *,
        helps: bool = False,
    ) -> None:
        self._source, self._own, self._helps = source, own, helps
        mine = {(each.part_id, each.location): each.milli for each in held}
        self._free = {
            (line.part.id, line.location): line.milli - line.reserved + mine.get((line.part.id, line.location), 0)
            for line in lines
        }
        self._there = {(line.part.id, line.location): line.milli for line in lines}
        self._held = held
        self._places = list(places)

    def find(self, part: Part, milli: int) -> list[tuple[str, Portion]]:
        found, missing = [], milli
        for place in self.places_for(part):
            share = min(missing, self._free.get((part.id, place), 0))
            if share > 0:
                self._free[part.id, place] -= share
                found.append((place, Portion(part, share)))
                missing -= share
        if missing:
            raise Conflict(_not_there(part, milli, milli - missing, self._source))
        return found

    def find_named(
        self, part: Part, serial: str, known: str | None, named: Mapping[tuple[str, str], Sequence[str]]
    ) -> list[tuple[str, Portion]]:
        """Where it is known to be; one whose number nobody has told may be any that lies on a shelf."""
        return [(self._source or known or self._place_of_unnamed(part, named), Portion(part, WHOLE, serial))]

    def _place_of_unnamed(self, part: Part, named: Mapping[tuple[str, str], Sequence[str]]) -> str:
        """The nearest where one lies that nobody else waits for, and that has no number yet."""
        spots = [(part.id, place) for place in self.places_for(part)]
        unnamed = {spot: self._there.get(spot, 0) - WHOLE * len(named.get(spot, ())) for spot in spots}
        near = next((spot for spot in spots if min(self._free.get(spot, 0), unnamed[spot]) >= WHOLE), spots[0])
        for left in (self._free, self._there):
            left[near] = left.get(near, 0) - WHOLE
        return near[1]

    def places_for(self, part: Part) -> list[str]:
        """Where it is taken from, nearest first."""
        if self._source:
            return [self._source]
        held = [each.location for each in self._held if each.part_id == part.id]
        places = dict.fromkeys([*([self._own] if self._own else []), *held, *self._places])
        return [each for each in places if not self._is_barred(each)]

    def _is_barred(self, place: str) -> bool:
        return self._helps and kind_of(place) == VAN and place != self._own


def _not_there(part: Part, asked: int, there: int, source: str) -> Problem:
    params: dict[str, Json] = {
        "part": part.number,
        "quantity": inventory.quantity_of(asked),
        "available": inventory.quantity_of(there),
        "location": source,
    }
    return Problem("stock.not_there", params=params)
