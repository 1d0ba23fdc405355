"""Parts on their way: asked for, sent, arrived. What arrives other than it was sent is a loss or a find, with a reason.

A transfer's id is the key of the slip that made it, so that a slip that is sent twice is one transfer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.inventory import desk, histories
from mendloop.inventory.counted import WHOLE, whole_faults
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.differences import Origin, raise_differences
from mendloop.inventory.ledger import Line, Posted, post
from mendloop.inventory.locations import DISCREPANCY, owner_of, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.models_of_desk import StockTransfer, StockTransferLine
from mendloop.inventory.roles import KEEPERS
from mendloop.inventory.undoing import serials_at
from mendloop.problems import Conflict, Forbidden, Missing, Problem, Refusal

ASKED, SENT, ARRIVED, REFUSED = "asked", "sent", "arrived", "refused"
REASONS = ("lost_on_way", "damaged", "miscounted", "wrong_part", "other")
"""Why something other arrives than was sent; `stock_reason.*` are the words."""
MOST_LISTED = 200
Wanted = Mapping[str, int]
"""So many thousandths of each part, by its id."""


@dataclass(frozen=True, slots=True)
class SentLine:
    """What was sent of a part, or of a lot, or the one with this serial number."""

    part: Part
    milli: int
    serial: str | None
    lot: str | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """How much of a line has come, and why that is not what was sent."""

    milli: int
    reason: str = ""


def access_transfer(session: Session, actor: Actor, transfer_id: str) -> StockTransfer:
    """A transfer of the actor's organisation, or `Missing`; carriers see those from and to their own place."""
    found = session.get(StockTransfer, (actor.organisation_id, transfer_id))
    if found is None or not may_see(actor, found):
        raise Missing
    return found


def is_made(session: Session, actor: Actor, transfer_id: str, route: tuple[str, str]) -> bool:
    """Whether this very form has made its transfer already: a second tap. Refused where it was another's."""
    found = session.get(StockTransfer, (actor.organisation_id, transfer_id))
    if found is not None and (found.source, found.target) != route:
        raise Conflict(Problem("stock.key_taken", params={"key": transfer_id[:60]}))
    return found is not None


def may_see(actor: Actor, transfer: StockTransfer) -> bool:
    """Who keeps stock, and whose van it is."""
    own = {owner_of(transfer.source), owner_of(transfer.target)}
    return actor.has_any(frozenset(KEEPERS)) or actor.person_id in own


def ask(
    session: Session, actor: Actor, source: str, target: str, wanted: Wanted, transfer_id: str = "", note: str = ""
) -> StockTransfer:
    """Somebody wants parts to be sent; in a write transaction."""
    known = session.get(StockTransfer, (actor.organisation_id, transfer_id)) if transfer_id else None
    if known is not None:
        said = {part.id: milli for part, milli in asked_lines(session, actor, known)}
        if (known.source, known.target, said) != (source, target, dict(wanted)):
            raise Conflict(Problem("stock.key_taken", params={"key": transfer_id[:60]}))
        return known
    transfer = _new(session, actor, transfer_id or new_id(), source, target, ASKED, note)
    for part_id, milli in wanted.items():
        session.add(
            StockTransferLine(
                organisation_id=actor.organisation_id, transfer_id=transfer.id, part_id=part_id, milli=milli
            )
        )
    session.flush()
    return transfer


def send(
    session: Session, actor: Actor, transfer_id: str, route: tuple[str, str], portions: Sequence[Portion], note: str
) -> StockTransfer:
    """Send parts from `route`'s first place to its second: a new transfer, or one that was asked for.

    In a write transaction. The same once more is the same transfer.
    """
    transfer = session.get(StockTransfer, (actor.organisation_id, transfer_id), with_for_update=True)
    if transfer is None:
        transfer = _new(session, actor, transfer_id, *route, ASKED, note)
    if transfer.state == REFUSED:
        raise Conflict(Problem("stock.transfer_closed"))
    if transfer.state == ASKED:
        transfer.source, transfer.target = route
    slip = Slip(f"transfer:{transfer_id}", note=note or None)
    posted = desk.send(session, actor, portions, transfer.source, transfer_id, slip)
    if transfer.state == ASKED:
        transfer.state, transfer.sent_at, transfer.sent_by = SENT, utc_now(), actor.person_id
        transfer.sent_movement = posted.movement_id
    session.flush()
    return transfer


def may_send(actor: Actor, transfer: StockTransfer) -> bool:
    """Who keeps stock, and whose van it leaves."""
    return actor.has_any(frozenset(KEEPERS)) or transfer.source == van_of(actor.person_id)


def send_what_was_asked(session: Session, actor: Actor, transfer_id: str) -> StockTransfer:
    """All that was asked for goes on its way, from where and to where it was asked; in a write transaction. Sent
    already, it stays as it was sent. Parts with serial numbers go without a word where no others lie there."""
    transfer = _locked(session, actor, transfer_id)
    if not may_send(actor, transfer):
        raise Forbidden
    if transfer.state in (SENT, ARRIVED):
        return transfer
    asked = asked_lines(session, actor, transfer)
    portions = [each for part, milli in asked for each in _pieces(session, actor, part, milli, transfer.source)]
    return send(session, actor, transfer_id, (transfer.source, transfer.target), portions, transfer.note or "")


def refuse(session: Session, actor: Actor, transfer_id: str) -> None:
    """What was asked for is not sent; in a write transaction."""
    transfer = _locked(session, actor, transfer_id)
    if transfer.state != ASKED:
        raise Conflict(Problem("stock.transfer_closed"))
    _close(transfer, actor, REFUSED)


def arrive(session: Session, actor: Actor, transfer_id: str, arrivals: Sequence[Arrival]) -> StockTransfer:
    """It has come: one arrival for each line that was sent, in their order; in a write transaction.

    What comes otherwise is booked as it is, and a supervisor judges it.
    """
    transfer = _locked(session, actor, transfer_id)
    if transfer.state == ARRIVED:
        return transfer
    if transfer.state != SENT:
        raise Conflict(Problem("stock.transfer_closed"))
    if not (actor.has_any(frozenset(KEEPERS)) or owner_of(transfer.target) == actor.person_id):
        raise Forbidden
    lines = sent_lines(session, actor, transfer)
    _check(lines, arrivals)
    _book(session, actor, transfer, list(zip(lines, arrivals, strict=True)))
    _close(transfer, actor, ARRIVED)
    session.flush()
    return transfer


def sent_lines(session: Session, actor: Actor, transfer: StockTransfer) -> list[SentLine]:
    """What was sent; one line where it was taken from several cost layers."""
    if transfer.sent_movement is None:
        return []
    found: dict[tuple[str, str | None, str | None], SentLine] = {}
    for entry, part in histories.entries_of_movement(session, actor, transfer.sent_movement):
        key = (part.id, entry.serial, entry.lot)
        before = found[key].milli if key in found else 0
        found[key] = SentLine(part, before + entry.milli, entry.serial, entry.lot)
    return list(found.values())


def asked_lines(session: Session, actor: Actor, transfer: StockTransfer) -> list[tuple[Part, int]]:
    """What was asked for."""
    statement = (
        select(Part, StockTransferLine.milli)
        .join(
            StockTransferLine,
            (StockTransferLine.organisation_id == Part.organisation_id) & (StockTransferLine.part_id == Part.id),
        )
        .where(Part.organisation_id == actor.organisation_id, StockTransferLine.transfer_id == transfer.id)
        .order_by(Part.number)
    )
    return [(part, milli) for part, milli in session.execute(statement)]


def list_transfers(session: Session, actor: Actor, *states: str, place: str = "") -> list[StockTransfer]:
    """Transfers in these states, the newest first; only those to `place`, where one is given."""
    statement = select(StockTransfer).where(
        StockTransfer.organisation_id == actor.organisation_id, StockTransfer.state.in_(states)
    )
    if place:
        statement = statement.where((StockTransfer.target == place) | (StockTransfer.source == place))
    return list(session.execute(statement.order_by(StockTransfer.id.desc()).limit(MOST_LISTED)).scalars())


def _new(
    session: Session, actor: Actor, transfer_id: str, source: str, target: str, state: str, note: str
) -> StockTransfer:
    if source == target:
        raise Refusal(Problem("stock.same_place", at="/target"))
    transfer = StockTransfer(
        organisation_id=actor.organisation_id,
        id=transfer_id,
        source=source,
        target=target,
        state=state,
        asked_at=utc_now(),
        asked_by=actor.person_id,
        note=note or None,
    )
    session.add(transfer)
    session.flush()
    return transfer


def _locked(session: Session, actor: Actor, transfer_id: str) -> StockTransfer:
    found = session.get(StockTransfer, (actor.organisation_id, transfer_id), with_for_update=True)
    if found is None or not may_see(actor, found):
        raise Missing
    return found


def _close(transfer: StockTransfer, actor: Actor, state: str) -> None:
    transfer.state, transfer.closed_at, transfer.closed_by = state, utc_now(), actor.person_id


def _check(lines: Sequence[SentLine], arrivals: Sequence[Arrival]) -> None:
    if len(lines) != len(arrivals):
        raise Refusal(Problem("stock.sheet_expired"))
    problems = []
    for index, (line, arrival) in enumerate(zip(lines, arrivals, strict=True)):
        if line.serial is not None and arrival.milli not in (0, line.milli):
            problems.append(Problem("stock.serial_is_one", at=f"/lines/{index}", params={"serial": line.serial}))
        if arrival.milli != line.milli:
            problems += whole_faults(line.part, arrival.milli, f"/lines/{index}")
        if arrival.milli != line.milli and arrival.reason not in REASONS:
            problems.append(Problem("stock.reason_missing", at=f"/lines/{index}"))
    if problems:
        raise Refusal(problems)


def _book(session: Session, actor: Actor, transfer: StockTransfer, lines: Sequence[tuple[SentLine, Arrival]]) -> None:
    come = [_portion(line, min(line.milli, arrival.milli)) for line, arrival in lines if arrival.milli]
    if come:
        desk.arrive(session, actor, come, transfer.id, transfer.target, Slip(f"arrive:{transfer.id}"))
    for reason in dict.fromkeys(arrival.reason for _, arrival in lines):
        mine = [each for each in lines if each[1].reason == reason]
        lost = [_portion(line, line.milli - arrival.milli) for line, arrival in mine if arrival.milli < line.milli]
        more = [_portion(line, arrival.milli - line.milli) for line, arrival in mine if arrival.milli > line.milli]
        if lost:
            slip = Slip(f"lost:{transfer.id}:{reason}", reason=reason)
            posted = desk.lost_on_the_way(session, actor, lost, transfer.id, slip)
            _to_judge(session, actor, transfer, posted, lost, reason)
        if more:
            act = Slip(f"found:{transfer.id}:{reason}", reason=reason).act("found")
            posted = post(session, actor, act, list(_finds(more, transfer.target)))
            _to_judge(session, actor, transfer, posted, more, reason)


def _to_judge(
    session: Session, actor: Actor, transfer: StockTransfer, posted: Posted, portions: Sequence[Portion], reason: str
) -> None:
    origin = Origin(transfer.target, transfer_id=transfer.id)
    raise_differences(session, actor, posted.movement_id, origin, {each.part.id: reason for each in portions})


def _pieces(session: Session, actor: Actor, part: Part, milli: int, place: str) -> list[Portion]:
    if not part.serial_tracked:
        return [Portion(part, milli)]
    serials = serials_at(session, actor, part.id, place)
    if len(serials) * WHOLE != milli:
        raise Refusal(Problem("stock.which_are_sent", params={"part": part.number, "named": len(serials)}))
    return [Portion(part, WHOLE, serial) for serial in serials]


def _portion(line: SentLine, milli: int) -> Portion:
    return Portion(line.part, milli, line.serial, line.lot)


def _finds(portions: Iterable[Portion], target: str) -> Iterable[Line]:
    for portion in portions:
        yield Line(portion.part.id, portion.milli, DISCREPANCY, target, serial=portion.serial, lot=portion.lot)
