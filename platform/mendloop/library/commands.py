"""`mendloop template check FILE` and `mendloop template show FILE`."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from mendloop.edge.json_guard import read_json
from mendloop.library.outline import OutlineNode, outline
from mendloop.library.publishing import compile_document
from mendloop.problems import Problem, Refusal
from mendloop.words import LANGUAGES, words_of

LANGUAGE = click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def template() -> None:
    """Template files."""


@template.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@LANGUAGE
def check(files: tuple[Path, ...], language: str) -> None:
    """Report every problem of FILES, each with its code and place. Ends with 1 when there is any."""
    found = 0
    for file in files:
        problems = problems_of(file)
        found += len(problems)
        click.echo(f"{file}: " + (f"{len(problems)} problems" if problems else "no problems"))
        for problem in problems:
            click.echo(f"  {problem.code}  {problem.at or '/'}  {words_of(problem, language)}")
    sys.exit(1 if found else 0)


@template.command()
@FILE
@LANGUAGE
def show(file: Path, language: str) -> None:
    """Print the flow of FILE as text."""
    try:
        document = read_json(file.read_bytes())
        compile_document(document)
    except Refusal as refusal:
        raise click.ClickException(f"it has {len(refusal.problems)} problems: see mendloop template check") from refusal
    click.echo("\n".join(flow_as_text(document, language)))


def problems_of(file: Path) -> tuple[Problem, ...]:
    """What is wrong with a template file, as JSON or as a template."""
    try:
        compile_document(read_json(file.read_bytes()))
    except Refusal as refusal:
        return refusal.problems
    return ()


def flow_as_text(document: dict[str, Any], language: str) -> Iterator[str]:
    """One line for each node, and one for each way out where there is a choice."""
    title = document["title"].get(language) or next(iter(document["title"].values()))
    yield f"{title}  ({document['key']})"
    for node in outline(json.dumps(document), language):
        yield _node_line(node)
        if len(node.ways) > 1:
            yield from (f"        {'↩' if way.rework else '→'} {way.to}{_label(way.label)}" for way in node.ways)


MARKS = {"end": "  ■ ", "parallel": "  ∥ ", "join": "  ∧ "}


def _node_line(node: OutlineNode) -> str:
    mark = f"{node.number:>3}." if node.number else MARKS.get(node.kind, "  ◇ ")
    facts = [node.role, f"{node.minutes:g} min" if node.minutes else "", ", ".join(node.field_types)]
    return f" {mark} {node.title}" + "".join(f"  · {fact}" for fact in facts if fact)


def _label(label: str) -> str:
    return f"  ({label})" if label else ""


commands = [template]
