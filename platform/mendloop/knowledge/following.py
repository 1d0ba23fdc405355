"""What the end of an order means for knowledge. Called in its own transaction: reads little, writes a row."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mendloop_engine.plan import Plan
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.services import parts_by_number
from mendloop.knowledge.adding import add_case
from mendloop.knowledge.before_after import photo_pairs
from mendloop.knowledge.content import Words
from mendloop.knowledge.drafting import Closed, draft_of, teaches_something
from mendloop.knowledge.gleaning import CAUSE, REMEDY, Gleaned, Said, glean
from mendloop.knowledge.models import Case
from mendloop.knowledge.rows import summarise, write_content
from mendloop.knowledge.signs import Seen
from mendloop.library.services import TemplateVersion, fault_code_by_code, list_fault_codes
from mendloop.work_orders.store import ORDERS, VISITS


def order_ended(session: Session, actor: Actor, order_id: str, plan: Plan) -> Case | None:
    """Draft the order's case, if there is something to learn from it. One that somebody has touched stays as it is."""
    closed, gleaned = read_record(session, actor, order_id, plan)
    if not teaches_something(closed, gleaned):
        return None
    content = draft_of(closed, gleaned, actor.language)
    case = case_of_order(session, actor, order_id)
    if case is None:
        return add_case(session, actor, gleaned.author or actor.person_id, content, order_id)
    if case.status == "draft" and case.revision == 1:
        case.draft = write_content(content)
        summarise(case, content)
    return case


def case_of_order(session: Session, actor: Actor, order_id: str) -> Case | None:
    """The case that was drawn from the order, if any."""
    mine = (Case.organisation_id == actor.organisation_id, Case.order_id == order_id)
    return session.execute(select(Case).where(*mine)).scalar_one_or_none()


def read_record(session: Session, actor: Actor, order_id: str, plan: Plan) -> tuple[Closed, Gleaned]:
    """What is needed of an order's record, in a handful of short queries."""
    visits = [_seen(row) for row in _visits(session, actor, order_id)]
    gleaned = glean(plan, visits)
    order = _order(session, actor, order_id)
    facts: Mapping[str, Any] = json.loads(order.state)["order"]
    parts = parts_by_number(session, actor, [part.number for part in gleaned.parts]) if gleaned.parts else {}
    closed = Closed(
        facts=facts,
        plan=plan,
        version=_version(session, actor, order.template_version_id),
        ended_at=order.ended_at or "",
        titles=_titles(session, actor, facts.get("fault_codes") or ()),
        pairs=photo_pairs(plan, visits),
        names={number: part.name for number, part in parts.items()},
        cause_codes=_codes_named(session, actor, "cause", [each for each in gleaned.said if each.speaks_of(CAUSE)]),
        remedy_codes=_codes_named(session, actor, "remedy", [each for each in gleaned.said if each.speaks_of(REMEDY)]),
    )
    units = {number: part.unit for number, part in parts.items()}
    known = tuple(replace(part, unit=units.get(part.number, part.unit)) for part in gleaned.parts)
    return closed, replace(gleaned, parts=known)


def _order(session: Session, actor: Actor, order_id: str) -> Any:
    wanted = (ORDERS.c.state, ORDERS.c.ended_at, ORDERS.c.template_version_id)
    mine = (ORDERS.c.organisation_id == actor.organisation_id, ORDERS.c.id == order_id)
    return session.connection().execute(select(*wanted).where(*mine)).one()


def _visits(session: Session, actor: Actor, order_id: str) -> Sequence[Any]:
    mine = (VISITS.c.organisation_id == actor.organisation_id, VISITS.c.order_id == order_id)
    statement = select(VISITS).where(*mine, VISITS.c.status == "completed").order_by(VISITS.c.opened_sequence)
    return session.connection().execute(statement).all()


def _seen(row: Any) -> Seen:
    answers, reasons = json.loads(row.answers), json.loads(row.reasons)
    return Seen(row.node, row.number, row.by or "", row.completed_at or "", row.worked_ms, answers, reasons)


def _version(session: Session, actor: Actor, version_id: str) -> int:
    mine = (TemplateVersion.organisation_id == actor.organisation_id, TemplateVersion.id == version_id)
    return session.execute(select(TemplateVersion.number).where(*mine)).scalar() or 0


def _titles(session: Session, actor: Actor, codes: Iterable[str]) -> dict[str, Words]:
    found = ((code, fault_code_by_code(session, actor, code)) for code in codes)
    return {code: fault.title for code, fault in found if fault is not None}


def _codes_named(session: Session, actor: Actor, kind: str, said: Sequence[Said]) -> tuple[str, ...]:
    """The codes that options are called like, by ids or by words. Where nothing was chosen, nothing is asked."""
    options = {option.casefold().replace("_", "-") for each in said for option in each.options}
    words = {text.casefold() for each in said if each.options for text in each.text.values()}
    if not options:
        return ()
    codes = list_fault_codes(session, actor, kind=kind)
    return tuple(
        each.code
        for each in codes
        if each.code.casefold() in options or words.intersection(title.casefold() for title in each.title.values())
    )
