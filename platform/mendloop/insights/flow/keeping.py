"""Imported logs of an organisation: taken in, found, read, renamed in meaning, removed."""

import gzip
import hashlib
import io
import threading
from collections import OrderedDict
from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.insights.flow.log import Log
from mendloop.insights.flow.meaning import Meaning, guess
from mendloop.insights.flow.models import ImportedLog, ImportedLogFile
from mendloop.insights.flow.xes_reading import MOST_FILE_BYTES, Read, read_xes
from mendloop.problems import Conflict, Missing, Problem, Refusal, TooLarge

MOST_LOGS = 50
KEPT_EVENTS = 400_000
"""So many events of logs that were read lately stay in memory."""
LONGEST = 200
_read: OrderedDict[str, Log] = OrderedDict()
_guard = threading.Lock()


def take_in(session: Session, actor: Actor, file_name: str, content: bytes) -> ImportedLog:
    """Keep the log of a file, with what its words seem to mean; `Refusal` with the line for what is no log."""
    if len(content) > MOST_FILE_BYTES:
        raise TooLarge(Problem("body_too_large", params={"limit": MOST_FILE_BYTES}))
    sha256 = hashlib.sha256(content).hexdigest()
    _check_new(session, actor, sha256)
    found = read_xes(io.BytesIO(content))
    kept = _row(actor, file_name, sha256, found)
    session.add(kept)
    session.flush()
    packed = content if content[:2] == b"\x1f\x8b" else gzip.compress(content)
    session.add(ImportedLogFile(organisation_id=actor.organisation_id, log_id=kept.id, content=packed))
    session.flush()
    return kept


def _check_new(session: Session, actor: Actor, sha256: str) -> None:
    logs = list_logs(session, actor)
    if any(each.sha256 == sha256 for each in logs):
        raise Conflict(Problem("xes.known", "/file"))
    if len(logs) >= MOST_LOGS:
        raise Refusal(Problem("xes.too_many_logs", "/file", params={"limit": MOST_LOGS}))


def _row(actor: Actor, file_name: str, sha256: str, found: Read) -> ImportedLog:
    span = found.log.span()
    if span is None:
        raise Refusal(Problem("xes.empty", "/file"))
    return ImportedLog(
        organisation_id=actor.organisation_id,
        id=new_id(),
        name=_plain(found.log.name or file_name),
        file_name=_plain(file_name),
        sha256=sha256,
        cases=len(found.log.traces),
        events=found.log.events,
        activities=len(found.log.activities()),
        left_out=found.left_out,
        first_at=span[0],
        last_at=span[1],
        meaning=guess(found.log).to_json(),
        steps={},
        created_at=utc_now(),
        created_by=actor.person_id,
    )


def _plain(name: str) -> str:
    return " ".join(name.split())[:LONGEST]


def list_logs(session: Session, actor: Actor) -> list[ImportedLog]:
    """Those of the organisation, newest first."""
    statement = select(ImportedLog).where(ImportedLog.organisation_id == actor.organisation_id)
    return list(session.execute(statement.order_by(ImportedLog.id.desc())).scalars())


def access_log(session: Session, actor: Actor, log_id: str) -> ImportedLog:
    """One of the organisation's, or `Missing`."""
    found = session.get(ImportedLog, (actor.organisation_id, log_id))
    if found is None:
        raise Missing
    return found


def read_log(session: Session, actor: Actor, kept: ImportedLog) -> Log:
    """The log itself; one that was read lately is not read again."""
    key = f"{actor.organisation_id}/{kept.id}"
    with _guard:
        if key in _read:
            _read.move_to_end(key)
            return _read[key]
    log = read_xes(io.BytesIO(file_of(session, actor, kept))).log
    with _guard:
        _read[key] = log
        while len(_read) > 1 and sum(each.events for each in _read.values()) > KEPT_EVENTS:
            _read.popitem(last=False)
    return log


def file_of(session: Session, actor: Actor, kept: ImportedLog) -> bytes:
    """The file as it came, packed with gzip."""
    statement = select(ImportedLogFile.content).where(
        ImportedLogFile.organisation_id == actor.organisation_id, ImportedLogFile.log_id == kept.id
    )
    return session.execute(statement).scalar_one()


def say_meaning(session: Session, kept: ImportedLog, name: str, meaning: Meaning) -> None:
    """What its words mean, and what it is called here."""
    kept.name, kept.meaning = _plain(name) or kept.name, meaning.to_json()
    session.flush()


def say_steps(session: Session, kept: ImportedLog, template_id: str, steps: Mapping[str, str]) -> None:
    """Which of its activities is which step of a template."""
    kept.steps = {**kept.steps, template_id: dict(steps)}
    session.flush()


def remove_log(session: Session, actor: Actor, kept: ImportedLog) -> None:
    """It is gone, with its file."""
    owned = (ImportedLogFile.organisation_id == actor.organisation_id, ImportedLogFile.log_id == kept.id)
    session.execute(delete(ImportedLogFile).where(*owned))
    session.delete(kept)
    session.flush()
    with _guard:
        _read.pop(f"{actor.organisation_id}/{kept.id}", None)
