"""Where the field and stock disagree, somebody must look: a task for each, open until it is settled with a word why."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.inventory.field_facts import Denied, PartFact, Scene
from mendloop.inventory.models import Part, StockDiscrepancy
from mendloop.problems import Conflict, Missing, Problem, Refusal

LONGEST_WORD, MOST_COUNTED = 2000, 100


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
            raised_at=scene.at,
            raised_by=scene.by,
        )
    )
    session.flush()


def open_discrepancies(session: Session, actor: Actor) -> list[tuple[StockDiscrepancy, Part]]:
    """What nobody has settled yet, the oldest first."""
    statement = (
        select(StockDiscrepancy, Part)
        .join(Part, (Part.organisation_id == StockDiscrepancy.organisation_id) & (Part.id == StockDiscrepancy.part_id))
        .where(StockDiscrepancy.organisation_id == actor.organisation_id, StockDiscrepancy.settled_at.is_(None))
        .order_by(StockDiscrepancy.raised_at, StockDiscrepancy.id)
    )
    return [(found, part) for found, part in session.execute(statement)]


def settle_discrepancy(session: Session, actor: Actor, discrepancy_id: str, word: str) -> None:
    """Somebody has looked, and says what it was."""
    if not word.strip():
        raise Refusal(Problem("stock.reason_missing", at="/note"))
    if len(word) > LONGEST_WORD:
        raise Refusal(Problem("stock.note_too_long", at="/note", params={"limit": LONGEST_WORD}))
    found = session.get(StockDiscrepancy, (actor.organisation_id, discrepancy_id), with_for_update=True)
    if found is None:
        raise Missing
    if found.settled_at is not None:
        raise Conflict(Problem("stock.settled_already"))
    found.settled_at, found.settled_by, found.note = utc_now(), actor.person_id, word.strip()


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
