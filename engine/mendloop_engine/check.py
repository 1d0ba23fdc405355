"""Everything that is checked of a template before it may be used: its rules, and its own scenarios."""

from dataclasses import dataclass

from .fields import BUILT_IN, FieldTypes
from .json_values import Json
from .plan import Plan
from .problems import Problem, Problems, deeper
from .scenarios import ScenarioResult, run_scenario
from .template import Template, compile_plan, parse_template


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. `plan` is None when the document is no template; then no scenario ran."""

    problems: Problems
    template: Template | None
    plan: Plan | None
    scenarios: tuple[ScenarioResult, ...]


def check_template(document: Json, types: FieldTypes = BUILT_IN) -> Checked:
    """All problems of the document, warnings included; scenarios run when nothing else is wrong."""
    template = parse_template(document, types)
    if isinstance(template, Problems):
        return Checked(template, None, None, ())
    plan = compile_plan(template)
    results = tuple(
        run_scenario(plan, scenario, deeper("/scenarios", index))
        for index, scenario in enumerate(template.document.get("scenarios", ()))
    )
    failed: list[Problem] = [problem for result in results for problem in result.problems]
    return Checked(Problems([*template.warnings, *failed]), template, plan, results)
