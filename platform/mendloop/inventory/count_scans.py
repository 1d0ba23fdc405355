"""Scanning what lies at a place that is being counted: each scan is one more, however often it is told."""

import datetime as dt
import uuid
from collections.abc import Iterator
from itertools import chain

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.inventory import counts, histories
from mendloop.inventory.amounts import MILLI
from mendloop.inventory.counts import Counted
from mendloop.inventory.models import Part
from mendloop.inventory.models_of_desk import StockCount, StockCountScan
from mendloop.inventory.services import parts_by_number
from mendloop.inventory.sheets import find_part
from mendloop.inventory.spelling import folded, is_one_serial
from mendloop.problems import Conflict, Problem, Refusal

LONGEST_CODE, LONGEST_KEY, LATELY = 200, 60, 100
_SCANS: Table = StockCountScan.__table__  # type: ignore[assignment]


def scan(session: Session, actor: Actor, count_id: str, code: str, key: str = "") -> Counted | Part | None:
    """One more of a part, or the one with this serial number; in a write transaction.

    None where the same scan was told before: nothing is counted again. `key` is the scan's own; without one it is new.
    The number of a part that has serial numbers counts nothing: it answers the part, whose serial numbers come next.
    """
    code, count = code.strip(), counts.lock_open(session, actor, count_id)
    if not code or len(code) > LONGEST_CODE or len(key) > LONGEST_KEY:
        raise Refusal(_unknown(code))
    if not _is_new(session, actor, count, key or uuid.uuid4().hex, code):
        return None
    part = find_part(session, actor, code)
    if part is None:
        return _scan_serial(session, actor, count, code)
    if part.serial_tracked:
        return part
    line = counts.lock_line(session, actor, count, part)
    return counts.write(session, actor, count, part, (line.counted if line is not None else 0) + MILLI, None)


def _is_new(session: Session, actor: Actor, count: StockCount, key: str, code: str) -> bool:
    """Remember the scan; False where it is remembered already. Refused where its key was another code's."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    own = {"organisation_id": actor.organisation_id, "count_id": count.id, "key": key}
    row = own | {"code": code, "at": utc_now(), "by": actor.person_id}
    statement = insert(_SCANS).on_conflict_do_nothing().returning(_SCANS.c.key)
    if session.connection().execute(statement, row).scalar() is not None:
        return True
    known = session.get_one(StockCountScan, tuple(own.values()))
    if known.code != code:
        raise Conflict(Problem("stock.scan_key_taken", at="/scan", params={"code": code[:60]}))
    return False


def _scan_serial(session: Session, actor: Actor, count: StockCount, code: str) -> Counted:
    known = next(iter(histories.part_of_serial(session, actor, code)), None)
    part = known[0] if known is not None else _last_named(session, actor, count)
    if part is None or (known is None and not is_one_serial(code)):
        raise Refusal(_unknown(code))
    serial = known[1].serial if known is not None else code
    line = counts.lock_line(session, actor, count, part)
    serials = list(line.serials) if line is not None else []
    if folded(serial) in map(folded, serials):
        raise Refusal(Problem("stock.serial_twice", at="/scan", params={"serial": code[:60]}))
    return counts.write(session, actor, count, part, (len(serials) + 1) * MILLI, [*serials, serial])


def _last_named(session: Session, actor: Actor, count: StockCount) -> Part | None:
    """The part with serial numbers that was counted, or whose own number was scanned, last: a serial number that nobody
    knows is one of those."""
    counted = ((each.line.counted_at, each.part) for each in counts.lines_of(session, actor, count))
    last = max(chain(counted, _scanned(session, actor, count)), key=_when, default=None)
    return last[1] if last is not None and last[1].serial_tracked else None


def _scanned(session: Session, actor: Actor, count: StockCount) -> Iterator[tuple[dt.datetime, Part]]:
    """The parts whose own numbers the same person has scanned lately."""
    own = StockCountScan
    mine = (own.organisation_id == actor.organisation_id, own.count_id == count.id, own.by == actor.person_id)
    lately = session.execute(select(own.at, own.code).where(*mine).order_by(own.at.desc()).limit(LATELY)).all()
    found = parts_by_number(session, actor, [code for _, code in lately])
    yield from ((at, found[code]) for at, code in lately if code in found)


def _when(each: tuple[dt.datetime, Part]) -> tuple[bool, dt.datetime]:
    return each[1].serial_tracked, each[0]


def _unknown(code: str) -> Problem:
    return Problem("stock.code_unknown", at="/scan", params={"code": code[:60]})
