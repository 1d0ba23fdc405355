"""What a revision of a cost sheet says differs from the one before, line by line, each with what caused it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing.facts import Fact, general, standing_of
from mendloop.costing.inputs import Inputs
from mendloop.costing.models import CostFact
from mendloop.costing.sub_orders import NOTHING

AMOUNTS = ("cost", "price", "customer", "manufacturer", "us")
Sheet = Mapping[str, Any]


def says_the_same(one: Sheet, other: Sheet) -> bool:
    """Whether two sheets differ at most in where their lines come from: settings that are said again, for instance."""
    return bool(_said(one) == _said(other))


def changes_between(before: Sheet, after: Sheet) -> list[dict[str, Any]]:
    """Line by line what is other than before, with the facts that lines follow from now and did not, or no more."""
    found = (_changes_of_lines, _changes_of_terms, _changes_of_plan, _changes_of_subs)
    return [change for changes in found for change in changes(before, after)]


def _said(found: Any) -> Any:
    """Without sources, at any depth."""
    if isinstance(found, Mapping):
        return {name: _said(each) for name, each in found.items() if name != "sources"}
    return [_said(each) for each in found] if isinstance(found, list | tuple) else found


def _changes_of_lines(before: Sheet, after: Sheet) -> Iterator[dict[str, Any]]:
    for old, new in _pairs(before["lines"], after["lines"]):
        moved = _moved(old.get("sources", ()), new.get("sources", ()))
        if _amounts_and_words(old) != _amounts_and_words(new) or _is_reckoned_anew(old, new, moved):
            line = new or old
            said = {name: line[name] for name in ("key", "kind", "visit", "about")}
            yield said | {"amounts": _amounts(old, new, AMOUNTS)} | moved


def _amounts_and_words(line: Sheet) -> Any:
    """Without what it was reckoned with: a release may say more of that."""
    return _said({name: each for name, each in line.items() if name != "basis"})


def _is_reckoned_anew(old: Sheet, new: Sheet, moved: Mapping[str, list[str]]) -> bool:
    """It comes to the same, by another rate or factor that somebody has laid down."""
    return any(moved.values()) and _said(old.get("basis")) != _said(new.get("basis"))


def _changes_of_terms(before: Sheet, after: Sheet) -> Iterator[dict[str, Any]]:
    """Another discount or tax; not what follows from other prices."""
    if _said(before["terms"]) != _said(after["terms"]):
        names = ("discount", "tax_customer", "tax_manufacturer")
        amounts = {name: [before["totals"][name], after["totals"][name]] for name in names}
        sources = _moved(before["terms"]["sources"], after["terms"]["sources"])
        yield {"key": "terms", "kind": "terms", "visit": "", "about": {}, "amounts": amounts, **sources}


def _changes_of_plan(before: Sheet, after: Sheet) -> Iterator[dict[str, Any]]:
    """What was planned costs something else: it follows from rates alone."""
    planned = [[step["planned_labour"] for step in sheet["steps"]] for sheet in (before, after)]
    if planned[0] != planned[1]:
        amounts = {"planned_labour": [sum(each or 0 for each in found) for found in planned]}
        yield {"key": "planned", "kind": "planned", "visit": "", "about": {}, "amounts": amounts} | _moved((), ())


def _changes_of_subs(before: Sheet, after: Sheet) -> Iterator[dict[str, Any]]:
    """Another sum of a sub-order. Which revision of it that was is no part of the sheet: the causes say it."""
    olds, news = (sheet.get("sub_orders", NOTHING)["lines"] for sheet in (before, after))
    for old, new in _pairs(olds, news):
        amounts, line = _amounts(old, new, ("cost", "revenue")), new or old
        if amounts or old.get("provisional") != new.get("provisional"):
            about = {"order": line["order"], "number": line["number"]}
            yield {"key": line["key"], "kind": "order", "visit": "", "about": about, "amounts": amounts} | _moved(
                (), (line["key"],)
            )


def _pairs(olds: list[Sheet], news: list[Sheet]) -> Iterator[tuple[Sheet, Sheet]]:
    """By key, those that are there now first; nothing where a line was not, or is no more."""
    before, after = ({line["key"]: line for line in lines} for lines in (olds, news))
    for key in [*after, *(key for key in before if key not in after)]:
        yield before.get(key, {}), after.get(key, {})


def _amounts(old: Sheet, new: Sheet, names: tuple[str, ...]) -> dict[str, list[int | None]]:
    return {name: [old.get(name), new.get(name)] for name in names if old.get(name) != new.get(name)}


def _moved(before: Any, after: Any) -> dict[str, list[str]]:
    came, went = set(after) - set(before), set(before) - set(after)
    return {"came": sorted(came), "went": sorted(went)}


class Causes:
    """What can have caused changes since a revision: only what was not known then, or holds no more."""

    def __init__(self, session: Session, actor: Actor, own: Sequence[CostFact], then: Inputs, now: Inputs) -> None:
        """`own` is what was said about the order."""
        self._then, self._now = then, now
        self._zone = [f"zone:{now.zone}"] if then.zone != now.zone else []
        found = [*general(session, actor, now.facts, now.over), *_until(own, now)]
        self._newer = {fact.source for fact in found if fact.sequence > then.facts}
        keys = {(fact.kind, fact.key) for fact in found}
        before = [*general(session, actor, then.facts, then.over), *_until(own, then)]
        self._gone = {fact.source for fact in before if (fact.kind, fact.key) not in keys}

    def name(self, changes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """The changes with their causes alone. A line that is no more, for it became another one, has the others'."""
        named = [self._named(change) for change in changes]
        others = {name: sorted({each for change in named for each in change[name]}) for name in ("came", "went")}
        if not any(others.values()):
            others = {"came": sorted(self._newer), "went": sorted(self._gone)}
        return [change if change["came"] or change["went"] else change | others for change in named]

    def _named(self, change: dict[str, Any]) -> dict[str, Any]:
        if change["kind"] == "order":
            return change | {"came": self._revision(change["about"]["order"]), "went": []}
        came = [source for source in change["came"] if self._is_new(source)]
        went = [source for source in change["went"] if source in self._gone]
        return change | {"came": [*came, *self._zone], "went": went}

    def _revision(self, sub: str) -> list[str]:
        return [f"order:{sub}:{number}" for each, number in self._now.subs if each == sub]

    def _is_new(self, source: str) -> bool:
        kind, _, name = source.partition(":")
        if kind == "event":
            return int(name) > self._then.events
        return name not in self._then.movements if kind == "movement" else source in self._newer


def _until(own: Iterable[CostFact], inputs: Inputs) -> list[Fact]:
    return standing_of(fact for fact in own if fact.sequence <= inputs.facts)
