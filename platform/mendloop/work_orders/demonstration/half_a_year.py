"""Half a year that lies behind the demonstration: orders that are over, played through the engine like all others.

What happens is drawn from the templates' own scenarios, by a chance that is the same every time. Work takes more or
less long, readings differ a little, some assets come back, and what is used was bought before.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mendloop.clock import utc_now
from mendloop.config import Config
from mendloop.inventory import desk
from mendloop.inventory import services as inventory
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import van_of
from mendloop.library.services import Published, load_plan
from mendloop.work_orders.demonstration.playing import Player, ScenarioStuck
from mendloop.work_orders.opening import NewOrder, open_work_order

if TYPE_CHECKING:
    from mendloop.demo import Demo

ORDERS = 100
DAYS, LAST = 182, 9
WEIGHTS = {"air_conditioner": 3, "washing_machine": 4, "phone": 3, "pump": 1}
COMMON = 3
"""So often is a repair without rework drawn for one with it."""
PACES = (0.7, 0.85, 1.0, 1.0, 1.15, 1.4, 1.9)
HASTE = 0.06
"""Of steps that somebody hurried through."""
BREATHS = (2, 4, 4, 9, 25, 180)
"""Minutes between two acts."""


def play_half_a_year(demo: Demo, templates: Mapping[str, Published], orders: int = ORDERS) -> None:
    """Open and end so many orders, the oldest first. One that gets stuck has not happened."""
    chance = random.Random(20_261_124)  # noqa: S311 - a demonstration, the same every time
    ago = sorted((chance.uniform(LAST, DAYS) for _ in range(orders)), reverse=True)
    for number, days in enumerate(ago):
        template = chance.choices(list(templates.values()), [WEIGHTS.get(_trade(key), 1) for key in templates])[0]
        try:
            with demo.session.begin_nested():
                _Past(demo, template, chance, number).play(utc_now() - dt.timedelta(days=days))
        except ScenarioStuck:
            continue


class _Past:
    """One order of the past."""

    def __init__(self, demo: Demo, template: Published, chance: random.Random, number: int) -> None:
        self.demo, self.template, self.chance, self.number = demo, template, chance, number
        self.engineers = chance.sample(["ada", "ada", "bo"], 2)
        document = json.loads(template.version.document)
        scenarios = [each for each in document["scenarios"] if not any("refused" in act for act in each["acts"])]
        shortest = min(len(each["acts"]) for each in scenarios if len(each["acts"]) > 4)
        weights = [COMMON if len(each["acts"]) <= shortest + 2 else 1 for each in scenarios]
        self.scenario = chance.choices(scenarios, weights)[0]

    def play(self, opened: dt.datetime) -> None:
        """From its opening to its end."""
        line = self._line()
        assignee = self.demo.people[self.engineers[0]].person_id
        new = NewOrder(**line, template_version=self.template.version.id, assignee=assignee, created=opened)
        order = open_work_order(self.demo.session, self.demo.supervisor, new)
        named = (self.scenario.get("order") or {}).get("asset")
        stands_for = {named: line["asset"]} if named else {}
        player = Player(
            session=self.demo.session,
            order=order,
            plan=load_plan(self.demo.session, self.demo.supervisor, order.plan_hash),
            person=lambda role: self.demo.people[self._name(role)],
            data_folder=Config.from_environment().data_folder,
            trade=_trade(self.template.template.key),
            clock=opened + dt.timedelta(minutes=self.chance.choice((10, 40, 200, 900))),
            stands_for={**stands_for, **self._serials()},
        )
        pace = self.chance.choice(PACES)
        for act in self.scenario["acts"]:
            self._buy(act, player)
            player.clock += dt.timedelta(minutes=self.chance.choice(BREATHS))
            self._pause(act, player)
            player.play(self._changed(act, pace))

    def _line(self) -> dict[str, Any]:
        key = self.template.template.key
        drawn = self.chance.choice([each for each in self.demo.data["orders"] if each["template"] == key])
        asset = next(each for each in self.demo.data["assets"] if each["asset"] == drawn["asset"])
        customers = {each["id"]: each["name"]["zh-CN"] for each in self.demo.data["customers"]}
        often = self.chance.random() < 0.4
        name = f"{asset['asset'][:-3]}{self.chance.randrange(7) if often else 100 + self.number:03}"
        told = {field: drawn[field] for field in ("fault_text", "priority", "warranty")}
        customer = customers[self.chance.choice(sorted(customers))]
        return {**told, "fault_codes": tuple(drawn["fault_codes"]), "product": asset["product"], "asset": name} | {
            "customer": customer
        }

    def _name(self, role: str) -> str:
        cast = {**self.demo.data["cast"], "engineer": self.engineers[0], "engineer:2": self._other()}
        return str(cast.get(role) or cast[role.partition(":")[0]])

    def _other(self) -> str:
        return "bo" if self.engineers[0] == "ada" else "ada"

    def _serials(self) -> dict[str, str]:
        """Every piece is another one than in the scenario."""
        lines = (line for act in self.scenario["acts"] for line in _used(act))
        return {line["serial"]: f"{line['serial']}-{self.number:03}" for line in lines if line.get("serial")}

    def _buy(self, act: Mapping[str, Any], player: Player) -> None:
        """What the act uses lies in the van of whoever does it."""
        lines = list(_used(act))
        if not lines:
            return
        session, actor = self.demo.session, self.demo.supervisor
        parts = inventory.parts_by_number(session, actor, {line["part"] for line in lines})
        costs = {line["number"]: line.get("cost", 0) for line in self.demo.data["parts"]}
        van = van_of(player.person(act.get("by") or player.plan.step(act["step"]).role).person_id)
        for line in lines:
            milli = inventory.thousandths(line["quantity"])
            serial = player.stands_for.get(line.get("serial") or "")
            portion = Portion(parts[line["part"]], milli, serial)
            desk.receive(session, actor, portion, round(costs[line["part"]] * line["quantity"]), van)

    def _pause(self, act: Mapping[str, Any], player: Player) -> None:
        reasons = player.plan.pause_reasons
        if act["do"] != "complete" or act.get("locks") or not reasons or self.chance.random() > 0.06:
            return
        told = {name: act[name] for name in ("step", "by") if name in act}
        player.play({**told, "do": "start"})
        player.clock += dt.timedelta(minutes=3)
        player.play({**told, "do": "pause", "reason": self.chance.choice(list(reasons))["id"]})
        player.clock += dt.timedelta(minutes=self.chance.choice((15, 40, 300)))
        player.play({**told, "do": "resume"})

    def _changed(self, act: Mapping[str, Any], pace: float) -> dict[str, Any]:
        hurried = 0.05 if self.chance.random() < HASTE else 1.0
        minutes = float(act.get("minutes", 1)) * pace * self.chance.choice((0.8, 1.0, 1.3)) * hurried
        return {**act, "minutes": round(minutes, 2), "answers": self._varied(act.get("answers") or {})}

    def _varied(self, answers: Any) -> Any:
        """Readings differ by as much as instruments do."""
        if isinstance(answers, list):
            return [self._varied(each) for each in answers]
        if not isinstance(answers, Mapping):
            return answers
        value = answers.get("value")
        if isinstance(value, int | float) and self.chance.random() < 0.9 and (isinstance(value, float) or value > 99):
            digits = len(repr(value).partition(".")[2]) + 1 if isinstance(value, float) else None
            return {**answers, "value": round(value * self.chance.uniform(0.985, 1.015), digits)}
        return {name: self._varied(each) for name, each in answers.items()}


def _used(act: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for answer in (act.get("answers") or {}).values():
        lines: Sequence[Any] = answer if isinstance(answer, list) else ()
        yield from (line for line in lines if isinstance(line, Mapping) and line.get("action") == "used")


def _trade(key: str) -> str:
    return key.partition(".")[0]
