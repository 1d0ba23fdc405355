"""Random edits of random steps: evaluating only what an edit can affect says what evaluating everything says.

The browser engine compares the two itself after each edit; what evaluating everything says is compared with the
server's engine in the differential test, which also follows live steps while orders go on.
"""

import os
from collections.abc import Iterator
from typing import Any

from differential.acts import Acts
from differential.chance import Chance
from differential.fields import simple_types
from differential.peer import Peer
from differential.templates import Templates
from mendloop_engine.canonical import NotCanonical, canonical
from mendloop_engine.problems import Problems
from mendloop_engine.template import compile_plan, parse_template

SEQUENCES = int(os.environ.get("MENDLOOP_LIVE_SEQUENCES", "120"))
EDITS = 16
TRIES = 60
MOSTLY = ("number", "integer", "boolean")
FIELDS = (*MOSTLY, *MOSTLY, "reading", "text", "choice", "table", "checklist")
SIMPLE = {"bool": "{0}", "double": "{0} > 2.0", "int": "{0} > 3", "string": "{0} != 'ok'"}


class LongSteps(Templates):
    """Templates of steps with many fields that depend on each other."""

    def _fields(self, written: Any, place: Any, step: str, kinds: list[str]) -> Any:
        return super()._fields(written, place, step, kinds + [self.chance.pick(FIELDS) for _ in range(8)])

    def _common(self, kind: str, scope: Any, name: str, made: Any) -> Any:
        """More conditions, values and checks than usual, mostly over fields of the same step."""
        near = self._near(scope)
        found = super()._common(kind, near, name, made)
        for condition in ("visible", "required"):
            if self.chance.maybe(0.4):
                found[condition] = self._simple(near)
        own = {name + path: simple for path, simple in simple_types(kind, made).items()}
        return found | self.fields.computed(kind, near, 0.3) | self.fields.checks(near.plus(own), 0.4)

    def _simple(self, scope: Any) -> str:
        """A condition that an edit of one field often turns."""
        inside = {path: kind for path, kind in scope.names.items() if path.split(".")[0] not in ("order", "steps")}
        written = [SIMPLE[kind].format(path) for path, kind in inside.items() if kind in SIMPLE]
        return self.chance.pick(written) if written else str(self.expressions.write("bool", scope, 1))

    def _near(self, scope: Any) -> Any:
        near = {path: simple for path, simple in scope.names.items() if not path.startswith("steps.")}
        return type(scope)(near, scope.visited) if self.chance.maybe(0.8) else scope


def test_a_live_step_says_after_each_edit_what_evaluating_everything_says(peer: Peer) -> None:
    affected = edits = 0
    for seed in range(1, SEQUENCES + 1):
        chance = Chance(seed)
        plan = _plan(chance, seed)
        peer.ask("plan", plan=plan)
        acts = Acts(chance, plan)
        peer.ask("decide", command=acts.next({"status": "new", "active": {}}))
        node = chance.pick([name for name, found in plan["nodes"].items() if found["kind"] == "step"])
        try:
            counts = peer.ask("edit", node=node, edits=list(_edits(chance, acts, plan["nodes"][node]["fields"])))
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise
        affected += sum(map(int, filter(str.isdigit, counts)))
        edits += EDITS
    assert affected > edits / 8, "the edits hardly ever affected another field: the test says nothing"


def _edits(chance: Chance, acts: Acts, fields: list[Any]) -> Iterator[dict[str, Any]]:
    """Whole answers first, then one or two fields at a time; the clock mostly goes on."""
    order = {"order": {"asset": "A-77", "fault_codes": ["P-101"]}}
    for number in range(EDITS + 1):
        acts.clock.ms += chance.pick((0, 1, 250, 60_000, -5_000))
        given = acts.record(order, fields if number == 0 else chance.some(fields, 1)[: chance.whole(1, 2)])
        answers = {name: answer for name, answer in given.items() if _is_lawful(answer)}
        yield {"answers": answers, "at": acts.clock.moment()}


def _is_lawful(answer: Any) -> bool:
    try:
        canonical(answer)
    except NotCanonical:
        return False
    return True


def _plan(chance: Chance, seed: int) -> Any:
    for _ in range(TRIES):
        parsed = parse_template(LongSteps(chance).write())
        if not isinstance(parsed, Problems):
            return compile_plan(parsed).to_json()
    raise AssertionError(f"seed {seed}: no template was accepted")
