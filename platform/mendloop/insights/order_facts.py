"""The facts about an order that is over, read from its events and its plan. Pure: the same events, the same facts."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from mendloop_engine.plan import Plan
from mendloop_engine.state import visit_node
from mendloop_engine.time import parse_moment

from mendloop.insights.elapsed import split_elapsed
from mendloop.insights.evidence import Evidence, Passed, Place, evidence_of
from mendloop.insights.fine_readings import fine_readings
from mendloop.work_orders.clocked import Clocked, clocked_intervals
from mendloop.work_orders.history import split_visit

Row: TypeAlias = dict[str, Any]
Numbered: TypeAlias = tuple[int, Mapping[str, Any]]
MAINTENANCE = frozenset(
    {"commissioned", "commissioning", "inspected", "inspection", "maintained", "maintenance", "service", "serviced"}
)
"""An order is none that repairs when a word of its template's key, or of its outcome, is one of these."""
_WORDS = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the order besides its events."""

    number: str
    template: str
    version: str
    product: str
    asset: str
    customer: str
    assigned_to: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows of the tables in models.py, without the organisation and the order."""

    order: Row
    visits: Sequence[Row]
    reworks: Sequence[Row]
    readings: Sequence[Row]
    parts: Sequence[Row]


def facts_of(about: About, events: Sequence[Numbered], plan: Plan, places: Mapping[str, Place]) -> Facts:
    """`events` are all of an order that is over; `places` says where its photos were taken, as far as it is known."""
    passed = _Visits(events, plan, places)
    order = _order(about, events, passed) | _people(about, passed)
    return Facts(order, passed.rows, list(_reworks(events)), list(passed.readings(plan.key)), list(passed.parts()))


def is_maintenance(template: str, outcome: str | None) -> bool:
    """Whether such an order is none that repairs."""
    return bool(MAINTENANCE & {*_WORDS.split(template.lower()), *_WORDS.split((outcome or "").lower())})


def again_of(asset: str, customer: str, product: str) -> str:
    """What a second repair of the same has in common with the first."""
    if asset:
        return f"asset:{asset}"
    return f"customer:{customer}|{product}" if customer else ""


def listed(members: Iterable[str]) -> str:
    """As a text in which one member can be looked for."""
    found = sorted(set(members))
    return f"|{'|'.join(found)}|" if found else ""


class _Visits:
    """Completed visits with what was clocked in them and the evidence that they left."""

    def __init__(self, events: Sequence[Numbered], plan: Plan, places: Mapping[str, Place]) -> None:
        self.clocked = clocked_intervals(events, plan)
        self.by_visit = _by_visit(self.clocked)
        self.rows: list[Row] = []
        self.evidence: list[Evidence] = []
        self._answers: list[Mapping[str, Any]] = []
        self.plan = plan
        opened: dict[str, int] = {}
        started: dict[str, int] = {}
        for _, event in events:
            at, visit = parse_moment(event.get("at")) or 0, str(event.get("visit"))
            if event["type"] == "StepOpened":
                opened[visit] = at
            elif event["type"] == "StepStarted":
                started[visit] = at
            elif event["type"] == "StepCompleted":
                self._complete(event, opened.get(visit, at), started.get(visit, at), at, places)

    def _complete(
        self, event: Mapping[str, Any], opened: int, started: int, at: int, places: Mapping[str, Place]
    ) -> None:
        node, number = split_visit(event["visit"])
        step, spent = self.plan.step(node), self.by_visit[event["visit"]]
        standard = step.standard_minutes
        standard_ms = round(standard * 60_000) if standard else None
        passed = Passed(step, event["answers"], opened, started, at, spent["work"] + spent["travel"], standard_ms)
        found = evidence_of(passed, places)
        self.evidence.append(found)
        self._answers.append(event["answers"])
        self.rows.append(
            {
                "node": node,
                "number": number,
                "person": event["by"],
                "role": step.role,
                "started_at": started,
                "completed_at": at,
                **{f"{kind}_ms": spent[kind] for kind in ("work", "travel", "waiting")},
                "standard_ms": standard_ms,
                "missing": json.dumps([each.to_json() for each in found.missing]),
            }
        )

    def readings(self, template: str) -> Iterator[Row]:
        """Those worth comparing."""
        for row, answers in zip(self.rows, self._answers, strict=True):
            for found in fine_readings(self.plan.step(row["node"]), answers):
                yield {
                    "place": f"{template}|{row['node']}|{found.field}",
                    "number": row["number"],
                    "person": row["person"],
                    "value": found.value,
                    "at": row["completed_at"],
                    "same_here": found.same_here,
                }

    def parts(self) -> Iterator[Row]:
        """What became of parts."""
        for row, answers in zip(self.rows, self._answers, strict=True):
            fields = [each.id for each in self.plan.step(row["node"]).fields if each.type == "parts"]
            lines = [line for name in fields for line in answers.get(name) or ()]
            for number, line in enumerate(lines):
                told = {"part": line["part"], "action": line["action"], "milli": round(line["quantity"] * 1000)}
                yield {"visit": f"{row['node']}#{row['number']}", "line": number, **told}

    def planned(self) -> tuple[int, int]:
        """Standard time of the steps that were done, each once, and what was clocked in all their visits."""
        standards = {row["node"]: row["standard_ms"] for row in self.rows if row["standard_ms"]}
        actual = sum(
            spent["work"] + spent["travel"]
            for visit, spent in self.by_visit.items()
            if split_visit(visit)[0] in standards
        )
        return sum(standards.values()), actual


def _order(about: About, events: Sequence[Numbered], passed: _Visits) -> Row:
    first, over = events[0][1], _over(events)
    start = parse_moment(first["at"]) or 0
    end = max(start, parse_moment(over["at"]) or 0)
    spent, (planned, actual) = split_elapsed(passed.clocked, start, end), passed.planned()
    outcome, is_ended = over.get("outcome") or "", over["type"] == "OrderEnded"
    moved = list(passed.parts())
    return {
        "revision": events[-1][0],
        "number": about.number,
        "status": "ended" if is_ended else "cancelled",
        "outcome": outcome,
        "template": about.template,
        "version": about.version,
        "product": about.product,
        "asset": about.asset,
        "customer": about.customer,
        "faults": listed(first["order"].get("fault_codes") or ()),
        "again": again_of(about.asset, about.customer, about.product),
        "is_corrective": is_ended and not is_maintenance(about.template, outcome),
        "is_sub": bool(first["order"].get("parent")),
        "opened_at": start,
        "ended_at": end,
        **{f"{kind}_ms": spent[kind] for kind in spent},
        "planned_ms": planned,
        "actual_ms": actual,
        "visits": len(passed.rows),
        "reworks": sum(event["type"] == "ReworkTaken" for _, event in events),
        **_counts(passed.evidence),
        "parts_used": sum(line["milli"] for line in moved if line["action"] == "used"),
        "parts_returned": sum(line["milli"] for line in moved if line["action"] == "returned"),
    }


def _counts(found: Sequence[Evidence]) -> Row:
    counts: Row = {}
    for kind in ("photos", "dwell", "flow"):
        counts[f"{kind}_due"] = sum(each.due[kind] for each in found)
        counts[f"{kind}_kept"] = sum(each.kept(kind) for each in found)
    return counts


def _people(about: About, passed: _Visits) -> Row:
    """Who was there, who worked longest, and in which skill that person did most of it."""
    spent: dict[str, int] = defaultdict(int)
    in_role: dict[tuple[str, str], int] = defaultdict(int)
    for each in passed.clocked:
        if each.kind != "waiting" and each.end is not None:
            spent[each.person] += each.end - each.start
            in_role[each.person, passed.plan.step(visit_node(each.visit)).role] += each.end - each.start
    lead = min(spent, key=lambda it: (-spent[it], it)) if spent else about.assigned_to or ""
    roles = {role: time for (person, role), time in in_role.items() if person == lead}
    team = min(roles, key=lambda it: (-roles[it], it)) if roles else ""
    people = {*spent, *(row["person"] for row in passed.rows)}
    return {"person": lead, "team": team, "people": listed(people)}


def _by_visit(clocked: Iterable[Clocked]) -> defaultdict[str, dict[str, int]]:
    spent: defaultdict[str, dict[str, int]] = defaultdict(lambda: {"work": 0, "travel": 0, "waiting": 0})
    for each in clocked:
        if each.end is not None:
            spent[each.visit][each.kind] += each.end - each.start
    return spent


def _reworks(events: Sequence[Numbered]) -> Iterator[Row]:
    for sequence, event in events:
        if event["type"] == "ReworkTaken":
            nodes = {"from_node": visit_node(event["from"]), "to_node": event["to"]}
            yield {"sequence": sequence, "edge": event["edge"], **nodes, "reason": event["reason"]}


def _over(events: Sequence[Numbered]) -> Mapping[str, Any]:
    return next(event for _, event in reversed(events) if event["type"] in {"OrderEnded", "OrderCancelled"})
