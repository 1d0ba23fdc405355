"""A template's expressions: parsed and typed where they stand, and the order in which fields can be worked out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..expressions import BOOL, DOUBLE, TOO_MANY, Expression, ExpressionProblem, Type, explain, parse_expression
from ..json_values import Json
from ..problems import LANGUAGES, Problem, deeper
from .outline import FieldOutline, NodeOutline, Outline
from .scope import column_names, common_names, expected_of, node_names
from .shape import MOST_PROBLEMS

MOST_WORK = 400_000
"""How much all expressions of a template may hold: characters, brackets counting for four, and something for each."""


@dataclass(slots=True)
class Expressions:
    """The parsed expressions and the order of each list of fields, by their pointers; the problems."""

    parsed: dict[str, Expression] = field(default_factory=dict)
    orders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left: int = MOST_WORK

    def read(self, source: object, at: str, element: str, names: Mapping[str, Type], expects: Type | None) -> None:
        """Parses one expression; whatever is no text is none."""
        if not isinstance(source, str) or len(self.problems) >= MOST_PROBLEMS or self.left < 0:
            return
        self.left -= _work(source)
        if self.left < 0:
            self.problems.append(Problem("template.expressions_too_many", at, element))
            return
        found = parse_expression(source, names, expects)
        if isinstance(found, Expression):
            self.parsed[at] = found
        else:
            self.problems += [
                told(each, source, at, element) for each in found if each.params.get("reason") != TOO_MANY
            ]


def _work(source: str) -> int:
    return 20 + len(source) + 3 * (source.count("(") + source.count("[") + source.count("{"))


def read_expressions(outline: Outline) -> Expressions:
    """Every expression of the template."""
    found = Expressions()
    common = common_names(outline)
    for node in outline.nodes.values():
        names = node_names(common, node)
        _read_fields(found, node.fields, names, deeper(node.at, "fields"), "")
        for each in node.fields:
            if each.columns:
                _read_fields(found, each.columns, column_names(names, each), deeper(each.at, "columns"), "item")
        _read_edges(found, node, names)
    return found


def _read_edges(found: Expressions, node: NodeOutline, names: Mapping[str, Type]) -> None:
    for edge in node.edges:
        found.read(edge.doc.get("when"), deeper(edge.at, "when"), node.id, names, BOOL)


def _read_fields(
    found: Expressions, fields: Sequence[FieldOutline], names: Mapping[str, Type], at: str, around: str
) -> None:
    """Reads the fields' expressions and orders the fields; they stand in `names`, or under the name `around`."""
    for each in fields:
        _read_field(found, each, names)
    found.orders[at] = _ordered(found, fields, around)


def _read_field(found: Expressions, each: FieldOutline, names: Mapping[str, Type]) -> None:
    for key in ("required", "visible"):
        found.read(each.doc.get(key), deeper(each.at, key), each.element, names, BOOL)
    expects = expected_of(each, "value")
    if expects is not None:
        found.read(each.doc.get("value"), deeper(each.at, "value"), each.element, names, expects)
        found.read(default_source(each, expects), deeper(each.at, "default"), each.element, names, expects)
    for index, check in enumerate(each.doc.get("checks") or []):
        if check:
            found.read(check.get("that"), deeper(each.at, "checks", index, "that"), each.element, names, BOOL)


def default_source(each: FieldOutline, expects: Type) -> str | None:
    """The default as an expression: a number, true or false may stand for itself."""
    default = each.doc.get("default")
    if default is None or isinstance(default, str):
        return default
    if isinstance(default, bool):
        return "true" if default else "false"
    return repr(float(default)) if expects == DOUBLE else str(default)


def told(problem: ExpressionProblem, source: str, at: str, element: str) -> Problem:
    """A problem of an expression as one of the template. `offset` and `end` count code points, from 0."""
    close = problem.params.get("suggestion")
    params: dict[str, Json] = {
        **problem.params,
        "rule": problem.params.get("reason", ""),
        "reason": {language: explain(problem, language) for language in LANGUAGES},
        **({"did_you_mean": [close]} if close else {}),
        "offset": problem.start,
        "end": problem.end,
        "column": problem.start + 1,
        "source": source,
    }
    return Problem(problem.code, at, element, params)


def _ordered(found: Expressions, fields: Sequence[FieldOutline], around: str) -> tuple[str, ...]:
    """The fields so that each comes after those it is worked out from; as declared where that leaves a choice."""
    names = {each.id for each in fields}
    needs = {each.id: names.intersection(_reads(found, each, around)) for each in fields}
    order: dict[str, None] = {}
    while len(order) < len(needs):
        ready = next((each for each in needs if each not in order and needs[each] <= order.keys()), None)
        if ready is None:
            _report_cycle(found, [each for each in fields if each.id not in order], needs)
            break
        order[ready] = None
    return tuple(order)


def _reads(found: Expressions, each: FieldOutline, around: str) -> Iterator[str]:
    """What a field is worked out from, by name; checks come later and do not count."""
    for key in ("required", "visible", "value", "default"):
        expression = found.parsed.get(deeper(each.at, key))
        for path in expression.reads if expression else ():
            if not around:
                yield path[0]
            elif path[0] == around and len(path) > 1:
                yield path[1]


def _report_cycle(found: Expressions, left: Sequence[FieldOutline], needs: Mapping[str, set[str]]) -> None:
    """Names only the fields on the cycle, not those that merely wait for it."""
    names = {each.id for each in left}
    while True:
        wanted = {need for name in names for need in needs[name] if need in names}
        if wanted == names:
            break
        names = wanted
    cycle = [each for each in left if each.id in names]
    params = {"fields": [each.id for each in cycle]}
    found.problems.append(Problem("expression.cycle", cycle[0].at, cycle[0].element, params))
