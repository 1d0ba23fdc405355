"""Templates: what a company writes, checked as a whole, compiled to a plan."""

from .compile import compile_plan
from .parse import Template, parse_template

__all__ = ["Template", "compile_plan", "parse_template"]
