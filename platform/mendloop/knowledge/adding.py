"""A new case: drawn from an order, or brought from elsewhere."""

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.knowledge.content import CaseContent
from mendloop.knowledge.models import Case
from mendloop.knowledge.rows import note_act, summarise, write_content


def add_case(session: Session, actor: Actor, author: str, content: CaseContent, order_id: str | None = None) -> Case:
    """Begin a draft, which is `author`'s to finish."""
    case = Case(organisation_id=actor.organisation_id, id=new_id(), order_id=order_id, author=author)
    case.draft, case.created_at, case.changed_at = write_content(content), utc_now(), utc_now()
    case.status, case.revision, case.version = "draft", 1, 0
    summarise(case, content)
    session.add(case)
    session.flush()
    note_act(session, actor, case, "drafted")
    return case
