"""Revisions of cost sheets: made when what is known has changed, kept for ever, each with what changed and why."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mendloop_engine.canonical import canonical_text
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.costing.changes import Causes, changes_between, says_the_same
from mendloop.costing.facts import said_for_all
from mendloop.costing.inputs import Inputs, Seen, inputs_now, see
from mendloop.costing.material import Material, as_said, gather
from mendloop.costing.models import CostFact, CostSheet, CostStand
from mendloop.costing.sheet import make_sheet
from mendloop.costing.sub_orders import NOTHING, ids_of_subs, order_above
from mendloop.database import before_commit, run_write
from mendloop.work_orders.access import CLOSED, lock_work_order


def revise(session: Session, actor: Actor, order_id: str) -> CostSheet:
    """The newest revision; a new one first, if anything that it would say is other than before.

    Of an order that is over there is one for each change: what was said in the meantime is gone through in turn.
    """
    for sub in ids_of_subs(session, actor, order_id):
        revise(session, actor, sub)
    seen = see(session, actor, order_id)
    inputs = inputs_now(session, actor, order_id, seen)
    if seen.newest is not None and _looked_at(seen) == inputs:
        return seen.newest
    return run_write(session, lambda: _revise(session, actor, order_id))


def revise_stale(session: Session, actor: Actor, order_id: str) -> None:
    """The same for an order that something is known to have been said about since."""
    for sub in ids_of_subs(session, actor, order_id):
        revise(session, actor, sub)
    run_write(session, lambda: _revise(session, actor, order_id))


def revisions(session: Session, actor: Actor, order_id: str, limit: int | None = None) -> list[CostSheet]:
    """All revisions, or the last so many, newest first."""
    statement = _sheets(actor, order_id).order_by(CostSheet.revision.desc()).limit(limit)
    return list(session.execute(statement).scalars())


def revision_of(session: Session, actor: Actor, order_id: str, number: int) -> CostSheet | None:
    """The revision with this number."""
    return session.get(CostSheet, (actor.organisation_id, order_id, number))


def rebuilt(session: Session, actor: Actor, sheet: CostSheet) -> str:
    """The sheet's document made again from the facts that it was made from."""
    material = gather(session, actor, sheet.order_id, Inputs.from_json(sheet.inputs))
    return canonical_text(make_sheet(material))


def _sheets(actor: Actor, order_id: str) -> Select[CostSheet]:
    return select(CostSheet).where(CostSheet.organisation_id == actor.organisation_id, CostSheet.order_id == order_id)


def _revise(session: Session, actor: Actor, order_id: str) -> CostSheet:
    """One at a time makes revisions of an order."""
    order = lock_work_order(session, actor, order_id)  # which is held, so that it is read once
    seen = see(session, actor, order.id)
    newest, now = seen.newest, inputs_now(session, actor, order_id, seen)
    then = (_looked_at(seen) or Inputs.from_json(newest.inputs)) if newest is not None else None
    last = gather(session, actor, order_id, now, seen)
    for inputs in _steps(session, actor, seen, then, now):
        is_later = inputs == replace(now, facts=inputs.facts)
        if is_later:
            material = as_said(session, actor, last, inputs, seen)
        else:
            material = gather(session, actor, order_id, inputs, seen)
        newest = _next(session, actor, material, (newest, then, seen.said), inputs)
        then = inputs
    newest = _next(session, actor, last, (newest, then, seen.said), now)
    _keep_stand(session, actor, (newest, seen.stand), now, last.days)
    return newest


def _looked_at(seen: Seen) -> Inputs | None:
    """What was found to say the same as the newest revision; None when it is to be found out again."""
    stand = seen.stand
    if stand is None or stand.facts < 0:
        return None
    known = Inputs.from_json(stand.inputs)
    return replace(known, facts=max(known.facts, stand.facts))


def _steps(session: Session, actor: Actor, seen: Seen, then: Inputs | None, now: Inputs) -> list[Inputs]:
    """What was said of an order that was over, in turn, before the last there is to know; at one moment: one step."""
    if seen.newest is None or then is None or seen.newest.status not in CLOSED:
        return []
    moments = {fact.said_at: fact.sequence for fact in _said_since(session, actor, seen, then)}
    steps = [replace(then, facts=last, over=now.over, zone=now.zone) for last in sorted(moments.values())]
    return [step for step in steps if step != now]


def _said_since(session: Session, actor: Actor, seen: Seen, then: Inputs) -> list[CostFact]:
    """About this order, and about all that are closed."""
    found = [*(fact for fact in said_for_all(session, actor) if fact.why), *seen.said]
    return sorted((fact for fact in found if fact.sequence > then.facts), key=lambda fact: fact.sequence)


def _next(
    session: Session,
    actor: Actor,
    material: Material,
    before: tuple[CostSheet | None, Inputs | None, Sequence[CostFact]],
    now: Inputs,
) -> CostSheet:
    """The next revision, unless it would say the same as the newest."""
    newest, then, own = before
    document = make_sheet(material)
    changes: list[dict[str, Any]] = []
    if newest is not None and then is not None:
        known = json.loads(newest.document)
        if says_the_same(known, document):
            return newest
        changes = Causes(session, actor, own, then, now).name(changes_between(known, document))
    order, totals = document["order"], document["totals"]
    sheet = CostSheet(
        organisation_id=actor.organisation_id,
        order_id=material.order_id,
        revision=newest.revision + 1 if newest is not None else 1,
        made_at=utc_now(),
        inputs=canonical_text(now.to_json()),
        document=canonical_text(document),
        changes=canonical_text(changes),
        cost=totals["cost"],
        revenue=totals["revenue"],
        **{name: order[name] for name in ("number", "status", "template", "product", "customer", "faults")},
    )
    session.add(sheet)
    session.flush()
    return sheet


def _keep_stand(
    session: Session,
    actor: Actor,
    known: tuple[CostSheet, CostStand | None],
    inputs: Inputs,
    days: tuple[dt.date, dt.date],
) -> None:
    """Remember what was looked at. Another revision than before is one more thing to know for the order above."""
    newest, stand = known
    is_other = stand is None or stand.revision != newest.revision
    above = order_above(session, actor, newest.order_id)
    below = json.loads(newest.document).get("sub_orders", NOTHING)
    kept = stand or CostStand(organisation_id=actor.organisation_id, order_id=newest.order_id)
    kept.revision, kept.inputs = newest.revision, canonical_text(inputs.to_json())
    kept.facts, kept.zone = inputs.facts, inputs.zone
    kept.first_day, kept.last_day = (day.isoformat() for day in days)
    kept.is_sub, kept.is_provisional = above is not None, bool(below["provisional"])
    kept.sub_cost, kept.sub_revenue = below["cost"], below["revenue"]
    session.add(kept)
    session.flush()
    if above is not None and is_other:
        before_commit(session, ("costs above", above), lambda: revise(session, actor, above))
