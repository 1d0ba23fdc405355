"""Templates: what a company writes, checked as a whole, compiled to a plan."""

from .compile import compile_plan
from .parse import Examined, Template, examine_template, parse_template

__all__ = ["Examined", "Template", "compile_plan", "examine_template", "parse_template"]
