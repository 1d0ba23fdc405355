"""Solved cases for tests, published as they stand."""

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import Database, new_id, run_write, session_for
from mendloop.knowledge.content import CaseContent, Sign
from mendloop.knowledge.models import Case
from mendloop.knowledge.rows import summarise, write_content
from mendloop.knowledge.services import publish_case


def solve(database: Database, reviewer: Actor, content: CaseContent) -> str:
    """Publish a case that comes from no order; its id."""
    with session_for(database, reviewer) as session:

        def publish() -> str:
            case = Case(organisation_id=reviewer.organisation_id, id=new_id(), author=reviewer.person_id)
            case.draft, case.created_at, case.changed_at = write_content(content), utc_now(), utc_now()
            case.status, case.revision, case.version = "draft", 1, 0
            summarise(case, content)
            session.add(case)
            session.flush()
            publish_case(session, reviewer, case.id, case.revision)
            return case.id

        return run_write(session, publish)


def sign(key: str, label: str) -> Sign:
    """A check that was off: `step.field`, with `+` or `-` behind a reading."""
    mark = key[-1] if key[-1] in "+-" else ""
    return Sign(key.removesuffix(mark) if mark else key, {"en": label}, {"en": label, "zh-CN": label}, mark)
