"""Explaining issued parts that are neither built in nor back: one says what became of them, a supervisor accepts it."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.inventory import desk
from mendloop.inventory import services as inventory
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.services import Part
from mendloop.order_parts.acts import Asked, as_known, begin_act, known_parts, open_order, said
from mendloop.order_parts.explanations import explanations_of, proposed_by_part
from mendloop.order_parts.lying import WHOLE, lying_at, pieces
from mendloop.order_parts.models import ACCEPTED, PROPOSED, REFUSED, WITHDRAWN, PartExplanation
from mendloop.problems import Conflict, Missing, Problem, Refusal

KEPT_BY_CUSTOMER = "kept_by_customer"
REASONS = ("lost", "broken", KEPT_BY_CUSTOMER, "used_up", "other")
LONGEST_NOTE = 1000


def explain_part(session: Session, actor: Actor, order_id: str, asked: Asked, reason: str, note: str, key: str) -> None:
    """Say what became of a part; a supervisor decides whether that will do."""
    if begin_act(session, actor, order_id, key, "explain", order_id, said([asked]), reason, note.strip()) is None:
        return
    _check_reason(reason, note)
    asked = as_known(session, actor, [asked])[0]
    part = known_parts(session, actor, [asked])[asked.number]
    milli, serial = _meant(session, actor, order_id, part, asked)
    session.add(
        PartExplanation(
            organisation_id=actor.organisation_id,
            id=new_id(),
            order_id=order_id,
            part_id=part.id,
            milli=milli,
            serial=serial,
            reason=reason,
            note=note.strip() or None,
            state=PROPOSED,
            proposed_by=actor.person_id,
            proposed_at=utc_now(),
        )
    )
    session.flush()


def decide_explanation(
    session: Session, actor: Actor, order_id: str, explanation_id: str, accept: bool, answer: str = ""
) -> None:
    """Accept it, and the order bears what the part cost; or refuse it, with a word why."""
    open_order(session, actor, order_id)
    found = session.get(PartExplanation, (actor.organisation_id, explanation_id), with_for_update=True)
    if found is None or found.order_id != order_id:
        raise Missing
    _check_decision(actor, found, accept, answer)
    found.decided_by, found.decided_at, found.answer = actor.person_id, utc_now(), answer.strip() or None
    found.state = ACCEPTED if accept else REFUSED
    session.flush()
    if accept:
        part = inventory.parts_by_id(session, actor, [found.part_id])[found.part_id]
        slip = Slip(key=f"explained:{found.id}", reason=found.reason, note=found.note)
        gone = pieces(lying_at(session, actor, order_id), Asked(part.number, found.milli, found.serial))
        _book(session, actor, order_id, [portion for _, portion in gone], slip)


def _book(session: Session, actor: Actor, order_id: str, gone: Sequence[Portion], slip: Slip) -> None:
    """What the customer kept is with the customer, and charged as what was built in is; anything else is lost to us."""
    if slip.reason == KEPT_BY_CUSTOMER:
        desk.use(session, actor, order_id, gone, slip=slip)
    else:
        desk.write_off(session, actor, order_id, gone, slip)


def _check_reason(reason: str, note: str) -> None:
    problems = []
    if reason not in REASONS:
        problems.append(Problem("order_parts.reason_unknown", at="/reason"))
    if reason == "other" and not note.strip():
        problems.append(Problem("order_parts.reason_in_words", at="/note"))
    if len(note) > LONGEST_NOTE:
        problems.append(Problem("stock.note_too_long", at="/note", params={"limit": LONGEST_NOTE}))
    if problems:
        raise Refusal(problems)


def _check_decision(actor: Actor, found: PartExplanation, accept: bool, answer: str) -> None:
    if found.state == WITHDRAWN:
        raise Conflict(Problem("order_parts.withdrawn_already"))
    if found.state != PROPOSED:
        raise Conflict(Problem("order_parts.decided_already"))
    if found.proposed_by == actor.person_id:
        raise Refusal(Problem("order_parts.own_explanation"))
    if not accept and not answer.strip():
        raise Refusal(Problem("stock.reason_missing", at="/answer"))
    if len(answer) > LONGEST_NOTE:
        raise Refusal(Problem("stock.note_too_long", at="/answer", params={"limit": LONGEST_NOTE}))


def _meant(session: Session, actor: Actor, order_id: str, part: Part, asked: Asked) -> tuple[int, str | None]:
    """How much of what nobody has explained yet, and the one with which serial number, if it is one."""
    said = [each for each in explanations_of(session, actor, order_id) if each.state == PROPOSED]
    lying = lying_at(session, actor, order_id)
    free = (lying[part.number].milli if part.number in lying else 0) - proposed_by_part(said).get(part.id, 0)
    milli = WHOLE if asked.serial else free if asked.milli is None else asked.milli
    twice = asked.serial and any((each.part_id, each.serial) == (part.id, asked.serial) for each in said)
    if milli > free or milli <= 0 or twice:
        params = {"part": part.number, "quantity": inventory.quantity_of(0 if twice else free)}
        raise Conflict(Problem("order_parts.not_that_much_open", at="/quantity", params=params))
    meant = [portion.serial for _, portion in pieces(lying, Asked(part.number, milli, asked.serial))]
    return milli, meant[0] if len(meant) == 1 else None
