"""Booking a slip of the desk as one movement. What is not there is refused, all of it at once, with what there is."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.database import write_transaction
from mendloop.inventory import desk, histories, rows, transfers
from mendloop.inventory.amounts import quantity_of
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.estimates import note_estimates
from mendloop.inventory.ledger import Line, Posted, post
from mendloop.inventory.locations import QUARANTINE, RECYCLING, SCRAP, SHELVES, SUPPLIER, is_outside, kind_of
from mendloop.inventory.places import shelves, waiting_places
from mendloop.inventory.reserving import held_for
from mendloop.inventory.rows import PartKey
from mendloop.inventory.sheets import Sheet, Worded, order_of, place_taken_from, worded
from mendloop.order_parts.giving_back import return_slip
from mendloop.order_parts.tags import decided
from mendloop.order_parts.taking import issue_slip
from mendloop.problems import Conflict, Problem, Refusal

REASONS = {
    "scrap": ("broken", "expired", "obsolete", "wrong_part", "other"),
    "decide": ("tested_good", "defective", "warranty", "obsolete", "other"),
}
"""What may be chosen as a reason; `stock_reason.*` are the words."""
LONGEST_NOTE = 2000
NOT_THERE = ("stock.not_there", "stock.serial_not_there")


def sources_for(session: Session, actor: Actor, act: str) -> list[str]:
    """Where an act may take from."""
    if act == "decide":
        return waiting_places(session, actor)
    return [*shelves(session, actor), QUARANTINE] if act in ("move", "scrap") else shelves(session, actor)


def targets_for(session: Session, actor: Actor, act: str) -> list[str]:
    """Where an act may put to."""
    if act == "decide":
        return [*shelves(session, actor), QUARANTINE, SCRAP, RECYCLING, SUPPLIER]
    return [*shelves(session, actor), QUARANTINE]


def book(session: Session, actor: Actor, sheet: Sheet) -> Posted:
    """Book the slip; sent again with the same key it is the same movement."""
    check_head(session, actor, sheet)
    lines = worded(session, actor, sheet.lines, with_serials=_names_all(sheet), with_cost="cost" in sheet.act.asks)
    try:
        with write_transaction(session):
            return _post(session, actor, sheet, lines)
    except Conflict as conflict:
        if conflict.problems[0].code not in NOT_THERE:
            raise
        missing = _missing(session, actor, sheet, lines)
        if not missing:
            raise
        raise Conflict(missing) from conflict


def check_head(session: Session, actor: Actor, sheet: Sheet) -> None:
    """Refused with everything that is wrong with what stands above the lines."""
    problems = []
    if "source" in sheet.act.asks and sheet.source not in sources_for(session, actor, sheet.act.name):
        problems.append(Problem("stock.place_unknown", at="/source"))
    if "target" in sheet.act.asks and sheet.target not in targets_for(session, actor, sheet.act.name):
        problems.append(Problem("stock.place_unknown", at="/target"))
    if {"source", "target"} <= sheet.act.asks and sheet.source == sheet.target:
        problems.append(Problem("stock.same_place", at="/target"))
    if "reason" in sheet.act.asks and sheet.reason not in REASONS[sheet.act.name]:
        problems.append(Problem("stock.reason_missing", at="/reason"))
    if len(sheet.note) > LONGEST_NOTE:
        problems.append(Problem("stock.note_too_long", at="/note", params={"limit": LONGEST_NOTE}))
    if not 8 <= len(sheet.key) <= 60:
        problems.append(Problem("stock.sheet_expired", at="/key"))
    if "order" in sheet.act.asks:
        try:
            order_of(session, actor, sheet)
        except Refusal as refusal:
            problems += refusal.problems
    if problems:
        raise Refusal(problems)


def _names_all(sheet: Sheet) -> bool:
    """Whether what has serial numbers moves by them: always, but for an old part of no more use."""
    return sheet.act.name != "decide" or kind_of(sheet.target) in SHELVES


def _post(session: Session, actor: Actor, sheet: Sheet, lines: Sequence[Worded]) -> Posted:
    slip = Slip(f"desk:{sheet.key}", None, sheet.reason or None, sheet.note.strip() or None)
    portions = [line.portion for line in lines]
    if sheet.act.name == "issue":
        order = order_of(session, actor, sheet).id
        return issue_slip(session, actor, order, portions, sheet.source, slip, extra=sheet.extra)
    if sheet.act.name == "return":
        return return_slip(session, actor, order_of(session, actor, sheet).id, portions, sheet.target, slip)
    if sheet.act.name == "receive":
        coming = [_line(line.portion, SUPPLIER, sheet.target, line.value) for line in lines]
        posted = post(session, actor, slip.act("received"), coming)
        note_estimates(session, actor, posted, [line.portion.part.id for line in lines if line.value is None])
        return posted
    if sheet.act.name == "transfer":
        sent = transfers.send(session, actor, sheet.key, (sheet.source, sheet.target), portions, sheet.note.strip())
        return Posted(sent.sent_movement or "")
    if sheet.act.name == "decide":
        decided(session, actor, sheet.tags, (sheet.source, sheet.target), portions)
    if sheet.target == SUPPLIER:
        going = [_line(line.portion, sheet.source, SUPPLIER) for line in lines]
        return post(session, actor, slip.act("sent_back"), going)
    target = SCRAP if sheet.act.name == "scrap" else sheet.target
    return desk.move(session, actor, portions, sheet.source, target, slip)


def _line(portion: Portion, source: str, target: str, value: int | None = None) -> Line:
    return Line(
        portion.part.id,
        portion.milli,
        source,
        target,
        value=value,
        serial=portion.serial,
        lot=portion.lot,
        unit=portion.unit,
    )


def _missing(session: Session, actor: Actor, sheet: Sheet, lines: Sequence[Worded]) -> list[Problem]:
    """Everything on the slip that is not where it is taken from."""
    place = place_taken_from(session, actor, sheet)
    if not place:
        return [_known(session, actor, line.portion) for line in lines if _is_known(session, actor, line.portion)]
    held = _held(session, actor, sheet, place)
    wanted: dict[str, list[Portion]] = {}
    for line in lines:
        wanted.setdefault(line.portion.part.id, []).append(line.portion)
    found: list[Problem] = []
    for part_id, portions in wanted.items():
        free = rows.available(session, PartKey(actor.organisation_id, part_id), place) + held.get(part_id, 0)
        found += _missing_of(session, actor, portions, free, place)
    return found


def _held(session: Session, actor: Actor, sheet: Sheet, place: str) -> dict[str, int]:
    """What is held there for the very order of the slip, by part."""
    if sheet.act.name != "issue":
        return {}
    held = held_for(session, actor, order_of(session, actor, sheet).id)
    return {each.part_id: each.milli for each in held if each.location == place}


def _missing_of(session: Session, actor: Actor, portions: Sequence[Portion], free: int, place: str) -> list[Problem]:
    part, milli = portions[0].part, sum(portion.milli for portion in portions)
    params = {"part": part.number, "quantity": quantity_of(milli), "available": quantity_of(free), "location": place}
    if milli > free:
        return [Problem("stock.not_there", params=params)]
    if any(portion.serial is None for portion in portions) and part.serial_tracked:
        return [Problem("stock.serials_needed", params=params)]
    wrong = [portion for portion in portions if portion.serial and not _lies_at(session, actor, portion, place)]
    return [
        Problem("stock.serial_not_there", params={**params, "serial": each.serial, "found": place}) for each in wrong
    ]


def _lies_at(session: Session, actor: Actor, portion: Portion, place: str) -> bool:
    return _found_at(session, actor, portion) in (None, place)


def _found_at(session: Session, actor: Actor, portion: Portion) -> str | None:
    for part, found in histories.part_of_serial(session, actor, portion.serial or ""):
        if part.id == portion.part.id:
            return found.location
    return None


def _is_known(session: Session, actor: Actor, portion: Portion) -> bool:
    found = _found_at(session, actor, portion) if portion.serial is not None else None
    return found is not None and not is_outside(found)


def _known(session: Session, actor: Actor, portion: Portion) -> Problem:
    params = {"part": portion.part.number, "serial": portion.serial, "found": _found_at(session, actor, portion)}
    return Problem("stock.serial_known", params=params)
