"""Problems of expressions in words."""

import json
import pkgutil
import re
from collections.abc import Mapping

from .problems import ExpressionProblem

_WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = json.loads(pkgutil.get_data(__package__, "words.json") or b"{}")
_PARAM = re.compile(r"\{(\w+)\}")
_TYPE = re.compile(r"\b(" + "|".join(_WORDS["types"]) + r")\b")
_OF_TYPES = ("actual", "expected")


def explain(problem: ExpressionProblem, language: str) -> str:
    """What exactly is wrong, in `zh-CN` or `en`: a clause that other words may surround."""
    text = _WORDS["reasons"][problem.params["reason"]][language]
    return _PARAM.sub(lambda found: _shown(problem, found[1], language), text)


def _shown(problem: ExpressionProblem, name: str, language: str) -> str:
    value = problem.params.get(name, "")
    if name not in _OF_TYPES:
        return value
    return _TYPE.sub(lambda found: _WORDS["types"][found[1]][language], value)
