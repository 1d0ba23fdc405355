"""A cost sheet as people read it: lines with their amounts, sums, planned beside actual, changes with their reasons."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mendloop_engine.plan import Plan
from mendloop_engine.state import visit_node
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation, names_of_people, zone_of
from mendloop.costing.basis import BasisTeller
from mendloop.costing.facts import facts_by_id
from mendloop.costing.models import CostFact, CostSheet
from mendloop.costing.money import write_amount
from mendloop.inventory.services import order_entries
from mendloop.library.services import load_plan
from mendloop.words import catalogue, local, translate, unit_in
from mendloop.work_orders.access import access_work_order
from mendloop.work_orders.chain import events_of
from mendloop.work_orders.listing import orders_by_id

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line of a sheet. `note` says more about it, `basis` what its amounts were reckoned with; those are minor
    units. `source` is the line itself."""

    kind: str
    what: str
    note: str
    step: str
    cost: int | None
    price: int
    payers: str
    key: str
    basis: tuple[str, ...]
    source: Json


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step's planned and actual figures; minutes are rounded to whole ones. What was planned is None without a rate,
    or where stock knew no worth of a part; of a step that is not on the usual route nothing was planned."""

    title: str
    planned_minutes: int
    minutes: int
    planned: int | None
    actual: int
    planned_parts: int | None
    parts: int
    is_usual: bool = True


@dataclass(frozen=True, slots=True)
class ToldChange:
    """What is other than in the revision before. `why` are the facts that came or went, as sentences."""

    what: str
    amounts: tuple[tuple[str, int | None, int | None], ...]
    why: tuple[str, ...]


class SheetTeller:
    """Tells sheets of one order in one language."""

    def __init__(self, session: Session, actor: Actor, order_id: str, language: str) -> None:
        self._session, self._actor, self._order_id = session, actor, order_id
        self._language = language
        self._people = names_of_people(session, actor)
        self._plan: Plan = load_plan(session, actor, access_work_order(session, actor, order_id).plan_hash)
        self._zone = zone_of(access_organisation(session, actor))

    def lines(self, document: Json) -> list[ToldLine]:
        """Every line, kind by kind."""
        basis = BasisTeller(self.say, document["exponent"])
        return [self._line(line, basis) for line in document["lines"]]

    def steps(self, document: Json) -> list[ToldStep]:
        """Steps that were planned or took place; last, what belongs to none, so that sums are those of the sheet."""
        told = [self._step(step) for step in document["steps"] if step.get("usual", True) or step["visits"]]
        rest = rest_of_steps(document)
        if not any(rest):
            return told
        ms, labour, parts = rest
        minutes = (ms + 30_000) // 60_000
        return [*told, ToldStep(self.say("cost.no_step"), 0, minutes, None, labour, None, parts, is_usual=False)]

    def changes_of(self, sheets: Iterable[CostSheet]) -> dict[int, list[ToldChange]]:
        """What these revisions say is other than before, by their numbers."""
        found = {sheet.revision: json.loads(sheet.changes) for sheet in sheets}
        changes = [change for each in found.values() for change in each]
        reasons = self._reasons({source for change in changes for source in (*change["came"], *change["went"])})
        return {revision: [self._change(change, reasons) for change in each] for revision, each in found.items()}

    def day(self, moment: dt.datetime) -> dt.date:
        """The day on the organisation's calendar."""
        return moment.astimezone(self._zone).date()

    def instant(self, moment: dt.datetime) -> str:
        """Date and minute on the organisation's clock."""
        return moment.astimezone(self._zone).strftime("%Y-%m-%d %H:%M")

    def say(self, key: str, **values: object) -> str:
        """The words for a key."""
        return translate(self._language, key, **values)

    def _line(self, line: Json, basis: BasisTeller) -> ToldLine:
        step = self._step_title(line["visit"])
        if not step and line["kind"] not in ("extra", "overhead"):
            step = self.say("cost.no_step")
        shares = [(payer, line[payer]) for payer in ("customer", "manufacturer", "us") if line[payer]]
        payers = self.say("cost.comma").join(self.say(f"cost.payer.{payer}") for payer, _ in shares)
        what, note = self.what(line)
        amounts = (line["cost"], line["price"])
        return ToldLine(line["kind"], what, note, step, *amounts, payers, line["key"], basis.told(line), line)

    def what(self, line: Json) -> tuple[str, str]:
        """What a line is about, and more about it."""
        kind, about = line["kind"].partition(".")[0], line["about"]
        if kind == "labour":
            note = f"{self.say('cost.time.' + about['time'])} · {self.say('cost.class.' + about['class'])}"
            return self._person(about["person"]), f"{note} · {self._duration(about['ms'])}"
        if kind == "part":
            quantity = f"{about['milli'] / 1000:.10g} {unit_in(self._language, about['unit'])}"
            name = local(about["name"], self._language)
            return f"{about['part']} {name}".strip(), f"{quantity} · {self._how(line)}"
        if kind == "extra":
            said = self.say("cost.said_by", name=self._person(about["by"]), at=self._at(about["at"]))
            what = self.say("cost.extra_named", kind=self.say(f"cost.extra.{about['extra']}"), name=about["name"])
            return what, f"{about['why']} · {said}"
        if kind == "order":
            return self.say("cost.sub_order", number=about["number"]), ""
        return self.say(f"cost.line.{kind}"), ""

    def _how(self, line: Json) -> str:
        """What became of a part; where somebody accepted an explanation, with the reason that was accepted."""
        how, sources = line["about"]["how"], line.get("sources", ())
        found = (self._accepted[source] for source in sources if source in self._accepted) if how == "explained" else ()
        named = self.say("cost.comma").join(dict.fromkeys(found))
        return self.say("cost.how.explained_as", reason=named) if named else self.say(f"cost.how.{how}")

    @cached_property
    def _accepted(self) -> dict[str, str]:
        """The reasons of the movements by which parts left the order for good, by their names as sources."""
        booked = order_entries(self._session, self._actor, self._order_id)
        return {
            f"movement:{moved.id}": self._reason(moved.reason, moved.note) for _, moved, _ in booked if moved.reason
        }

    def _reason(self, reason: str, note: str | None) -> str:
        said = self._word(f"order_parts.reason.{reason}", self._word(f"stock_reason.{reason}", reason))
        return (note or said) if reason == "other" else said

    def _step(self, step: Json) -> ToldStep:
        worth = [line.get("worth") for line in step["planned_parts"]]
        is_usual = step.get("usual", True)
        is_known = is_usual and None not in worth
        planned = sum(each or 0 for each in worth) if is_known else None
        minutes, planned_minutes = ((ms + 30_000) // 60_000 for ms in (step["ms"], step["planned_ms"]))
        title = self._step_title(step["node"])
        labour = (step["planned_labour"], step["labour"])
        return ToldStep(title, planned_minutes, minutes, *labour, planned, step["parts"], is_usual)

    def _change(self, change: Json, reasons: Mapping[str, str]) -> ToldChange:
        what, note = self.what(change)
        amounts = tuple(
            (self.say(f"cost.amount.{name}"), *change["amounts"][name])
            for name in AMOUNTS
            if name in change["amounts"] and change["amounts"][name][0] != change["amounts"][name][1]
        )
        came = [reasons[source] for source in change["came"] if source in reasons]
        went = [self.say("cost.no_more", what=reasons[source]) for source in change["went"] if source in reasons]
        is_time = change["kind"].startswith("labour")
        step = self._step_title(change["visit"])
        named = " · ".join(text for text in (step, what, note if is_time else "") if text)
        return ToldChange(named, amounts, tuple(dict.fromkeys((*came, *went))))

    def _reasons(self, sources: Iterable[str]) -> dict[str, str]:
        wanted = set(sources)
        by_kind = {kind: {it.partition(":")[2] for it in wanted if it.startswith(kind)} for kind in ("fact", "event")}
        told = {f"fact:{fact.id}": self._fact(fact) for fact in self._facts(by_kind["fact"])}
        told |= self._sub_orders(source for source in wanted if source.startswith("order:"))
        zones = [source for source in wanted if source.startswith("zone:")]
        told |= {source: self.say("cost.why.zone", zone=source.partition(":")[2]) for source in zones}
        for stored in events_of(self._session, self._actor, self._order_id) if by_kind["event"] else ():
            if str(stored.sequence) in by_kind["event"]:
                told[f"event:{stored.sequence}"] = self._event(stored.event)
        for _, movement, part in order_entries(self._session, self._actor, self._order_id):
            action = self._word(f"stock_action.{movement.action}", movement.action)
            name = self._person(movement.by)
            at = self.instant(movement.at)
            told[f"movement:{movement.id}"] = self.say(
                "cost.why.movement", action=action, part=part.number, name=name, at=at
            )
        return told

    def _sub_orders(self, sources: Iterable[str]) -> dict[str, str]:
        """A sub-order's own revision says what changed there."""
        named = {source: source.split(":") for source in sources}
        found = orders_by_id(self._session, self._actor, [parts[1] for parts in named.values()])
        return {
            source: self.say("cost.why.order", number=found[order].number, revision=revision)
            for source, (_, order, revision) in named.items()
            if order in found
        }

    def _facts(self, ids: set[str]) -> list[CostFact]:
        return list(facts_by_id(self._session, self._actor, ids).values())

    def _fact(self, fact: CostFact) -> str:
        """What it was, who said it when, and why; and who took it back when."""
        values = {"name": self._person(fact.said_by), "at": self.instant(fact.said_at)}
        said = self.say("cost.why.fact", what=self.say(f"cost.fact.{fact.kind}"), **values)
        said = self.say("cost.why.also", said=said, why=fact.why) if fact.why else said
        later = self._taken_back(fact)
        if later is None:
            return said
        values = {"name": self._person(later.said_by), "at": self.instant(later.said_at)}
        said = self.say("cost.why.also", said=said, why=self.say("cost.why.taken_back", **values))
        return self.say("cost.why.also", said=said, why=later.why) if later.why else said

    def _taken_back(self, fact: CostFact) -> CostFact | None:
        statement = select(CostFact).where(
            CostFact.organisation_id == fact.organisation_id,
            CostFact.kind == fact.kind,
            CostFact.key == fact.key,
            CostFact.sequence > fact.sequence,
            CostFact.data == "null",
        )
        return self._session.execute(statement.order_by(CostFact.sequence).limit(1)).scalar_one_or_none()

    def _event(self, event: Json) -> str:
        step = self._step_title(str(event.get("visit") or ""))
        values = {"name": self._person(event.get("by")), "at": self._at(str(event.get("at")))}
        return self.say("cost.why.event", what=self.say(f"cost.event.{event['type']}"), step=step, **values)

    def _step_title(self, visit: str) -> str:
        node = self._plan.nodes.get(visit_node(visit) if "#" in visit else visit)
        title = local(node.title, self._language) if node is not None else ""
        number = visit.rpartition("#")[2] if "#" in visit else "1"
        return title if number == "1" else self.say("record.step_again", step=title, number=number)

    def _person(self, person: object) -> str:
        return self._people.get(str(person), "–")

    def _at(self, text: str) -> str:
        return self.instant(dt.datetime.fromisoformat(text))

    def _word(self, key: str, otherwise: str) -> str:
        return catalogue(self._language).get(key, otherwise)

    def _duration(self, ms: int) -> str:
        hours, minutes = divmod((ms + 30_000) // 60_000, 60)
        return self.say("cost.hours_minutes", hours=hours, minutes=f"{minutes:02}")


def rest_of_steps(document: Json) -> tuple[int, int, int]:
    """Milliseconds, labour and parts of a sheet that belong to none of its steps: said on the order's own page."""
    lines, steps, totals = document["lines"], document["steps"], document["totals"]
    ms = sum(line["about"]["ms"] for line in lines if line["kind"].startswith("labour"))
    all_of_it = {"ms": ms, "labour": totals["cost_labour"], "parts": totals["cost_part"]}
    left = {name: whole - sum(step[name] for step in steps) for name, whole in all_of_it.items()}
    return left["ms"], left["labour"], left["parts"]


def together(steps: Iterable[ToldStep], name: str) -> int | None:
    """The sum of one of their figures; None where one that was planned is not known."""
    found = [(getattr(step, name), step.is_usual) for step in steps]
    return None if any(each is None and is_usual for each, is_usual in found) else sum(each or 0 for each, _ in found)


AMOUNTS = ("cost", "price", "discount", "tax_customer", "tax_manufacturer", "revenue", "planned_labour")


def money(document: Json, minor: int | None) -> str:
    """An amount of a sheet as people read it."""
    return "–" if minor is None else write_amount(minor, document["exponent"])
