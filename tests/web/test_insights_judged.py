"""Figures, judged from outside: the same histories are worked out again from the events' JSON, with plain loops and no
code of insights, and every figure, split in every way, is the same. `MENDLOOP_INSIGHTS_HISTORIES` says how many."""

import datetime as dt
import json
import math
import os
import random
import shutil
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from mendloop.accounts.actor import Actor
from mendloop.database import Database, open_database, session_for
from mendloop.insights import figures, keeping, steps_again
from mendloop.insights.filters import SPLITS, Filters
from mendloop.insights.repeated import which_repeat
from mendloop.testing.cast import Cast
from mendloop.testing.random_histories import PLACES, Shop, put_up_histories
from sqlalchemy import text

HISTORIES = int(os.environ.get("MENDLOOP_INSIGHTS_HISTORIES", "4"))
ORDERS = 14
MINUTE, DAY, LATE = 60_000, 86_400_000, 120_000
SHANGHAI = dt.timezone(dt.timedelta(hours=8))
Prepared = tuple[str, Cast]
Table = dict[str, list[Any]]


def ms(at: str) -> int:
    moment = dt.datetime.fromisoformat(at.replace("Z", "+00:00"))
    return round(moment.timestamp() * 1000)


class Judge:
    """Reads everything there is with written SQL, and works out slowly what the figures must be."""

    def __init__(self, database: Database, actor: Actor, shop: Shop) -> None:
        with session_for(database, actor) as session:
            ask = {"own": actor.organisation_id}
            self.documents, self.keys = {}, {}
            for row in session.execute(
                text("SELECT id, document FROM template_versions WHERE organisation_id = :own"), ask
            ):
                document = json.loads(row[1])
                self.documents[row[0]], self.keys[row[0]] = document["nodes"], document["key"]
                self.pauses = {each["id"]: each["time"] for each in document["pause_reasons"]}
            columns = "id, status, asset, customer, product, template_version_id, assigned_to"
            found = session.execute(text(f"SELECT {columns} FROM work_orders WHERE organisation_id = :own"), ask)
            self.rows = {row[0]: row for row in found}
            self.events: dict[str, list[Any]] = {order: [] for order in self.rows}
            query = "SELECT order_id, event FROM order_events WHERE organisation_id = :own ORDER BY order_id, sequence"
            for row in session.execute(text(query), ask):
                self.events[row[0]].append(json.loads(row[1]))
        self.places = dict(zip(shop.photos, PLACES, strict=True))
        self.orders = {order: self.look_at(order) for order in self.rows}
        self.mark_repeated()

    def look_at(self, order_id: str) -> dict[str, Any]:
        _, status, asset, customer, product, version, assigned = self.rows[order_id]
        events, nodes = self.events[order_id], self.documents[version]
        told: dict[str, Any] = {"id": order_id, "status": status, "version": version, "template": self.keys[version]}
        told |= {"product": product, "customer": customer, "asset": asset, "visits": [], "backs": [], "parts": []}
        told["faults"] = events[0]["order"].get("fault_codes") or []
        told["opened"] = ms(events[0]["at"])
        told["ended"] = max(told["opened"], ms(events[-1]["at"]))
        told["repairs"] = status == "ended" and "maintenance" not in self.keys[version]
        told["same"] = ("asset", asset) if asset else ("customer", customer, product) if customer else None
        spans = self.spans(events, nodes)
        told["spans"] = spans
        opened, started = {}, {}
        for event in events:
            if event["type"] == "StepOpened":
                opened[event["visit"]] = ms(event["at"])
            if event["type"] == "StepStarted":
                started[event["visit"]] = ms(event["at"])
            if event["type"] == "ReworkTaken":
                told["backs"].append((event["to"], event["reason"]))
            if event["type"] == "StepCompleted":
                visit = event["visit"]
                node = visit.split("#")[0]
                clocked = sum(b - a for _, kind, where, a, b in spans if where == visit and kind != "waiting")
                standard = nodes[node].get("standard_minutes")
                told["visits"].append(
                    {
                        "visit": visit,
                        "node": node,
                        "by": event["by"],
                        "standard": standard * MINUTE if standard else 0,
                        "clocked": clocked,
                        "window": (started[visit], ms(event["at"])),
                        "opened": opened[visit],
                        "answers": event["answers"],
                    }
                )
                for line in event["answers"].get("used") or []:
                    told["parts"].append((line["part"], line["action"], line["quantity"]))
        told["readings"] = self.readings(told)
        told["person"], told["team"] = self.lead(spans, nodes, assigned)
        return told

    def spans(self, events: list[Any], nodes: Any) -> list[tuple[str, str, str, int, int]]:
        """Person, kind, visit, from, to: by looking ahead from every event that begins something."""
        found = []
        for place, event in enumerate(events):
            if event["type"] not in {"StepStarted", "StepResumed", "StepPaused"}:
                continue
            kind = nodes[event["visit"].split("#")[0]].get("time") or "work"
            if event["type"] == "StepPaused":
                kind = self.pauses[event["reason"]]
            for later in events[place + 1 :]:
                ends = later["type"] in {"OrderEnded", "OrderCancelled"}
                if ends or (later.get("visit") == event["visit"] and later["type"].startswith("Step")):
                    if kind != "elsewhere" and ms(later["at"]) > ms(event["at"]):
                        found.append((event["by"], kind, event["visit"], ms(event["at"]), ms(later["at"])))
                    break
        return found

    def lead(self, spans: list[Any], nodes: Any, assigned: str | None) -> tuple[str, str]:
        hours: dict[str, int] = defaultdict(int)
        roles: dict[tuple[str, str], int] = defaultdict(int)
        for person, kind, visit, start, end in spans:
            if kind != "waiting":
                hours[person] += end - start
                roles[person, nodes[visit.split("#")[0]]["role"]] += end - start
        if not hours:
            return assigned or "", ""
        most = max(hours.values())
        lead = sorted(person for person in hours if hours[person] == most)[0]
        own = {role: spent for (person, role), spent in roles.items() if person == lead}
        return lead, sorted(role for role in own if own[role] == max(own.values()))[0]

    def readings(self, order: dict[str, Any]) -> list[dict[str, Any]]:
        found = []
        for visit in order["visits"]:
            values = {name: visit["answers"][name]["value"] for name in ("a", "b", "c") if visit["answers"].get(name)}
            fine = {name: value for name, value in values.items() if value in (1.25, 227, 0.125)}
            for name, value in fine.items():
                shared = sum(other == value for other in fine.values()) >= 3
                place = (order["template"], visit["node"], name)
                number = int(visit["visit"].split("#")[1])
                when = (visit["window"][1], order["id"], number)
                found.append({"by": visit["by"], "place": place, "when": when, "value": value, "bad": shared})
        return found

    def mark_repeated(self) -> None:
        every = [each for order in self.orders.values() if order["status"] != "open" for each in order["readings"]]
        for one in every:
            before = [
                e for e in every if (e["by"], e["place"]) == (one["by"], one["place"]) and e["when"] < one["when"]
            ]
            last = sorted(before, key=lambda each: each["when"])[-2:]
            if len(last) == 2 and all(each["value"] == one["value"] for each in last):
                one["bad"] = True

    def photos(self, visit: dict[str, Any]) -> tuple[int, int]:
        """Shots that were taken, and those of them in time and place."""
        taken = (visit["answers"].get("plate") or {}).items()
        start, end = visit["window"]
        places: Any = [self.places[photo["photo"]] for _, photos in taken for photo in photos]
        known = [place for place in places if place]
        good = 0
        for _, photos in taken:
            fit = [photo for photo in photos if start - LATE <= ms(photo["at"]) <= end + LATE]
            spots: Any = [self.places[photo["photo"]] for photo in fit if self.places[photo["photo"]]]
            far = any(abs(spot[0] - known[0][0]) > 0.1 for spot in spots)
            good += bool(fit) and not far
        return len(list(taken)), good

    def evidence(self, order: dict[str, Any]) -> list[int]:
        shots = [self.photos(visit) for visit in order["visits"]]
        timed = [visit for visit in order["visits"] if visit["standard"]]
        turns = [visit["opened"] - LATE <= visit["window"][0] <= visit["window"][1] + LATE for visit in order["visits"]]
        return [
            sum(due for due, _ in shots),
            sum(good for _, good in shots),
            len(timed),
            sum(visit["clocked"] >= visit["standard"] / 5 for visit in timed),
            len(turns),
            sum(turns),
            len(order["readings"]),
            sum(not each["bad"] for each in order["readings"]),
        ]

    def elapsed(self, order: dict[str, Any]) -> list[int]:
        """Work, travel, waiting, nobody: looking at each piece of time between two changes."""
        start, end, spans = order["opened"], order["ended"], order["spans"]
        edges = sorted({start, end, *(min(max(at, start), end) for span in spans for at in span[3:])})
        spent = {"work": 0, "travel": 0, "waiting": 0, "idle": 0}
        for a, b in pairwise(edges):
            there = {kind for _, kind, _, first, last in spans if first <= a and last >= b}
            spent[next((kind for kind in ("work", "travel", "waiting") if kind in there), "idle")] += b - a
        return list(spent.values())

    def first_fix(self, order: dict[str, Any], days: int, now: int) -> tuple[float, float, list[int]]:
        if not order["repairs"]:
            return 0, 0, [0, 0, 0, 0, 0]
        if order["same"] is None:
            return 0, 0, [0, 0, 0, 0, 1]
        last = order["ended"] + days * DAY
        others = [each for each in self.orders.values() if each is not order and each["same"] == order["same"]]
        able = [each for each in others if each["status"] != "cancelled" and "maintenance" not in each["template"]]
        back = any(order["ended"] < each["opened"] <= last for each in able)
        if last > now:
            return 0, 0, [0, 0, 1, int(back), 0]
        return int(not back), 1, [int(not back), int(back), 0, 0, 0]

    def planned(self, order: dict[str, Any]) -> tuple[int, int]:
        done = {visit["node"]: visit["standard"] for visit in order["visits"] if visit["standard"]}
        spent = [b - a for _, kind, visit, a, b in order["spans"] if kind != "waiting" and visit.split("#")[0] in done]
        return sum(spent), sum(done.values())

    def give(self, figure: str, order: dict[str, Any], days: int, now: int) -> tuple[float, float, list[int]]:
        """Above the line, below it, and the inputs."""
        if figure == "first_fix":
            return self.first_fix(order, days, now)
        if figure == "evidence":
            found = self.evidence(order)
            return sum(found[1::2]), sum(found[::2]), found
        if figure == "rework":
            back = len(order["backs"])
            return int(back > 0), int(len(order["visits"]) > 0), [int(back > 0), back]
        if figure == "planned":
            actual, planned = self.planned(order)
            counts = order["status"] == "ended" and planned > 0
            return (actual, planned, [actual, planned]) if counts else (0, 0, [0, 0])
        if not order["repairs"]:
            return 0, 0, [0] * (4 if figure == "repair_time" else 2)
        if figure == "repair_time":
            spent = self.elapsed(order)
            return (order["ended"] - order["opened"]) / MINUTE, 1, spent
        used, back = (
            round(1000 * sum(amount for _, action, amount in order["parts"] if action == wanted))
            for wanted in ("used", "returned")
        )
        return used / 1000, 1, [used, back]

    def keys_of(self, order: dict[str, Any], split: str) -> list[str]:
        if split == "month":
            return [dt.datetime.fromtimestamp(order["ended"] / 1000, SHANGHAI).strftime("%Y-%m")]
        if split == "fault":
            return list(order["faults"]) or [""]
        return [order[split]]

    def fits(self, order: dict[str, Any], filters: Filters) -> bool:
        day = dt.datetime.fromtimestamp(order["ended"] / 1000, SHANGHAI).date()
        return (
            order["status"] != "open"
            and (filters.since is None or day >= filters.since)
            and (filters.until is None or day <= filters.until)
            and filters.product in ("", order["product"], order["product"].split("/")[0])
            and filters.fault in ("", *order["faults"])
            and all(
                getattr(filters, name) in ("", order[name])
                for name in ("person", "team", "template", "version", "customer")
            )
        )

    def figure(self, name: str, filters: Filters) -> tuple[Table, list[Any]]:
        lines: Table = {}
        whole: list[Any] = [0, 0, 0, None]
        now = round(dt.datetime.now(dt.UTC).timestamp() * 1000)
        for order in self.orders.values():
            if not self.fits(order, filters):
                continue
            upper, lower, inputs = self.give(name, order, filters.days, now)
            for line in (
                whole,
                *(lines.setdefault(key, [0, 0, 0, None]) for key in self.keys_of(order, filters.split)),
            ):
                line[3] = [a + b for a, b in zip(line[3], inputs, strict=True)] if line[3] else list(inputs)
                if lower:
                    line[0] += 1
                    line[1] += upper
                    line[2] += lower
        return lines, whole


def filters_of(chance: random.Random, judge: Judge) -> Filters:
    """Any narrowing, also to nothing."""
    some = chance.choice(list(judge.orders.values()))
    today = dt.datetime.now(SHANGHAI).date()
    found = Filters(split=chance.choice(SPLITS), days=chance.choice((3, 14, 60)))
    for name in chance.sample(("person", "team", "template", "version", "customer", "product", "fault"), 2):
        value = (some["faults"] or [""])[0] if name == "fault" else some[name]
        if chance.random() < 0.5:
            found = replace(found, **{name: value.split("/")[0] if name == "product" else value})
    if chance.random() < 0.5:
        found = replace(found, since=today - dt.timedelta(days=chance.randrange(10, 220)))
    return replace(found, until=today - dt.timedelta(days=chance.randrange(100))) if chance.random() < 0.3 else found


def line_of(found: Any) -> list[Any]:
    return [found.n, found.upper, found.lower, found.inputs]


def assert_same(ours: Any, judged: Any, where: object) -> None:
    assert ours[0] == judged[0], where
    assert math.isclose(ours[1], judged[1], abs_tol=1e-6), (where, ours, judged)
    assert math.isclose(ours[2], judged[2], abs_tol=1e-6), (where, ours, judged)
    assert (ours[3] or None) == (judged[3] or None), (where, ours, judged)


def compare(database: Database, actor: Actor, judge: Judge, filters: Filters) -> None:
    with session_for(database, actor) as session:
        for name in figures.KINDS:
            shown = figures.figure(session, actor, name, filters, "en")
            lines, whole = judge.figure(name, filters)
            where = (name, filters)
            assert {line.key for line in shown.lines} == set(lines), where
            assert_same(line_of(shown.total), whole, where)
            for line in shown.lines:
                assert_same(line_of(line), lines[line.key], (*where, line.key))


def compare_rework(database: Database, actor: Actor, judge: Judge) -> None:
    """By step and by cause, parts, and the very readings that repeat."""
    done: dict[tuple[str, str], set[tuple[str, int]]] = defaultdict(set)
    causes: dict[tuple[str, str, str], int] = defaultdict(int)
    moved: dict[str, list[float]] = defaultdict(lambda: [0, 0])
    repeated = 0
    for order in (each for each in judge.orders.values() if each["status"] != "open"):
        for visit in order["visits"]:
            done[order["template"], visit["node"]].add((order["id"], int(visit["visit"].split("#")[1])))
        for to, reason in order["backs"]:
            causes[order["template"], to, reason] += 1
        for part, action, amount in order["parts"] if order["repairs"] else ():
            if action in {"used", "returned"}:
                moved[part][action == "returned"] += amount * 1000
        repeated += sum(each["bad"] for each in order["readings"])
    with session_for(database, actor) as session:
        steps = {(row[0], row[1]): (row[2], row[3]) for row in steps_again.steps_done_again(session, actor, Filters())}
        told = {row[:3]: row[3] for row in steps_again.causes_of_rework(session, actor, Filters())}
        parts = {row[0]: [row[1], row[2]] for row in steps_again.parts_moved(session, actor, Filters())}
        assert len(which_repeat(session, actor)) == repeated
    slow = {
        key: (len({order for order, number in all_ if number == 1}), len({order for order, n in all_ if n == 2}))
        for key, all_ in done.items()
    }
    assert steps == slow
    assert told == dict(causes)
    assert parts == dict(moved)


@pytest.fixture(scope="module")
def shop_file(prepared_sqlite: Prepared, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Shop]:
    folder = tmp_path_factory.mktemp("histories")
    file = Path(shutil.copy(prepared_sqlite[0], folder / "shop.db"))
    database = open_database(f"sqlite:///{file}")
    shop = put_up_histories(database, prepared_sqlite[1], folder)
    database.close()
    return file, shop


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_every_figure_equals_the_slow_one(seed: int, shop_file: tuple[Path, Shop], tmp_path: Path) -> None:
    file, shop = shop_file
    database = open_database(f"sqlite:///{shutil.copy(file, tmp_path / 'history.db')}")
    sue, chance = shop.cast.sue, random.Random(seed)
    here = replace(shop, database=database)
    here.play(chance, ORDERS // 2)
    with session_for(database, sue) as session:
        keeping.read_all(session, sue)
    here.play(chance, ORDERS - ORDERS // 2)
    with session_for(database, sue) as session:
        keeping.read_all(session, sue)
        kept = keeping.fact_bytes(session, sue)
        keeping.rebuild(session, sue)
        assert keeping.fact_bytes(session, sue) == kept
    judge = Judge(database, sue, shop)
    for split in SPLITS:
        compare(database, sue, judge, Filters(split=split))
    for _ in range(4):
        compare(database, sue, judge, filters_of(chance, judge))
    compare_rework(database, sue, judge)
    database.close()
