"""Statements of the command hot path, built once."""

import json
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.database import new_id
from mendloop.sync.envelopes import CommandAnswer, CommandIn, Envelope
from mendloop.sync.models import AwaitedPhoto, DeviceQueue, ParkedCommand, StoredCommand, SyncEpoch

COMMANDS: Table = StoredCommand.__table__  # type: ignore[assignment]
QUEUES: Table = DeviceQueue.__table__  # type: ignore[assignment]
PARKED: Table = ParkedCommand.__table__  # type: ignore[assignment]
AWAITED: Table = AwaitedPhoto.__table__  # type: ignore[assignment]
EPOCHS: Table = SyncEpoch.__table__  # type: ignore[assignment]

_MINE = COMMANDS.c.organisation_id == bindparam("organisation")
_ONE = (_MINE, COMMANDS.c.id == bindparam("command"))
_OF_QUEUE = (
    _MINE,
    COMMANDS.c.device_id == bindparam("device"),
    COMMANDS.c.incarnation == bindparam("life"),
    COMMANDS.c.person_id == bindparam("person"),
    COMMANDS.c.status == "held",
)
_THIS_QUEUE = (
    QUEUES.c.organisation_id == bindparam("organisation"),
    QUEUES.c.device_id == bindparam("device"),
    QUEUES.c.incarnation == bindparam("life"),
    QUEUES.c.person_id == bindparam("person"),
)
_FIND = select(COMMANDS).where(*_ONE)
_SETTLE = update(COMMANDS).where(*_ONE)
_HELD = select(COMMANDS).where(*_OF_QUEUE).order_by(COMMANDS.c.sequence)
_HELD_BEFORE = (
    select(COMMANDS.c.id)
    .where(*_OF_QUEUE, COMMANDS.c.order_id == bindparam("order"), COMMANDS.c.sequence < bindparam("before"))
    .limit(1)
)
_LOCK_QUEUE = select(QUEUES.c.high_water).where(*_THIS_QUEUE).with_for_update()
_HIGH_WATER = select(QUEUES.c.high_water).where(*_THIS_QUEUE)
_ADVANCE = update(QUEUES).where(*_THIS_QUEUE)
_WAITING_FOR = (
    select(COMMANDS)
    .join(AWAITED, (AWAITED.c.organisation_id == COMMANDS.c.organisation_id) & (AWAITED.c.command_id == COMMANDS.c.id))
    .where(
        _MINE,
        AWAITED.c.organisation_id == bindparam("organisation"),
        AWAITED.c.sha256 == bindparam("sha256"),
        COMMANDS.c.status == "held",
    )
    .order_by(COMMANDS.c.sequence)
)
_FORGET_AWAITED = delete(AWAITED).where(
    AWAITED.c.organisation_id == bindparam("organisation"), AWAITED.c.command_id == bindparam("command")
)
_EPOCH = select(EPOCHS.c.epoch).where(EPOCHS.c.organisation_id == bindparam("organisation"))


QueueKey = dict[str, object]
"""The parameters that name one person's queue on one device."""


def queue_of(actor: Actor, device_id: str, incarnation: str) -> QueueKey:
    """The actor's own queue on this device."""
    return {
        "organisation": actor.organisation_id,
        "device": device_id,
        "life": incarnation,
        "person": actor.person_id,
    }


def find_command(session: Session, actor: Actor, command_id: str) -> Any:
    """The stored command with this id, or None."""
    values = {"organisation": actor.organisation_id, "command": command_id}
    return session.connection().execute(_FIND, values).one_or_none()


def lock_queue(session: Session, queue: QueueKey, envelope: Envelope) -> int:
    """How far the queue's numbering has arrived; the queue is ours until the transaction ends."""
    found = session.connection().execute(_LOCK_QUEUE, queue).scalar()
    if found is not None:
        return int(found)
    row = {
        "organisation_id": queue["organisation"],
        "device_id": queue["device"],
        "incarnation": queue["life"],
        "person_id": queue["person"],
        "high_water": 0,
        "seen_at": envelope.received_at,
    }
    session.connection().execute(_insert(session)(QUEUES).on_conflict_do_nothing(), row)
    return int(session.connection().execute(_LOCK_QUEUE, queue).scalar_one())


def advance_queue(session: Session, queue: QueueKey, envelope: Envelope) -> None:
    """This command is the next in its queue and has arrived."""
    session.connection().execute(
        _ADVANCE, {**queue, "high_water": envelope.command.sequence, "seen_at": envelope.received_at}
    )


def high_water(session: Session, queue: QueueKey) -> int:
    """The last number up to which nothing is missing."""
    return session.connection().execute(_HIGH_WATER, queue).scalar() or 0


def store_command(session: Session, actor: Actor, envelope: Envelope, answer: CommandAnswer) -> None:
    """Keep a new command with its answer."""
    command = envelope.command
    row = {
        "organisation_id": actor.organisation_id,
        "id": command.id,
        "order_id": command.order,
        "person_id": actor.person_id,
        "type": str(command.type)[:40],
        "content_hash": envelope.content_hash,
        "body": body_of(command),
        "status": answer.status,
        "answer": _text(answer.to_json()),
        "device_id": envelope.device_id,
        "incarnation": envelope.incarnation,
        "sequence": command.sequence,
        "base_revision": command.base_revision,
        "device_at": str(command.at)[:30],
        "monotonic_ms": command.monotonic_ms,
        "received_at": envelope.received_at,
        "clock_offset_ms": envelope.clock_offset_ms,
        "clock_flagged": envelope.clock_is_off,
    }
    session.connection().execute(COMMANDS.insert(), row)


def settle_command(session: Session, actor: Actor, answer: CommandAnswer) -> None:
    """A held command has got another answer."""
    values = {"organisation": actor.organisation_id, "command": answer.id}
    session.connection().execute(_SETTLE, {**values, "status": answer.status, "answer": _text(answer.to_json())})
    if answer.status != "held":
        session.connection().execute(_FORGET_AWAITED, values)


def correct_command(session: Session, actor: Actor, envelope: Envelope) -> None:
    """A held command now says what the device says it should; what it waited for is forgotten."""
    values = {"organisation": actor.organisation_id, "command": envelope.command.id}
    changed = {"content_hash": envelope.content_hash, "body": body_of(envelope.command)}
    session.connection().execute(_SETTLE, {**values, **changed})
    session.connection().execute(_FORGET_AWAITED, values)


def held_commands(session: Session, queue: QueueKey) -> list[Any]:
    """The queue's held commands in the order of their numbers."""
    return list(session.connection().execute(_HELD, queue))


def is_held_before(session: Session, queue: QueueKey, command: CommandIn) -> bool:
    """True when an earlier command of the same queue on the same order is still held."""
    values = {**queue, "order": command.order, "before": command.sequence}
    return session.connection().execute(_HELD_BEFORE, values).one_or_none() is not None


def await_photos(session: Session, actor: Actor, command_id: str, hashes: set[str]) -> None:
    """The command can be decided when these photos are there."""
    rows = [
        {"organisation_id": actor.organisation_id, "sha256": sha256, "command_id": command_id}
        for sha256 in sorted(hashes)
    ]
    session.connection().execute(_insert(session)(AWAITED).on_conflict_do_nothing(), rows)


def commands_awaiting(session: Session, actor: Actor, sha256: str) -> list[Any]:
    """Held commands that name this photo."""
    values = {"organisation": actor.organisation_id, "sha256": sha256}
    return list(session.connection().execute(_WAITING_FOR, values))


def park(session: Session, actor: Actor, envelope: Envelope, answer: CommandAnswer) -> None:
    """Keep what was not applied, with its reason, for somebody to look at. Parking it again changes nothing."""
    command = envelope.command
    row = {
        "organisation_id": actor.organisation_id,
        "id": new_id(),
        "command_id": command.id,
        "content_hash": envelope.content_hash,
        "order_id": command.order,
        "person_id": actor.person_id,
        "device_id": envelope.device_id,
        "type": str(command.type)[:40],
        "body": body_of(command),
        "status": answer.status,
        "problems": _text([problem.to_json() for problem in answer.problems]),
        "parked_at": envelope.received_at,
    }
    session.connection().execute(_insert(session)(PARKED).on_conflict_do_nothing(), row)


def epoch_of(session: Session, actor: Actor) -> str | None:
    """The epoch of this organisation's data, None before the first command."""
    return session.connection().execute(_EPOCH, {"organisation": actor.organisation_id}).scalar()


def begin_epoch(session: Session, actor: Actor) -> None:
    """Give the organisation's data an epoch, if it has none."""
    row = {"organisation_id": actor.organisation_id, "epoch": new_id()}
    session.connection().execute(_insert(session)(EPOCHS).on_conflict_do_nothing(), row)


def body_of(command: CommandIn) -> str:
    """A command as text, as it came."""
    return _text(command.model_dump())


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=dict)


def _insert(session: Session) -> Any:
    return _dialect_insert(session.get_bind().dialect.name)


@cache
def _dialect_insert(dialect: str) -> Any:
    return postgresql.insert if dialect == "postgresql" else sqlite.insert
