"""Everything that is checked of a template before it may be used: its rules, and its own scenarios."""

from dataclasses import dataclass

from .canonical import canonical_hash
from .fields import BUILT_IN, FieldTypes
from .interruption import Enough, Interrupted, interruptible
from .json_values import Json
from .plan import Plan
from .problems import Problem, Problems, deeper
from .scenarios import ScenarioResult, run_scenario
from .template import Examined, Template, compile_plan, examine_template


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. `plan` is None when more than its scenarios keeps the document from being a template.

    `unplayed`: how many scenarios were left when it was enough.
    """

    problems: Problems
    examined: Examined
    plan: Plan | None
    scenarios: tuple[ScenarioResult, ...]
    unplayed: int = 0

    @property
    def template(self) -> Template | None:
        """The document, when it is a template."""
        return self.examined.template


def check_template(document: Json, types: FieldTypes = BUILT_IN, enough: Enough = lambda: False) -> Checked:
    """All problems of the document, warnings included; scenarios run when nothing else is wrong, until it is enough."""
    examined = examine_template(document, types)
    if examined.template is None:
        return Checked(examined.problems, examined, _plan_without_scenarios(examined, types), ())
    plan = compile_plan(examined.template)
    results, unplayed = _played(plan, examined.template, enough)
    failed: list[Problem] = [problem for result in results for problem in result.problems]
    return Checked(Problems([*examined.problems, *failed]), examined, plan, results, unplayed)


def _plan_without_scenarios(examined: Examined, types: FieldTypes) -> Plan | None:
    """What can be run, so that a scenario which names what is gone can be recorded again."""
    if not all(problem.at.startswith("/scenarios/") for problem in examined.problems.errors):
        return None
    read = examined.outline
    document = {name: part for name, part in read.document.items() if name != "scenarios"}
    warnings = Problems(problem for problem in examined.problems if problem.level == "warning")
    return compile_plan(Template(document, canonical_hash(document), warnings, types, read, examined.expressions))


def _played(plan: Plan, template: Template, enough: Enough) -> tuple[tuple[ScenarioResult, ...], int]:
    """The scenarios that came to their end, and how many did not."""
    scenarios = template.document.get("scenarios", ())
    results: list[ScenarioResult] = []
    try:
        with interruptible(enough):
            for index, scenario in enumerate(scenarios):
                results.append(run_scenario(plan, scenario, deeper("/scenarios", index)))
    except Interrupted:
        return tuple(results), len(scenarios) - len(results)
    return tuple(results), 0
