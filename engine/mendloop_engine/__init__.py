"""Mendloop's engine: how a work order advances, as pure functions."""

from .canonical import canonical
from .chain import GENESIS, chain_hash, chain_record, first_break
from .check import Checked, check_template
from .decide import decide, open_order
from .decision import Accepted, Decision, Refused
from .describe import describe_flow
from .evaluate import FieldView, StepView, evaluate_step
from .events import Event, event_from_json
from .evolve import evolve
from .fields import BUILT_IN, FieldType, FieldTypes, built_in_types
from .history import History, MemoryHistory, Visit
from .plan import Plan
from .problems import Problem, Problems
from .scenarios import ScenarioResult, run_scenario
from .state import State, initial_state
from .template import Template, compile_plan, parse_template

__all__ = [
    "BUILT_IN",
    "GENESIS",
    "Accepted",
    "Checked",
    "Decision",
    "Event",
    "FieldType",
    "FieldTypes",
    "FieldView",
    "History",
    "MemoryHistory",
    "Plan",
    "Problem",
    "Problems",
    "Refused",
    "ScenarioResult",
    "State",
    "StepView",
    "Template",
    "Visit",
    "built_in_types",
    "canonical",
    "chain_hash",
    "chain_record",
    "check_template",
    "compile_plan",
    "decide",
    "describe_flow",
    "evaluate_step",
    "event_from_json",
    "evolve",
    "first_break",
    "initial_state",
    "open_order",
    "parse_template",
    "run_scenario",
]
