"""Commands from devices: each is decided once, answered for ever, and never lost.

Every command has its own write transaction, so that one bad item never stops the others and an answer is only given
for what is on disk. A person's commands on one device are numbered without gaps; a gap is waited for.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mendloop.accounts.actor import OWNER, SUPERVISOR, Actor
from mendloop.accounts.services import find_actor
from mendloop.clock import utc_now
from mendloop.database import run_write
from mendloop.database.transactions import DatabaseBusy
from mendloop.photos.services import missing_photos, photos_named_in
from mendloop.problems import Missing, Problem
from mendloop.sync import store
from mendloop.sync.correcting import is_correction
from mendloop.sync.envelopes import CommandAnswer, CommandIn, Envelope
from mendloop.sync.store import QueueKey, queue_of
from mendloop.work_orders.services import Decision, check_assignee, decide_command

FOR_SUPERVISORS = {"AssignOrder", "CancelOrder"}
NOT_FROM_DEVICES = {"OpenOrder"}
log = structlog.get_logger()
_ALLOWED = frozenset({OWNER, SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Received:
    """What a device is told: answers in the order of the numbers, then those of earlier commands now released."""

    epoch: str
    high_water: int
    answers: tuple[CommandAnswer, ...]


def receive_commands(
    session: Session, actor: Actor, device: tuple[str, str], envelopes: Iterable[Envelope]
) -> Received:
    """Take in a device's commands. `device` is its id and incarnation."""
    queue = queue_of(actor, *device)
    answers: dict[str, CommandAnswer] = {}
    for envelope in sorted(envelopes, key=lambda envelope: envelope.command.sequence):
        answers[envelope.command.id] = _apply_guarded(session, actor, envelope)
    answers |= _release_held(session, actor, queue)
    return Received(_epoch(session, actor), store.high_water(session, queue), tuple(answers.values()))


def apply_command(session: Session, actor: Actor, envelope: Envelope) -> CommandAnswer:
    """Decide one command in one write transaction, or say what was decided when it came before."""
    return run_write(session, lambda: _take_in(session, actor, envelope))


def _apply_guarded(session: Session, actor: Actor, envelope: Envelope) -> CommandAnswer:
    try:
        return apply_command(session, actor, envelope)
    except (SQLAlchemyError, DatabaseBusy):
        raise
    except Exception:
        log.exception("command_failed", command=envelope.command.id)
        return _held(envelope.command, Problem("command.server_failed"))


def photo_arrived(session: Session, actor: Actor, sha256: str) -> None:
    """Decide what was held only because this photo was missing."""
    for row in store.commands_awaiting(session, actor, sha256):
        author = actor if row.person_id == actor.person_id else _author(session, actor, row.person_id)
        if author is not None:
            _release_held(session, author, queue_of(author, row.device_id, row.incarnation))


def _take_in(session: Session, actor: Actor, envelope: Envelope) -> CommandAnswer:
    command = envelope.command
    queue = queue_of(actor, envelope.device_id, envelope.incarnation)
    arrived = store.lock_queue(session, queue, envelope)
    known = store.find_command(session, actor, command.id)
    if known is not None:
        return _answer_again(session, actor, envelope, known)
    if command.sequence <= arrived:
        return _held(command, Problem("device.sequence_reused", params={"sequence": command.sequence}))
    if command.sequence > arrived + 1:
        answer = _held(command, Problem("command.predecessor_missing", params={"sequence": arrived + 1}))
        store.store_command(session, actor, envelope, answer)
        return answer
    store.advance_queue(session, queue, envelope)
    return _decide_new(session, actor, queue, envelope)


def _answer_again(session: Session, actor: Actor, envelope: Envelope, known: Any) -> CommandAnswer:
    if known.content_hash != envelope.content_hash and is_correction(session, actor, envelope, known):
        store.correct_command(session, actor, envelope)
        return _reconsider_now(session, actor, envelope)
    if known.content_hash != envelope.content_hash or known.person_id != actor.person_id:
        problem = Problem("command.id_reused")
        answer = CommandAnswer(envelope.command.id, "conflict", problems=(problem,))
        store.park(session, actor, envelope, answer)
        return answer
    stored = CommandAnswer.from_json(json.loads(known.answer))
    if stored.status != "applied":
        return stored
    return CommandAnswer(stored.id, "duplicate", stored.revision, stored.events)


def _decide_new(session: Session, actor: Actor, queue: QueueKey, envelope: Envelope) -> CommandAnswer:
    answer, missing = _decide(session, actor, queue, envelope.command)
    store.store_command(session, actor, envelope, answer)
    if missing:
        store.await_photos(session, actor, answer.id, missing)
    if answer.status in {"conflict", "rejected"}:
        store.park(session, actor, envelope, answer)
    return answer


def _decide(session: Session, actor: Actor, queue: QueueKey, command: CommandIn) -> tuple[CommandAnswer, set[str]]:
    """The answer, and the photos that it waits for."""
    if store.is_held_before(session, queue, command):
        return _held(command, Problem("command.earlier_held")), set()
    missing = missing_photos(session, actor, photos_named_in(command.payload))
    if missing:
        problems = [Problem("photo.missing_upload", params={"photo": sha256}) for sha256 in sorted(missing)]
        return CommandAnswer(command.id, "held", problems=tuple(problems)), missing
    return _ask_engine(session, actor, command), set()


def _ask_engine(session: Session, actor: Actor, command: CommandIn) -> CommandAnswer:
    refused = _refuse_by_role(session, actor, command)
    if refused is not None:
        return CommandAnswer(command.id, "rejected", problems=(refused,))
    try:
        decision = decide_command(session, actor, command.order, command.id, command.asked)
    except Missing:
        return CommandAnswer(command.id, "rejected", problems=(Problem("order.unknown"),))
    return _answer(command, decision)


def _answer(command: CommandIn, decision: Decision) -> CommandAnswer:
    if decision.accepted:
        return CommandAnswer(command.id, "applied", decision.revision, decision.events)
    is_stale = command.base_revision is not None and command.base_revision != decision.revision
    return CommandAnswer(
        command.id, "conflict" if is_stale else "rejected", decision.revision, problems=decision.problems
    )


def _refuse_by_role(session: Session, actor: Actor, command: CommandIn) -> Problem | None:
    if not isinstance(command.type, str):
        return None  # the engine says what is wrong with it
    if command.type in NOT_FROM_DEVICES:
        return Problem("command.not_from_devices")
    if command.type in FOR_SUPERVISORS and not actor.has_any(_ALLOWED):
        return Problem("forbidden")
    if command.type == "AssignOrder":
        return check_assignee(session, actor, command.asked.get("person"))
    return None


def _release_held(session: Session, actor: Actor, queue: QueueKey) -> dict[str, CommandAnswer]:
    """Decide again what is held in this queue, in order; answers those that are held no longer."""
    released: dict[str, CommandAnswer] = {}
    for row in store.held_commands(session, queue):
        if row.sequence > store.high_water(session, queue) + 1:
            break
        command_id = row.id
        answer = run_write(session, lambda command_id=command_id: _reconsider(session, actor, queue, command_id))  # type: ignore[misc]
        if answer.status != "held":
            released[answer.id] = answer
    return released


def _reconsider(session: Session, actor: Actor, queue: QueueKey, command_id: str) -> CommandAnswer:
    row = store.find_command(session, actor, command_id)
    return _reconsider_row(session, actor, queue, row)


def _reconsider_now(session: Session, actor: Actor, envelope: Envelope) -> CommandAnswer:
    row = store.find_command(session, actor, envelope.command.id)
    return _reconsider_row(session, actor, queue_of(actor, row.device_id, row.incarnation), row)


def _reconsider_row(session: Session, actor: Actor, queue: QueueKey, row: Any) -> CommandAnswer:
    stored = CommandAnswer.from_json(json.loads(row.answer))
    if row.status != "held":
        return stored
    envelope = Envelope(
        CommandIn.model_validate_json(row.body), row.device_id, row.incarnation, row.received_at, row.clock_offset_ms
    )
    arrived = store.lock_queue(session, queue, envelope)
    if row.sequence > arrived + 1:
        return stored
    if row.sequence == arrived + 1:
        store.advance_queue(session, queue, envelope)
    answer, missing = _decide(session, actor, queue, envelope.command)
    store.settle_command(session, actor, answer)
    if missing:
        store.await_photos(session, actor, answer.id, missing)
    if answer.status in {"conflict", "rejected"}:
        store.park(session, actor, envelope, answer)
    return answer


def _epoch(session: Session, actor: Actor) -> str:
    epoch = store.epoch_of(session, actor)
    if epoch is None:
        run_write(session, lambda: store.begin_epoch(session, actor))
        epoch = store.epoch_of(session, actor)
    return epoch or ""


def _author(session: Session, actor: Actor, person_id: str) -> Actor | None:
    found = find_actor(session, actor.organisation_id, person_id)
    return found[0] if found is not None else None


def _held(command: CommandIn, problem: Problem) -> CommandAnswer:
    return CommandAnswer(command.id, "held", problems=(problem,))


def now_received(command: CommandIn, device: tuple[str, str], offset: int | None) -> Envelope:
    """An envelope for a command that arrives at this moment."""
    return Envelope(command, device[0], device[1], utc_now(), offset)
