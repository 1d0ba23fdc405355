"""From a document to a template, or to everything that is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ..canonical import canonical_hash
from ..expressions import bounded_patterns
from ..fields import BUILT_IN, FieldTypes
from ..json_values import Json
from ..nearest import bounded_guesses
from ..problems import Problem, Problems
from ..soundness import soundness_problems, too_large
from .expressions import Expressions, read_expressions
from .fields import field_problems
from .flow_rules import branches_too_much, edge_problems, flow_problems, loose_ends
from .lock_rules import lock_problems
from .names import name_problems, reference_problems
from .outline import Outline, outline
from .repairs import with_repair
from .scenario_rules import scenario_problems
from .shape import MOST_PROBLEMS, Shaped, check_shape, too_many
from .time_rules import time_problems
from .unanswered import unanswered_problems
from .words import word_problems


@dataclass(frozen=True, slots=True)
class Template:
    """A document that is a template. `warnings` do not keep it from being one."""

    document: Mapping[str, Any] = field(repr=False)
    hash: str
    warnings: Problems
    types: FieldTypes = field(repr=False, compare=False)
    outline: Outline = field(repr=False, compare=False)
    expressions: Expressions = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Examined:
    """What could be read of a document, however broken, and everything that is wrong with it.

    `template` is None when an error keeps it from being one; warnings do not. Without nodes that can be read, `outline`
    has none.
    """

    problems: Problems
    template: Template | None
    outline: Outline
    expressions: Expressions


def parse_template(document: Json, types: FieldTypes = BUILT_IN) -> Template | Problems:
    """The template that `document` is, or all its problems, warnings included, in the order of the checks."""
    examined = examine_template(document, types)
    return examined.problems if examined.template is None else examined.template


def examine_template(document: Json, types: FieldTypes = BUILT_IN) -> Examined:
    """The same with what could be read of it in any case; never more than a thousand errors and as many warnings."""
    with bounded_guesses():
        return _examined(document, types)


def _examined(document: Json, types: FieldTypes) -> Examined:
    shaped = check_shape(document, types)
    with bounded_patterns() as patterns:
        read = outline(shaped, types)
        if not shaped.document:
            return Examined(Problems(shaped.problems), None, read, Expressions())
        expressions = read_expressions(read)
        ruled = tuple(_bounded(_rule_problems(read, expressions, shaped)))
    spent = [Problem("template.patterns_too_many", "/nodes")] if patterns.exceeded else []
    found = (*shaped.problems, *spent, *ruled)
    problems = Problems(with_repair(problem, read) for problem in found)
    if problems.errors:
        return Examined(problems, None, read, expressions)
    template = Template(shaped.document, canonical_hash(shaped.document), problems, types, read, expressions)
    return Examined(problems, template, read, expressions)


def _bounded(problems: Iterator[Problem]) -> Iterator[Problem]:
    """Up to so many of each level. The rules about words come last, so nothing is missed after too many warnings."""
    counts = {"error": 0, "warning": 0}
    for problem in problems:
        counts[problem.level] += 1
        if counts[problem.level] > MOST_PROBLEMS:
            yield too_many(problem.level)
            return
        yield problem


def _rule_problems(read: Outline, expressions: Expressions, shaped: Shaped) -> Iterator[Problem]:
    yield from name_problems(read)
    references = list(islice(reference_problems(read), MOST_PROBLEMS))
    yield from references
    yield from edge_problems(read)
    if _is_whole(shaped.problems, references):
        yield from flow_problems(read)
        yield from [too_large()] if branches_too_much(read) else soundness_problems(read)
        yield from lock_problems(read)
    else:
        yield from loose_ends(read)
    yield from field_problems(read)
    yield from expressions.problems
    yield from unanswered_problems(read, expressions)
    yield from time_problems(read)
    yield from scenario_problems(read)
    yield from word_problems(read)


def _is_whole(shape: tuple[Problem, ...], references: list[Problem]) -> bool:
    """Whether the flow can be read completely; rules about the whole flow would otherwise blame the innocent."""
    broken = [
        problem for problem in shape if not _is_inside_field(problem.at) and problem.code != "template.unknown_key"
    ]
    unknown = ("reference.unknown_node", "reference.not_a_join")
    return not broken and not any(problem.code in unknown for problem in references)


def _is_inside_field(at: str) -> bool:
    return "/fields/" in at
