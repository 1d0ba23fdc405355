"""What an order tells of its repair, as a question to the search."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from mendloop_engine.plan import Plan
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.listing import cases_of_order
from mendloop.knowledge.search.entries import EntryKind, Question
from mendloop.knowledge.signs import Seen, signs_in
from mendloop.library.services import load_plan
from mendloop.work_orders.cards import visits_of
from mendloop.work_orders.services import WorkOrder

MOST = 10
BELOW, ABOVE = "-", "+"


def question_of(session: Session, actor: Actor, order: WorkOrder, at: str = "", limit: int = MOST) -> Question:
    """Product, place in the whole, faults and what has failed so far; `at`: the check that has just failed, first."""
    facts = json.loads(order.state)["order"]
    plan = load_plan(session, actor, order.plan_hash)
    failed = list(dict.fromkeys(_failed(plan, visits_of(session, actor, order.id))))
    return Question(
        text=facts.get("fault_text") or "",
        product=order.product,
        positions=tuple(filter(None, [facts.get("position")])),
        faults=tuple(facts.get("fault_codes") or ()),
        checks=tuple(_first(at, failed)),
        template=plan.key,
        limit=limit,
        without=tuple(case.id for case in cases_of_order(session, actor, order.id)),
    )


def question_at_intake(
    product: str, faults: Sequence[str], text: str, kinds: tuple[EntryKind, ...] = (), limit: int = 5
) -> Question:
    """What is known before there is an order."""
    return Question(text=text, product=product, faults=tuple(faults), kinds=kinds, limit=limit)


def _first(at: str, failed: Sequence[str]) -> Iterator[str]:
    """The check that is asked about, with its direction where the record knows it, then the others."""
    asked = [check for check in failed if at and check.rstrip(ABOVE + BELOW) == at.rstrip(ABOVE + BELOW)] or [at]
    yield from (check for check in asked if check)
    yield from (check for check in failed if check not in asked)


def _failed(plan: Plan, visits: Sequence[Any]) -> Iterator[str]:
    """The latest visits last: what is open counts as far as it is recorded."""
    for row in visits:
        answers = json.loads(row.answers if row.status == "completed" else row.draft)
        seen = Seen(row.node, row.number, row.by or "", row.started_at or "", row.worked_ms, answers, {})
        yield from (sign.key for sign in signs_in(plan, seen))
