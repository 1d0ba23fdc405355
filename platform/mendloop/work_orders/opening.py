"""Opening a work order: its number, its template version, its first events."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mendloop_engine.canonical import canonical_text
from mendloop_engine.chain import GENESIS
from mendloop_engine.state import initial_state
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation, find_actor, zone_of
from mendloop.assets import services as assets
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.library.services import access_version, fault_code_by_code, product_by_key
from mendloop.problems import Missing, Problem, Refusal
from mendloop.work_orders.deciding import Decision, decide_command
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.numbering import next_number
from mendloop.work_orders.sub_order_places import has_place
from mendloop.work_orders.sub_orders import connect, lock_parent

PRIORITIES = ("urgent", "high", "normal", "low")


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What a supervisor says about a job."""

    product: str
    template_version: str
    asset: str = ""
    customer: str = ""
    fault_codes: tuple[str, ...] = ()
    fault_text: str = ""
    priority: str = "normal"
    due: dt.datetime | None = None
    assignee: str | None = None
    warranty: bool = False
    keep_asset: bool = False
    """Take the asset in when there is none with that number."""
    created: dt.datetime | None = None
    parent: str | None = None
    """The order that this one is a part of, by its id: it is for good."""
    position: str = ""
    """The address in the BOM of what that order is about."""


def open_work_order(session: Session, actor: Actor, new: NewOrder) -> WorkOrder:
    """Open the order and, when somebody is named, assign it; inside the caller's write transaction."""
    created = new.created or utc_now()
    parent = _check(session, actor, new, created)
    order = _write_down(session, actor, new, created)
    facts = _facts(order, new, created)
    if parent is not None:
        connect(session, parent, order, new.position)
        facts |= _facts_above(parent, new)
    _insist(_ask(session, actor, order.id, {"type": "OpenOrder", "at": moment(created), "order": facts}))
    if new.assignee:
        _insist(_ask(session, actor, order.id, {"type": "AssignOrder", "at": moment(created), "person": new.assignee}))
    told = (new.asset, new.customer)
    assets.link_named_order(session, actor, order.id, new.product, told, create=new.keep_asset)
    session.refresh(order)
    return order


def assign_work_order(session: Session, actor: Actor, order_id: str, person: str | None) -> None:
    """Give the order to somebody else, or to nobody."""
    problem = check_assignee(session, actor, person)
    if problem is not None:
        raise Refusal(problem)
    _insist(_ask(session, actor, order_id, {"type": "AssignOrder", "at": moment(utc_now()), "person": person}))


def cancel_work_order(session: Session, actor: Actor, order_id: str, reason: str) -> None:
    """Give the order up, for a reason that stays in its record."""
    _insist(_ask(session, actor, order_id, {"type": "CancelOrder", "at": moment(utc_now()), "reason": reason}))


def check_assignee(session: Session, actor: Actor, person: object) -> Problem | None:
    """What speaks against giving work to `person`; nobody (None) is always right."""
    if person is None:
        return None
    found = find_actor(session, actor.organisation_id, person) if isinstance(person, str) else None
    return None if found is not None else Problem("person.unknown", at="/assignee")


def check_due(session: Session, actor: Actor, due: dt.datetime | None, now: dt.datetime) -> Problem | None:
    """What speaks against this due time: what is new cannot be due already. The words tell the organisation's clock."""
    if due is None or due >= now:
        return None
    organisation = access_organisation(session, actor)
    told = now.astimezone(zone_of(organisation)).strftime("%Y-%m-%d %H:%M")
    return Problem("order.due_in_past", at="/due", params={"now": told, "zone": organisation.time_zone})


def moment(instant: dt.datetime) -> str:
    """An instant as the engine writes it."""
    return instant.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _check(session: Session, actor: Actor, new: NewOrder, created: dt.datetime) -> WorkOrder | None:
    """The order that the new one is a part of, locked before anything else is."""
    parent, problems = _check_parent(session, actor, new)
    if product_by_key(session, actor, new.product) is None:
        problems.append(Problem("order.product_unknown", at="/product"))
    problems += [
        Problem("order.fault_code_unknown", at="/fault_codes", params={"code": code})
        for code in new.fault_codes
        if fault_code_by_code(session, actor, code) is None
    ]
    if new.priority not in PRIORITIES:
        problems.append(Problem("order.priority_unknown", at="/priority"))
    against = (check_assignee(session, actor, new.assignee), check_due(session, actor, new.due, created))
    problems += [problem for problem in against if problem is not None]
    problems += _too_long(new)
    if problems:
        raise Refusal(problems)
    return parent


def _check_parent(session: Session, actor: Actor, new: NewOrder) -> tuple[WorkOrder | None, list[Problem]]:
    if new.parent is None:
        return None, [Problem("order.position_without_parent", at="/position")] if new.position else []
    found = lock_parent(session, actor, new.parent)
    if isinstance(found, Problem):
        return None, [found]
    if new.position and not has_place(session, actor, found, new.position):
        return found, [Problem("order.position_unknown", at="/position", params={"number": found.number})]
    return found, []


def _facts_above(parent: WorkOrder, new: NewOrder) -> dict[str, str]:
    named = {"parent": parent.id, "parent_number": parent.number, "position": new.position}
    return {name: text for name, text in named.items() if text}


def _too_long(new: NewOrder) -> list[Problem]:
    limits = {"asset": 200, "customer": 200, "fault_text": 2000}
    return [
        Problem("order.text_too_long", at=f"/{name}", params={"limit": limit})
        for name, limit in limits.items()
        if len(getattr(new, name)) > limit
    ]


def _write_down(session: Session, actor: Actor, new: NewOrder, created: dt.datetime) -> WorkOrder:
    try:
        version = access_version(session, actor, new.template_version)
    except Missing as error:
        raise Refusal(Problem("order.template_unknown", at="/template")) from error
    order = WorkOrder(
        organisation_id=actor.organisation_id,
        id=new_id(),
        number=next_number(session, actor, created),
        plan_hash=version.plan_hash,
        template_version_id=version.id,
        created_at=created,
        created_by=actor.person_id,
        priority=new.priority,
        due_at=new.due,
        customer=new.customer.strip(),
        product=new.product,
        asset=new.asset.strip(),
        head=GENESIS,
        state=canonical_text(initial_state().to_json()),
    )
    session.add(order)
    session.flush()
    return order


def _facts(order: WorkOrder, new: NewOrder, created: dt.datetime) -> dict[str, Any]:
    return {
        "number": order.number,
        "product": new.product,
        "asset": order.asset,
        "fault_codes": list(new.fault_codes),
        "fault_text": new.fault_text.strip(),
        "warranty": new.warranty,
        "customer_level": "",
        "created": moment(created),
    }


def _ask(session: Session, actor: Actor, order_id: str, asked: Mapping[str, Any]) -> Decision:
    return decide_command(session, actor, order_id, new_id(), asked)


def _insist(decision: Decision) -> None:
    if not decision.accepted:
        raise Refusal(decision.problems)
