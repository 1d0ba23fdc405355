"""A template's own tests: written runs with their expected end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, cast

from .commands import COMMAND_TYPES
from .decide import decide
from .decision import Accepted, Refused
from .events import Event, JoinPassed, StepCompleted, StepOpened
from .history import MemoryHistory
from .interruption import go_on
from .json_values import Json, JsonObject
from .plan import Plan, PlanField, StepNode
from .problems import Problem, Problems, deeper
from .scenario_told import difference, named, open_now, reasons
from .state import State, initial_state, point_key, visit_node
from .time import parse_moment, write_moment

START = "2026-01-05T08:00:00.000Z"
"""When every scenario begins."""

PHOTO = "@photo"
"""In answers: a photo that is made up, whichever form its place asks for."""

_MINUTE = 60_000
_MADE_UP_ORDER: Mapping[str, Json] = {
    "number": "WO-1",
    "product": "",
    "asset": "ASSET-1",
    "fault_codes": [],
    "fault_text": "",
    "warranty": False,
    "customer_level": "",
    "created": START,
}


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """How a scenario came out: its problems (none: as expected), every event, the last state."""

    name: str
    problems: Problems
    events: tuple[Event, ...]
    state: State

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.problems


def run_scenario(plan: Plan, scenario: Mapping[str, Any], at: str = "") -> ScenarioResult:
    """Plays the scenario's acts up to the first that does not come out as written. `at`: the scenario's pointer."""
    run = _Run(plan, scenario["name"], at)
    run.send({"type": "OpenOrder", "order": {**_MADE_UP_ORDER, **scenario.get("order", {})}}, "dispatcher", 0)
    for position, act in enumerate(scenario["acts"]):
        run.act(position, act)
        if run.problems:
            break
    else:
        run.compare(scenario["expect"])
    return ScenarioResult(run.name, Problems(run.problems), tuple(run.events), run.state)


@dataclass(slots=True)
class _Run:
    """A scenario while it is played."""

    plan: Plan
    name: str
    at: str
    state: State = field(default_factory=initial_state)
    history: MemoryHistory = field(default_factory=MemoryHistory)
    events: list[Event] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    now: int = parse_moment(START) or 0

    def act(self, position: int, act: Mapping[str, Any]) -> None:
        """Plays one act."""
        go_on()
        node = self.plan.nodes.get(act["step"])
        if not isinstance(node, StepNode):
            self._problem(position, "scenario.unknown_step", step=act["step"])
            return
        visit = next((visit for visit, open_visit in self.state.active.items() if open_visit.node == node.id), None)
        if visit is None:
            names = sorted(open_visit.node for open_visit in self.state.active.values())
            opened = open_now(self.plan, names)
            self._problem(position, "scenario.step_not_open", step=node.id, open=[*names], opened=opened)
            return
        self._judge(position, act, self._perform(node, visit, act))

    def _perform(self, node: StepNode, visit: str, act: Mapping[str, Any]) -> list[Problem]:
        """The commands that the act stands for; what refused the first that was refused."""
        by = act.get("by", node.role)
        if act["do"] == "complete":
            refused = self._prepare(node, visit, by, act)
            if refused:
                return refused
        command = {"visit": visit, **_command_of(node, act, self._moment())}
        return self.send(command, by, act.get("minutes", 1))

    def _prepare(self, node: StepNode, visit: str, by: str, act: Mapping[str, Any]) -> list[Problem]:
        """Starts or resumes the step, and handles the locks, where the act leaves that to us."""
        status = self.state.active[visit].status
        if status != "running":
            kind = "StartStep" if status == "ready" else "ResumeStep"
            refused = self.send({"type": kind, "visit": visit}, by, 0)
            if refused:
                return refused
        return self._handle_locks(node, visit, by) if act.get("locks") else []

    def _handle_locks(self, node: StepNode, visit: str, by: str) -> list[Problem]:
        commands = [command for gate in node.fields for command in self._lock_commands(node, visit, gate, by)]
        for command, person in commands:
            refused = self.send(command, person, 0)
            if refused:
                return refused
        return []

    def _lock_commands(self, node: StepNode, visit: str, gate: PlanField, by: str) -> list[tuple[dict[str, Json], str]]:
        """What locks (and confirms) a gate, or takes its locks off; nothing for other fields."""
        if gate.type != "safety_gate":
            return []
        common: dict[str, Json] = {"visit": visit, "field": gate.id}
        removes = gate.settings["removes"]
        if isinstance(removes, str):
            keys = [key for key in self.state.locks if key.startswith(f"{removes}.")]
            points = [key[len(removes) + 1 :] for key in keys]
            return [({"type": "UnlockPoint", **common, "point": point}, by) for point in points]
        photo = made_up_photo(visit) if gate.settings["photo"] else None
        points = [point["id"] for point in cast("list[dict[str, str]]", gate.settings["points"])]
        missing = [point for point in points if point_key(node.id, gate.id, point) not in self.state.locks]
        found: list[tuple[dict[str, Json], str]] = [
            ({"type": "LockPoint", **common, "point": point, "photo": photo}, by) for point in missing
        ]
        if gate.settings["second_person"] and missing:
            found.append(({"type": "ConfirmLocks", **common}, _somebody_else(by)))
        return found

    def send(self, command: Mapping[str, Json], by: str, minutes: float) -> list[Problem]:
        """Sends one command as the person `by`, the given minutes after the last; returns what refused it."""
        self.now += round(minutes * _MINUTE)
        role = by.partition(":")[0]
        decision = decide(
            self.plan, self.state, {**command, "by": by, "roles": [role], "at": self._moment()}, self.history
        )
        if isinstance(decision, Refused):
            return list(decision.problems)
        self._accept(decision)
        return []

    def _accept(self, decision: Accepted) -> None:
        self.state = decision.state
        self.events += decision.events
        for event in decision.events:
            self.history.apply(event)

    def _judge(self, position: int, act: Mapping[str, Any], refused: list[Problem]) -> None:
        expected, found = sorted(act.get("refused", ())), sorted(problem.code for problem in refused)
        told: JsonObject = {"step": act["step"], "reason": reasons(self.plan, refused)}
        if not expected and refused:
            self._problem(position, "scenario.refused", problems=[problem.to_json() for problem in refused], **told)
        elif expected != found:
            self._problem(position, "scenario.not_refused", expected=[*expected], found=[*found], **told)

    def compare(self, expect: Mapping[str, Any]) -> None:
        """Notes each expectation that did not come true."""
        opened = [event.node for event in self.events if isinstance(event, StepOpened)]
        passed = [event.join for event in self.events if isinstance(event, JoinPassed)]
        for key, names in (("visits", opened), ("joins", passed)):
            for name, count in expect.get(key, {}).items():
                self._compare(f"{key}.{name}", count, names.count(name))
        if "ended" in expect:
            self._compare("ended", expect["ended"], self.state.outcome)
        if "open" in expect:
            nodes: list[Json] = [*sorted(open_visit.node for open_visit in self.state.active.values())]
            self._compare("open", sorted(expect["open"]), nodes)
        if "completed" in expect:
            done: list[Json] = [visit_node(event.visit) for event in self.events if isinstance(event, StepCompleted)]
            self._compare("completed", expect["completed"], done)

    def _compare(self, what: str, expected: Json, found: Json) -> None:
        if expected != found:
            told = difference(self.plan, what, expected, found)
            params: JsonObject = {"scenario": self.name, "what": what, "expected": expected, "found": found, **told}
            at = deeper(self.at, "expect", *what.split(".", 1))
            self.problems.append(Problem("scenario.unexpected", at, self.name, params))

    def _problem(self, position: int, code: str, **params: Json) -> None:
        called = named(self.plan, str(params["step"]))
        given = {"scenario": self.name, "act": position + 1, **params, "called": called}
        self.problems.append(Problem(code, deeper(self.at, "acts", position), self.name, given))

    def _moment(self) -> str:
        return write_moment(self.now)


_COMMANDS = {
    "complete": "CompleteStep",
    "start": "StartStep",
    "pause": "PauseStep",
    "resume": "ResumeStep",
    "answer": "RecordAnswers",
    "lock": "LockPoint",
    "confirm": "ConfirmLocks",
    "unlock": "UnlockPoint",
    "finding": "ReportFinding",
}
_CARRIED = ("reasons", "rework_reason", "field", "point", "photo", "reason", "text", "severity")


def _command_of(node: StepNode, act: Mapping[str, Any], at: str) -> dict[str, Json]:
    """The one command that an act names, with its photos made up."""
    command: dict[str, Json] = {"type": _COMMANDS[act["do"]]}
    members = COMMAND_TYPES[_COMMANDS[act["do"]]].__dataclass_fields__
    command |= {name: act[name] for name in _CARRIED if name in act and name in members}
    if command.get("photo") == PHOTO:
        command["photo"] = made_up_photo(node.id)
    if "severity" in members:
        command.setdefault("severity", "note")
    if "answers" in members:
        fields = {each.id: each for each in node.fields}
        answers: Mapping[str, Json] = act.get("answers", {})
        command["answers"] = {name: _with_photos(fields.get(name), answer, at) for name, answer in answers.items()}
    return command


def made_up_photo(seed: str) -> str:
    """The hash of a photo that does not exist."""
    return sha256(f"mendloop {seed}".encode()).hexdigest()


def _with_photos(field: PlanField | None, answer: Json, at: str) -> Json:
    """The answer with each "@photo" made a photo: a shot's entry in photo fields, a hash elsewhere."""
    if answer == PHOTO and field is not None and field.type == "photo":
        shots = cast("list[dict[str, Any]]", field.settings["shots"])
        return {shot["id"]: [_shot(at, f"{shot['id']} {n}") for n in range(max(1, shot["min"]))] for shot in shots}
    if answer == PHOTO and field is not None and field.type == "signature":
        return {"name": "Ada", "image": made_up_photo("signature")}
    return _replaced(answer, at, field is not None and field.type == "photo")


def _replaced(answer: Json, at: str, as_shot: bool) -> Json:
    if answer == PHOTO:
        return _shot(at, "photo") if as_shot else made_up_photo("photo")
    if isinstance(answer, Mapping):
        return {
            name: _replaced([item] if as_shot and item == PHOTO else item, at, as_shot) for name, item in answer.items()
        }
    if isinstance(answer, list):
        return [_replaced(item, at, as_shot) for item in answer]
    return answer


def _shot(at: str, seed: str) -> Json:
    return {"photo": made_up_photo(seed), "source": "camera", "at": at}


def _somebody_else(by: str) -> str:
    """A second person of the same role."""
    role, _, number = by.partition(":")
    return f"{role}:{int(number or 1) + 1}"
