"""One run: a random template, then random commands, each through both engines; whatever differs is an error."""

import json
from dataclasses import dataclass
from typing import Any

from differential.acts import Acts
from differential.chance import Chance
from differential.coverage import Coverage
from differential.peer import Peer
from differential.templates import Templates
from mendloop_engine.canonical import NotCanonical, canonical, canonical_text
from mendloop_engine.chain import GENESIS, chain_hash, chain_record
from mendloop_engine.decide import decide
from mendloop_engine.decision import Accepted
from mendloop_engine.evaluate import evaluate_step
from mendloop_engine.evolve import evolve
from mendloop_engine.history import MemoryHistory
from mendloop_engine.plan import Plan
from mendloop_engine.problems import LANGUAGES, Problem, Problems
from mendloop_engine.state import State, initial_state
from mendloop_engine.template import compile_plan, parse_template

MAX_ACTS = 80
TEMPLATE_TRIES = 50
STUCK = 15
"""Refusals in a row after which a run is given up: some checks never hold."""


class Differs(AssertionError):
    """The engines disagree."""


@dataclass
class ServerOrder:
    """The same order in the Python engine."""

    plan: Plan
    state: State
    history: MemoryHistory
    prev: str = GENESIS

    def decide(self, command: Any) -> dict[str, Any]:
        """What became of the command, as JSON."""
        decision = decide(self.plan, self.state, command, self.history)
        if not isinstance(decision, Accepted):
            return {"accepted": False, "problems": [problem.to_json() for problem in decision.problems]}
        folded, hashes = self.state, []
        for event in decision.events:
            folded = evolve(folded, event)
            hashes.append(self._chain(event.to_json(), folded.sequence))
            self.history.apply(event)
        assert folded == decision.state, "decide and evolve disagree on the state"
        self.state = State.from_json(decision.state.to_json())
        events = [event.to_json() for event in decision.events]
        return {"accepted": True, "events": events, "state": self.state.to_json(), "hashes": hashes}

    def _chain(self, event: Any, sequence: int) -> str:
        self.prev = chain_hash(
            chain_record(organisation="o", order="w", sequence=sequence, command="c", prev=self.prev, event=event)
        )
        return self.prev


def is_canonical(value: Any) -> bool:
    """Whether the value has canonical JSON; what has none is refused before it comes to a step's fields."""
    try:
        canonical(value)
    except NotCanonical:
        return False
    return True


class Run:
    """A run of one seed."""

    def __init__(self, seed: int, peer: Peer, coverage: Coverage) -> None:
        self.seed = seed
        self.peer = peer
        self.coverage = coverage
        self.worded: set[str] = set()
        self.chance = Chance(seed)
        compiled = self._plan()
        self.plan = json.loads(json.dumps(compiled.to_json()))
        plan = Plan.from_json(self.plan) if self.chance.maybe(0.5) else compiled
        self.order = ServerOrder(plan, initial_state(), MemoryHistory())
        self.acts = Acts(self.chance, self.plan)

    def _plan(self) -> Plan:
        """The plan of a template that the parser accepts."""
        for _ in range(TEMPLATE_TRIES):
            parsed = parse_template(Templates(self.chance).write())
            if not isinstance(parsed, Problems):
                return compile_plan(parsed)
            first = parsed[0]
            self.coverage.rejected_templates[f"{first.code} {json.dumps(first.params)[:80]}"] += 1
        raise AssertionError(f"seed {self.seed}: no template was accepted")

    def play(self) -> None:
        """Plays until the order is over or the acts are used up."""
        self.peer.ask("plan", plan=self.plan)
        self.coverage.field_types.update(
            found["type"] for node in self.plan["nodes"].values() for found in node.get("fields", ())
        )
        after_end = refusals = 0
        for _ in range(MAX_ACTS):
            state = self.order.state.to_json()
            after_end += state["status"] in ("ended", "cancelled")
            if after_end > 2 or refusals > STUCK:
                break
            self._evaluate(state)
            refusals = 0 if self._act(state) else refusals + 1
        self.coverage.ends[self.order.state.status] += 1

    def _act(self, state: Any) -> bool:
        """Whether the next command was accepted."""
        command = self.acts.next(state)
        outcome = self.order.decide(command)
        self._compare("decide", outcome, self.peer.ask("decide", command=command), command)
        for found in outcome.get("problems", ()):
            self._compare_words(found)
        self.coverage.note(command, outcome)
        return bool(outcome["accepted"])

    def _evaluate(self, state: Any) -> None:
        """What a screen would show of one open step with some answers."""
        if not state["active"] or self.chance.maybe(0.6):
            return
        visit = self.chance.pick(list(state["active"]))
        node = state["active"][visit]["node"]
        fields = self.plan["nodes"][node]["fields"]
        answers = self.acts.record(state, fields) if fields else {}
        if not is_canonical(answers):
            return
        at = self.acts.clock.moment()
        known: Any = (
            {"visit": visit, "by": "ada", "reasons": self.acts.reasons(fields)} if self.chance.maybe(0.5) else {}
        )
        view = evaluate_step(self.order.plan, node, answers, self.order.history, self.order.state, at, **known)
        seen = {name: shown.to_json() for name, shown in view.items()}
        self._compare(
            "evaluate_step", seen, self.peer.ask("evaluate", node=node, answers=answers, at=at, known=known), answers
        )
        self.coverage.note_view(seen)

    def _compare_words(self, found: Any) -> None:
        """The words of each code, once per run."""
        if found["code"] in self.worded:
            return
        self.worded.add(found["code"])
        problem = Problem(found["code"], found["at"], found["element"], found["params"])
        words = {language: problem.message(language) for language in LANGUAGES}
        self._compare("the words", words, self.peer.ask("messages", problem=found), found)

    def _compare(self, what: str, server: Any, phone: str, given: Any) -> None:
        expected = canonical_text(server)
        if expected == phone:
            return
        raise Differs(
            f"seed {self.seed}: the engines disagree on {what}\n"
            f"given:  {json.dumps(given)}\nserver: {expected}\nphone:  {phone}"
        )
