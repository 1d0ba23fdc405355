"""Where the field and stock disagree, somebody must look: a task for each, open until it is settled with a word why."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.inventory.field_facts import Denied, PartFact, Scene
from mendloop.inventory.models import Part, StockDiscrepancy
from mendloop.inventory.models_of_desk import StockCountLine
from mendloop.problems import Conflict, Missing, Problem, Refusal

LONGEST_WORD, MOST_COUNTED, MOST_LATELY = 2000, 100, 20
VERDICTS = ("accepted", "refused")


def raise_discrepancy(session: Session, actor: Actor, scene: Scene, part: Part, fact: PartFact, denied: Denied) -> None:
    """Write down what stock knew otherwise."""
    session.add(
        StockDiscrepancy(
            organisation_id=actor.organisation_id,
            id=new_id(),
            part_id=part.id,
            order_id=scene.order_id,
            visit=scene.visit,
            action=fact.action,
            milli=denied.milli,
            serial=fact.serial,
            found_at=denied.found,
            reason=denied.why,
            raised_at=scene.at,
            raised_by=scene.by,
        )
    )
    session.flush()


def open_discrepancies(session: Session, actor: Actor) -> list[tuple[StockDiscrepancy, Part]]:
    """What nobody has settled yet, the oldest first."""
    statement = _tasks(actor).where(StockDiscrepancy.settled_at.is_(None))
    ordered = statement.order_by(StockDiscrepancy.raised_at, StockDiscrepancy.id)
    return [(found, part) for found, part in session.execute(ordered)]


def access_discrepancy(session: Session, actor: Actor, discrepancy_id: str) -> tuple[StockDiscrepancy, Part]:
    """A task of the actor's organisation with its part, or `Missing`."""
    found = session.get(StockDiscrepancy, (actor.organisation_id, discrepancy_id))
    if found is None:
        raise Missing
    return found, session.get_one(Part, (actor.organisation_id, found.part_id))


def settled_lately(session: Session, actor: Actor) -> list[tuple[StockDiscrepancy, Part]]:
    """What was judged, the latest first."""
    statement = _tasks(actor).where(StockDiscrepancy.settled_at.is_not(None))
    ordered = statement.order_by(StockDiscrepancy.settled_at.desc(), StockDiscrepancy.id)
    return [(found, part) for found, part in session.execute(ordered.limit(MOST_LATELY))]


def settle_discrepancy(session: Session, actor: Actor, discrepancy_id: str, verdict: str, word: str) -> None:
    """Somebody has looked: it was so, or it cannot be accepted and this follows. Nobody judges what is his own.

    What was booked stays: a refusal says what becomes of it.
    """
    _check(verdict, word)
    found = session.get(StockDiscrepancy, (actor.organisation_id, discrepancy_id), with_for_update=True)
    if found is None:
        raise Missing
    if is_own(session, actor, found):
        raise Conflict(Problem("stock.settled_by_another", at="/note"))
    if found.settled_at is not None:
        raise Conflict(Problem("stock.settled_already"))
    found.settled_at, found.settled_by = utc_now(), actor.person_id
    found.verdict, found.note = verdict, word.strip()


def is_own(session: Session, actor: Actor, task: StockDiscrepancy) -> bool:
    """Who told of it, and who counted it."""
    if task.raised_by == actor.person_id:
        return True
    counted = session.get(StockCountLine, (actor.organisation_id, task.count_id or "", task.part_id))
    return counted is not None and counted.counted_by == actor.person_id


def _check(verdict: str, word: str) -> None:
    problems = []
    if verdict not in VERDICTS:
        problems.append(Problem("stock.verdict_missing", at="/verdict"))
    if not word.strip():
        problems.append(Problem("stock.reason_missing", at="/note"))
    if len(word) > LONGEST_WORD:
        problems.append(Problem("stock.note_too_long", at="/note", params={"limit": LONGEST_WORD}))
    if problems:
        raise Refusal(problems)


def count_open(session: Session, actor: Actor) -> int:
    """How many wait for somebody to look; of a hundred and more it says a hundred: every page asks."""
    some = select(StockDiscrepancy.id).where(
        StockDiscrepancy.organisation_id == actor.organisation_id, StockDiscrepancy.settled_at.is_(None)
    )
    return session.execute(select(func.count()).select_from(some.limit(MOST_COUNTED).subquery())).scalar_one()


def count_of_order(session: Session, actor: Actor, order_id: str) -> int:
    """How often an order's field facts and stock disagreed."""
    statement = select(func.count()).where(
        StockDiscrepancy.organisation_id == actor.organisation_id, StockDiscrepancy.order_id == order_id
    )
    return session.execute(statement.select_from(StockDiscrepancy)).scalar_one()


def _tasks(actor: Actor) -> Select[StockDiscrepancy, Part]:
    own = (Part.organisation_id == StockDiscrepancy.organisation_id) & (Part.id == StockDiscrepancy.part_id)
    return (
        select(StockDiscrepancy, Part).join(Part, own).where(StockDiscrepancy.organisation_id == actor.organisation_id)
    )
