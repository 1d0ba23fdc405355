"""From a document to a template, or to everything that is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..canonical import canonical_hash
from ..fields import BUILT_IN, FieldTypes
from ..json_values import Json
from ..problems import Problem, Problems
from ..soundness import soundness_problems
from .expressions import Expressions, read_expressions
from .fields import field_problems
from .flow_rules import edge_problems, flow_problems
from .names import name_problems, reference_problems
from .outline import Outline, outline
from .scenario_rules import scenario_problems
from .shape import check_shape
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


def parse_template(document: Json, types: FieldTypes = BUILT_IN) -> Template | Problems:
    """The template that `document` is, or all its problems, warnings included, in the order of the checks."""
    shaped = check_shape(document, types)
    if not shaped.document:
        return Problems(shaped.problems)
    read = outline(shaped, types)
    expressions = read_expressions(read)
    problems = Problems([*shaped.problems, *_rule_problems(read, expressions, shaped.problems)])
    if problems.errors:
        return problems
    return Template(shaped.document, canonical_hash(shaped.document), problems, types, read, expressions)


def _rule_problems(read: Outline, expressions: Expressions, shape: tuple[Problem, ...]) -> Iterator[Problem]:
    yield from name_problems(read)
    references = list(reference_problems(read))
    yield from references
    yield from edge_problems(read)
    if _is_whole(shape, references):
        yield from flow_problems(read)
        yield from soundness_problems(read)
    yield from field_problems(read)
    yield from expressions.problems
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
