"""Playing a template's scenario on a real order: every act becomes the commands that people would send."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mendloop_engine.plan import Plan, PlanField, StepNode
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.database import new_id
from mendloop.photos.services import keep_own_photo
from mendloop.work_orders.deciding import Decision, decide_command
from mendloop.work_orders.demonstration.pictures import photo, signature
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.opening import moment

PHOTO = "@photo"
EARLY = 3
"""So many steps done: until then photos show the damage."""
Act = Mapping[str, Any]


class ScenarioStuck(Exception):
    """An act of a demonstration was refused."""


@dataclass
class Player:
    """Plays acts on one order. `person` names who has a role; `clock` runs on with the acts' minutes."""

    session: Session
    order: WorkOrder
    plan: Plan
    person: Callable[[str], Actor]
    data_folder: Path
    trade: str
    clock: dt.datetime
    stands_for: Mapping[str, str] = field(default_factory=dict)

    def play(self, act: Act) -> None:
        """One act. One that the scenario wants to be refused is left out."""
        if "refused" in act:
            return
        _ACTS[act["do"]](self, act, self._actor(act))

    def state(self) -> dict[str, Any]:
        """The order's state now."""
        self.session.refresh(self.order)
        found: dict[str, Any] = json.loads(self.order.state)
        return found

    def visit_of(self, step: str) -> str:
        """The open visit of a step."""
        for visit, given in self.state()["active"].items():
            if given["node"] == step:
                return str(visit)
        raise ScenarioStuck(f"{self.order.number}: {step} is not open")

    def ask(self, actor: Actor, kind: str, **members: Any) -> Decision:
        """Send a command; it must be accepted."""
        asked = {"type": kind, "at": moment(self.clock), **members}
        decision = decide_command(self.session, actor, self.order.id, new_id(), asked)
        if not decision.accepted:
            raise ScenarioStuck(f"{self.order.number}: {kind} {members.get('visit')}: {decision.problems}")
        return decision

    def start(self, act: Act, actor: Actor) -> None:
        self.ask(actor, "StartStep", visit=self.visit_of(act["step"]))

    def complete(self, act: Act, actor: Actor) -> None:
        visit = self.visit_of(act["step"])
        if self.state()["active"][visit]["status"] == "ready":
            self.ask(actor, "StartStep", visit=visit)
        if act.get("locks"):
            self._handle_locks(visit, actor)
        self.clock += dt.timedelta(minutes=float(act.get("minutes", 1)))
        members = {name: act[name] for name in ("reasons", "rework_reason") if name in act}
        self.ask(actor, "CompleteStep", visit=visit, answers=self._answers(act), **members)

    def pause(self, act: Act, actor: Actor) -> None:
        self.ask(actor, "PauseStep", visit=self.visit_of(act["step"]), reason=act["reason"])

    def resume(self, act: Act, actor: Actor) -> None:
        self.ask(actor, "ResumeStep", visit=self.visit_of(act["step"]))

    def answer(self, act: Act, actor: Actor) -> None:
        self.ask(actor, "RecordAnswers", visit=self.visit_of(act["step"]), answers=self._answers(act))

    def lock(self, act: Act, actor: Actor) -> None:
        members = {"photo": self._photo(act["step"], act["point"])} if "photo" in act else {}
        visit = self.visit_of(act["step"])
        self.ask(actor, "LockPoint", visit=visit, field=act["field"], point=act["point"], **members)

    def confirm(self, act: Act, actor: Actor) -> None:
        self.ask(actor, "ConfirmLocks", visit=self.visit_of(act["step"]), field=act["field"])

    def unlock(self, act: Act, actor: Actor) -> None:
        visit = self.visit_of(act["step"])
        self.ask(actor, "UnlockPoint", visit=visit, field=act["field"], point=act["point"])

    def report(self, act: Act, actor: Actor) -> None:
        members = {"text": act["text"], "severity": act.get("severity", "note")}
        self.ask(actor, "ReportFinding", visit=self.visit_of(act["step"]), **members)

    def _actor(self, act: Act) -> Actor:
        return self.person(act.get("by") or self.plan.step(act["step"]).role)

    def _handle_locks(self, visit: str, actor: Actor) -> None:
        step = self.plan.step(visit.rpartition("#")[0])
        for gate in (each for each in step.fields if each.type == "safety_gate"):
            if gate.settings.get("removes"):
                self._remove_locks(visit, gate)
            else:
                self._set_locks(visit, gate, step, actor)

    def _set_locks(self, visit: str, gate: PlanField, step: StepNode, actor: Actor) -> None:
        points: Any = gate.settings["points"]
        for point in points:
            members = {"photo": self._photo(step.id, point["id"])} if gate.settings.get("photo") else {}
            self.clock += dt.timedelta(minutes=1)
            self.ask(actor, "LockPoint", visit=visit, field=gate.id, point=point["id"], **members)
        if gate.settings.get("second_person"):
            self.ask(self._second_person(actor), "ConfirmLocks", visit=visit, field=gate.id)

    def _remove_locks(self, visit: str, gate: PlanField) -> None:
        prefix = f"{gate.settings['removes']}."
        for key, lock in self.state()["locks"].items():
            if key.startswith(prefix):
                owner = self._person_with_id(lock["by"])
                self.ask(owner, "UnlockPoint", visit=visit, field=gate.id, point=key.removeprefix(prefix))

    def _second_person(self, first: Actor) -> Actor:
        others = (self.person(name) for name in ("engineer:2", "inspector", "engineer"))
        return next(other for other in others if other.person_id != first.person_id)

    def _person_with_id(self, person_id: str) -> Actor:
        names = ("engineer", "engineer:2", "inspector", *self.plan.roles)
        return next(actor for actor in map(self.person, names) if actor.person_id == person_id)

    def _answers(self, act: Act) -> dict[str, Any]:
        fields = {each.id: each for each in self.plan.step(act["step"]).fields}
        given = act.get("answers") or {}
        return {name: self._answer(act["step"], fields[name], raw) for name, raw in given.items()}

    def _answer(self, step: str, field_: PlanField, raw: Any) -> Any:
        if field_.type == "photo":
            return {
                shot: [self._taken(step, field_, shot, n) for n, _ in enumerate(each)] for shot, each in raw.items()
            }
        if field_.type == "signature":
            return {**raw, "image": self._keep(signature(raw["name"]))}
        return self._filled(step, raw)

    def _taken(self, step: str, field_: PlanField, shot: str, number: int) -> dict[str, Any]:
        shots: Any = field_.settings["shots"]
        label = next((each.get("label") or {} for each in shots if each["id"] == shot), {})
        caption = label.get("zh-CN") or label.get("en") or shot
        caption = f"{caption} {number + 1}" if number else caption
        return {"photo": self._photo(step, caption), "source": "camera", "at": moment(self.clock)}

    def _filled(self, step: str, raw: Any) -> Any:
        if isinstance(raw, dict):
            return {name: self._filled(step, each) for name, each in raw.items()}
        if isinstance(raw, list):
            return [self._filled(step, each) for each in raw]
        if raw == PHOTO:
            return self._photo(step, self.plan.step(step).title.get("zh-CN", step))
        return self.stands_for.get(raw, raw) if isinstance(raw, str) else raw

    def _photo(self, step: str, caption: str) -> str:
        is_early = step == self.plan.start or self.order.steps_done < EARLY
        return self._keep(photo(self.trade, caption, is_early))

    def _keep(self, body: bytes) -> str:
        return keep_own_photo(self.session, self.person("engineer"), self.data_folder, body)


_ACTS: Mapping[str, Callable[[Player, Act, Actor], None]] = {
    "complete": Player.complete,
    "start": Player.start,
    "pause": Player.pause,
    "resume": Player.resume,
    "answer": Player.answer,
    "lock": Player.lock,
    "confirm": Player.confirm,
    "unlock": Player.unlock,
    "finding": Player.report,
}
