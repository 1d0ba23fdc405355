"""Compiled plans by their hash: read once, then kept, for they never change."""

import json

from mendloop_engine.plan import Plan
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.library.models import TemplateVersion
from mendloop.problems import Missing

KEPT = 512
_kept: dict[tuple[str, str], Plan] = {}


def plan_text(session: Session, actor: Actor, plan_hash: str) -> str:
    """A plan as canonical JSON, if one of the organisation's versions has it, else `Missing`."""
    query = select(TemplateVersion.plan).where(
        TemplateVersion.organisation_id == actor.organisation_id, TemplateVersion.plan_hash == plan_hash
    )
    text = session.execute(query.limit(1)).scalar_one_or_none()
    if text is None:
        raise Missing
    return text


def load_plan(session: Session, actor: Actor, plan_hash: str) -> Plan:
    """The same, ready to run."""
    key = (actor.organisation_id, plan_hash)
    plan = _kept.get(key)
    if plan is None:
        plan = Plan.from_json(json.loads(plan_text(session, actor, plan_hash)))
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[key] = plan
    return plan
