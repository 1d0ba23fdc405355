"""Random commands: mostly what a person might really ask for next, sometimes anything at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from differential.answers import Answers
from differential.chance import ODD_TIMES, Chance

Json = Mapping[str, Any]
PEOPLE = ("ada", "bo", "cy")
ALL_ROLES = ["engineer", "inspector", "helper"]
FIRST_MS = 1_795_334_400_000
"""2026-11-22T08:00:00Z"""


@dataclass
class Clock:
    """The acts' own time; it mostly goes forward."""

    ms: int = FIRST_MS

    def moment(self) -> str:
        seconds, ms = divmod(self.ms, 1000)
        days, rest = divmod(seconds, 86_400)
        hours, rest = divmod(rest, 3600)
        return f"{_day(days)}T{hours:02}:{rest // 60:02}:{rest % 60:02}.{ms:03}Z"


def _day(days: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=days)).isoformat()


class Acts:
    """Writes one command after another, looking at the plan and the state as JSON."""

    def __init__(self, chance: Chance, plan: Json) -> None:
        self.chance = chance
        self.plan = plan
        self.answers = Answers(chance)
        self.clock = Clock()

    def next(self, state: Json) -> Any:
        """A command."""
        command = self._sensible(state)
        if self.chance.maybe(0.13):
            return self.chance.wreck(command)
        return command

    def _asked(self, kind: str, **members: Any) -> dict[str, Any]:
        self.clock.ms += self.chance.pick((1, 250, 60_000, 3_599_999, -5_000))
        at = self.chance.pick(ODD_TIMES) if self.chance.maybe(0.02) else self.clock.moment()
        roles = self.chance.some(ALL_ROLES) if self.chance.maybe(0.1) else ALL_ROLES
        return {"type": kind, "by": self.chance.pick(PEOPLE), "roles": roles, "at": at, **members}

    def _sensible(self, state: Json) -> dict[str, Any]:
        if state["status"] == "new":
            return self._open()
        rare = self.chance.whole(0, 59)
        if rare == 0:
            return self._asked("CancelOrder", reason=self.chance.pick(("customer withdrew", "", " ", "\u3000")))
        if rare <= 2:
            return self._asked("AssignOrder", person=self.chance.pick((*PEOPLE, None)))
        if rare <= 4:
            return self._finding(state)
        if rare == 5:
            return self._open()
        if rare == 6 or not state["active"]:
            return self._asked(
                "StartStep", visit=self.chance.pick(("nowhere#1", "step_1#1", "step_1#9", "#", "step_1"))
            )
        return self._about_visit(state)

    def _open(self) -> dict[str, Any]:
        order = {
            "number": "W-1", "product": "pump/centrifugal", "asset": "A-77",
            "fault_codes": self.chance.pick((["P-101"], [], ["X-1", "P-1"])),
            "fault_text": self.chance.text(), "warranty": self.chance.maybe(0.5), "customer_level": "gold",
            "created": "2026-11-20T10:00:00.000Z",
        }  # fmt: skip
        if self.chance.maybe(0.3):
            order |= {"parent": "main", "parent_number": "W-0", "position": self.chance.text()}
        return self._asked("OpenOrder", order=self.chance.wreck(order) if self.chance.maybe(0.05) else order)

    def _finding(self, state: Json) -> dict[str, Any]:
        visits = [*state["active"], "step_1#1", None]
        found: dict[str, Any] = {"text": self.chance.text(), "severity": self.chance.pick(("note", "minor", "serious"))}
        if self.chance.maybe(0.6):
            found["visit"] = self.chance.pick(visits)
        if self.chance.maybe(0.4):
            found["photos"] = [self.chance.hash()]
        return self._asked("ReportFinding", **found)

    def _about_visit(self, state: Json) -> dict[str, Any]:
        visit = self.chance.pick(list(state["active"]))
        opened = state["active"][visit]
        if self.chance.maybe(0.05):
            opened = {**opened, "status": self.chance.pick(("ready", "running", "paused"))}
        if opened["status"] in ("ready", "paused"):
            return self._begin(state, visit, "StartStep" if opened["status"] == "ready" else "ResumeStep")
        command = self._while_running(state, visit)
        if opened["by"] is not None and command["type"] != "ConfirmLocks" and self.chance.maybe(0.93):
            command["by"] = opened["by"]
        return command

    def _begin(self, state: Json, visit: str, kind: str) -> dict[str, Any]:
        """Start or resume: where locks are to be taken off, mostly by who set them."""
        command = self._asked(kind, visit=visit)
        fields = self.plan["nodes"][state["active"][visit]["node"]]["fields"]
        owners = [lock["by"] for lock in state["locks"].values()]
        if owners and any(found["settings"].get("removes") for found in fields) and self.chance.maybe(0.8):
            command["by"] = self.chance.pick(owners)
        return command

    def _while_running(self, state: Json, visit: str) -> dict[str, Any]:
        fields = self.plan["nodes"][state["active"][visit]["node"]]["fields"]
        gate = self._gate_act(state, visit, fields)
        if gate is not None and self.chance.maybe(0.8):
            return gate
        kind = self.chance.whole(0, 9)
        if kind == 0:
            reason = self.chance.pick(("waiting_parts", "break", "break", "lunch"))
            return self._asked(
                "PauseStep",
                visit=visit,
                reason=reason,
                **({"note": self.chance.text()} if self.chance.maybe(0.3) else {}),
            )
        if kind <= 2:
            return self._asked("RecordAnswers", visit=visit, answers=self.record(state, fields))
        return self._complete(state, visit, fields)

    def _gate_act(self, state: Json, visit: str, fields: list[Json]) -> dict[str, Any] | None:
        """What the step's gates, or gates to be removed, still ask for."""
        node = state["active"][visit]["node"]
        for found in fields:
            settings = found["settings"]
            if found["type"] != "safety_gate":
                continue
            if settings.get("removes"):
                standing = [key for key in state["locks"] if key.startswith(settings["removes"] + ".")]
                if standing:
                    return self._unlock(state, visit, found["id"], settings["removes"], self.chance.pick(standing))
                continue
            act = self._close_gate(state, visit, node, found)
            if act is not None:
                return act
        return None

    def _unlock(self, state: Json, visit: str, field: str, gate: str, key: str) -> dict[str, Any]:
        point = "nothing" if self.chance.maybe(0.1) else key.removeprefix(gate + ".")
        command = self._asked("UnlockPoint", visit=visit, field=field, point=point)
        owner = state["locks"][key]["by"]
        if owner != state["active"][visit]["by"] and self.chance.maybe(0.8):
            return self._asked("PauseStep", visit=visit, reason="break")
        return command

    def _close_gate(self, state: Json, visit: str, node: str, found: Json) -> dict[str, Any] | None:
        settings, gate = found["settings"], f"{node}.{found['id']}"
        ids = [point["id"] for point in settings["points"]]
        open_points = [point for point in ids if f"{gate}.{point}" not in state["locks"]]
        if open_points or self.chance.maybe(0.03):
            point = self.chance.pick(open_points or ids) if self.chance.maybe(0.95) else self.chance.text()
            photo = {"photo": self.chance.hash()} if settings.get("photo") and self.chance.maybe(0.8) else {}
            return self._asked("LockPoint", visit=visit, field=found["id"], point=point, **photo)
        confirmed = all(state["locks"][f"{gate}.{point}"]["confirmed_by"] for point in ids)
        if (settings.get("second_person") and not confirmed) or self.chance.maybe(0.05):
            return self._asked("ConfirmLocks", visit=visit, field=found["id"])
        return None

    def record(self, state: Json, fields: list[Json]) -> dict[str, Any]:
        some = self.chance.some(fields, 1)
        answers = {
            found["id"]: None if self.chance.maybe(0.1) else self._answer(found, state)
            for found in some
            if found["type"] != "safety_gate"
        }
        if self.chance.maybe(0.08):
            answers[self.chance.pick(("unknown", "__proto__", "constructor", *(found["id"] for found in fields)))] = (
                self.chance.odd()
            )
        return answers

    def _answer(self, found: Json, state: Json) -> Any:
        answer = self.answers.to(found, state["order"])
        return self.chance.wreck(answer) if self.chance.maybe(0.04) else answer

    def _complete(self, state: Json, visit: str, fields: list[Json]) -> dict[str, Any]:
        careful = self.chance.maybe(0.9)
        given = [
            found
            for found in fields
            if found["type"] != "safety_gate" and found["value"] is None and (careful or self.chance.maybe(0.6))
        ]
        answers = {found["id"]: self._answer(found, state) for found in given if careful or self.chance.maybe(0.9)}
        members: dict[str, Any] = {"answers": answers}
        if self.chance.maybe(0.9):
            members["reasons"] = self.reasons(fields)
        if self.chance.maybe(0.8):
            members["rework_reason"] = self.chance.pick(("leaks again", "not clean", " x ", "返工", "", "\u3000"))
        return self._asked("CompleteStep", visit=visit, **members)

    def reasons(self, fields: list[Json]) -> dict[str, str]:
        """A reason for whatever may want one; sometimes for what is not there."""
        names = [field["id"] for field in fields]
        if self.chance.maybe(0.03):
            names.append(self.chance.pick(("nothing", "__proto__", "constructor", "a/b")))
        return {
            name: self.chance.pick((" spaced ", "\u3000", "", "因为")) if self.chance.maybe(0.06) else "because"
            for name in names
        }
