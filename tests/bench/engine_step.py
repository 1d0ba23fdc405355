"""The engine's side: load the state, complete one step, save the state; also a command with the database's commit."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mendloop.database import Database, open_database, session_for, write_transaction
from mendloop.testing.cast import Cast
from mendloop.testing.databases import prepare_database
from mendloop.testing.straight import open_straight_orders, straight_template
from mendloop.work_orders.deciding import decide_command
from mendloop_engine.decide import decide
from mendloop_engine.decision import Accepted
from mendloop_engine.history import MemoryHistory
from mendloop_engine.plan import Plan
from mendloop_engine.state import State
from mendloop_engine.template import Template, compile_plan, parse_template

AT = "2026-11-02T08:00:00.000Z"
ORDER = {
    "number": "1",
    "product": "bench/machine",
    "asset": "",
    "fault_codes": [],
    "fault_text": "",
    "warranty": False,
    "customer_level": "",
    "created": AT,
}


def in_memory(count: int, done: int) -> Callable[[], None]:
    """Load from JSON, complete step `done`, which is being worked on, save to JSON."""
    plan, saved, history = _prepared(count, done)
    complete = _step_commands(done)[1]

    def act() -> None:
        result = decide(plan, State.from_json(json.loads(saved)), complete, history)
        if not isinstance(result, Accepted):
            raise AssertionError(result)  # noqa: TRY004 - it is no matter of types
        json.dumps(result.state.to_json())

    return act


def _prepared(count: int, done: int) -> tuple[Plan, str, MemoryHistory]:
    template = parse_template(straight_template(count))
    if not isinstance(template, Template):
        raise AssertionError(template)  # noqa: TRY004 - it is no matter of types
    plan, state, history = compile_plan(template), State(), MemoryHistory()
    opening = {"type": "OpenOrder", "by": "p", "roles": [], "at": AT, "order": ORDER}
    earlier = [command for step in range(done) for command in _step_commands(step)]
    for command in [opening, *earlier, _step_commands(done)[0]]:
        result = decide(plan, state, command, history)
        if not isinstance(result, Accepted):
            raise AssertionError(result)  # noqa: TRY004 - it is no matter of types
        state = result.state
        for event in result.events:
            history.apply(event)
    return plan, json.dumps(state.to_json()), history


def _step_commands(step: int) -> list[dict[str, Any]]:
    who = {"by": "p", "roles": ["engineer"], "at": AT, "visit": f"step_{step}#1"}
    return [{"type": "StartStep", **who}, {"type": "CompleteStep", **who, "answers": {"runout": {"value": 0.02}}}]


COMMANDS = 200


def with_commit(folder: Path, count: int) -> Callable[[], None]:
    """One command on a real SQLite database: load, decide, append, chain, read models, commit; half the steps are done.

    The action can be called `COMMANDS` times.
    """
    url = f"sqlite:///{folder / f'bench_{count}.db'}"
    cast = prepare_database(url)
    database = open_database(url)
    commands = iter(_commands(open_straight_orders(database, cast.sue, count, -(-COMMANDS // count)), count))
    numbers = iter(range(10**9))

    def act() -> None:
        order, asked = next(commands)
        _apply(database, cast, order, f"bench-{next(numbers)}", asked)

    for _ in range(count // 2 * 2 * -(-COMMANDS // count)):
        act()
    return act


def _commands(orders: list[str], count: int) -> list[tuple[str, dict[str, Any]]]:
    """First the first halves of all orders, then the second halves."""
    halves = (range(count // 2), range(count // 2, count))
    return [
        (order, command) for half in halves for order in orders for step in half for command in _step_commands(step)
    ]


def _apply(database: Database, cast: Cast, order: str, command_id: str, asked: dict[str, Any]) -> None:
    with session_for(database, cast.ada) as session, write_transaction(session):
        decision = decide_command(session, cast.ada, order, command_id, asked)
    if not decision.accepted:
        raise RuntimeError(decision.problems)
