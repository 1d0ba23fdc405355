"""The revisions of a sheet as its page lists them: a line for each, the newest dozen unless all are asked for."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing.facts import facts_by_id
from mendloop.costing.feed import amounts_of
from mendloop.costing.models import CostSheet
from mendloop.costing.telling import SheetTeller, ToldChange

DOZEN = 12
FEW = 6
"""Changes of the newest revision that are told without being asked for."""


@dataclass(frozen=True, slots=True)
class ToldRevision:
    """One revision. `causes` are a few words; `cost` and `revenue`, with sub-orders, are how much more than in the
    revision before, None of the first."""

    sheet: CostSheet
    day: dt.date
    causes: str
    cost: int | None
    revenue: int | None
    changes: list[ToldChange]


def told_revisions(
    session: Session, actor: Actor, teller: SheetTeller, found: Sequence[CostSheet], shown: int
) -> list[ToldRevision]:
    """The first `shown` of these, which are in order, the newest first; the one behind them is what the last of them
    is held against."""
    causes = _Causes(session, actor, teller, found[:shown])
    changes = teller.changes_of(found[:shown])
    pairs = zip_longest(found, found[1:])
    return [
        ToldRevision(
            sheet, teller.day(sheet.made_at), causes.of(sheet), *_more(sheet, before), changes=changes[sheet.revision]
        )
        for sheet, before in list(pairs)[:shown]
    ]


def _more(sheet: CostSheet, before: CostSheet | None) -> tuple[int | None, int | None]:
    if before is None:
        return None, None
    now, then = amounts_of(sheet), amounts_of(before)
    return now["cost_with_subs"] - then["cost_with_subs"], now["revenue_with_subs"] - then["revenue_with_subs"]


class _Causes:
    """What revisions follow from, in a few words: a late bill with its reason, time, parts, a sub-order."""

    def __init__(self, session: Session, actor: Actor, teller: SheetTeller, sheets: Sequence[CostSheet]) -> None:
        self._say = teller.say
        self._named = {sheet.revision: _sources(sheet) for sheet in sheets}
        ids = {source.partition(":")[2] for named in self._named.values() for source, _ in named}
        self._facts = facts_by_id(session, actor, ids)

    def of(self, sheet: CostSheet) -> str:
        """Each once."""
        if sheet.revision == 1:
            return self._say("cost.first_revision")
        told = [self._told(source, holds) for source, holds in self._named[sheet.revision]]
        return self._say("cost.comma").join(dict.fromkeys(told)) or self._say("cost.no_amounts_changed")

    def _told(self, source: str, holds: bool) -> str:
        kind, _, name = source.partition(":")
        fact = self._facts.get(name) if kind == "fact" else None
        what = self._say(f"cost.cause.{kind}" if fact is None else f"cost.fact.{fact.kind}")
        if not holds:
            return self._say("cost.no_more", what=what)
        return self._say("cost.cause.why", what=what, why=fact.why) if fact is not None and fact.why else what


def _sources(sheet: CostSheet) -> list[tuple[str, bool]]:
    """Each with whether it holds."""
    found = json.loads(sheet.changes)
    pairs = [(source, name == "came") for name in ("came", "went") for change in found for source in change[name]]
    return list(dict.fromkeys(pairs))
