"""Expressions: CEL, checked when a template is published, run alike on the server and on the phone."""

from .evaluator import compile_tree
from .expression import Expression, parse_expression
from .json_values import from_json, to_json
from .pattern_budget import TOO_MANY, bounded_patterns
from .patterns import compile_pattern
from .problems import ExpressionProblem
from .types import (
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    DYN,
    INT,
    NULL,
    STRING,
    TIMESTAMP,
    UINT,
    Type,
    list_of,
    map_of,
    object_of,
)
from .values import ABSENT, Duration, EvaluationError, Timestamp, Uint, Value
from .words import explain

__all__ = [
    "ABSENT",
    "BOOL",
    "BYTES",
    "DOUBLE",
    "DURATION",
    "DYN",
    "INT",
    "NULL",
    "STRING",
    "TIMESTAMP",
    "TOO_MANY",
    "UINT",
    "Duration",
    "EvaluationError",
    "Expression",
    "ExpressionProblem",
    "Timestamp",
    "Type",
    "Uint",
    "Value",
    "bounded_patterns",
    "compile_pattern",
    "compile_tree",
    "explain",
    "from_json",
    "list_of",
    "map_of",
    "object_of",
    "parse_expression",
    "to_json",
]
