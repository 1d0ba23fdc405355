"""What other features may ask of work orders."""

from mendloop_engine.canonical import canonical_text
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.library.templates import load_plan
from mendloop.problems import Missing
from mendloop.work_orders.access import access_work_order
from mendloop.work_orders.chain import verify_record
from mendloop.work_orders.deciding import Decision, decide_command
from mendloop.work_orders.opening import (
    NewOrder,
    assign_work_order,
    cancel_work_order,
    check_assignee,
    open_work_order,
)
from mendloop.work_orders.proposing import propose
from mendloop.work_orders.rebuilding import rebuild_read_models


def plan_text(session: Session, actor: Actor, plan_hash: str) -> str | None:
    """A plan as canonical JSON, None when no version of the organisation has it."""
    try:
        return canonical_text(load_plan(session, actor, plan_hash).to_json())
    except Missing:
        return None


__all__ = [
    "Decision",
    "NewOrder",
    "access_work_order",
    "assign_work_order",
    "cancel_work_order",
    "check_assignee",
    "decide_command",
    "open_work_order",
    "plan_text",
    "propose",
    "rebuild_read_models",
    "verify_record",
]
