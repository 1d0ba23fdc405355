"""In which orders a case helped, and whose cases those were: for whoever counts what that saved."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.models import Case
from mendloop.knowledge.push.models import CaseVote


def helped_orders(session: Session, actor: Actor) -> dict[str, set[str]]:
    """The authors by order; nobody's word on a case of his own counts."""
    statement = (
        select(CaseVote.order_id, Case.author)
        .join(Case, (Case.organisation_id == CaseVote.organisation_id) & (Case.id == CaseVote.case_id))
        .where(
            CaseVote.organisation_id == actor.organisation_id,
            CaseVote.helped.is_(True),
            CaseVote.person_id != Case.author,
        )
    )
    found: dict[str, set[str]] = {}
    for order_id, author in session.execute(statement):
        found.setdefault(order_id, set()).add(author)
    return found
