"""What makes an order a risk. Each rule is one function, and one sentence on the board's page (`board.rule.…`)."""

import datetime as dt
from collections.abc import Iterator, Sequence

from mendloop.board.settings import Limits
from mendloop.board.shapes import Around, Facts, Risk
from mendloop.board.standing import RUNNING, OpenStep, Standing, begun, untouched
from mendloop.work_orders.shapes import ActiveOut

KINDS = ("overdue", "standing", "off", "parts", "due_soon", "over", "parked", "explanation", "locks")
"""The worse, the sooner."""
READY = "ready"


def risks_of(facts: Facts, around: Around, limits: Limits) -> list[Risk]:
    """Every risk that the order has, had it all the time in the world: those whose `since` is to come begin then."""
    found = [*_standing(facts, limits), *_off(facts), *_over(facts), *_counted(facts, around)]
    return sorted([*_due(facts, limits), *found], key=lambda risk: KINDS.index(risk.kind))


def at_moment(risks: Sequence[Risk], now: dt.datetime) -> tuple[tuple[Risk, ...], dt.datetime | None]:
    """Those that are there now, and when the next one comes. Who is overdue is not due soon any more."""
    here = [risk for risk in risks if risk.since is None or risk.since <= now]
    is_late = any(risk.kind == "overdue" for risk in here)
    shown = tuple(risk for risk in here if not (is_late and risk.kind == "due_soon"))
    return shown, min((risk.since for risk in risks if risk.since is not None and risk.since > now), default=None)


def _due(facts: Facts, limits: Limits) -> Iterator[Risk]:
    due = facts.card.due
    if due is not None and facts.ended_at is None:
        yield Risk("overdue", True, due)
        yield Risk("due_soon", since=due - dt.timedelta(minutes=limits.due_soon), value=due.isoformat())


def _standing(facts: Facts, limits: Limits) -> Iterator[Risk]:
    """Nobody is at work on it, and nobody was for longer than is laid down for what it waits for."""
    if facts.ended_at is not None:
        return
    found = _begun(facts, limits) if facts.begun else untouched(facts.opened_at, limits)
    if found is not None:
        _, about = facts.pauses.get(found.visit, ("", None))
        yield Risk("standing", True, found.too_long, why=found.why, about=about, value=found.since.isoformat())


def _begun(facts: Facts, limits: Limits) -> Standing | None:
    steps = [OpenStep(each.visit, each.status, _since(each)) for each in facts.card.active]
    return begun(steps, {visit: reason for visit, (reason, _) in facts.pauses.items()}, limits)


def _off(facts: Facts) -> Iterator[Risk]:
    if facts.off:
        first = facts.off[0]
        yield Risk("off", True, count=len(facts.off), about=first.label, value=first.value)


def _over(facts: Facts) -> Iterator[Risk]:
    """More was worked on an open step than the template's standard; where somebody is at it, that will come."""
    for each in facts.card.active:
        if each.standard_minutes is None or each.status == READY:
            continue
        left = dt.timedelta(minutes=each.standard_minutes) - dt.timedelta(milliseconds=each.worked_ms)
        if each.status == RUNNING:
            yield Risk("over", since=_since(each) + left, about=each.title)
        elif left < dt.timedelta():
            yield Risk("over", about=each.title)


def _counted(facts: Facts, around: Around) -> Iterator[Risk]:
    counted = {
        "parts": around.lacking,
        "parked": around.parked,
        "explanation": around.explanations,
        "locks": facts.locks,
    }
    for kind, count in counted.items():
        if count:
            yield Risk(kind, count=count)


def _since(active: ActiveOut) -> dt.datetime:
    return dt.datetime.fromisoformat(active.since)
