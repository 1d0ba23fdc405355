"""Revisions of cost sheets: made when what is known has changed, kept for ever, each with what changed and why."""

import json
from collections.abc import Mapping
from typing import Any

from mendloop_engine.canonical import canonical_text
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.costing.facts import general, standing
from mendloop.costing.material import Inputs, gather, inputs_now
from mendloop.costing.models import CostSheet
from mendloop.costing.sheet import make_sheet
from mendloop.database import run_write

AMOUNTS = ("cost", "price", "customer", "manufacturer", "us")


def revise(session: Session, actor: Actor, order_id: str) -> CostSheet:
    """The newest revision; a new one first, if anything that it would say is other than before."""
    inputs, newest = inputs_now(session, actor, order_id), newest_sheet(session, actor, order_id)
    if newest is not None and _is_same(newest, inputs):
        return newest
    return run_write(session, lambda: _revise(session, actor, order_id))


def newest_sheet(session: Session, actor: Actor, order_id: str) -> CostSheet | None:
    """The last revision of an order's sheet."""
    return next(iter(revisions(session, actor, order_id)), None)


def revisions(session: Session, actor: Actor, order_id: str) -> list[CostSheet]:
    """All revisions, newest first."""
    statement = select(CostSheet).where(
        CostSheet.organisation_id == actor.organisation_id, CostSheet.order_id == order_id
    )
    return list(session.execute(statement.order_by(CostSheet.revision.desc())).scalars())


def newest_sheets(session: Session, actor: Actor) -> list[CostSheet]:
    """The last revision of every order that has a sheet."""
    other = aliased(CostSheet)
    last = (
        select(other.order_id, func.max(other.revision).label("revision"))
        .where(other.organisation_id == actor.organisation_id)
        .group_by(other.order_id)
        .subquery()
    )
    statement = (
        select(CostSheet)
        .join(last, (last.c.order_id == CostSheet.order_id) & (last.c.revision == CostSheet.revision))
        .where(CostSheet.organisation_id == actor.organisation_id)
        .order_by(CostSheet.order_id.desc())
    )
    return list(session.execute(statement).scalars())


def rebuilt(session: Session, actor: Actor, sheet: CostSheet) -> str:
    """The sheet's document made again from the facts that it was made from."""
    material = gather(session, actor, sheet.order_id, Inputs.from_json(sheet.inputs))
    return canonical_text(make_sheet(material))


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Line by line what is other than before, with the facts that lines follow from now and did not, or no more."""
    olds, news = ({line["key"]: line for line in sheet["lines"]} for sheet in (before, after))
    keys = [*news, *(key for key in olds if key not in news)]
    changed = [_change(key, olds.get(key), news.get(key)) for key in keys]
    return [change for change in (*changed, _terms_change(before, after)) if change is not None]


def _change(key: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> dict[str, Any] | None:
    amounts = {
        name: [old[name] if old else None, new[name] if new else None]
        for name in AMOUNTS
        if (old[name] if old else None) != (new[name] if new else None)
    }
    if not amounts:
        return None
    came, went = set(new["sources"] if new else ()), set(old["sources"] if old else ())
    line = new or old
    assert line is not None  # noqa: S101 - one of the two is there
    said = {"kind": line["kind"], "visit": line["visit"], "about": line["about"]}
    return {"key": key, **said, "amounts": amounts, "came": sorted(came - went), "went": sorted(went - came)}


def _terms_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any] | None:
    """Another discount or tax; not what follows from other prices."""
    if all(before["terms"][name] == after["terms"][name] for name in ("points", "fixed", "tax_points")):
        return None
    names = ("discount", "tax_customer", "tax_manufacturer")
    amounts = {name: [before["totals"][name], after["totals"][name]] for name in names}
    came, went = (set(sheet["terms"]["sources"]) for sheet in (after, before))
    sources = {"came": sorted(came - went), "went": sorted(went - came)}
    return {"key": "terms", "kind": "terms", "visit": "", "about": {}, "amounts": amounts, **sources}


class _Causes:
    """What can have caused a change since a revision: only what was not known then, or holds no more."""

    def __init__(self, session: Session, actor: Actor, order_id: str, then: Inputs, now: Inputs) -> None:
        self._then, self._zone = then, [f"zone:{now.zone}"] if then.zone != now.zone else []
        found = [*general(session, actor, now.facts), *standing(session, actor, order_id, now.facts)]
        self._newer = {fact.source for fact in found if fact.sequence > then.facts}
        self._standing = {fact.source for fact in found}

    def name(self, change: dict[str, Any]) -> dict[str, Any]:
        """The change with its causes alone."""
        came = [source for source in change["came"] if self._is_new(source)]
        went = [source for source in change["went"] if source not in self._standing]
        return change | {"came": [*came, *self._zone], "went": went}

    def _is_new(self, source: str) -> bool:
        kind, _, name = source.partition(":")
        if kind == "event":
            return int(name) > self._then.events
        return name not in self._then.movements if kind == "movement" else source in self._newer


def _changes(
    session: Session, actor: Actor, newest: CostSheet | None, document: Mapping[str, Any], inputs: Inputs
) -> list[dict[str, Any]]:
    """Nothing for a first sheet."""
    if newest is None:
        return []
    causes = _Causes(session, actor, newest.order_id, Inputs.from_json(newest.inputs), inputs)
    return [causes.name(change) for change in changes_between(json.loads(newest.document), document)]


def _is_same(sheet: CostSheet, inputs: Inputs) -> bool:
    return Inputs.from_json(sheet.inputs) == inputs


def _revise(session: Session, actor: Actor, order_id: str) -> CostSheet:
    inputs, newest = inputs_now(session, actor, order_id), newest_sheet(session, actor, order_id)
    document = make_sheet(gather(session, actor, order_id, inputs))
    text = canonical_text(document)
    if newest is not None and newest.document == text:
        return newest
    order, totals = document["order"], document["totals"]
    sheet = CostSheet(
        organisation_id=actor.organisation_id,
        order_id=order_id,
        revision=newest.revision + 1 if newest is not None else 1,
        made_at=utc_now(),
        inputs=canonical_text(inputs.to_json()),
        document=text,
        changes=canonical_text(_changes(session, actor, newest, document, inputs)),
        cost=totals["cost"],
        revenue=totals["revenue"],
        **{name: order[name] for name in ("number", "status", "template", "product", "customer", "faults")},
    )
    session.add(sheet)
    session.flush()
    return sheet
