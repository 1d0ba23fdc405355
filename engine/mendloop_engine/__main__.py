"""`python -m mendloop_engine FILE.json…`: checks templates and runs their scenarios.

Prints every problem in both languages; exits with 1 when a file has any, with 2 when one cannot be read.
`--show` prints the flow as text instead, in the language given by `--language`.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from .check import Checked, check_template
from .describe import describe_flow
from .problems import LANGUAGES, Problem


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 for no problems, 1 for problems, 2 for a file that cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m mendloop_engine", description="Checks templates.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    parser.add_argument("--show", action="store_true", help="print the flow as text")
    parser.add_argument("--language", choices=LANGUAGES, default="zh-CN", help="the language of --show")
    options = parser.parse_args(arguments)
    return max(_check(path, options.language if options.show else "") for path in options.files)


def _check(path: Path, show: str) -> int:
    try:
        document = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_unique)
    except (OSError, ValueError, RecursionError) as problem:
        _print_problem(path, Problem("template.not_json", params={"reason": str(problem)}))
        return 2
    checked = check_template(document)
    for found in checked.problems:
        _print_problem(path, found)
    if show and checked.plan is not None:
        print(describe_flow(checked.plan, show))
    elif not checked.problems:
        print(f"{path}: no problems{_scenarios(checked)}")
    return 1 if checked.problems else 0


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object in which no key stands twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError("repeated keys: " + ", ".join(sorted({key for key in keys if keys.count(key) > 1})))
    return made


def _scenarios(checked: Checked) -> str:
    count = len(checked.scenarios)
    return f" ({count} scenario{'' if count == 1 else 's'} passed)"


def _print_problem(path: Path, problem: Problem) -> None:
    element = f" [{problem.element}]" if problem.element else ""
    print(f"{path}{problem.at and '#' + problem.at}{element} {problem.level} {problem.code}")
    for language in LANGUAGES:
        print(f"    {problem.message(language)}")


if __name__ == "__main__":
    sys.exit(main())
