"""What happened to a case: its versions and what was done with it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.models import Case, CaseAct, CaseVersion


def versions_of(session: Session, actor: Actor, case: Case) -> list[CaseVersion]:
    """What was published, the first first."""
    mine = (CaseVersion.organisation_id == actor.organisation_id, CaseVersion.case_id == case.id)
    return list(session.execute(select(CaseVersion).where(*mine).order_by(CaseVersion.number)).scalars())


def acts_of(session: Session, actor: Actor, case: Case) -> list[CaseAct]:
    """What was done, the first first."""
    mine = (CaseAct.organisation_id == actor.organisation_id, CaseAct.case_id == case.id)
    return list(session.execute(select(CaseAct).where(*mine).order_by(CaseAct.number)).scalars())
