"""Rules about one field's settings."""

from collections.abc import Iterator

from ..problems import Problem
from .outline import FieldOutline, Outline


def field_problems(outline: Outline) -> Iterator[Problem]:
    """What each field type objects to in its settings, and fields that can never be answered."""
    for node in outline.nodes.values():
        for field in node.fields:
            yield from _one_field(field)
            for column in field.columns:
                yield from _one_field(column)
                yield from _column_problems(column)


def _one_field(field: FieldOutline) -> Iterator[Problem]:
    if field.type is not None:
        for problem in field.type.settings_problems(field.settings):
            yield Problem(problem.code, field.at + problem.at, field.element, problem.params)
    if field.doc.get("visible") is False and field.doc.get("required") is True:
        yield Problem("field.never_shown", f"{field.at}/visible", field.element)


def _column_problems(column: FieldOutline) -> Iterator[Problem]:
    if column.type is not None and not column.type.in_table:
        params = {"type": column.type.name}
        yield Problem("field.not_in_table", f"{column.at}/type", column.element, params)
