"""Orders of the demonstration: new, under way and finished, each played from a scenario of its template."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mendloop.clock import utc_now
from mendloop.config import Config
from mendloop.library.services import Published, list_templates, load_plan
from mendloop.work_orders.demonstration.half_a_year import play_half_a_year
from mendloop.work_orders.demonstration.playing import Player
from mendloop.work_orders.listing import counts
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.opening import NewOrder, open_work_order

if TYPE_CHECKING:
    from mendloop.accounts.actor import Actor
    from mendloop.demo import Demo

DUE_AFTER = {"urgent": 1, "high": 2, "normal": 4, "low": 7}
"""Days."""
BREATH = dt.timedelta(minutes=4)
"""Between two acts."""
TAKING_OUT = dt.timedelta(hours=2)
"""From the beginning of an overhaul until its assemblies are out."""


def load_demo(demo: Demo) -> None:
    """Open and play the orders, unless there are some already."""
    if counts(demo.session, demo.supervisor):
        return
    templates = {found.template.key: found for found in list_templates(demo.session, demo.supervisor)}
    if demo.has_past:
        play_half_a_year(demo, templates)
    oldest_first = sorted(demo.data["orders"], key=lambda line: -line["opened_days_ago"])
    opened = [_load_order(demo, line, templates[line["template"]], n) for n, line in enumerate(oldest_first)]
    for line, order in zip(oldest_first, opened, strict=True):
        for part in line.get("sub_orders", ()):
            _load_sub_order(demo, {**line, **part}, templates[line["template"]], order)


def _load_order(demo: Demo, line: Mapping[str, Any], published: Published, number: int) -> WorkOrder:
    scenario = _scenario(published, line.get("play"))
    opened = _opened(line, scenario, number)
    order = open_work_order(demo.session, demo.supervisor, _new_order(demo, line, published, opened))
    player = _player(demo, line, order, scenario, opened)
    for act in scenario.get("acts", ()):
        player.clock += BREATH
        player.play(act)
    if line.get("play", {}).get("acts"):
        _go_on_now(player, number)
    return order


def _load_sub_order(demo: Demo, line: Mapping[str, Any], published: Published, main: WorkOrder) -> None:
    """An assembly is taken out and repaired under an order of its own. `line`: the main order's, with what differs."""
    opened = min(utc_now(), main.created_at + TAKING_OUT)
    new = _new_order(demo, line, published, opened)
    open_work_order(demo.session, demo.supervisor, replace(new, parent=main.id, position=line["position"]))


def _new_order(demo: Demo, line: Mapping[str, Any], published: Published, opened: dt.datetime) -> NewOrder:
    asset = next(each for each in demo.data["assets"] if each["asset"] == line["asset"])
    customers = {each["id"]: each["name"] for each in demo.data["customers"]}
    assignee = line.get("assignee")
    return NewOrder(
        product=asset["product"],
        template_version=published.version.id,
        asset=line["asset"],
        customer=customers[asset["customer"]]["zh-CN"],
        fault_codes=tuple(line["fault_codes"]),
        fault_text=line["fault_text"],
        priority=line["priority"],
        due=opened + dt.timedelta(days=DUE_AFTER[line["priority"]]),
        assignee=demo.people[assignee].person_id if assignee else None,
        warranty=line["warranty"],
        created=opened,
    )


def _player(
    demo: Demo, line: Mapping[str, Any], order: WorkOrder, scenario: Mapping[str, Any], opened: dt.datetime
) -> Player:
    asset = (scenario.get("order") or {}).get("asset")
    return Player(
        session=demo.session,
        order=order,
        plan=load_plan(demo.session, demo.supervisor, order.plan_hash),
        person=_people(demo, line.get("assignee")),
        data_folder=Config.from_environment().data_folder,
        trade=line["template"].partition(".")[0],
        clock=opened,
        stands_for={asset: line["asset"]} if asset else {},
    )


def _people(demo: Demo, assignee: str | None) -> Callable[[str], Actor]:
    """Who plays a role: the assignee is the first engineer, the other engineer the second."""
    cast = dict(demo.data["cast"])
    if assignee and assignee == cast.get("engineer:2"):
        cast["engineer"], cast["engineer:2"] = cast["engineer:2"], cast["engineer"]
    return lambda role: demo.people[cast.get(role) or cast[role.partition(":")[0]]]


def _scenario(published: Published, play: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if play is None:
        return {}
    document = json.loads(published.version.document)
    found: dict[str, Any] = next(each for each in document["scenarios"] if each["name"] == play["scenario"])
    return {**found, "acts": found["acts"][: play.get("acts")]}


def _opened(line: Mapping[str, Any], scenario: Mapping[str, Any], number: int) -> dt.datetime:
    """So many days ago; but early enough that all that is played lies in the past."""
    acts = scenario.get("acts", ())
    length = sum((dt.timedelta(minutes=float(act.get("minutes", 1)) + 8) for act in acts), dt.timedelta(minutes=50))
    wanted = dt.timedelta(days=line["opened_days_ago"], minutes=17 * (number + 1))
    return utc_now() - max(length, wanted)


def _go_on_now(player: Player, number: int) -> None:
    """Somebody is at work on what comes next; with every third order they have had to stop."""
    player.clock = utc_now() - dt.timedelta(minutes=6 + 5 * number % 23)
    ready = [visit for visit, given in player.state()["active"].items() if given["status"] == "ready"]
    for visit in ready[:1]:
        actor = player.person(player.plan.step(visit.rpartition("#")[0]).role)
        player.ask(actor, "StartStep", visit=visit)
        reasons = player.plan.pause_reasons
        if number % 3 == 2 and reasons:
            player.clock += dt.timedelta(minutes=3)
            player.ask(actor, "PauseStep", visit=visit, reason=reasons[0]["id"])
